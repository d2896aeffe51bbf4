import Readers
import Secrets
import Testing
import Timeline
import Tracks
import Values

/// A swipe's content with a copy of the bytes that its ranges count in.
struct Decoded {
    let content: SwipeContent
    let reader: ReaderIdentity
    let bytes: [UInt8]

    /// Decodes what a reader gathered.
    init(_ raw: [UInt8], profile: ReaderProfile, in arena: SecretArena) throws {
        var bytes = try arena.take(capacity: Limits.swipeBytesMaximum)
        try bytes.append(raw.span)
        let swipe = Swipe(
            decoding: GatheredSwipe(
                profile: profile, lastReportAt: Moment(nanoseconds: 0), ending: .whole,
                bytes: bytes))
        content = swipe.content
        reader = swipe.reader
        self.bytes = swipe.bytes.withBytes { copied($0) }
    }

    /// Decodes what a reader of the family gathered.
    init(_ raw: [UInt8], _ family: ReaderFamily, in arena: SecretArena) throws {
        try self.init(raw, profile: try Self.profile(of: family), in: arena)
    }

    init(_ raw: [UInt8], _ family: ReaderFamily = .idTech) throws {
        try self.init(raw, family, in: SecretArena())
    }

    private static func profile(of family: ReaderFamily) throws -> ReaderProfile {
        switch family {
        case .keyboard: ReaderCatalogue.genericKeyboard
        case .idTech: try idTechProfile()
        case .magTek: try #require(MagTekComposer.magneSafe)
        }
    }

    static func idTechProfile() throws -> ReaderProfile {
        let boot = try HIDReportDescriptor(parsing: Descriptors.idTech)
        return try ReaderCatalogue.profile(
            for: HIDDevice(vendorID: 0x0ACD, productID: 0x2010, reports: boot))
    }

    /// The text of a range; `nil` without a range.
    func text(_ range: ByteRange?) -> String? {
        range.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }

    var block: EncryptedBlock? {
        if case .encrypted(let block) = content { block } else { nil }
    }

    var fault: FrameFault? {
        if case .bad(.frame(let fault)) = content { fault } else { nil }
    }

    var track1Text: String? {
        if case .plain(let tracks) = content { text(tracks.track1.layout?.text) } else { nil }
    }

    var track2Text: String? {
        if case .plain(let tracks) = content { text(tracks.track2.layout?.text) } else { nil }
    }
}

func copied(_ span: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in span.indices { bytes.append(span[index]) }
    return bytes
}

/// Reads a frame that fills the bytes.
func frame(
    _ bytes: [UInt8], _ form: EncryptedBlock.Form = .binary
) throws(FrameFault) -> IDTechFrame {
    try IDTechFrame(bytes.span, in: ByteRange(start: 0, count: bytes.count), form: form)
}

/// The fault of bytes that are no sound frame; `nil` when they are one.
func frameFault(_ bytes: [UInt8], _ form: EncryptedBlock.Form = .binary) -> FrameFault? {
    do throws(FrameFault) {
        _ = try frame(bytes, form)
        return nil
    } catch {
        return error
    }
}

/// Report descriptors as devices have them.
enum Descriptors {
    /// A keyboard in boot protocol. Source: USB HID 1.11, appendix E.6.
    static let keyboard: [UInt8] = [
        0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25,
        0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x05,
        0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91, 0x02, 0x95, 0x01, 0x75, 0x03, 0x91,
        0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65,
        0x81, 0x00, 0xC0,
    ]
    /// ID TECH's layout: 9 bytes of header, 500 of output, a feature of 8.
    static let idTech: [UInt8] = [
        0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x09,
        0x20, 0x09, 0x21, 0x09, 0x22, 0x09, 0x28, 0x09, 0x29, 0x09, 0x2A, 0x09, 0x38, 0x95, 0x07,
        0x81, 0x02, 0x09, 0x30, 0x95, 0x02, 0x81, 0x02, 0x09, 0x31, 0x96, 0xF4, 0x01, 0x82, 0x02,
        0x01, 0x09, 0x20, 0x95, 0x08, 0xB2, 0x02, 0x01, 0xC0,
    ]
}
