internal import ArgumentParser
internal import Foundation
internal import PayHub
internal import Values

/// What a role is to be.
internal struct RoleOptions: ParsableArguments {
    static let discussion = """
        Permissions are named as `roles show` does, for example transactions.single.refund; \
        transactions.* is all that begins so, * is all. A file is what `roles show --json` prints; \
        flags change what it says. \(OfficeOptions.exits)
        """

    @Option(help: "Its name.")
    var name: String?
    @Option(help: "Allows this; may be given several times.")
    var allow: [PermissionPattern] = []
    @Option(help: "Denies this; may be given several times, and is stronger than --allow.")
    var deny: [PermissionPattern] = []
    @Option(help: "Up to how much a user may refund, dollars with two decimals.")
    var refundLimit: String?
    @Option(help: "What a user sees first.")
    var firstScreen: UserRole.FirstScreen?
    @Option(help: "A JSON file in the form of `roles show --json`.", completion: .file())
    var file: String?

    /// True when anything is to be changed.
    var areGiven: Bool {
        name != nil || !allow.isEmpty || !deny.isEmpty || refundLimit != nil
            || firstScreen != nil || file != nil
    }

    /// Changes a role.
    /// - Throws: ``Failure`` with exit code 2.
    func apply(to role: inout UserRole) throws {
        if let file { try RoleLine(contentsOf: file).apply(to: &role) }
        if let name { role.name = name }
        if let firstScreen { role.firstScreen = firstScreen }
        if let refundLimit {
            guard let cents = Cents(dollars: refundLimit) else {
                throw Failure("--refund-limit is dollars with two decimals", .usage)
            }
            role.refundLimit = cents
        }
        for pattern in allow { role.permissions.formUnion(pattern.permissions) }
        for pattern in deny { role.permissions.subtract(pattern.permissions) }
    }
}

extension UserRole.FirstScreen: CommandWord {}

/// A permission, or all below a place in the tree.
internal struct PermissionPattern: ExpressibleByArgument, Sendable {
    let permissions: [Permission]

    init?(argument: String) {
        if argument == "*" {
            permissions = Permission.allCases
        } else if argument.hasSuffix(".*") {
            let top = argument.dropLast(2).lowercased()
            permissions = Permission.allCases.filter {
                let name = $0.name.lowercased()
                return name == top || name.hasPrefix(top + ".")
            }
        } else {
            permissions = Permission(name: argument).map { [$0] } ?? []
        }
        guard !permissions.isEmpty else { return nil }
    }

    static var allValueStrings: [String] { Permission.allCases.map(\.name) }
    /// The names are too many for a line of help; `roles show` has them.
    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
