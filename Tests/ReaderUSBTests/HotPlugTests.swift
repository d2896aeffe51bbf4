internal import CUSBTestbed
internal import Dispatch
internal import Glibc
internal import ReaderUSB
internal import Readers
internal import Secrets
internal import Testing
internal import Timeline

extension OnThePretendedBus {
    @Suite struct HotPlugTests {
        private static let report = Desk.report(509)

        @Test func `a reader that is there at the start is found`() throws {
            try PretendedBus.with {
                let device = PretendedReader()
                let log = EventLog()
                let readers = try USBReaders { log.take($0) }
                let reader = try readers.reader()
                #expect(reader.profile.productID == 0x0500)
                readers.stop()
                #expect(log.count(\.isArrived) == 1)
                #expect(device.value(SWT_RELEASES) == 1)
                device.forget()
            }
        }

        @Test func `no reader at all is told at the deadline`() throws {
            try Desk.with { desk in
                #expect(throws: USBFault.noReader) {
                    try desk.readers.reader(until: SystemTime().now())
                }
            }
        }

        @Test func `an arrival that is told twice is one reader`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                let reader = try desk.reader()
                device.announce()
                device.announce()
                device.send(report: Self.report)
                #expect(try desk.read(reader) == Self.report)
                desk.unplug(device)
                #expect(desk.log.count(\.isArrived) == 1)
                #expect(desk.log.count(\.isReady) == 1)
            }
        }

        @Test func `a device that is not configured yet is waited for`() throws {
            try Desk.with { desk in
                let device = PretendedReader(ReaderForm(isUnconfigured: true))
                #expect(desk.log.waits(for: \.isArrived))
                #expect(throws: USBFault.notConfigured) {
                    try desk.readers.reader(until: SystemTime().now())
                }
                device.configure()
                let reader = try desk.reader()
                device.send(report: Self.report)
                #expect(try desk.read(reader) == Self.report)
                desk.unplug(device)
            }
        }

        @Test func `a payment goes on when its reader is plugged in again, in any port`() throws {
            try Desk.with { desk in
                var device = PretendedReader()
                let reader = try desk.reader()
                for port in UInt8(6)...8 {
                    // Half a swipe, and then it is gone.
                    device.send(packet: Desk.report(64))
                    #expect(device.waits(for: SWT_SCRIPTED, 0))
                    desk.unplug(device)
                    #expect(try desk.read(reader) == Desk.report(64))
                    let ready = desk.log.count(\.isReady)
                    device = PretendedReader(ReaderForm(port: port))
                    #expect(desk.log.waits(ready + 1, for: \.isReady))
                    device.send(report: Self.report)
                    #expect(try desk.read(reader) == Self.report)
                }
                desk.unplug(device)
            }
        }

        @Test func `a reader of another model does not take a reader's place`() throws {
            try Desk.with { desk in
                let first = PretendedReader()
                _ = try desk.reader()
                desk.unplug(first)
                let other = PretendedReader(ReaderForm(product: 0x2010))
                #expect(desk.log.waits { $0.refusal == .otherModel })
                desk.unplug(other)
                let ready = desk.log.count(\.isReady)
                let again = PretendedReader()
                #expect(desk.log.waits(ready + 1, for: \.isReady))
                desk.unplug(again)
            }
        }

        @Test func `two readers are chosen by serial number and by port`() throws {
            try Desk.with { desk in
                let left = PretendedReader(ReaderForm(port: 1, serial: "LEFT1"))
                let right = PretendedReader(ReaderForm(port: 2, serial: "RIGHT2"))
                let second = try desk.reader(USBSelection(serial: "RIGHT2"))
                let first = try desk.reader(USBSelection(port: "1-1"))
                left.send(report: Desk.report(509, seed: 1))
                right.send(report: Desk.report(509, seed: 2))
                #expect(try desk.read(first) == Desk.report(509, seed: 1))
                #expect(try desk.read(second) == Desk.report(509, seed: 2))
                desk.unplug(left)
                // The other one is not disturbed.
                right.send(report: Desk.report(509, seed: 3))
                #expect(try desk.read(second) == Desk.report(509, seed: 3))
                let names = desk.log.all.filter(\.isReady).map(\.device.serial)
                #expect(names == ["RIGHT2", "LEFT1"])
                desk.unplug(right)
            }
        }

        @Test func `a reader whose serial number is not accepted is refused`() throws {
            try Desk.with(acceptedSerials: ["GOOD"]) { desk in
                let strange = PretendedReader(ReaderForm(port: 1, serial: "BAD"))
                let unnamed = PretendedReader(ReaderForm(port: 2))
                let good = PretendedReader(ReaderForm(port: 3, serial: "GOOD"))
                _ = try desk.reader()
                for device in [strange, unnamed] {
                    #expect(device.value(SWT_CLAIMS) == 0)
                }
                #expect(good.value(SWT_CLAIMS) == 1)
                [strange, unnamed, good].forEach(desk.unplug)
            }
        }

        @Test func `a reader that another program holds is waited for`() throws {
            try Desk.with { desk in
                let device = PretendedReader()
                device.refuseClaims(3, error: EBUSY)
                let reader = try desk.reader()
                #expect(desk.log.count { $0 == .waiting($0.device, .heldByAnotherProgram) } == 1)
                device.send(report: Self.report)
                #expect(try desk.read(reader) == Self.report)
                desk.unplug(device)
            }
        }

        static let drivers = [(false, 0), (true, 1)]

        @Test(arguments: drivers) func `the kernel's driver gets its keyboard back`(
            hasNoAutoDetach: Bool, _: Int
        ) throws {
            try Desk.with { desk in
                var form = ReaderForm.keyboard
                form.hasNoAutoDetach = hasNoAutoDetach
                let device = PretendedReader(form)
                let reader = try desk.reader()
                #expect(!device.hasKernelDriver)
                #expect(desk.log.count { $0 == .kernelDriverDetached($0.device) } == 1)
                device.send(packet: [2, 0, 0x22, 0, 0, 0, 0, 0])
                #expect(try desk.read(reader) == [2, 0, 0x22, 0, 0, 0, 0, 0])
                desk.readers.release(reader)
                #expect(device.hasKernelDriver)
                #expect(device.value(SWT_PENDING) == 0)
                desk.unplug(device)
            }
        }

        static let refusals: [(ReaderForm, USBRefusal)] = [
            (ReaderForm(extraClass: 0x03), .alsoKeyboard),
            (ReaderForm(extraClass: 0x08), .alsoStorage),
            (ReaderForm(extraClass: 0x02), .alsoNetwork),
            (ReaderForm(extraClass: 0xE0), .alsoNetwork),
            (ReaderForm(product: 0x2FFF), .unknownProduct),
            (ReaderForm(product: 0x3820), .notSupported(.packetsNotPublic)),
            (ReaderForm(vendor: 0x03F0, product: 0x1539), .notSupported(.nothingPublic)),
            (ReaderForm(reportDescriptor: [0x06, 0x00]), .descriptor(.cutShort(offset: 0))),
            (ReaderForm(packetBytes: 1025), .noReaderInterface),
            (
                ReaderForm(
                    product: 0x0500, packetBytes: 8, reportBytes: 8, isKeyboard: true,
                    hasKernelDriver: true), .wrongMode
            ),
            (ReaderForm(product: 0x2030), .wrongMode),
        ]

        @Test(arguments: refusals) func `what no reader is, is refused, told and left alone`(
            form: ReaderForm, refusal: USBRefusal
        ) throws {
            try Desk.with { desk in
                let device = PretendedReader(form)
                // Somebody wants a reader until the watch is stopped.
                DispatchQueue.global().async { _ = try? desk.readers.reader() }
                #expect(desk.log.waits { $0.refusal == refusal })
                #expect(device.value(SWT_CLAIMS) == device.value(SWT_RELEASES))
                #expect(device.hasKernelDriver == form.hasKernelDriver)
                desk.unplug(device)
            }
        }

        @Test func `an unknown device is not even told`() throws {
            try Desk.with { desk in
                let mouse = PretendedReader(ReaderForm(port: 1, vendor: 0x046D))
                let device = PretendedReader(ReaderForm(port: 2))
                _ = try desk.reader()
                #expect(desk.log.all.allSatisfy { $0.device.port == "1-2" })
                #expect(mouse.value(SWT_CLAIMS) == 0)
                desk.unplug(device)
                mouse.unplug()
                mouse.forget()
            }
        }

        @Test func `idle, nothing wakes up`() throws {
            try Desk.with { desk in
                let before = desk.readers.wakeUps
                #expect(throws: USBFault.noReader) {
                    try desk.readers.reader(
                        until: SystemTime().now().adding(milliseconds: 200))
                }
                #expect(desk.readers.wakeUps == before)
            }
        }
    }
}
