internal import Foundation
internal import Glibc

/// The ledger's file: lines of JSON, one for each change, each on the disk before a client hears
/// of it. It holds masked numbers and tokens, no expiry, no track and no CVV.
internal final class StoreFile {
    /// A line: the whole new state of one thing.
    struct Line: Codable {
        var entry: LedgerEntry?
        var batch: LedgerBatch?
        var customer: Customer?
        var recurringBill: RecurringBill?
        var account: Account?
        var delivery: WebhookDelivery?

        struct Customer: Codable {
            let key: String
            let id: Int
        }

        struct Account: Codable {
            let organization: Int
            let settings: Administration
        }
    }

    private static let header = "{\"format\":\"swipeline-emulator\",\"version\":1}\n"
    private let handle: FileHandle
    private let encoder = JSONEncoder()

    /// What the file held when it was opened.
    private(set) var changes: [LedgerChange] = []

    /// Opens a file, made with mode 0600 if it is missing. A last line that is torn was never
    /// confirmed to anybody and is cut.
    init(_ path: String) throws(EmulatorError) {
        encoder.outputFormatting = .sortedKeys
        let isNew = !FileManager.default.fileExists(atPath: path)
        let isThere =
            !isNew
            || FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        guard isThere, Self.isFile(path), let handle = FileHandle(forUpdatingAtPath: path),
            flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0
        else { throw .store(.notOurs) }
        self.handle = handle
        do {
            try read()
            if isNew { try Self.keepName(of: path) }
        } catch let error as StoreFault {
            throw .store(error)
        } catch {
            throw .store(.notReadable)
        }
    }

    /// False for a folder, and for a device, which may have no end.
    private static func isFile(_ path: String) -> Bool {
        let link = URL(filePath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: link)
        return attributes?[.type] as? FileAttributeType == .typeRegular
    }

    private func read() throws {
        let data = try handle.readToEnd() ?? Data()
        let end = data.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let lines = data[..<end].split(separator: 0x0A)
        if let first = lines.first {
            guard Data(first) == Data(Self.header.utf8.dropLast()) else { throw StoreFault.form }
        } else {
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: Data(Self.header.utf8))
            try handle.synchronize()
            return
        }
        let decoder = JSONDecoder()
        for (index, line) in lines.enumerated().dropFirst() {
            guard let line = try? decoder.decode(Line.self, from: Data(line)),
                let change = LedgerChange(line)
            else { throw StoreFault.line(index + 1) }
            changes.append(change)
        }
        try handle.truncate(atOffset: UInt64(end))
        try handle.seekToEnd()
    }

    /// The file's name is on the disk too.
    private static func keepName(of path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        try FileHandle(forReadingAtPath: folder)?.synchronize()
    }

    /// Writes changes and waits until they are on the disk.
    func append(_ changes: [LedgerChange]) throws {
        var data = Data()
        for change in changes {
            data += try encoder.encode(Line(change))
            data.append(0x0A)
        }
        try handle.write(contentsOf: data)
        try handle.synchronize()
    }
}

/// Why a store cannot be used.
public enum StoreFault: Error, Equatable, Sendable {
    /// It cannot be opened, or another emulator has it.
    case notOurs
    /// It cannot be read or made.
    case notReadable
    /// It is no store of this emulator.
    case form
    /// A line, counted from 1, that this emulator cannot have written.
    case line(Int)
}

extension StoreFault: CustomStringConvertible {
    /// The fault and the remedy.
    public var description: String {
        switch self {
        case .notOurs: "it cannot be opened, or another emulator has it; give another --store"
        case .notReadable: "it cannot be read or made; check its folder and the disk"
        case .form: "it is no store of this emulator; give another --store"
        case .line(let line): "line \(line) is damaged; restore the file or give another --store"
        }
    }
}

extension StoreFile.Line {
    fileprivate init(_ change: LedgerChange) {
        switch change {
        case .entry(let entry): self.entry = entry
        case .batch(let batch): self.batch = batch
        case .customer(let key, let id): customer = Customer(key: key, id: id)
        case .recurringBill(let bill): recurringBill = bill
        case .administration(let organization, let settings):
            account = Account(organization: organization, settings: settings)
        case .delivery(let delivery): self.delivery = delivery
        }
    }
}

extension LedgerChange {
    fileprivate init?(_ line: StoreFile.Line) {
        if let entry = line.entry {
            self = .entry(entry)
        } else if let batch = line.batch {
            self = .batch(batch)
        } else if let customer = line.customer {
            self = .customer(key: customer.key, id: customer.id)
        } else if let bill = line.recurringBill {
            self = .recurringBill(bill)
        } else if let account = line.account {
            self = .administration(organization: account.organization, account.settings)
        } else if let delivery = line.delivery {
            self = .delivery(delivery)
        } else {
            return nil
        }
    }
}
