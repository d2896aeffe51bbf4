import PayHub
import Secrets
import Testing
import Values

/// The settings of an account, as they are read, written and checked.
@Suite struct SettingsTests {
    /// A request as it goes out.
    private func written(_ request: some GatewayRequest) throws -> JSONTree {
        try SentBody.tree(request)
    }

    private func read<Record: Decodable>(
        _ text: String, as type: Record.Type = Record.self
    ) throws -> Record {
        try RecordDecoder.decode(type, from: text.utf8Span.span).record
    }

    @Test func `terminals and devices are read`() throws {
        let general: GeneralSettings = try read(
            """
            {"terminalList":[{"nickName":"Till","terminalType":"3rd Party API",
             "settlementTime":"11:59 PM"},{"nickName":"Web","terminalType":"Virtual Terminal",
             "settlementTime":null}],"inactivityHour":"60"}
            """)
        #expect(general.terminals.map(\.nickname) == ["Till", "Web"])
        #expect(general.terminals.map(\.settlementTime) == ["11:59 PM", nil])
        #expect(general.inactivity == "60")
        let devices: ValidatedDevices = try read(
            #"{"enforce_device_validation":"True","devices":[{"device_id":"7","product":"VT"}]}"#)
        #expect(devices.isEnforced)
        #expect(devices.devices.map(\.id) == [7])
        #expect(try read(#"{"terminalList":[]}"#, as: GeneralSettings.self).terminals.isEmpty)
    }

    @Test(arguments: [
        "{}", #"{"terminalList":{}}"#, #"{"terminalList":[{"nickName":"Till"}]}"#, "[]",
    ])
    func `general settings that are none are refused`(text: String) {
        #expect(throws: RecordFault.self) { try read(text, as: GeneralSettings.self) }
    }

    @Test(arguments: [(true, "true"), (false, "false")])
    func `device validation goes out as text`(isEnforced: Bool, text: String) throws {
        let tree = try written(DeviceValidation(isEnforced: isEnforced))
        #expect(tree == .object(["enforce_device_validation": .text(text)]))
    }

    private static let webhook = """
        {"virtualHub":false,"endPoint":"https://shop.example/hook","batchIsActive":"true",
         "api":true,"webhookActive":"True","recurringBill":false,"mobileHub":true}
        """

    @Test(arguments: [webhook, #"{"webhookConfiguration":\#(webhook)}"#])
    func `a webhook configuration is read in an object around it and without`(
        text: String
    ) throws {
        let configuration: WebhookConfiguration = try read(text)
        #expect(
            configuration
                == WebhookConfiguration(
                    isActive: true, endpoint: "https://shop.example/hook",
                    subjects: [.settledBatches, .api, .mobileTerminal]))
        let tree = try written(configuration)
        #expect(tree["webhookActive"] == .boolean(true))
        #expect(tree["virtualHub"] == .boolean(false))
        #expect(tree["endPoint"] == .text("https://shop.example/hook"))
    }

    @Test func `a switch that is missing is not taken for off`() throws {
        #expect(throws: RecordFault.missing("virtualHub")) {
            try read(
                Self.webhook.replacing(#""virtualHub":false,"#, with: ""),
                as: WebhookConfiguration.self)
        }
    }

    @Test(
        arguments: [
            ("https://shop.example/hook", true, nil), ("HTTPS://shop.example:8443/?a=1", true, nil),
            ("https://[::1]:8443/hook", true, nil), ("", false, nil),
            ("", true, .givenForWebhooks), ("http://shop.example/", false, .https),
            ("shop.example", true, .https), ("https://", true, .callable),
            ("https:///hook", true, .callable), ("https://:8443/", true, .callable),
            ("https://me:word@shop.example/", true, .callable),
            ("https://shop.example/a b", true, .callable),
            ("https://shop.example/#top", true, .callable),
            ("https://shop.example/\u{7}", true, .noControlCharacters),
            ("https://" + String(repeating: "a", count: 256), true, .textLength),
        ] as [(String, Bool, RequestRule?)])
    func `a webhook's URL keeps the document's rules`(
        url: String, isActive: Bool, rule: RequestRule?
    ) throws {
        let configuration = WebhookConfiguration(isActive: isActive, endpoint: url)
        #expect(Self.breach(of: configuration) == rule.map { RuleBreach("endPoint", $0) })
    }

    private static func breach(of request: some GatewayRequest) -> RuleBreach? {
        do throws(RuleBreach) { try request.check() } catch { return error }
        return nil
    }

    @Test func `mails are read and written, each switch for itself`() throws {
        for mail in EmailConfiguration.Mail.allCases {
            let configuration = EmailConfiguration(mails: [mail], batchReportForm: .spreadsheet)
            let tree = try written(configuration)
            #expect(tree[mail.rawValue] == .boolean(true))
            #expect(tree["pdfOrCsvForRB"] == .text("0"))
            #expect(tree["pdfOrCsvForBatch"] == .text("1"))
            #expect(try SentBody.again(configuration) == configuration)
        }
    }

    @Test(arguments: ["2", "pdf", ""])
    func `a report form that nobody knows is not guessed`(form: String) throws {
        let text = try SentBody.text(EmailConfiguration())
            .replacing(#""pdfOrCsvForRB":"0""#, with: #""pdfOrCsvForRB":"\#(form)""#)
        #expect(throws: RecordFault.self) { try read(text, as: EmailConfiguration.self) }
    }
}

/// What goes out.
enum SentBody {
    static func text(_ request: some GatewayRequest) throws -> String {
        let arena = try SecretArena(blocks: 2)
        var output = try arena.take(capacity: 2 * SecretArena.blockBytes)
        try output.fill { span throws(RequestFault) in
            try GatewayBody(request).write(into: &span)
        }
        return output.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    static func tree(_ request: some GatewayRequest) throws -> JSONTree {
        try JSONTree(parsing: try text(request))
    }

    /// The same, written and read.
    static func again<Request: GatewayRequest & Decodable>(_ request: Request) throws -> Request {
        try RecordDecoder.decode(Request.self, from: try text(request).utf8Span.span).record
    }
}
