import Foundation
import Glibc

/// A program that does not answer: it is dead, or coming back.
struct Unreachable: Error {}

/// What this tool asks of the kernel.
enum Calls {
    /// Sends a text to a socket of this machine and reads what comes back, up to its end or until
    /// `isWhole`; a minute of silence ends it.
    static func exchange(
        _ path: String, _ text: String, isWhole: (Data) -> Bool
    ) throws(Unreachable) -> Data {
        let line = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard line >= 0 else { throw Unreachable() }
        defer { close(line) }
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        _ = unsafe setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        guard connect(line, to: path), send(line, Array(text.utf8)) else { throw Unreachable() }
        var gathered = Data()
        var room = [UInt8](repeating: 0, count: 65_536)
        while !isWhole(gathered) {
            let count = unsafe recv(line, &room, room.count, 0)
            guard count >= 0 else { throw Unreachable() }
            if count == 0 { break }
            gathered.append(contentsOf: room[..<count])
        }
        return gathered
    }

    private static func connect(_ line: Int32, to path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count < capacity else { return false }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return unsafe withUnsafePointer(to: &address) { place in
            unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(line, $0, size) == 0
            }
        }
    }

    private static func send(_ line: Int32, _ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes[sent...].withUnsafeBytes { rest in
                unsafe Glibc.send(line, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
