internal import ArgumentParser
internal import Foundation
internal import ReaderUSB
internal import Readers
internal import Recordings
internal import Secrets

/// `swipeline record`: writes swipes of test cards into a recording.
internal struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Records swipes of the attached reader into a .hid file: test cards only.",
        discussion: """
            A card that is no published test card is not recorded. With --anonymise, a test \
            number, name, expiry and filler of the same shape take the place of the card's before \
            anything is written. Exit codes: 2 the file, 5 no reader, 6 no test card.
            """)

    @Argument(help: "The file to write; it must not be there yet.")
    var file: String
    @Option(help: "How many swipes to record.")
    var count = 1
    @Flag(help: "Put a test card in the place of the card.")
    var anonymise = false
    @OptionGroup var reader: ReaderOptions

    func run() throws {
        guard count > 0 else { throw Failure("--count must be at least 1", .usage) }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw Failure("\(Terminal.oneLine(file)): it is there already; name another", .usage)
        }
        let attached = try AttachedReader(reader)
        defer { attached.close() }
        var recorder = try SwipeRecorder(attached.reader)
        var text = HIDRecordingText()
        text.description(of: attached.description)
        for number in 1...count {
            Terminal.tell("Swipe card \(number) of \(count); Ctrl-C ends.")
            guard let recorded = try recorder.next() else {
                throw Failure("ended before a card was swiped; nothing was written", .unreachable)
            }
            try take(recorded, into: &text)
        }
        try write(text.finish())
        Terminal.tell("\(Terminal.oneLine(file)): written, \(count) of \(count) swipes")
    }

    private func take(
        _ recorded: consuming SwipeRecorder.Recorded, into text: inout HIDRecordingText
    ) throws {
        let line = SwipeLine(recorded.swipe, number: 1)
        if let reason = line.reason {
            throw Failure("bad read: \(reason); nothing was written, swipe again", .badRead)
        }
        if TestCards.isTest(recorded.swipe) {
            text.write(recorded.reports, recorded.entries)
            return Terminal.tell("a test card, \(line.maskedPAN ?? "****"): recorded as it came")
        }
        guard anonymise else {
            throw Failure(
                "\(line.maskedPAN ?? "****") is no published test card: nothing was written. "
                    + "Swipe a test card, or give --anonymise", .refusedByPolicy)
        }
        try takeAnonymised(recorded, into: &text)
    }

    private func takeAnonymised(
        _ recorded: consuming SwipeRecorder.Recorded, into text: inout HIDRecordingText
    ) throws {
        let entries = recorded.entries
        let isTyped = recorded.swipe.reader.mode == .keyboard
        let start = entries.first?.microseconds ?? 0
        let bytes: SecretBytes
        do {
            bytes = try recorded.takeSwipe().withTestCard()
        } catch {
            throw Failure("nothing was written: \(error)", .refusedByPolicy)
        }
        if isTyped {
            guard text.write(typing: bytes, from: start) else {
                throw Failure("nothing was written: a character has no key", .refusedByPolicy)
            }
        } else {
            bytes.withBytes { text.report($0, atMicroseconds: start) }
        }
        Terminal.tell(
            "not a test card: number, name, expiry and filler were replaced by a test card's of "
                + "the same shape, check characters mended, what stood behind the tracks wiped"
                + (isTyped ? ", and the keys typed anew at an even pace" : ""))
    }

    private func write(_ bytes: consuming WipedBytes) throws {
        let data = bytes.withBytes { span in
            var data = Data(capacity: span.count)
            for index in span.indices { data.append(span[index]) }
            return data
        }
        do {
            try data.write(to: URL(fileURLWithPath: file), options: .withoutOverwriting)
        } catch {
            throw Failure(
                "\(Terminal.oneLine(file)): it cannot be written; check its folder", .usage)
        }
    }
}
