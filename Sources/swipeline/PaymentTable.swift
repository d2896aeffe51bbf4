internal import Advice
internal import Foundation
internal import HotPath
internal import Readers
internal import Timeline
internal import Values

/// Payments as a table that a person likes to read.
internal enum PaymentTable {
    private static let widths = (file: 29, reader: 22, card: 22, outcome: 15)

    /// The names of the columns.
    static var head: String {
        let names =
            Terminal.pad("recording", widths.file) + Terminal.pad("reader", widths.reader)
            + Terminal.pad("card", widths.card) + Terminal.pad("outcome", widths.outcome)
        let stages = ["hand-off", "decode", "build", "send", "1st byte", "answer", "total"]
        return Terminal.paint(
            names + stages.map { Terminal.pad($0, 10, right: true) }.joined() + "  (us)", .bold)
    }

    /// A payment: its line, and under it what to do when it is not simply approved.
    static func row(_ line: PaymentRun.Line) -> [String] {
        let report = line.report
        let words = OutcomeWords(report.outcome)
        let name = URL(fileURLWithPath: line.file).deletingPathExtension().lastPathComponent
        let file = line.swipe > 1 ? "\(name) (\(line.swipe))" : name
        let card =
            report.entry == nil
            ? "-" : "\(report.brand?.rawValue ?? "card") *\(report.maskedPAN.lastFour ?? "????")"
        let entry = report.entry == .encrypted ? " enc." : ""
        let code = words.responseCode.map { " \($0)" } ?? ""
        let outcome = Terminal.pad(words.name + code, widths.outcome)
        let text =
            Terminal.pad(file, widths.file)
            + Terminal.pad(
                report.reader.map { $0.model + " " + $0.mode.rawValue } ?? "-", widths.reader)
            + Terminal.pad(card + entry, widths.card)
            + Terminal.paint(outcome, colour(report.outcome)) + stages(report.stages)
        var remarks: [String] = []
        let guidance = Guidance(for: report.outcome, warnings: report.warnings)
        if guidance.advice != .approved {
            remarks.append(guidance.text() + (words.reason.map { " (\($0))" } ?? ""))
        }
        if report.customerIsOmitted {
            remarks.append(
                "the customer was left out: the card shows no name, and none was given")
        }
        return [text] + remarks.map { Terminal.paint("    -> \($0)", .grey) }
    }

    /// Microseconds with one decimal, a dash for a stage that was not reached.
    static func microseconds(_ nanoseconds: UInt64?) -> String {
        guard let nanoseconds else { return "-" }
        let tenths = (nanoseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func stages(_ times: StageTimes) -> String {
        [
            times.handOff, times.decode, times.build, times.send, times.firstByte, times.answer,
            times.total,
        ].map { Terminal.pad(microseconds($0), 10, right: true) }.joined()
    }

    private static func colour(_ outcome: Outcome) -> Terminal.Colour {
        switch outcome {
        case .approved: .green
        case .inDoubt, .notSent, .rejected: .red
        case .declined, .badRead, .refused: .yellow
        }
    }
}
