/// What must become of a sample program.
enum Expectation: Equatable {
    /// The emulator does what it asks for.
    case done
    /// It is no program of its language as printed; its compiler says this of it.
    case doesNotCompile(String, saying: String)
    /// It runs, and asks for what it cannot get or does not want.
    case goesAstray(status: Int, String)

    /// Why it is no success.
    var reason: String? {
        switch self {
        case .done: nil
        case .doesNotCompile(let reason, _), .goesAstray(_, let reason): reason
        }
    }
}

extension Sample {
    /// Every sample succeeds but those whose own text stands against it.
    var expectation: Expectation {
        switch (language, operation) {
        case (.java, .report):
            .doesNotCompile(
                "`responseDataRequest` is nowhere declared and `in` is declared twice",
                saying: "variable in is already defined")
        case (.csharp, .refund):
            .doesNotCompile("an anonymous object has `record_format` twice", saying: "CS0833")
        case (.csharp, .report):
            .doesNotCompile(
                "`result` is nowhere declared, and `return` stands in an argument",
                saying: "Unexpected symbol `return'")
        case (.php, .refund):
            .goesAstray(
                status: 400,
                "amounts and card come from variables that it never sets, so the amounts are null")
        case (.php, .recurringBill):
            .goesAstray(
                status: 404, "its URL ends in a variable that it never sets, so it names nothing")
        case (.php, .report):
            .goesAstray(status: 401, "its token is a variable that it never sets")
        case (.ruby, .recurringBill):
            .goesAstray(
                status: 201, "it posts to `authonly` and has no schedule: an authorization is made")
        default: .done
        }
    }

    /// The status of what it asks for.
    var status: Int {
        if case .goesAstray(let status, _) = expectation { return status }
        return operation == .report ? 200 : 201
    }

    /// The resource that it posts to, in small letters.
    var resource: String {
        switch (language, operation) {
        case (.php, .recurringBill): ""
        case (.ruby, .recurringBill): "authonly"
        case (_, .recurringBill): "recurring-bill"
        case (_, .report): "report/transactionreport"
        default: operation.rawValue.lowercased()
        }
    }

    /// What it prints when the gateway has done what it asks for; the Ruby programs print nothing.
    var word: String? {
        guard expectation == .done, operation != .report else { return nil }
        return switch language {
        case .java, .csharp: "Created"
        case .php: "\"_links\""
        case .ruby: nil
        }
    }
}
