import OwnThreads
import Testing
import Values

@testable import GatewayLink

@Suite(.blocks) struct AnswerReaderTests {
    struct Good: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let status: Int
        var body = ""
        var location: String?
        var keepsAlive = true
        var isJSON = false
        /// The connection is closed in order behind the text.
        var ends = false
        var testDescription: String { name }
    }

    @Test(arguments: GoodAnswers.all)
    func `reads a good answer, however it is cut`(good: Good) throws {
        let bytes = Array(good.text.utf8)
        for cut in 0...bytes.count {
            let found = try #require(try Self.read([bytes[..<cut], bytes[cut...]], good.ends))
            #expect(found.form.status == good.status)
            #expect(found.body == good.body)
            #expect(found.location == good.location)
            #expect(found.form.isJSON == good.isJSON)
            // Whether bytes are left over can only be said of those that have come.
            if cut == bytes.count { #expect(found.form.keepsAlive == good.keepsAlive) }
        }
        let single = try #require(try Self.read(bytes.indices.map { bytes[$0...$0] }, good.ends))
        #expect(single.body == good.body)
        #expect(single.location == good.location)
    }

    @Test func `refuses every hostile answer by its fault, however it is cut`() {
        for (text, fault) in HostileAnswers.all {
            let bytes = text.unicodeScalars.map { UInt8($0.value) }
            let single = bytes.indices.map { bytes[$0...$0] }
            for pieces in [[bytes[...]], single] {
                var found: HTTPFault?
                do throws(HTTPFault) { _ = try Self.read(pieces, true) } catch { found = error }
                #expect(found == fault, "\(text.debugDescription.prefix(200))")
            }
        }
    }

    @Test func `every fault has its hostile answer`() {
        #expect(Set(HostileAnswers.all.map(\.1)) == Set(HTTPFault.allCases))
        #expect(HostileAnswers.all.count >= 600)
        #expect(Set(HostileAnswers.all.map(\.0)).count >= 600)
    }

    @Test(arguments: GoodAnswers.all.filter { !$0.ends })
    func `no answer is whole before its last byte`(good: Good) throws {
        let bytes = Array(good.text.utf8)
        let found = try Self.wholeLength(bytes)
        let end = try #require(found)
        for length in 0..<end {
            #expect(try Self.read([bytes[..<length]], false) == nil)
        }
    }

    struct Found: Equatable {
        let form: AnswerForm
        let body: String
        let location: String?
    }

    static let room = 12_288

    /// What comes of bytes that arrive piece by piece; `nil` while more must come.
    static func read(_ pieces: [ArraySlice<UInt8>], _ ends: Bool) throws(HTTPFault) -> Found? {
        var reader = AnswerReader(room: room)
        var buffer: [UInt8] = []
        for piece in pieces {
            buffer += piece
            var span = buffer.mutableSpan
            if let form = try reader.advance(&span) { return found(form, buffer) }
        }
        guard ends, let form = reader.end() else { return nil }
        return found(form, buffer)
    }

    private static func found(_ form: AnswerForm, _ buffer: [UInt8]) -> Found {
        Found(
            form: form, body: String(decoding: buffer[form.body.range], as: UTF8.self),
            location: form.location.map { String(decoding: buffer[$0.range], as: UTF8.self) })
    }

    private static func wholeLength(_ bytes: [UInt8]) throws -> Int? {
        try (0...bytes.count).first { try read([bytes[..<$0]], false) != nil }
    }
}
