internal import Foundation
internal import PayHub
internal import Secrets
public import Testing

/// The gateway's document, where a machine has it: SWIPELINE_REFERENCE names the folder that holds
/// `gateway`. A test that needs it says so (`.needsReference`) and is told as skipped without it.
public enum ReferenceExamples {
    fileprivate static let folder = ProcessInfo.processInfo.environment["SWIPELINE_REFERENCE"]

    /// The text of a file of the document.
    /// - Throws: what Foundation throws when the reference lacks it.
    public static func file(_ name: String) throws -> String {
        try String(contentsOf: URL(filePath: "\(folder ?? "")/gateway/\(name)"), encoding: .utf8)
    }

    /// The text of a printed example by its name without `.json`.
    /// - Throws: what Foundation throws when the reference lacks it.
    public static func text(_ name: String) throws -> String { try file("examples/\(name).json") }

    /// The names of the examples that begin so.
    /// - Throws: what Foundation throws.
    public static func names(beginning prefix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder ?? "")/gateway/examples")
            .filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }
            .map { String($0.dropLast(".json".count)) }.sorted()
    }
}

extension Trait where Self == ConditionTrait {
    /// Runs where the gateway's document is, and is told as skipped elsewhere.
    public static var needsReference: Self {
        .enabled(if: ReferenceExamples.folder != nil, "SWIPELINE_REFERENCE is not set")
    }
}

/// A record that was read out of a document and written again.
public struct RoundTrip<Record> {
    /// What was read.
    public let record: Record
    /// Members of the document that the record does not know.
    public let unknownMembers: [String]
    /// What the record, written again, lacks or says otherwise. How a scalar is written (a number
    /// as text, `"False"` for false) and a null for nothing are no difference.
    public let differences: [TreeDifference]
}

extension RoundTrip where Record: Codable {
    /// Reads a document and writes it again.
    /// - Throws: ``RecordFault``, ``RequestFault`` and what secrets throw.
    public init(_ type: Record.Type, _ document: String) throws {
        let decoded = try RecordDecoder.decode(type, from: document.utf8Span.span)
        record = decoded.record
        unknownMembers = decoded.unknownMembers
        differences = TreeDifference.all(
            try JSONTree(parsing: document), try Self.written(decoded.record)
        ).filter { $0.kind != .form && $0.kind != .null }
    }

    private static func written(_ record: Record) throws -> JSONTree {
        var output = try SecretArena(blocks: 4).take(capacity: 4 * SecretArena.blockBytes)
        try output.fill { span throws(RequestFault) in
            try RecordEncoder.write(record, into: &span)
        }
        return try output.withBytes { bytes throws(RecordFault) in
            try JSONTree(parsing: bytes)
        }
    }
}
