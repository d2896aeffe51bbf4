/// Where a fault takes effect.
package enum FaultStage: String, CaseIterable, Sendable {
    case connection = "When a client connects"
    case before = "Before the transaction is written down"
    case commit = "While the transaction is written down"
    case schedule = "The sale of a recurring bill"
    case after = "After the transaction is written down"
    case location = "The Location of a 201"
    case resource = "A resource that is read"
    case report = "The report"
    case list = "Lists"
    case wire = "The answer on the wire"
}

/// What the emulator can be told to do wrong, by the name that a fault file gives it.
package enum FaultName: String, CaseIterable, Sendable {
    // When a client connects.
    case closeOnAccept
    case resetOnAccept
    case stallOnAccept
    case tlsRefused
    // Before the transaction is written down.
    case dropBeforeCommit
    case resetBeforeCommit
    case stallBeforeCommit
    case errorBeforeCommit
    case htmlBeforeCommit
    case redirectBeforeCommit
    case unauthorized
    case forbidden
    case tooManyRequests
    case refuseWithCode
    // While the transaction is written down.
    case networkUnavailable
    case declineWithCode
    case declineAsError
    case declineAsResource
    case lateCommit
    case duplicateDelivery
    case commitLost
    case secondRefundAccepted
    case secondVoidAccepted
    case settledVoidAs4054
    case authorizationVoidRefused
    case unsettledRefundRefused
    case batchSettlesAtOnce
    // The sale of a recurring bill.
    case scheduledDecline
    case scheduledDelinquency
    // After the transaction is written down.
    case dropAfterCommit
    case resetAfterCommit
    case stallAfterCommit
    case errorAfterCommit
    case htmlAfterCommit
    case redirectAfterCommit
    case okInsteadOfCreated
    // The Location of a 201.
    case locationMissing
    case locationForeignHost
    case locationRelative
    case locationTraversal
    case locationNUL
    case locationHugeID
    case locationOfAnother
    case locationTwice
    // A resource that is read.
    case resourceMissing
    case resourceError
    case resourceOtherMerchant
    case resourceNoteMissing
    case resourceAmountTimes100
    case duplicateKeys
    case responseCodeAsNumber
    case responseCodeMissing
    case linksAsList
    // The report.
    case reportLag
    case reportEmpty
    case reportError
    case reportGarbage
    case reportHTML
    case reportFilterIgnored
    case reportNoteContains
    case reportNoteCaseInsensitive
    case reportNoteFilterCut
    case reportMixedFilterAnd
    case reportMixedFilterOr
    case reportOtherMerchants
    case reportHidesDeclines
    case reportHidesAuthorizations
    case reportShowsCaptures
    case voidRowsCarryNote
    case rowNoteCut
    case rowNoteChanged
    case rowNoteLost
    case rowAmountTimes100
    case rowsReversed
    case rowsTwice
    // Lists.
    case listEmpty
    case listLag
    case listReversed
    case listError
    case listEndless
    // The answer on the wire.
    case slowAnswer
    case trickle
    case cutAnswer
    case resetInAnswer
    case stallInAnswer
    case closeAfterAnswer
    case silentClose
    case chunkedAnswer
    case interimAnswer
}
