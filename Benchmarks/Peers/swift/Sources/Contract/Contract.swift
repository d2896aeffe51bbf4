import Foundation

/// What a client is asked to do: `PATTERN PORT DIR WARMUP COUNT IDLE_MS`.
public struct Plan: Sendable {
    public let isOpenedAhead: Bool
    public let port: Int
    public let folder: String
    public let warmUp: Int
    public let count: Int
    public let idleMilliseconds: Int
    /// The body of a sale with a clear swipe.
    public let body: Data

    public init() throws {
        let words = CommandLine.arguments
        guard words.count == 7, let port = Int(words[2]), let warmUp = Int(words[4]),
            let count = Int(words[5]), let idle = Int(words[6])
        else { throw WrongAnswer() }
        isOpenedAhead = words[1] == "P"
        self.port = port
        folder = words[3]
        self.warmUp = warmUp
        self.count = count
        idleMilliseconds = idle
        let request = try Data(contentsOf: URL(fileURLWithPath: folder + "/clear.http"))
        guard let head = request.range(of: Data("\r\n\r\n".utf8)) else { throw WrongAnswer() }
        body = request[head.upperBound...]
    }

    public var certificate: String { folder + "/cert.pem" }
    public var base: String { "https://127.0.0.1:\(port)/api/v2" }
    public static let token = "00000000-0000-0000-0000-000000000000"
}

/// The gateway did not answer as the reference gateway does, or the arguments are wrong.
public struct WrongAnswer: Error {
    public init() {}
}

public func now() -> UInt64 { DispatchTime.now().uptimeNanoseconds }
