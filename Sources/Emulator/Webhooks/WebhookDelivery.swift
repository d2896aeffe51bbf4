/// A notification on its way to a merchant: written down with what it tells of, in one step of the
/// ledger, and tried until somebody takes it.
///
/// Source: PayHub API, "Webhook"; that it is tried again, and when, is our reading.
package struct WebhookDelivery: Equatable, Sendable, Codable {
    /// One try.
    package struct Attempt: Equatable, Sendable, Codable {
        /// When.
        package let at: Timestamp
        /// The status of the answer, `nil` without one.
        package let status: Int?
        /// Why there was no answer, `nil` with one.
        package let failure: String?

        /// A try.
        package init(at: Timestamp, status: Int?, failure: String?) {
            self.at = at
            self.status = status
            self.failure = failure
        }

        /// True when it was taken.
        package var isTaken: Bool { status.map { (200...299).contains($0) } ?? false }
    }

    /// Its number, from 1.
    package let number: Int
    /// The merchant's number.
    package let organization: Int
    /// The URL.
    package let endpoint: String
    /// `transaction` or `batch_settled`.
    package let event: String
    /// The id of the transaction, or the number of the batch.
    package let subject: String
    /// The message.
    package let message: JSONValue
    /// When it came to be.
    package let createdAt: Timestamp
    /// What was tried.
    package internal(set) var attempts: [Attempt] = []
    /// When it is tried next; `nil` when it was taken or given up.
    package internal(set) var nextAt: Timestamp?

    /// How often it is tried.
    package static let attemptsMaximum = 12
    private static let firstPauseMilliseconds = 10_000
    private static let pauseMillisecondsMaximum = 3_600_000

    /// True when somebody took it.
    package var isTaken: Bool { attempts.last?.isTaken ?? false }

    /// Notes a try. What is not taken is tried again after 10 s, 20 s and so on, at most an hour
    /// later, twelve times in all.
    internal mutating func note(_ attempt: Attempt) {
        attempts.append(attempt)
        guard !attempt.isTaken, attempts.count < Self.attemptsMaximum else {
            nextAt = nil
            return
        }
        let pause = min(
            Self.firstPauseMilliseconds << (attempts.count - 1), Self.pauseMillisecondsMaximum)
        nextAt = attempt.at.adding(milliseconds: pause)
    }

    /// Tries no more, since its merchant has switched notifications off.
    internal mutating func giveUp(at moment: Timestamp) {
        attempts.append(Attempt(at: moment, status: nil, failure: "switched off"))
        nextAt = nil
    }

    /// The delivery as the operator reads it.
    package var json: JSONValue {
        let tries = attempts.map { attempt in
            JSONValue.members([
                "at": .string(attempt.at.withOffset),
                "status": attempt.status.map(JSONValue.integer) ?? .null,
                "failure": .optional(attempt.failure),
            ])
        }
        return .members([
            "number": .integer(number), "organization": .integer(organization),
            "endpoint": .string(endpoint), "event": .string(event), "subject": .string(subject),
            "state": .string(nextAt != nil ? "waiting" : isTaken ? "taken" : "given up"),
            "createdAt": .string(createdAt.withOffset), "attempts": .array(tries),
            "nextAt": .optional(nextAt?.withOffset), "message": message,
        ])
    }
}
