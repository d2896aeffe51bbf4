/// What is done with the rows of a file.
enum Plan: Sendable {
    /// Each expectation is checked; what cannot be has a reason.
    case run(Runner)
    /// The product cannot do it yet: the capability that brings it.
    case pending(String)
    /// The rows are sentences for people; by a row's name, or its beginning and a `*`, the test
    /// that covers what it asks.
    case prose([String: String])

    /// What each file of rows gets, by its name.
    static let table: [String: Plan] = [
        "track_parse.json": .run(TrackRows.cases),
        "tracks_text.json": .run(TrackRows.vectors),
        "luhn_brand.json": .run(TrackRows.numbers),
        "hid_keyboard.json": .run(OpeningRows.keyboard),
        "idtech_public.json": .run(OpeningRows.idTech),
        "idtech_synthetic.json": .run(OpeningRows.idTech),
        "encrypted_swipes.json": .run(EncryptedSwipeRows.runner),
        "dukpt_tdes.json": .run(KeyRows.tripleDES),
        "dukpt_aes.json": .run(KeyRows.aes),

        "bits.json": .run(BitRows.vectors),
        "bitstreams.json": .run(BitRows.streams),
        "magtek_public.json": .run(MagTekRows.vectors),
        "payhub_wire.json": .prose(wire),

        "payhub_sdk_bugs.json": .prose(faultsOfOthers),
        "log_redaction.json": .prose(redaction),
        "reader_behaviour.json": .prose(behaviour),
        "store_and_forward.json": .prose(["*": "docs/decisions.md: swipes are not stored"]),
    ]
}

/// Checks the rows of one kind of file.
struct Runner: Sendable {
    /// Every path that a row may have, provenance aside.
    let paths: Set<String>
    /// Names of rows that are not held against us, each with its reason (`docs/decisions.md`).
    let exceptions: [String: String]
    /// The paths of the expectations that do not hold.
    let check: @Sendable (JSONValue) throws -> [String]
}

extension Plan {
    /// The gateway's answers, and those of the API that came before it.
    private static let wire = [
        "v1-*": "the old checkout API, which this gateway does not speak",
        "code-*": "GuidanceTests: a decline says what to do",
        "cvv-*": "ResourceTests: carried as it is; TestCardTests give M and N",
        "remote-sale-ok": "ReplayCommandTests: every recording ends as its expectation says",
        "remote-partial-capture": "a capture, which is not spoken yet",
        "v2-post-201-location": "JudgementTests, ReplayCommandTests",
        "v2-400-errors": "JudgementTests: a 400 whose code is a listed error code",
        "v2-node-sale": "EmulatorTests: members that no rule names are ignored",
    ]

    /// What other clients of the gateway get wrong.
    private static let faultsOfOthers = [
        "swiper_brand-spelling": "RequestWriterTests: an encrypted block goes out as hex",
        "amount-1.2.3": "AmountTests: refuses another form",
        "amount-*": "RequestWriterTests: a sale with both tracks has the documented form",
        "shipping-key": "RequestWriterTests: shipping and tax are amounts of two decimals",
        "name-with-accent": "RequestWriterTests: text of the till is escaped",
        "no-timeouts": "GatewayLinkTests: deadlines of connecting, sending and answering",
        "getSale-null": "ResourceTests: what is no such resource is not believed",
    ]

    /// Nothing is redacted from text here, because nothing secret can get into text.
    private static let redaction = [
        "pan-spaces": "MaskedPANTests: whatever is no number of 12 to 19 digits is hidden",
        "bin-and-tail": "MaskedPANTests: the last four digits alone",
        "*": "MustNotCompileTests: a secret goes into no text, log or error",
    ]

    /// What a reader and a cashier do.
    private static let behaviour = [
        "turkish-layout-1": "TypedTextTests",
        "fsm-*": "TypedSwipeTests",
        "error-marker-E": "TypedSwipeTests",
        "after-error-still-listening": "TypedSwipeTests, ReplayCommandTests",
        "swipe-wrong-screen": "ReaderThreadTests",
        "unplug-read": "ReaderThreadTests",
    ]
}
