import Secrets
import Testing
import Timeline
import Values

@testable import Readers

@Suite struct ReaderCatalogueTests {
    private static func device(
        _ vendorID: UInt16, _ productID: UInt16, _ descriptor: [UInt8]
    ) throws -> HIDDevice {
        HIDDevice(
            vendorID: vendorID, productID: productID,
            reports: try HIDReportDescriptor(parsing: descriptor))
    }

    @Test func `a known reader has its row`() throws {
        let device = try Self.device(0x0ACD, 0x2010, Descriptors.idTech)
        let profile = try ReaderCatalogue.profile(for: device)
        #expect(profile.family == .idTech)
        #expect(profile.identity.brand == "IDTECH")
    }

    @Test func `a keyboard that is not known may be a reader that types`() throws {
        let device = try Self.device(0x1234, 0x5678, Descriptors.keyboard)
        #expect(try ReaderCatalogue.profile(for: device) == ReaderCatalogue.genericKeyboard)
    }

    @Test func `refuses a device that is no reader, or in no mode that is known`() throws {
        let stranger = try Self.device(0x1234, 0x5678, Descriptors.idTech)
        #expect(throws: ReaderFault.unknownDevice) {
            _ = try ReaderCatalogue.profile(for: stranger)
        }
        let mode = try Self.device(0x0ACD, 0x2030, Descriptors.idTech)
        #expect(throws: ReaderFault.unknownMode) { _ = try ReaderCatalogue.profile(for: mode) }
    }

    @Test func `every row is a reader of its own`() {
        let keys = ReaderCatalogue.rows.map {
            "\($0.vendorID):\($0.productID) \($0.identity.mode)"
        }
        #expect(Set(keys).count == keys.count)
        for row in ReaderCatalogue.rows {
            #expect(row.identity.brand == row.identity.brand.uppercased())
            #expect(row.identity.model == row.identity.model.uppercased())
            #expect((row.family == .keyboard) == (row.identity.mode == .keyboard))
        }
    }

    @Test func `a known reader that cannot be read is named with its reason`() throws {
        let augusta = try Self.device(0x0ACD, 0x3820, Descriptors.idTech)
        #expect(throws: ReaderFault.notSupported(.packetsNotPublic)) {
            _ = try ReaderCatalogue.profile(for: augusta)
        }
        #expect(ReaderCatalogue.unsupported(0x0ACD, 0x3820)?.name == "ID TECH Augusta")
        #expect(ReaderCatalogue.unsupported(0x1234, 0x5678) == nil)
        let typing = try Self.device(0x0D3A, 0x0500, Descriptors.keyboard)
        #expect(try ReaderCatalogue.profile(for: typing) == ReaderCatalogue.genericKeyboard)
    }

    @Test func `no reader is supported and not supported in the same mode`() {
        for row in ReaderCatalogue.rows where row.identity.mode == .hid {
            #expect(ReaderCatalogue.unsupported(row.vendorID, row.productID) == nil)
        }
    }

    @Test func `a reader of a known family is one row and no code`() throws {
        let device = try Self.device(0x0ACD, 0x7777, Descriptors.idTech)
        #expect(throws: ReaderFault.unknownDevice) {
            _ = try ReaderCatalogue.profile(for: device)
        }
        let row = ReaderProfile(
            name: "a new reader",
            identity: ReaderIdentity(brand: "IDTECH", model: "NEWMAG", mode: .hid),
            family: .idTech, vendorID: 0x0ACD, productID: 0x7777, source: "this test",
            grade: .inference, reportBytes: [509], setup: .idTechHID)
        let profile = try ReaderCatalogue.profile(
            for: device, among: ReaderCatalogue.rows + [row])
        var gatherer = try SwipeGatherer(
            profile: profile, reportBytes: device.reports.inputReportBytes, arena: SecretArena())
        let report = FrameComposer.report(output: FrameComposer().frame)
        #expect(gatherer.take(report.span, at: Moment(nanoseconds: 0)) == .whole)
        let swipe = Swipe(decoding: try gatherer.release())
        #expect(swipe.reader.model == "NEWMAG")
        guard case .encrypted = swipe.content else {
            Issue.record("no encrypted block")
            return
        }
    }

    @Test func `a fault names the remedy`() {
        for reason in UnsupportedReader.Reason.allCases {
            #expect(ReaderFault.notSupported(reason).description.contains("set it to"))
        }
    }
}
