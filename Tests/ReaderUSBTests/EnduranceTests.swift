internal import CUSBTestbed
internal import Glibc
internal import ReaderUSB
internal import Readers
internal import Secrets
internal import Testing
internal import Timeline

extension OnThePretendedBus {
    /// Many readers one after another, and every fault in every order.
    @Suite struct EnduranceTests {
        @Test func `plugged, swiped and unplugged again and again, nothing is left over`() throws {
            try Desk.with { desk in
                let reader = try Self.swipeOnce(desk, nil)
                let before = Possessions(desk.arena)
                let wires = Possessions.wires
                for _ in 1...Rounds.cycles { _ = try Self.swipeOnce(desk, reader) }
                #expect(Possessions(desk.arena) == before)
                #expect(!Possessions.wires.leaked(in: Rounds.cycles, since: wires))
                print("\(Rounds.cycles) cycles, \(before)")
            }
        }

        private static func swipeOnce(_ desk: Desk, _ known: USBReader?) throws -> USBReader {
            let ready = desk.log.count(\.isReady)
            let device = PretendedReader()
            let reader = try known ?? desk.reader()
            try #require(desk.log.waits(ready + 1, for: \.isReady))
            device.send(report: Desk.report(509))
            #expect(try desk.read(reader) == Desk.report(509))
            desk.unplug(device)
            return reader
        }

        @Test func `a watch that is stopped leaves nothing behind`() throws {
            let arena = try SecretArena(blocks: 16)
            try PretendedBus.with {
                try Self.watchOnce(arena)
                let before = Possessions(arena)
                let wires = Possessions.wires
                for _ in 1...10 { try Self.watchOnce(arena) }
                #expect(Possessions(arena) == before)
                #expect(!Possessions.wires.leaked(in: 10, since: wires))
            }
        }

        private static func watchOnce(_ arena: SecretArena) throws {
            let device = PretendedReader(.keyboard)
            let readers = try USBReaders { _ in }
            _ = try readers.reader(arena: arena)
            #expect(device.waits(for: SWT_PENDING, 8))
            readers.stop()
            #expect(device.value(SWT_PENDING) == 0)
            #expect(device.hasKernelDriver)
            device.forget()
        }

        @Test func `after any faults in any order the reader is ready again`() throws {
            print("seed \(Rounds.seed), \(Rounds.sequences) sequences")
            try Desk.with { desk in
                var sequence = FaultSequence(desk, seed: Rounds.seed)
                try sequence.warmUp()
                let before = Possessions(desk.arena)
                let wires = Possessions.wires
                for number in 1...Rounds.sequences {
                    let isReady = try sequence.run()
                    try #require(
                        isReady,
                        "seed \(Rounds.seed), sequence \(number): \(sequence.log)"
                    )
                }
                #expect(Possessions(desk.arena) == before)
                #expect(!Possessions.wires.leaked(in: Rounds.sequences, since: wires))
                sequence.finish()
            }
        }
    }
}
