import Foundation
import PayHub
import Secrets
import Testing

extension RequestWriter {
    /// The body of a request that is written for nobody.
    static func bodyText(
        _ write: (GatewayEndpoint, borrowing SecretBytes, inout SecretBytes) throws -> Void
    ) throws -> String {
        let arena = try SecretArena(blocks: 3)
        var token = try arena.take(capacity: 16)
        try token.append(UInt8(ascii: "t"))
        var buffer = try arena.take(capacity: 8192)
        try write(try GatewayEndpoint(url: "https://localhost"), token, &buffer)
        let text = buffer.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
        return String(text[try #require(text.range(of: "\r\n\r\n")).upperBound...])
    }
}
