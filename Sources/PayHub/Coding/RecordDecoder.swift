internal import Secrets
internal import Values

/// What a document of the gateway says.
public struct DecodedRecord<Record> {
    /// What was asked for.
    public let record: Record
    /// The members that stand there and that nobody asked for, by path and without their values.
    public let unknownMembers: [String]
}

extension DecodedRecord: Sendable where Record: Sendable {}
extension DecodedRecord: Equatable where Record: Equatable {}

/// One page of a list.
public struct DecodedPage<Record> {
    /// The elements, in the gateway's order.
    public let records: [Record]
    /// Whether there is a page behind this one; `nil` when the page says nothing of it.
    public let hasNext: Bool?
    /// The same for the same body, within one process: a page that comes again tells of a list
    /// without an end.
    public let fingerprint: Int
    /// The members that stand there and that nobody asked for, by path and without their values.
    public let unknownMembers: [String]
}

extension DecodedPage: Sendable where Record: Sendable {}

/// Reads the gateway's resources into `Decodable` types, out of a document that is strict JSON.
///
/// Unlike a general coder it refuses a name that an object has twice, takes amounts from their
/// digits, puts secrets nowhere but into memory that is wiped, and tells which members nobody asked
/// for. Numbers, ids and booleans are read as themselves and as text, as the gateway writes both.
public enum RecordDecoder {
    /// Reads a document.
    /// - Throws: ``RecordFault``
    public static func decode<Record: Decodable>(
        _ type: Record.Type = Record.self, from body: Span<UInt8>
    ) throws(RecordFault) -> DecodedRecord<Record> {
        let document = try RecordDocument(body)
        let record = try decode(type, document, 0, at: [])
        return DecodedRecord(record: record, unknownMembers: document.unknownMembers)
    }

    /// Reads one page of a list: `_embedded` with one array in it, `content`, or a bare array.
    ///
    /// Source: PayHub API, "page={pageNo}&size={size}"; its form is not printed. A page without
    /// `_embedded` that counts its elements is empty.
    /// - Throws: ``RecordFault``
    public static func page<Record: Decodable>(
        of type: Record.Type = Record.self, from body: Span<UInt8>
    ) throws(RecordFault) -> DecodedPage<Record> {
        let document = try RecordDocument(body)
        guard let elements = document.listElements else { throw .notAList }
        var records: [Record] = []
        for (index, element) in elements.enumerated() {
            records.append(try decode(type, document, element, at: [PathStep(index)]))
        }
        return DecodedPage(
            records: records, hasNext: document.hasNextPage,
            fingerprint: fingerprint(of: body), unknownMembers: document.unknownMembers)
    }

    private static func fingerprint(of body: Span<UInt8>) -> Int {
        var hasher = Hasher()
        for index in body.indices { hasher.combine(body[index]) }
        return hasher.finalize()
    }

    private static func decode<Record: Decodable>(
        _ type: Record.Type, _ document: RecordDocument, _ node: Int, at path: [any CodingKey]
    ) throws(RecordFault) -> Record {
        do {
            return try NodeDecoder(document: document, node: node, codingPath: path).value(type)
        } catch let fault as RecordFault {
            throw fault
        } catch DecodingError.keyNotFound(let key, let context) {
            throw .missing(PathStep.text(context.codingPath + [key]))
        } catch DecodingError.dataCorrupted(let context) {
            throw .wrongForm(PathStep.text(context.codingPath))
        } catch { throw .wrongForm(PathStep.text(path)) }
    }
}

/// A document that is being decoded, and what of it was asked for.
internal final class RecordDocument {
    let tape: JSONTape
    private let bytes: WipedBytes
    /// Objects that were read, with their paths.
    private var opened: [Int: String] = [:]
    private var asked: Set<Int> = []

    init(_ body: Span<UInt8>) throws(RecordFault) {
        var tape = JSONTape()
        do throws(JSONFault) {
            try tape.read(body, membersMaximum: Limits.jsonListMembersMaximum)
        } catch { throw .malformed(offset: error.offset) }
        self.tape = tape
        var bytes = WipedBytes(capacity: max(1, body.count))
        bytes.append(body)
        self.bytes = bytes
    }

    /// Lets `body` read the document's bytes.
    func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result { try bytes.withBytes(body) }

    /// Remembers that an object's members are asked for.
    func open(_ object: Int, at path: [any CodingKey]) { opened[object] = PathStep.text(path) }

    /// A member's value; it counts as asked for.
    func member(_ name: String, of object: Int) -> Int? {
        let value = bytes.withBytes { tape.member(name, of: object, $0) }
        if let value { asked.insert(value) }
        return value
    }

    /// The names of an object's members, as far as they are names.
    func names(of object: Int) -> [String] {
        bytes.withBytes { bytes in
            tape.values(of: object).compactMap { tape.shortText($0 - 1, bytes) }
        }
    }

    /// The members of objects that were read and that nobody asked for.
    var unknownMembers: [String] {
        opened.sorted { $0.key < $1.key }.flatMap { object, path in
            tape.values(of: object).filter { !asked.contains($0) }.map { value in
                path + (path.isEmpty ? "" : ".") + shownName(value - 1)
            }
        }
    }

    /// A name that may be shown: it may be anything, a card's number too.
    private func shownName(_ name: Int) -> String {
        let text = bytes.withBytes { tape.shortText(name, $0) } ?? "?"
        let isName = text.utf8.allSatisfy { byte in
            (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
        }
        return isName ? text : "?"
    }

    var listElements: [Int]? { bytes.withBytes { tape.listElements($0) } }
    var hasNextPage: Bool? { bytes.withBytes { tape.hasNextPage($0) } }
}

/// A step of a path into a document that is no member's name.
internal struct PathStep: CodingKey {
    let stringValue: String
    var intValue: Int?

    init(_ index: Int) {
        stringValue = "[\(index)]"
        intValue = index
    }

    init?(intValue: Int) { self.init(intValue) }
    init?(stringValue: String) { self.stringValue = stringValue }

    /// A path as it is told: `billingReferences.tokenizedCard`.
    static func text(_ path: [any CodingKey]) -> String {
        path.map(\.stringValue).joined(separator: ".")
    }
}
