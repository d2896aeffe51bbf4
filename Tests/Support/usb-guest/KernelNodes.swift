internal import Foundation
internal import Glibc

/// The kernel's raw HID node of a reader.
internal final class HIDNode {
    private let file: Int32

    init(of reader: EmulatedReader) throws {
        let folder = "\(reader.folder)/\(reader.busName):1.0"
        var node = ""
        try KernelEvents.wait("a hidraw node of \(reader.busName)") {
            let found = Files.below(folder).first { $0.contains("/hidraw/hidraw") }
            node = found.map { "/dev/" + URL(fileURLWithPath: $0).lastPathComponent } ?? ""
            return FileManager.default.fileExists(atPath: node)
        }
        file = try Files.open(node)
    }

    deinit { close(file) }

    /// The next report.
    func read(_ room: Int) -> [UInt8] {
        guard Files.isReadable(file) else { return [] }
        return Files.read(file, room)
    }
}

/// The key events that the kernel makes of a keyboard reader's reports: what a console would get.
internal final class KeyEvents {
    private static let eventBytes = 24
    private static let enter = 28
    private let file: Int32

    init(of reader: EmulatedReader) throws {
        var node = ""
        try KernelEvents.wait("an event node of \(reader.busName)") {
            node = Self.node(of: reader) ?? ""
            return FileManager.default.fileExists(atPath: node)
        }
        file = try Files.open(node)
    }

    deinit { close(file) }

    /// The event node of a reader; `nil` when it has none.
    static func node(of reader: EmulatedReader) -> String? {
        Files.below("\(reader.folder)/\(reader.busName):1.0")
            .map { URL(fileURLWithPath: $0).lastPathComponent }
            .first { $0.hasPrefix("event") && $0.dropFirst(5).allSatisfy(\.isNumber) }
            .map { "/dev/input/\($0)" }
    }

    /// Reads keys up to the Enter that ends a swipe.
    func waitForEnter() throws {
        while Files.isReadable(file) {
            guard let keys = read() else { break }
            if keys.contains(Self.enter) { return }
        }
        throw GuestFault("no Enter was typed")
    }

    /// How many key events have come, up to now or to the end of the node.
    func count() -> Int {
        var count = 0
        while Files.isReadable(file, milliseconds: 0), let keys = read() { count += keys.count }
        return count
    }

    /// The codes of keys that have come; `nil` at the node's end.
    private func read() -> [Int]? {
        let bytes = Files.read(file, 64 * Self.eventBytes)
        guard !bytes.isEmpty else { return nil }
        // struct input_event: the type at 16, 1 for a key; the code at 18.
        return stride(from: 0, to: bytes.count, by: Self.eventBytes)
            .filter { bytes[$0 + 16] == 1 && bytes[$0 + 17] == 0 }
            .map { Int(bytes[$0 + 18]) }
    }
}

/// Files and folders by their names.
internal enum Files {
    /// Everything below a folder of sysfs, links not followed.
    static func below(_ folder: String) -> [String] {
        FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
            .map { "/" + $0 } ?? []
    }

    static func open(_ path: String) throws -> Int32 {
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw GuestFault("\(path): errno \(errno)") }
        return file
    }

    /// Waits until something can be read.
    static func isReadable(
        _ file: Int32, milliseconds: Int32 = Int32(Patience.seconds * 1000)
    ) -> Bool {
        var ready = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&ready, 1, milliseconds) > 0
    }

    /// One read; nothing at the end or when the device is gone.
    static func read(_ file: Int32, _ room: Int) -> [UInt8] {
        var bytes = Array(repeating: UInt8(0), count: room)
        let got = unsafe Glibc.read(file, &bytes, room)
        return Array(bytes.prefix(max(0, got)))
    }
}
