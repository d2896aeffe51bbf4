import Coverage
import Emulator
import Testing

extension TestGateway {
    /// Changes a document of the administration.
    @discardableResult func patch(
        _ path: String, _ body: String, token: String = TestGateway.token
    ) -> GatewayResponse {
        send("PATCH", "/api/v2/\(path)", Array(body.utf8), token: token)
    }

    /// Sets a rule of the risk settings: 1 ignores, 2 holds, 3 denies.
    func setRisk(_ group: String, _ rule: String, _ value: String, option: Int) throws {
        let node = #"{"value":"\#(value)","option":"\#(option)"}"#
        let answer = patch(
            "adminSettings/riskFraudDetection", #"{"\#(group)":{"\#(rule)":\#(node)}}"#)
        try #require(answer.status == .created, "\(answer.codes)")
    }

    /// Switches webhooks on for everything that an account may have.
    func setWebhook(_ endpoint: String, more: String = "") throws {
        let answer = patch(
            "adminSettings/webhookConfiguration",
            #"{"endPoint":"\#(endpoint)","webhookActive":true\#(more)}"#)
        try #require(answer.status == .created, "\(answer.codes)")
    }
}

@Suite struct AdministrationTests {
    static let settings = "adminSettings/"
    static let risk = settings + "riskFraudDetection"
    static let webhook = settings + "webhookConfiguration"
    static let email = settings + "emailConfiguration"
    static let devices = settings + "validatedDevices"

    private static func volume(_ rule: String) -> String {
        #"{"transaction_volume_settings":{\#(rule)}}"#
    }

    static let firstValues: [(String, String, JSONValue)] = [
        (webhook, "webhookConfiguration.webhookActive", .boolean(false)),
        (webhook, "webhookConfiguration.batchIsActive", .boolean(true)),
        (email, "pdfOrCsvForRB", .string("0")), (email, "emailBatchFail", .boolean(true)),
        (devices, "enforce_device_validation", .string("false")),
        (risk, "email.checked", .boolean(false)),
        (risk, "transaction_volume_settings.sale_trn_amount_above.value", .string("$20.00")),
        (risk, "transaction_volume_settings.sale_trn_amount_above.option", .number("1")),
        (risk, "transaction_volume_settings.hours_trn_number_more_than.value", .string("20")),
        (
            "userRole/roles", "userRoles",
            .array([
                .members([
                    "numberOfUsers": .integer(1), "roleName": .string("Administrator"),
                    "roleId": .integer(1),
                ])
            ])
        ),
        ("userRole/roles/1", "admin.adminOptions.users.usersOptions.addRole", .string("true")),
        (
            "userRole/roles/1", "webPosAccess.webPosAccessOptions.admin.adminOptions.submitBatch",
            .string("false")
        ),
    ]

    @Test(.covers("PH-A-002", "PH-I-087"), arguments: firstValues)
    func `shows what an account has before anybody sets anything`(
        path: String, member: String, value: JSONValue
    ) throws {
        #expect(try TestGateway().get(path).at(member) == value)
    }

    static let changes: [(String, String, String, JSONValue)] = [
        (webhook, #"{"api":"False"}"#, "webhookConfiguration.api", .boolean(false)),
        (
            webhook, #"{"endPoint":"https://shop.example/hook?a=1"}"#,
            "webhookConfiguration.endPoint",
            .string("https://shop.example/hook?a=1")
        ),
        (
            webhook, #"{"webhookConfiguration":{"mobileHub":true}}"#,
            "webhookConfiguration.mobileHub", .boolean(true)
        ),
        (email, #"{"pdfOrCsvForBatch":1}"#, "pdfOrCsvForBatch", .string("1")),
        (email, #"{"emailTrnReceipt":"false"}"#, "emailTrnReceipt", .boolean(false)),
        (
            devices, #"{"enforce_device_validation":true}"#, "enforce_device_validation",
            .string("true")
        ),
        (risk, #"{"card_filtering":{"checked":"true"}}"#, "card_filtering.checked", .boolean(true)),
        (
            risk, #"{"email":{"checked":true,"email_address":"shop@example.com"}}"#,
            "email.email_address", .string("shop@example.com")
        ),
        (
            risk, #"{"credit_card_security_codes":{"cvv_mismatch":{"value":10,"option":"2"}}}"#,
            "credit_card_security_codes.cvv_mismatch.value", .string("$10.00")
        ),
        (
            risk, #"{"credit_card_security_codes":{"cvv_mismatch":{"value":"$1.5","option":3}}}"#,
            "credit_card_security_codes.cvv_mismatch",
            .members([
                "value": .string("$1.50"), "option": .number("3"),
            ])
        ),
        (
            risk,
            volume(#""days_trn_number_more_than":{"value":"7","option":2}"#),
            "transaction_volume_settings.days_trn_number_more_than.value", .string("7")
        ),
    ]

    @Test(
        .covers(
            "PH-A-005", "PH-A-006", "PH-A-010", "PH-U-003", "PH-I-059", "PH-I-083", "PH-I-084",
            "PH-I-085"), arguments: changes)
    func `takes a change and shows it in the form of the document's answers`(
        path: String, body: String, member: String, value: JSONValue
    ) throws {
        let gateway = try TestGateway()
        let before = try gateway.get(path)
        let answer = gateway.patch(path, body)
        #expect(answer.status == .created, "\(answer.codes)")
        #expect(answer.body.isEmpty && answer.headers.isEmpty)
        let after = try gateway.get(path)
        #expect(after.at(member) == value)
        #expect(after != before)
        #expect(after.with(member, before.at(member)).memberPaths == before.memberPaths)
    }

    static let refusals: [(String, String, [String])] = [
        (webhook, #"{"endPoint":"http://shop.example/"}"#, ["9989 endPoint"]),
        (webhook, #"{"endPoint":"http://127.0.0.1/"}"#, ["9989 endPoint"]),
        (webhook, #"{"endPoint":"https://user:word@shop.example/"}"#, ["9989 endPoint"]),
        (webhook, #"{"endPoint":"shop"}"#, ["9989 endPoint"]),
        (webhook, #"{"endPoint":7}"#, ["9989 endPoint"]),
        (webhook, #"{"webhookActive":true}"#, ["4524 endPoint"]),
        (webhook, #"{"api":"maybe","mobileHub":2}"#, ["9989 api", "9989 mobileHub"]),
        (email, #"{"pdfOrCsvForRB":"2"}"#, ["9989 pdfOrCsvForRB"]),
        (devices, #"{"enforce_device_validation":"on"}"#, ["9989 enforce_device_validation"]),
        (risk, #"{"email":{"checked":true}}"#, ["4524 email.email_address"]),
        (risk, #"{"email":{"email_address":"nobody"}}"#, ["9989 email.email_address"]),
        (risk, #"{"email":"shop@example.com"}"#, ["9989 email"]),
        (
            risk, #"{"credit_card_security_codes":{"cvv_mismatch":{"value":"10"}}}"#,
            ["4524 credit_card_security_codes.cvv_mismatch.option"]
        ),
        (
            risk, #"{"credit_card_security_codes":{"cvv_mismatch":{"value":"-1","option":"4"}}}"#,
            [
                "9989 credit_card_security_codes.cvv_mismatch.value",
                "9989 credit_card_security_codes.cvv_mismatch.option",
            ]
        ),
        (
            risk,
            volume(#""hours_trn_number_more_than":{"value":"$2.00","option":1}"#),
            ["9989 transaction_volume_settings.hours_trn_number_more_than.value"]
        ),
        ("userRole/roles/update/1", #"{"firstDefaultScreen":"4"}"#, ["9989 firstDefaultScreen"]),
        ("userRole/roles/update/1", #"{"roleName":""}"#, ["9989 roleName"]),
        (
            "userRole/roles/update/1",
            #"{"transactions":{"transactionOptions":{"txtRefundupto":"much"}}}"#,
            ["9989 transactions.transactionOptions.txtRefundupto"]
        ),
        ("userRole/roles/update/9", #"{"roleName":"x"}"#, ["9998 "]),
    ]

    @Test(.covers("PH-A-025", "PH-A-026"), arguments: refusals)
    func `refuses what no value is, changes nothing then, and names each member`(
        path: String, body: String, named: [String]
    ) throws {
        let gateway = try TestGateway()
        let shown = path.replacing("update/", with: "")
        let before = gateway.send("GET", "/api/v2/" + shown)
        let answer = gateway.patch(path, body)
        #expect(answer.status == (named == ["9998 "] ? .notFound : .badRequest))
        let errors = try #require(JSONValue(parsing: answer.body)["errors"]?.elements)
        #expect(
            errors.map { "\($0["code"]?.string ?? "") \($0["location"]?.string ?? "")" } == named)
        #expect(gateway.send("GET", "/api/v2/" + shown) == before)
    }

    @Test func `tells the log of members that it does not know, and takes the rest`() throws {
        let gateway = try TestGateway()
        #expect(gateway.patch(Self.webhook, #"{"batch":true,"api":false}"#).status == .created)
        #expect(gateway.logText.contains("unknown member batch in settings"))
        #expect(try gateway.get(Self.webhook).at("webhookConfiguration.api") == .boolean(false))
    }

    static let methods: [(String, String, String)] = [
        ("PATCH", "adminSettings/generalSettings", "GET"), ("POST", webhook, "GET, PATCH"),
        ("POST", "userRole/roles", "GET"), ("GET", "userRole/roles/create", "POST"),
        ("GET", "userRole/roles/update/1", "PATCH"), ("DELETE", "userRole/roles/1", "GET"),
    ]

    @Test(arguments: methods)
    func `answers the document's methods alone`(
        method: String, path: String, allowed: String
    ) throws {
        let answer = try TestGateway().send(method, "/api/v2/" + path, Array("{}".utf8))
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.codes == ["9994"])
        #expect(answer.header("Allow") == allowed)
    }

    @Test func `has no other settings and wants a token`() throws {
        let gateway = try TestGateway()
        #expect(gateway.send("GET", "/api/v2/adminSettings/other").codes == ["9995"])
        #expect(gateway.send("GET", "/api/v2/" + Self.risk, token: nil).status == .unauthorized)
        #expect(gateway.send("PATCH", "/api/v2/" + Self.risk, Array("[]".utf8)).codes == ["9992"])
    }

    @Test func `meets faults like every other request`() throws {
        let gateway = try TestGateway()
        gateway.core.faults.add([
            FaultRule(.refuseWithCode) {
                $0.operation = "administration"
                $0.text = "4515"
            }
        ])
        #expect(gateway.patch(Self.email, #"{"emailTrnReceipt":false}"#).codes == ["4515"])
        #expect(gateway.sale(try #require(Body.keyed)).status == .created)
        gateway.core.faults.removeAll()
        #expect(try gateway.get(Self.email)["emailTrnReceipt"] == .boolean(true))
    }

    @Test func `keeps one merchant's settings from another`() throws {
        let gateway = try TestGateway()
        gateway.patch(Self.email, #"{"emailTrnReceipt":false}"#)
        let answer = gateway.send("GET", "/api/v2/" + Self.email, token: TestGateway.otherToken)
        #expect(try JSONValue(parsing: answer.body)["emailTrnReceipt"] == .boolean(true))
    }

    @Test(
        .covers("PH-A-001", "PH-I-088"),
        arguments: [
            ("23:59", "11:59 PM"), ("00:05", "12:05 AM"), ("12:00", "12:00 PM"),
            ("07:30", "7:30 AM"),
        ])
    func `shows the terminals with the time at which their batches settle`(
        time: String, shown: String
    ) throws {
        let gateway = try TestGateway { $0.settlementTime = TimeOfDay(time) }
        let settings = try gateway.get("adminSettings/generalSettings")
        #expect(
            settings.text
                == #"{"terminalList":[{"nickName":"Terminal 1 - 3rd Party API","#
                + #""terminalType":"3rd Party API","settlementTime":"\#(shown)"}],"#
                + #""inactivityHour":"60"}"#)
    }

    @Test(
        .covers("PH-A-021", "PH-A-022", "PH-A-023", "PH-A-024", "PH-U-003", "PH-U-027", "PH-I-090"))
    func `makes, lists, shows and changes roles`() throws {
        let gateway = try TestGateway()
        let made = gateway.send(
            "POST", "/api/v2/userRole/roles/create",
            Array(
                #"{"roleName":"Till","firstDefaultScreen":"2","transactions":{"checked":"true"}}"#
                    .utf8))
        #expect(made.status == .created)
        #expect(made.header("Location") == "https://localhost:8443/api/v2/userRole/roles/2")
        let list = try gateway.get("userRole/roles").text
        #expect(list.contains(#"{"numberOfUsers":0,"roleName":"Till","roleId":2}"#))
        #expect(
            gateway.patch("userRole/roles/update/2", #"{"customer":{"checked":true}}"#).status
                == .created)
        let role = try gateway.get("userRole/roles/2")
        #expect(role.at("transactions.checked") == .string("true"))
        #expect(role.at("customer.checked") == .string("true"))
        #expect(role.at("customer.customerOptions.edit") == .string("false"))
        #expect(role.at("firstDefaultScreen") == .string("2"))
        #expect(gateway.send("GET", "/api/v2/userRole/roles/3").codes == ["9998"])
        let nameless = gateway.send("POST", "/api/v2/userRole/roles/create", Array("{}".utf8))
        #expect(nameless.codes == ["4524"])
    }

    @Test(.covers("PH-I-089"))
    func `shows what stands in the document's tables alone once it is set`() throws {
        let gateway = try TestGateway()
        #expect(try gateway.get("userRole/roles/1").at("reports.reportOptions.checked") == nil)
        gateway.patch("userRole/roles/update/1", #"{"reports":{"reportOptions":{"checked":true}}}"#)
        let role = try gateway.get("userRole/roles/1")
        #expect(role.at("reports.reportOptions.checked") == .string("true"))
    }
}

extension JSONValue {
    /// The paths of everything in it.
    fileprivate var memberPaths: Set<String> {
        Set(
            (members ?? []).flatMap { member in
                [member.name] + member.value.memberPaths.map { "\(member.name).\($0)" }
            })
    }
}
