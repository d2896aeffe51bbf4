import PayHub
import Testing

/// What may be done with a recurring bill where it stands.
@Suite struct RecurringStatusTests {
    private static let known: [RecurringStatus] = [
        .active, .paused, .completed, .canceled, .delinquent, .unknown,
    ]

    @Test(arguments: known + [.other("FROZEN")])
    func `allows the changes that the document lists`(current: RecurringStatus) {
        let allowed: [RecurringStatus: Set<RecurringStatusChange>] = [
            .active: [.pause, .cancel], .paused: [.activate, .cancel],
        ]
        for change in RecurringStatusChange.allCases {
            if allowed[current]?.contains(change) == true {
                #expect(throws: Never.self) { try change.check(from: current) }
            } else {
                let fault = RecurringStatusFault.notPossible(change, from: current)
                #expect(throws: fault) { try change.check(from: current) }
                #expect(!fault.description.contains("FROZEN"))
            }
        }
    }

    @Test(arguments: known)
    func `reads what it writes`(status: RecurringStatus) {
        #expect(RecurringStatus(status.text) == status)
    }

    @Test func `reads both spellings of canceled, and keeps a word that is not known`() {
        #expect(RecurringStatus("CANCELLED") == .canceled)
        #expect(RecurringStatus("CANCELED").text == "CANCELED")
        #expect(RecurringStatus("FROZEN") == .other("FROZEN"))
    }

    @Test func `only three can be set`() throws {
        #expect(try RecurringStatusChange(to: RecurringStatus("CANCELLED")) == .cancel)
        #expect(try RecurringStatusChange(to: .paused) == .pause)
        #expect(try RecurringStatusChange(to: .active) == .activate)
        for status in [RecurringStatus.completed, .delinquent, .unknown, .other("FROZEN")] {
            #expect(throws: RecurringStatusFault.notSettable(status)) {
                try RecurringStatusChange(to: status)
            }
        }
        #expect(RecurringStatusFault.notSettable(.completed).description.contains("cancel it"))
    }
}
