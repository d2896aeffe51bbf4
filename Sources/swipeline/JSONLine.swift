internal import Advice
internal import Foundation
internal import HotPath
internal import Readers
internal import Timeline
internal import Values

/// One payment as a line of JSON for programs.
internal struct JSONLine: Encodable {
    let file: String
    let swipe: Int
    let operation: String
    let amount: String
    let currency: String
    let reader: Reader?
    let entry: String?
    let outcome: String
    let reason: String?
    let responseCode: String?
    let approvalCode: String?
    let transactionId: String?
    let errorCodes: [String]?
    let maskedPAN: String?
    let brand: String?
    /// True when a customer was left out for want of a name; absent otherwise.
    let customerOmitted: Bool?
    let reference: String
    let advice: String
    let stages: Stages

    struct Reader: Encodable {
        let brand: String
        let model: String
        let mode: String
    }

    /// Microseconds, `nil` for a stage that was not reached.
    struct Stages: Encodable {
        let handOff, decode, build, send, firstByte, answer, total: Double?

        init(_ times: StageTimes) {
            func microseconds(_ nanoseconds: UInt64?) -> Double? {
                nanoseconds.map { Double($0 / 10) / 100 }
            }
            handOff = microseconds(times.handOff)
            decode = microseconds(times.decode)
            build = microseconds(times.build)
            send = microseconds(times.send)
            firstByte = microseconds(times.firstByte)
            answer = microseconds(times.answer)
            total = microseconds(times.total)
        }
    }

    init(_ line: PaymentRun.Line) {
        let report = line.report
        let words = OutcomeWords(report.outcome)
        file = line.file
        swipe = line.swipe
        operation = line.operation.rawValue
        amount = line.amount.description
        currency = line.amount.currency
        reader = report.reader.map {
            Reader(brand: $0.brand, model: $0.model, mode: $0.mode.rawValue)
        }
        entry = report.entry?.rawValue
        outcome = words.name
        reason = words.reason
        responseCode = words.responseCode
        approvalCode = words.approvalCode
        transactionId = words.transactionID
        errorCodes = words.errorCodes
        maskedPAN = report.entry == nil ? nil : report.maskedPAN.description
        brand = report.brand?.rawValue
        customerOmitted = report.customerIsOmitted ? true : nil
        reference = line.reference.text
        advice = Guidance(for: report.outcome, warnings: report.warnings).advice.rawValue
        stages = Stages(report.stages)
    }

    /// Prints the line on standard output.
    /// - Throws: ``Failure`` when it cannot be written; what became of the payment is then told on
    ///   standard error, so that it is not lost.
    func print() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = String(decoding: try encoder.encode(self), as: UTF8.self)
        guard OutputStream.standardOutput.write(line + "\n") else {
            Terminal.tell(line)
            throw Failure(
                "standard output cannot be written; the payment above is done, and no other was "
                    + "begun", .internalFault)
        }
    }
}
