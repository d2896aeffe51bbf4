/// A planted fault of the protocol: the simulation must find each.
public enum Mutant: String, Sendable, CaseIterable {
    /// The first empty read counts at once: a late commit is not waited for.
    case readTooEarly
    /// A report's lag is not waited out, and one shape of question is enough.
    case controlSkipped
    /// An intent is not durable when the card is swiped.
    case intentLazy
    /// A decision is told but lost at the next crash.
    case decisionLazy
    /// The latch is set after the request has left.
    case latchLate
    /// The latch page is believed after a power cut.
    case latchTrustedAfterPowerCut
    /// A request whose answer does not come is taken as not sent.
    case timeOutIsNotSent
    /// A request whose answer does not come is taken as a decline.
    case timeOutIsDecline
    /// A 201 is taken as an approval.
    case createdIsApproval
    /// A cancel does not ask whether the request has left.
    case cancelWithoutClaim
    /// A request without an answer is sent again.
    case blindRepeat
    /// What the report shows is not compared with what the journal says.
    case noSweep
    /// A wish to cancel is kept in memory only.
    case wishLazy
    /// What was taken back is told so without a look for copies.
    case checkSkipped
    /// A payment that waits for its turn is sent.
    case queuedSent
    /// A refund of a part is sent again without asking.
    case partRepeated
}
