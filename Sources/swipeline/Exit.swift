internal import Glibc
internal import HotPath
internal import Journal
internal import Values

/// The exit codes that scripts rely on.
internal enum Exit: Int32, Error {
    case approved = 0
    case declined = 1
    case usage = 2
    case badRead = 3
    case inDoubt = 4
    case unreachable = 5
    case refusedByPolicy = 6
    case refusedByGateway = 7
    case internalFault = 70
    /// What is in the way may pass by itself: nothing was done, and it may be tried again.
    case notNow = 75

    /// The code of one payment.
    init(_ outcome: Outcome) {
        self =
            switch outcome {
            case .approved: .approved
            case .declined: .declined
            case .rejected: .refusedByGateway
            case .inDoubt: .inDoubt
            case .notSent: .unreachable
            case .badRead: .badRead
            case .refused: .refusedByPolicy
            }
    }

    /// The code of a payment by where it stands in the journal.
    init(_ attempt: Attempt) {
        self =
            switch attempt.state {
            case .approved: .approved
            case .declined: .declined
            case .rejected: .refusedByGateway
            case .queued, .intent, .accepted, .reversing: .inDoubt
            case .notSent, .cancelled, .notCharged, .reversed: .unreachable
            }
    }

    /// The code of a journal that does not open: another process, a full disk and one that fails
    /// may pass; what is wrong in the folder is wrong the next time, too.
    init(_ fault: JournalFault) {
        switch fault {
        case .inUse: self = .notNow
        case .stopped(let cause), .unreadable(let cause): self.init(cause)
        default: self = .usage
        }
    }

    private init(_ cause: JournalFault.Cause) {
        switch cause {
        case .diskFull, .inputOutput, .locked, .database: self = .notNow
        case .system(let code): self.init(errno: code)
        case .readOnlyDisk, .malformed, .newerVersion: self = .usage
        }
    }

    /// The code of what the system refuses: what is short or taken now may be there later.
    init(errno code: Int32) {
        let passing = [
            EADDRINUSE, EAGAIN, EDQUOT, EINTR, EIO, EMFILE, ENFILE, ENOBUFS, ENOMEM, ENOSPC,
        ]
        self = passing.contains(code) ? .notNow : .usage
    }

    /// The code of several payments: the first that applies, the gravest first.
    static func worst(of exits: [Exit]) -> Exit {
        let gravity: [Exit] = [
            .inDoubt, .unreachable, .refusedByGateway, .badRead, .refusedByPolicy, .declined,
        ]
        return gravity.first { exits.contains($0) } ?? .approved
    }
}

/// A failure that is told in one line, with the exit code that it ends in.
internal struct Failure: Error {
    let message: String
    let exit: Exit

    init(_ message: String, _ exit: Exit) {
        self.message = message
        self.exit = exit
    }
}
