extension FaultName {
    /// Where it takes effect.
    package var stage: FaultStage { Self.catalogue[self]?.stage ?? .wire }

    /// What happens; parameters by name with their defaults.
    package var summary: String { Self.catalogue[self]?.summary ?? "" }

    private static let catalogue: [FaultName: (stage: FaultStage, summary: String)] = {
        var rows: [FaultName: (stage: FaultStage, summary: String)] = [:]
        for (stage, names) in table {
            for (name, summary) in names { rows[name] = (stage, summary) }
        }
        return rows
    }()

    private static let table: [(FaultStage, KeyValuePairs<FaultName, String>)] = [
        (.connection, connection),
        (.before, before),
        (.commit, commit),
        (.schedule, schedule),
        (.after, after),
        (.location, location),
        (.resource, resource),
        (.report, report),
        (.list, list),
        (.wire, wire),
    ]

    private static let connection: KeyValuePairs<FaultName, String> = [
        .closeOnAccept: "the connection is closed as soon as it is accepted",
        .resetOnAccept: "the connection is reset as soon as it is accepted",
        .stallOnAccept: "the connection is accepted and nothing is ever said on it",
        .tlsRefused: "the TLS handshake is refused with an alert",
    ]

    private static let before: KeyValuePairs<FaultName, String> = [
        .dropBeforeCommit: "nothing is done; the connection ends (FIN) without an answer",
        .resetBeforeCommit: "nothing is done; the connection is reset (RST)",
        .stallBeforeCommit: "nothing is done and nothing is said; the connection stays open",
        .errorBeforeCommit: "nothing is done; `status` (503) with an error body",
        .htmlBeforeCommit: "nothing is done; `status` (502) with a page of HTML",
        .redirectBeforeCommit: "nothing is done; `status` (307) to `text`, else to the same path",
        .unauthorized: "401, whatever the token",
        .forbidden: "403, whatever the token",
        .tooManyRequests: "429 with Retry-After",
        .refuseWithCode: "400 with the error code of `text` (4073): a void or refund refused",
    ]

    private static let commit: KeyValuePairs<FaultName, String> = [
        .networkUnavailable: "400 with 4059: nobody behind the gateway can be asked",
        .declineWithCode: "the issuer answers `text` (05), and a capture fails: 4077",
        .declineAsError: "a decline is told as a 400",
        .declineAsResource: "a decline is told as a 201 whose resource declines",
        .lateCommit:
            "the connection ends without an answer; `milliseconds` (1000) later it is done",
        .duplicateDelivery: "a middlebox delivers the body twice, `milliseconds` (0) apart",
        .commitLost: "201 with a Location, but nothing was written down",
        .secondRefundAccepted: "a refund beyond what is left makes a new refund",
        .secondVoidAccepted: "a void of what is voided makes a new void",
        .settledVoidAs4054: "a void of what is settled is refused with 4054 and not 4073",
        .authorizationVoidRefused: "an authorization that is not captured cannot be voided: 4073",
        .unsettledRefundRefused: "what is not settled cannot be refunded: 4074",
        .batchSettlesAtOnce: "the batch is settled as soon as the transaction is in it",
    ]

    private static let schedule: KeyValuePairs<FaultName, String> = [
        .scheduledDecline: "the issuer answers `text` (05)",
        .scheduledDelinquency: "a bill whose sale is declined becomes DELINQUENT",
    ]

    private static let after: KeyValuePairs<FaultName, String> = [
        .dropAfterCommit: "it is done; the connection ends (FIN) without an answer",
        .resetAfterCommit: "it is done; the connection is reset (RST)",
        .stallAfterCommit: "it is done and nothing is said; the connection stays open",
        .errorAfterCommit: "it is done; `status` (500) with an error body",
        .htmlAfterCommit: "it is done; `status` (502) with a page of HTML",
        .redirectAfterCommit: "it is done; `status` (303) to `text`, else to the same path",
        .okInsteadOfCreated: "it is done; 200 with an empty body and no Location",
    ]

