public import Values

extension LinkFailure {
    /// What a failed POST means: nothing or a part sent is never charged (an incomplete body is
    /// not committed), all sent is in doubt.
    public var outcomeOfPost: Outcome {
        sent == .all ? .inDoubt(Doubt(doubtReason)) : .notSent(sendFailure)
    }

    /// Why it is not known what became of a request that left whole.
    public var doubtReason: DoubtReason {
        switch cause {
        case .answerTimedOut: .timedOut
        case .badAnswer: .badAnswer
        case .answerTooLarge: .answerTooLarge
        default: .connectionClosed
        }
    }

    /// The same cause in the words of an outcome.
    internal var sendFailure: SendFailure {
        switch cause {
        case .unknownHost: .unknownHost
        case .connectionRefused: .connectionRefused
        case .unreachable: .unreachable
        case .connectTimedOut: .connectTimedOut
        case .tlsFailed, .closedInHandshake, .certificateDemanded: .tlsFailed
        case .certificateRefused, .trustFileUnreadable: .certificateRefused
        case .sendTimedOut: .sendTimedOut
        case .requestTooLarge: .requestTooLarge
        default: .connectionLost
        }
    }
}
