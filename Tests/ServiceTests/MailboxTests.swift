import Foundation
import HostileClient
import Journal
import LaneRig
import Synchronization
import Testing

@testable import Service

/// What is asked of a lane whose thread is busy is done once or not at all, and the asker hears
/// which.
@Suite(.serialized) struct MailboxTests {
    /// Patience that ends when the test says so.
    private struct Patience: Sendable {
        let ends = AsyncStream<@Sendable () -> Void>.makeStream()

        func mailbox() -> LaneMailbox { LaneMailbox { ends.continuation.yield($0) } }

        /// Who asked next has waited long enough.
        func end() async throws {
            let ended = try #require(await ends.stream.first { _ in true })
            ended()
        }
    }

    @Test func `a payment that a busy lane did not take is not made later, and its key is free`()
        async throws
    {
        let patience = Patience()
        try await ServiceRig.run {
            $0.mailbox = patience.mailbox()
        } _: { rig in
            let sale = #"{"operation":"sale","amount":{"cents":1275,"currency":"USD"}}"#
            let key = ["Idempotency-Key": "order-1"]
            try await rig.whileBusy {
                async let answer = rig.ask("POST", "/v1/payments", sale, key)
                try await patience.end()
                #expect(try await (answer.status, answer["code"]) == (503, "laneBusy"))
                #expect(try await answer["detail"]?.contains("nothing was taken") == true)
            }
            #expect(await rig.asked == [])
            #expect(rig.journal.changes.isEmpty)
            let again = try await rig.ask("POST", "/v1/payments", sale, key)
            #expect(again.status == 201)
            #expect(await rig.asked.count == 1)
        }
    }

    @Test func `a command that the lane has taken is answered by the lane, however late`()
        async throws
    {
        let patience = Patience()
        let mailbox = patience.mailbox()
        async let reply = mailbox.ask(.sweep)
        let letter = await taken(from: mailbox)
        try await patience.end()
        letter.answer(.done)
        #expect(await reply == .done)
    }

    @Test func `a command is either taken or withdrawn, never both`() async {
        let count = 2000
        let mailbox = LaneMailbox { ended in DispatchQueue.global().async(execute: ended) }
        let taken = Mutex(0)
        let isOver = Mutex(false)
        let lane = Thread {
            while !isOver.withLock({ $0 }) {
                mailbox.bell.wait()
                while let letter = mailbox.take() {
                    taken.withLock { $0 += 1 }
                    letter.answer(.done)
                }
            }
        }
        lane.start()
        var done = 0
        for _ in 0..<count {
            let reply = await mailbox.ask(.sweep)
            #expect(reply == .done || reply == .notTaken)
            if reply == .done { done += 1 }
        }
        isOver.withLock { $0 = true }
        mailbox.bell.signal()
        #expect(taken.withLock { $0 } == done)
    }

    @Test func `a remark for the audit chain waits for as long as the lane is busy`() throws {
        let asked = Mutex(0)
        let mailbox = LaneMailbox { ended in
            asked.withLock { $0 += 1 }
            ended()
        }
        mailbox.remark(.opened, "a page was paired")
        #expect(asked.withLock { $0 } == 0)
        #expect(try #require(mailbox.take()).command == .remark(.opened, "a page was paired"))
    }

    /// The next letter, waited for as the lane's thread does.
    private func taken(from mailbox: LaneMailbox) async -> LaneMailbox.Letter {
        await withCheckedContinuation { continuation in
            let lane = Thread {
                mailbox.bell.wait()
                if let letter = mailbox.take() { continuation.resume(returning: letter) }
            }
            lane.start()
        }
    }
}