    private static let location: KeyValuePairs<FaultName, String> = [
        .locationMissing: "there is none",
        .locationForeignHost: "it names another host",
        .locationRelative: "it is a path without scheme and host",
        .locationTraversal: "its path climbs with `..`",
        .locationNUL: "a NUL byte stands in it",
        .locationHugeID: "its id has `count` (5000) digits",
        .locationOfAnother: "it names the transaction before this one",
        .locationTwice: "there are two that differ",
    ]

    private static let resource: KeyValuePairs<FaultName, String> = [
        .resourceMissing: "404 until it is `milliseconds` (for ever) old",
        .resourceError: "`status` (500) instead of it",
        .resourceOtherMerchant: "it belongs to another organization",
        .resourceNoteMissing: "its bill has no note",
        .resourceAmountTimes100: "its bill's amounts are a hundred times what was charged",
        .duplicateKeys: "its response code stands there twice, first the wrong one",
        .responseCodeAsNumber: "its response code is a number, 0 for \"00\"",
        .responseCodeMissing: "it has no response code",
        .linksAsList: "its links are an array `links` with `rel`, and no object `_links`",
    ]

    private static let report: KeyValuePairs<FaultName, String> = [
        .reportLag: "rows show when they are `milliseconds` (30000) old",
        .reportEmpty: "no rows",
        .reportError: "`status` (500) instead of rows",
        .reportGarbage: "200 with something that is no JSON",
        .reportHTML: "200 with a page of HTML",
        .reportFilterIgnored: "every row, whatever the filters",
        .reportNoteContains: "the filter on notes finds what contains it",
        .reportNoteCaseInsensitive: "the filter on notes takes no heed of case",
        .reportNoteFilterCut: "only the first `count` (10) characters of a note are compared",
        .reportMixedFilterAnd: "plain and excluded values of a filter must both hold",
        .reportMixedFilterOr: "plain or excluded values of a filter must hold",
        .reportOtherMerchants: "rows of other merchants too",
        .reportHidesDeclines: "no rows of declines",
        .reportHidesAuthorizations: "no rows of authorizations",
        .reportShowsCaptures: "rows of captures beside their authorizations",
        .voidRowsCarryNote: "rows of voids carry the note of what they void",
        .rowNoteCut: "notes in rows are cut after `count` (10) characters",
        .rowNoteChanged: "notes in rows are `text`, else in lower case",
        .rowNoteLost: "rows have no notes",
        .rowAmountTimes100: "amounts in rows are a hundred times what was charged",
        .rowsReversed: "the latest row comes first",
        .rowsTwice: "every row comes twice",
    ]

    private static let list: KeyValuePairs<FaultName, String> = [
        .listEmpty: "a list without transactions",
        .listLag: "transactions show when they are `milliseconds` (30000) old",
        .listReversed: "the latest transaction comes first",
        .listError: "`status` (500) instead of a list",
        .listEndless: "the first page whatever page is asked for, and always another behind it",
    ]

    private static let wire: KeyValuePairs<FaultName, String> = [
        .slowAnswer: "the answer's head comes `milliseconds` (1000) late",
        .trickle: "`count` (1) bytes at a time, `milliseconds` (10) apart",
        .cutAnswer: "the connection ends after `count` (all but one) bytes of the answer",
        .resetInAnswer: "the connection is reset after `count` (all but one) bytes of the answer",
        .stallInAnswer: "nothing comes after `count` (all but one) bytes of the answer",
        .closeAfterAnswer: "the answer says `Connection: close`, and so it is",
        .silentClose: "the connection is closed behind the answer without a word",
        .chunkedAnswer: "the answer comes in chunks",
        .interimAnswer: "`count` (1) interim answers of `status` (103) come first",
    ]
}
