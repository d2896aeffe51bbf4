import BackOffice
import Emulator
import LaneRig
import PayHub
import Testing
import Values

/// Administration over real TLS at the emulator: what is set is what is read.
@Suite struct AdministrationTests {
    @Test func `general settings agree with when batches settle`() async throws {
        let rig = try OfficeRig { $0.settlementTime = TimeOfDay("23:59") }
        let settings = try await rig.desk.generalSettings()
        #expect(settings.terminals.map(\.settlementTime) == ["11:59 PM"])
        #expect(settings.terminals.map(\.type) == ["3rd Party API"])
        #expect(settings.inactivity == "60")
    }

    @Test func `device validation is set and read`() async throws {
        let rig = try OfficeRig()
        #expect(try await rig.desk.validatedDevices().isEnforced == false)
        try await rig.desk.set(DeviceValidation(isEnforced: true))
        let devices = try await rig.desk.validatedDevices()
        #expect(devices.isEnforced)
        #expect(devices.devices.map(\.id) == [1])
    }

    @Test func `the webhook configuration is set and read`() async throws {
        let rig = try OfficeRig()
        let configuration = WebhookConfiguration(
            isActive: true, endpoint: "https://shop.example/hook",
            subjects: [.api, .mobileTerminal])
        try await rig.desk.set(configuration)
        #expect(try await rig.desk.webhookConfiguration() == configuration)
    }

    @Test func `the mail configuration is set and read`() async throws {
        let rig = try OfficeRig()
        let configuration = EmailConfiguration(
            mails: [.batchNotSettled, .receipts], recurringReportForm: .spreadsheet)
        try await rig.desk.set(configuration)
        #expect(try await rig.desk.emailConfiguration() == configuration)
    }

    @Test func `risk settings are set and read, and what is not given stays`() async throws {
        let rig = try OfficeRig()
        var settings = try await rig.desk.riskSettings()
        #expect(settings.measures.count == RiskRule.allCases.count)
        #expect(settings.measures[.saleAbove] == RiskMeasure(.ignore, limit: 2000))
        let change = RiskSettings(
            measures: [
                .saleAbove: RiskMeasure(.deny, limit: 100_050),
                .hourCountAbove: RiskMeasure(.processAndHold, limit: 7),
            ], switches: [.cvvRequired, .copies], emailAddress: "shop@example.com")
        try await rig.desk.set(change)
        settings.measures.merge(change.measures) { $1 }
        settings.switches = change.switches
        settings.emailAddress = change.emailAddress
        #expect(try await rig.desk.riskSettings() == settings)
    }

    @Test func `roles are made, listed, read and changed`() async throws {
        let rig = try OfficeRig()
        let role = UserRole(
            name: "Till", firstScreen: .processCard, refundLimit: try #require(Cents(5000)),
            batchSubmission: .number(2), permissions: [.transactions, .sale, .webPOSAdd])
        let id = try #require(try await rig.desk.create(role))
        #expect(try await rig.desk.role(id) == role)
        var wider = role
        wider.permissions = Set(Permission.allCases)
        wider.name = "Manager"
        try await rig.desk.update(id, to: wider)
        #expect(try await rig.desk.role(id) == wider)
        let roles = try await rig.desk.roles()
        #expect(roles.map(\.name) == ["Administrator", "Manager"])
        #expect(roles.map(\.id) == [1, id])
        #expect(rig.office.unknownMembers.isEmpty)
    }

    @Test func `a role that is not there is told so`() async throws {
        let rig = try OfficeRig()
        await #expect {
            try await rig.desk.role(9)
        } throws: { error in
            (error as? BackOfficeFault)?.isNotFound == true
        }
        await #expect {
            try await rig.desk.update(9, to: UserRole(name: "Till"))
        } throws: { error in
            (error as? BackOfficeFault)?.isNotFound == true
        }
    }

    @Test func `a rule that is broken is told before anything is sent`() async throws {
        let rig = try OfficeRig()
        let breach = RuleBreach("endPoint", .https)
        await #expect(throws: BackOfficeFault.refusedByUs(.breach(breach))) {
            try await rig.desk.set(
                WebhookConfiguration(isActive: true, endpoint: "http://shop.example/"))
        }
        #expect(try await rig.desk.webhookConfiguration().isActive == false)
    }

    @Test func `a gateway that makes a role and names no place is believed`() async throws {
        let gateway = try ScriptedGateway([.answer(201)])
        let office = try Office(gateway)
        #expect(try await office.desk.create(UserRole(name: "Till")) == nil)
        #expect(gateway.requests.map(\.line) == ["POST /api/v2/userRole/roles/create HTTP/1.1"])
    }
}
