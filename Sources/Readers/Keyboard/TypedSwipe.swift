internal import Timeline

/// Finds the swipes among what a keyboard types: where one begins and where it is whole.
///
/// A swipe begins with a track's start sentinel, with `02` (a frame's STX) or with `<DvcMsg`, and
/// comes at a reader's pace (``TypingPace``). Whatever else is typed is dropped as it comes.
internal struct TypedSwipe: Sendable {
    /// What a character is to the text so far.
    internal enum Step: Equatable, Sendable {
        /// It belongs to no swipe, and neither does what was kept.
        case dropped
        /// What was kept is dropped; this is the first character of a swipe.
        case begun
        /// It belongs to the swipe.
        case kept
        /// It belongs to the swipe and is its last.
        case last
    }

    private var pace = TypingPace()
    private var form = Form.none
    private var count = 0
    /// Nothing was typed since the last Enter or silence.
    private var isFresh = true
    private var lastKeyAt = Moment(nanoseconds: 0)

    fileprivate enum Form: Equatable {
        case none
        /// `0`, which may begin a frame.
        case zero
        case frame
        case message(TypedMessage)
        case tracks(TypedTracks)
    }

    /// The shortest typed frame: envelope, encode type, status, three lengths. A bar code that
    /// begins with 02 (goods sold by weight) is shorter.
    private static let frameCharactersMinimum = 22
    /// Fewer characters without an end sentinel are no try at a swipe.
    private static let trackCharactersMinimum = 8

    /// How long the silence is that ends the text, in milliseconds.
    var silenceMilliseconds: Int {
        if case .tracks(let tracks) = form, tracks.isPastTrack2 {
            return SwipeGatherer.lineSilenceMilliseconds
        }
        return SwipeGatherer.silenceMilliseconds
    }

    /// The next swipe begins.
    mutating func begin() {
        form = .none
        count = 0
        isFresh = true
        pace.begin()
    }

    /// Nothing came for a while: true when the text is a swipe, else it is dropped.
    mutating func fellSilent() -> Bool {
        if isSwipe { return true }
        begin()
        return false
    }

    mutating func take(_ byte: UInt8, at moment: Moment) -> Step {
        if count > 0, !pace.continues(at: moment) { begin() }
        if TypingPace.isPause(from: lastKeyAt, to: moment) { isFresh = true }
        lastKeyAt = moment
        guard count > 0 else { return open(byte, at: moment) }
        guard goOn(byte) else {
            begin()
            isFresh = false
            return open(byte, at: moment)
        }
        count += 1
        pace.take(at: moment)
        guard byte == KeyMap.enter, isEnd else { return .kept }
        if isSwipe { return .last }
        begin()
        return .dropped
    }

    private mutating func open(_ byte: UInt8, at moment: Moment) -> Step {
        form = Form.none.opened(by: byte, isFresh: isFresh)
        guard form != .none else {
            isFresh = byte == KeyMap.enter
            return .dropped
        }
        count = 1
        pace.take(at: moment)
        return .begun
    }

    /// False when the character shows that the text is no swipe.
    private mutating func goOn(_ byte: UInt8) -> Bool {
        switch form {
        case .none: return false
        case .zero:
            form = .frame
            return byte == UInt8(ascii: "2")
        case .frame: return true
        case .message(var message):
            defer { form = .message(message) }
            return message.take(byte)
        case .tracks(var tracks):
            tracks.take(byte)
            form = .tracks(tracks)
            return true
        }
    }

    /// True when the Enter that has just come ends the text.
    private var isEnd: Bool {
        switch form {
        case .none, .zero: false
        case .frame: true
        case .message(let message): message.isClosed
        case .tracks(let tracks): tracks.isEnd
        }
    }

    /// True when the text can be a swipe and was typed by a reader.
    private var isSwipe: Bool {
        guard pace.isOfReader else { return false }
        return switch form {
        case .none, .zero: false
        case .frame: count >= Self.frameCharactersMinimum
        case .message(let message): message.isNamed
        case .tracks(let tracks): tracks.hasEnd || count >= Self.trackCharactersMinimum
        }
    }
}

extension TypedSwipe.Form {
    /// What a first character begins; a bar code may hold 02 anywhere, so that begins a frame
    /// only where nothing was typed before.
    fileprivate func opened(by byte: UInt8, isFresh: Bool) -> Self {
        switch byte {
        case UInt8(ascii: "%"), UInt8(ascii: ";"), UInt8(ascii: "+"), MagTekText.separator:
            .tracks(TypedTracks(startingWith: byte))
        case UInt8(ascii: "<"): .message(TypedMessage())
        case UInt8(ascii: "0"): isFresh ? .zero : .none
        default: .none
        }
    }
}
