internal import Foundation
internal import PayHub
internal import Readers
internal import Secrets
internal import Values

/// Writes what the other clients send, as we write it: `clear.http` and `encrypted.http`, whole
/// requests with published test cards, and `get.http`, what stands behind the id in a GET.
internal struct Material {
    private let till: Till

    init(port: String, folder: String) throws {
        till = try Till(port: port, folder: folder)
    }

    func write() throws {
        for entry in ["clear", "encrypted"] {
            var counter = try Counter(till)
            let swipe = try RecordedSwipe(entry)
            var gatherer = try swipe.gatherer(till.arena)
            try counter.write(try swipe.gather(&gatherer))
            try save(Self.data(counter.request), as: "\(entry).http")
        }
        var inquiry = try till.arena.take(capacity: 1024)
        guard let id = TransactionID("0") else { throw WrongAnswer() }
        try RequestWriter.get(
            TransactionResource(.sale, id), from: till.endpoint, token: try till.token(),
            into: &inquiry)
        let head = Self.data(inquiry)
        guard let end = head.range(of: Data("/sale/0".utf8))?.upperBound else {
            throw WrongAnswer()
        }
        try save(head[end...], as: "get.http")
    }

    private func save(_ data: Data, as name: String) throws {
        try data.write(to: URL(fileURLWithPath: till.folder + "/" + name))
    }

    private static func data(_ bytes: borrowing SecretBytes) -> Data {
        bytes.withBytes { span in Data(span.indices.map { span[$0] }) }
    }
}
