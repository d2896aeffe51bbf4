import Foundation
import Journal
import OwnThreads
import Testing

@Suite(.blocks) struct LatchTests {
    @Test func `the word outlives a process that is killed`() throws {
        let place = try TestJournal()
        let before = try Latch.open(place.path, bootID: "boot-1")
        #expect(before.isFresh)
        #expect(before.word == 0)
        let status = try JournalChild.run("mark", place.path, "boot-1", "70000")
        #expect(status == SIGKILL)
        let after = try Latch.open(place.path, bootID: "boot-1")
        #expect(!after.isFresh)
        #expect(after.word == 70_000)
        #expect(after.incarnation == before.incarnation)
        // The page is one: who has it mapped already sees it too.
        #expect(before.word == 70_000)
    }

    @Test func `the word only rises`() throws {
        let place = try TestJournal()
        let latch = try Latch.open(place.path, bootID: "boot-1")
        latch.mark(9)
        latch.mark(4)
        #expect(latch.word == 9)
        latch.mark(.max)
        #expect(latch.word == .max)
    }

    @Test func `another boot makes a fresh page, and the old one is not believed again`() throws {
        let place = try TestJournal()
        let first = try Latch.open(place.path, bootID: "boot-1")
        first.mark(5)
        let second = try Latch.open(place.path, bootID: "boot-2")
        #expect(second.isFresh)
        #expect(second.word == 0)
        #expect(second.incarnation != first.incarnation)
        let third = try Latch.open(place.path, bootID: "boot-1")
        #expect(third.isFresh)
        #expect(third.incarnation != first.incarnation)
    }

    @Test func `a page with any byte of its header altered, or another length, is fresh`() throws {
        let place = try TestJournal()
        let file = place.file("send.latch")
        for bit in 0..<512 {
            let before = try Latch.open(place.path, bootID: "boot-1")
            before.mark(8)
            var bytes = try Data(contentsOf: file)
            bytes[bit / 8] ^= 1 << (bit % 8)
            try bytes.write(to: file)
            let after = try Latch.open(place.path, bootID: "boot-1")
            #expect(after.isFresh, "bit \(bit)")
            #expect(after.word == 0)
            #expect(after.incarnation != before.incarnation)
        }
        for count in [0, 1, 63, 64, 72, 4095, 4097] {
            let bytes = try Data(contentsOf: file)
            try (bytes + Data([0])).prefix(count).write(to: file)
            #expect(try Latch.open(place.path, bootID: "boot-1").isFresh, "\(count) bytes")
        }
    }

    @Test func `the page is its owner's, and the system names its boot`() throws {
        let place = try TestJournal()
        _ = try Latch.open(place.path, bootID: Latch.currentBootID())
        #expect(try TestJournal.mode(place.file("send.latch")) == 0o600)
        #expect(try !Latch.open(place.path, bootID: Latch.currentBootID()).isFresh)
        #expect(try Latch.currentBootID().count == 36)
    }
}
