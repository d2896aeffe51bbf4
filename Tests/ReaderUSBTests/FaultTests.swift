internal import CUSBTestbed
internal import Glibc
internal import ReaderUSB
internal import Readers
internal import Secrets
internal import Testing
internal import Timeline

extension OnThePretendedBus {
    @Suite struct FaultTests {
        private static let report = Desk.report(509)

        @Test func `a short packet ends a report`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                device.send(packet: Desk.report(64))
                device.send(packet: Desk.report(10))
                #expect(try desk.read(reader) == Desk.report(64) + Desk.report(10))
                desk.unplug(device)
            }
        }

        @Test func `a report as long as its packets needs no short one`() throws {
            try Desk.with { desk in
                let device = PretendedReader(ReaderForm(reportBytes: 128))
                let reader = try desk.reader()
                device.send(report: Desk.report(128))
                device.send(packet: [])
                device.send(report: Desk.report(128, seed: 9))
                #expect(try desk.read(reader) == Desk.report(128))
                #expect(try desk.read(reader) == Desk.report(128, seed: 9))
                desk.unplug(device)
            }
        }

        @Test func `reports of no bytes are not reports`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                for _ in 1...50 { device.send(packet: []) }
                device.send(report: Self.report)
                #expect(try desk.read(reader) == Self.report)
                desk.unplug(device)
            }
        }

        @Test func `what pads the last packet is cut off`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                device.send(report: Self.report + [1, 2, 3])
                #expect(try desk.read(reader) == Self.report)
                desk.unplug(device)
            }
        }

        static let faults: [(Int32, TransferFault)] = [
            (EPIPE, .stall), (EOVERFLOW, .babble), (EPROTO, .failed), (EILSEQ, .failed),
            (ETIME, .failed),
        ]

        @Test(arguments: faults) func `a transfer that ends badly is told and goes on`(
            error: Int32, fault: TransferFault
        ) throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                for round in 1...3 {
                    device.fail(error)
                    #expect(desk.log.waits(round + 1, for: \.isReady))
                    device.send(report: Self.report)
                    #expect(try desk.read(reader) == Self.report)
                }
                #expect(desk.log.faults == [fault, fault, fault])
                #expect(device.value(SWT_CLEARED) == 3)
                desk.unplug(device)
            }
        }

        @Test func `more than a packet holds is babble and not read`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                device.send(packet: Desk.report(65))
                #expect(desk.log.waits { $0 == .faulted($0.device, .babble) })
                #expect(desk.log.waits(2, for: \.isReady))
                device.send(report: Self.report)
                #expect(try desk.read(reader) == Self.report)
                desk.unplug(device)
            }
        }

        @Test func `a report that breaks off is handed over as far as it came, and told`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                device.send(packet: Desk.report(64))
                device.fail(EPIPE)
                #expect(try desk.read(reader) == Desk.report(64))
                #expect(
                    desk.log.waits { $0 == .halfReport($0.device, bytes: 64, of: 509) })
                device.send(report: Self.report)
                #expect(try desk.read(reader) == Self.report)
                desk.unplug(device)
            }
        }

        @Test func `a report that is not whole in time ends by its deadline, and is told`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                // A transfer is sent off again when its packet has been taken.
                for _ in 1...2 {
                    device.send(packet: Desk.report(64))
                    #expect(device.waits(for: SWT_PENDING, 8))
                }
                desk.time.advance(milliseconds: 2001)
                let half = try #require(try desk.read(reader))
                #expect(half == Desk.report(64) + Desk.report(64))
                #expect(desk.log.waits(for: \.isHalf))
                desk.unplug(device)
            }
        }

        @Test func `a late rest does not become part of the next report`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                device.send(packet: Desk.report(64))
                #expect(device.waits(for: SWT_PENDING, 8))
                desk.time.advance(milliseconds: 2001)
                var report = try desk.arena.take(capacity: 1024)
                _ = reader.read(into: &report, until: desk.time.now())
                device.send(report: Self.report)
                #expect(try desk.read(reader) == Self.report)
                desk.unplug(device)
            }
        }

        @Test func `a transfer that the kernel gives up is sent off again`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                for _ in 1...20 { device.fail(ENOENT) }
                device.send(report: Self.report)
                #expect(try desk.read(reader) == Self.report)
                #expect(desk.log.faults == [])
                desk.unplug(device)
            }
        }

        @Test func `a device that stalls for ever is tried in growing pauses`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                for _ in 1...4 { device.fail(EPIPE) }
                #expect(desk.log.waits(5, for: \.isReady))
                device.send(report: Self.report)
                #expect(try desk.read(reader) == Self.report)
                desk.unplug(device)
            }
        }

        @Test func `sleep ends all transfers, and reading goes on after it`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                #expect(device.waits(for: SWT_PENDING, 8))
                device.suspend(with: ESHUTDOWN)
                #expect(desk.log.waits(for: \.isFaulted))
                #expect(desk.log.waits(for: \.isWaiting))
                device.resume()
                #expect(desk.log.waits(2, for: \.isReady))
                #expect(desk.log.count(\.isRemoved) == 0)
                device.send(report: Self.report)
                #expect(try desk.read(reader) == Self.report)
                desk.unplug(device)
            }
        }

        @Test func `a swipe that nobody waits for is dropped and told`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                device.send(report: Self.report)
                #expect(try desk.read(reader) == Self.report)
                desk.time.advance(milliseconds: 1001)
                device.send(report: Desk.report(509, seed: 7))
                #expect(
                    desk.log.waits { $0 == .reportsDropped($0.device, .nobodyListens) })
                desk.time.advance(milliseconds: 1001)
                var report = try desk.arena.take(capacity: 1024)
                #expect(reader.read(into: &report, until: desk.time.now()) == .timedOut)
                device.send(report: Self.report)
                #expect(try desk.read(reader) == Self.report)
                desk.unplug(device)
            }
        }

        @Test func `garbage at full rate costs one packet's work each and is bounded`() throws {
            try Desk.with { desk in
                let device = PretendedReader(.keyboard)
                let reader = try desk.reader()
                let free = desk.arena.freeBlocks
                for value in 0..<2000 {
                    device.send(packet: [UInt8](repeating: UInt8(value & 0xFF), count: 8))
                }
                #expect(device.waits(for: SWT_SCRIPTED, 0))
                #expect(
                    desk.log.waits { $0 == .reportsDropped($0.device, .tooMany) })
                #expect(desk.log.count { $0 == .reportsDropped($0.device, .tooMany) } <= 8)
                #expect(desk.arena.freeBlocks == free)
                #expect(device.waits(for: SWT_PENDING, 8))
                desk.unplug(device)
                _ = reader
            }
        }
    }
}
