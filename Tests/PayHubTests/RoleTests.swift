import PayHub
import Testing
import Values

@Suite struct RoleTests {
    @Test func `every permission has a place and a short name of its own`() {
        let all = Permission.allCases
        #expect(all.count == 73)
        #expect(all.count { $0.isInTablesOnly } == 2)
        #expect(Set(all.map { $0.name.lowercased() }).count == all.count)
        for permission in all {
            #expect(Permission(name: permission.name.uppercased()) == permission)
        }
        #expect(Permission.void.name == "transactions.single.voidupto")
        #expect(Permission.reports.name == "reports")
        #expect(Permission.reportOptions.name == "reports.options")
        #expect(Permission(name: "transactions.everything") == nil)
    }

    @Test(arguments: Permission.allCases)
    func `a permission is written where it stands, and read there`(permission: Permission) throws {
        let role = UserRole(name: "Till", permissions: [permission])
        let tree = try SentBody.tree(role)
        let found = permission.path.split(separator: ".").reduce(tree as JSONTree?) {
            $0?[String($1)]
        }
        #expect(found == .text("true"))
        #expect(try SentBody.again(role) == role)
    }

    @Test func `what is not granted is refused by name, but for what only tables have`() throws {
        let tree = try SentBody.tree(UserRole(name: "Nobody"))
        #expect(tree["customer"]?["customerOptions"]?["view"] == .text("false"))
        #expect(tree["reports"]?["reportOptions"]?["checked"] == nil)
        #expect(tree["webPosAccess"]?["webPosAccessOptions"]?["add"] == nil)
        #expect(tree["mobileVTAcces"] == .object(["checked": .text("false")]))
    }

    @Test func `the other members are written as text`() throws {
        let role = UserRole(
            name: "Till", firstScreen: .processCard, refundLimit: try #require(Cents(1)),
            batchSubmission: .number(2))
        let tree = try SentBody.tree(role)
        #expect(tree["roleName"] == .text("Till"))
        #expect(tree["firstDefaultScreen"] == .text("2"))
        #expect(
            tree["transactions"]?["transactionOptions"]?["txtRefundupto"] == .text("0.01"))
        let till = tree["webPosAccess"]?["webPosAccessOptions"]?["admin"]?["adminOptions"]
        #expect(till?["submitBatch"] == .text("2"))
    }

    @Test(
        arguments: [
            (#""2""#, .number(2)), ("2", .number(2)), (#""true""#, .allowed), ("false", .refused),
        ] as [(String, UserRole.BatchSubmission)])
    func `batch submission is read in every form that the document has`(
        text: String, expected: UserRole.BatchSubmission
    ) throws {
        let role = try SentBody.text(UserRole(name: "Till", batchSubmission: .number(7)))
        let changed = role.replacing(#""submitBatch":"7""#, with: #""submitBatch":\#(text)"#)
        let read = try RecordDecoder.decode(UserRole.self, from: changed.utf8Span.span)
        #expect(read.record.batchSubmission == expected)
    }

    @Test(arguments: [
        (#""roleName":"Till""#, #""name":"Till""#, RecordFault.missing("roleName")),
        (
            #""firstDefaultScreen":"1""#, #""firstDefaultScreen":"4""#,
            .wrongForm("firstDefaultScreen")
        ),
        (
            #""txtRefundupto":"0.00""#, #""txtRefundupto":"much""#,
            .wrongForm("transactions.transactionOptions.txtRefundupto")
        ),
        (
            #""sales":"false""#, #""sales":"perhaps""#,
            .wrongForm("transactions.transactionOptions.single.singleOptions.sales")
        ),
    ])
    func `what cannot be read has its name`(
        what: String, other: String, fault: RecordFault
    ) throws {
        let role = try SentBody.text(UserRole(name: "Till"))
        let changed = role.replacing(what, with: other)
        #expect(changed != role)
        #expect(throws: fault) {
            try RecordDecoder.decode(UserRole.self, from: changed.utf8Span.span)
        }
    }

    @Test func `a permission that the gateway has learnt is told`() throws {
        let role = try SentBody.text(UserRole(name: "Till"))
            .replacing(#""sales":"false""#, with: #""sales":"true","giveAway":"true""#)
        let read = try RecordDecoder.decode(UserRole.self, from: role.utf8Span.span)
        #expect(read.record.permissions == [.sale])
        #expect(
            read.unknownMembers
                == ["transactions.transactionOptions.single.singleOptions.giveAway"])
    }

    @Test(arguments: [
        (UserRole(name: ""), RuleBreach("roleName", .given)),
        (UserRole(name: "a\u{1}"), RuleBreach("roleName", .noControlCharacters)),
        (
            UserRole(name: String(repeating: "a", count: 256)), RuleBreach("roleName", .textLength)
        ),
        (
            UserRole(name: "Till", batchSubmission: .number(10_000)),
            RuleBreach(
                "webPosAccess.webPosAccessOptions.admin.adminOptions.submitBatch",
                .batchSubmission)
        ),
    ])
    func `a role keeps its rules`(role: UserRole, breach: RuleBreach) {
        #expect(throws: breach) { try role.check() }
    }

    @Test(arguments: [
        #"["Till","Office"]"#, #"{"userRoles":["Till","Office"]}"#,
        #"{"userRoles":[{"roleName":"Till"},{"roleName":"Office","roleId":"7"}]}"#,
    ])
    func `the list of roles is read in both of its forms`(text: String) throws {
        let list = try RecordDecoder.decode(RoleList.self, from: text.utf8Span.span)
        #expect(list.record.roles.map(\.name) == ["Till", "Office"])
        #expect(list.record.roles.last?.id == (text.contains("roleId") ? 7 : nil))
    }

    @Test(arguments: ["{}", "[7.5,{}]", #"{"userRoles":[{}]}"#, #"{"userRoles":"Till"}"#])
    func `a list that is none is refused`(text: String) {
        #expect(throws: RecordFault.self) {
            try RecordDecoder.decode(RoleList.self, from: text.utf8Span.span)
        }
    }
}
