import Glibc
import OwnThreads
import PayHub
import Testing
import Timeline

@testable import GatewayLink

/// How much of a request left, when the kernel does not take all of it.
///
/// A socket pair stands for the network, because its buffers can be made smaller than a record.
@Suite(.blocks) struct SentExtentTests {
    @Test func `a kernel that takes a part says part, and the rest never leaves`() throws {
        let pair = try SocketPair()
        pair.shrink()
        let request = [UInt8](repeating: UInt8(ascii: "x"), count: 16_384)
        let before = pair.client.traffic
        #expect(throws: LinkFailure.Cause.sendTimedOut) {
            try pair.client.write(request.span, within: 20)
        }
        #expect(pair.client.extent(since: before) == .part)
        let taken = pair.client.traffic.bytesSent - before.bytesSent
        #expect((1..<16_384).contains(taken))
        pair.client.abandon()
        let received = pair.endAndReadRaw()
        #expect(received == taken)
    }

    @Test func `a kernel that takes nothing says nothing`() throws {
        let pair = try SocketPair()
        pair.shrink()
        pair.fill()
        let before = pair.client.traffic
        #expect(throws: LinkFailure.Cause.sendTimedOut) {
            try pair.client.write([UInt8](repeating: 0, count: 100).span, within: 20)
        }
        #expect(pair.client.extent(since: before) == .nothing)
    }

    @Test func `a connection that is gone before the request says nothing`() throws {
        let pair = try SocketPair()
        let before = pair.client.traffic
        pair.closeServer()
        // The default action ends the process: the link must not raise the signal at all.
        _ = signal(SIGPIPE, SIG_DFL)
        #expect(throws: LinkFailure.Cause.connectionLost) {
            try pair.client.write([UInt8](repeating: 0, count: 100).span, within: 20)
        }
        #expect(pair.client.extent(since: before) == .nothing)
    }

    @Test func `a kernel that takes the record says all`() throws {
        let pair = try SocketPair()
        let before = pair.client.traffic
        try pair.client.write([UInt8](repeating: 0, count: 100).span, within: 20)
        #expect(pair.client.extent(since: before) == .all)
    }
}
