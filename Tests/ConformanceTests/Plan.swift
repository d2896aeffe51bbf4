/// What is done with the rows of a file.
enum Plan: Sendable {
    /// Each expectation is checked; what cannot be has a reason.
    case run(Runner)
    /// The product cannot do it yet: the capability that brings it.
    case pending(String)
    /// The rows are sentences for people; the test that covers what they ask.
    case prose(String)

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
        "payhub_wire.json": .pending("PayHub answers"),

        "payhub_sdk_bugs.json": .prose("PayHubTests: what a request says and how it is spelled"),
        "log_redaction.json": .prose("SecretsTests/MaskedPANTests, MustNotCompileTests"),
        // Each test names its row.
        "reader_behaviour.json": .prose(
            "turkish-layout-1: TypedTextTests; fsm-*, error-marker-E, after-error: "
                + "TypedSwipeTests; swipe-wrong-screen, unplug-read: ReaderThreadTests"),
        "store_and_forward.json": .prose("docs/decisions.md: swipes are not stored"),
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
