internal import Foundation
internal import Glibc

/// Sends bytes to a door as they are, and reads what comes back: no client would send some of them.
public enum RawClient {
    /// Where a service listens.
    public enum Place: Sendable {
        /// A unix socket.
        case socket(String)
        /// A port of 127.0.0.1.
        case port(Int)

        /// A place as the service tells it: `unix:PATH` or `http://127.0.0.1:PORT`.
        public init(_ told: String) {
            if told.hasPrefix("unix:") {
                self = .socket(String(told.dropFirst(5)))
            } else {
                self = .port(Int(told.split(separator: ":").last ?? "") ?? 0)
            }
        }
    }

    /// Sends all and reads until the other side closes, on a thread that may block.
    public static func exchange(_ bytes: [UInt8], with place: Place) async -> [UInt8] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: talk(bytes, place) { _ in false })
            }
        }
    }

    /// Sends all and reads until the text says this, or the other side closes.
    public static func exchange(
        _ text: String, with place: Place, until words: @escaping @Sendable (String) -> Bool
    ) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let got = talk(Array(text.utf8), place) {
                    words(String(decoding: $0, as: UTF8.self))
                }
                continuation.resume(returning: String(decoding: got, as: UTF8.self))
            }
        }
    }

    /// Sends all and is gone before anything can come back.
    /// - Returns: false when nobody listens there.
    public static func sendAndGo(_ bytes: [UInt8], to place: Place) -> Bool {
        let socket = connected(place)
        guard socket >= 0 else { return false }
        defer { close(socket) }
        return unsafe send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    /// Sends all and reads nothing.
    /// - Returns: whether the other side closes; it is waited for as long as for an answer.
    public static func sendAndStare(_ bytes: [UInt8], to place: Place) async -> Bool {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let socket = connected(place)
                var watched = pollfd(fd: socket, events: 0, revents: 0)
                let isSent =
                    unsafe send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
                let isClosed = unsafe poll(&watched, 1, 20_000) == 1
                close(socket)
                continuation.resume(returning: isSent && isClosed)
            }
        }
    }

    private static func talk(
        _ bytes: [UInt8], _ place: Place, until isEnough: ([UInt8]) -> Bool
    ) -> [UInt8] {
        let socket = connected(place)
        guard socket >= 0 else { return [] }
        defer { close(socket) }
        // What hangs fails its test in place of hanging with it.
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        unsafe setsockopt(
            socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var sent = 0
        while sent < bytes.count {
            let rest = Array(bytes[sent...])
            let count = unsafe send(socket, rest, rest.count, Int32(MSG_NOSIGNAL))
            guard count > 0 else { break }
            sent += count
        }
        var got: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 65_536)
        while !isEnough(got) {
            let count = unsafe recv(socket, &room, room.count, 0)
            guard count > 0 else { break }
            got += room[..<count]
        }
        return got
    }

    private static func connected(_ place: Place) -> Int32 {
        switch place {
        case .port(let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            return unsafe connected(AF_INET, &address, MemoryLayout<sockaddr_in>.size)
        case .socket(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in
                for (index, byte) in path.utf8.enumerated() { unsafe room[index] = byte }
            }
            return unsafe connected(AF_UNIX, &address, MemoryLayout<sockaddr_un>.size)
        }
    }

    private static func connected(
        _ family: Int32, _ address: UnsafeRawPointer, _ size: Int
    ) -> Int32 {
        let socket = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        let address = unsafe address.assumingMemoryBound(to: sockaddr.self)
        guard unsafe connect(socket, address, socklen_t(size)) == 0 else {
            close(socket)
            return -1
        }
        return socket
    }
}

/// An answer taken apart.
public struct Answer: Sendable {
    /// Its status.
    public let status: Int
    /// Its fields, by their names in lower case.
    public let headers: [String: String]
    /// Its body.
    public let body: String

    /// `nil` when it is no answer: the connection was closed without one.
    public init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        self.status = status
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.last?.trimmingCharacters(in: .whitespaces)
        }
        self.headers = headers
        body = String(text[end.upperBound...])
    }

    /// The body as JSON.
    public var json: [String: Any] {
        let object = try? JSONSerialization.jsonObject(with: Data(body.utf8))
        return object as? [String: Any] ?? [:]
    }

    /// A member of the body that is a text.
    public subscript(name: String) -> String? { json[name] as? String }
}
