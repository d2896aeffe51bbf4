internal import Foundation
internal import PayHub
internal import Values

/// A role for people and for programs.
internal struct RolePage {
    private let id: Int
    private let role: UserRole

    init(id: Int, _ role: UserRole) {
        self.id = id
        self.role = role
    }

    /// Prints it on standard output.
    /// - Throws: ``Failure``
    func say(asJSON: Bool) throws {
        guard !asJSON else { return try OutputStream.say(json: RoleLine(id: id, role)) }
        try OutputStream.say("role \(id): \(Terminal.oneLine(role.name))")
        try OutputStream.say(
            "first screen: \(role.firstScreen.word); refunds up to \(role.refundLimit.dollars)")
        for line in PermissionTree(Permission.allCases).lines(granted: role.permissions) {
            try OutputStream.say(line)
        }
    }
}

/// Permissions by the names that lead to them.
internal struct PermissionTree {
    private var own: Permission?
    private var branches: [(name: String, tree: PermissionTree)] = []

    init(_ permissions: [Permission]) {
        for permission in permissions {
            insert(permission, at: permission.name.split(separator: ".")[...])
        }
    }

    private mutating func insert(_ permission: Permission, at path: ArraySlice<Substring>) {
        guard let name = path.first.map(String.init) else {
            own = permission
            return
        }
        let index =
            branches.firstIndex { $0.name == name }
            ?? {
                branches.append((name, PermissionTree([])))
                return branches.count - 1
            }()
        branches[index].tree.insert(permission, at: path.dropFirst())
    }

    /// A line a permission, `[x]` before what is granted.
    func lines(granted: Set<Permission>) -> [String] {
        branches.flatMap { name, tree in
            let mark = tree.own.map { granted.contains($0) ? "[x] " : "[ ] " } ?? "    "
            return [mark + name] + tree.lines(granted: granted).map { "    " + $0 }
        }
    }
}

/// A role as JSON, written and read.
internal struct RoleLine: Codable {
    private var id: Int?
    private let name: String
    private let firstScreen: String
    private let refundLimit: String
    private let batchSubmission: String
    private let permissions: [String]

    init(id: Int, _ role: UserRole) {
        self.id = id
        name = role.name
        firstScreen = role.firstScreen.word
        refundLimit = role.refundLimit.dollars
        batchSubmission =
            switch role.batchSubmission {
            case .refused: "false"
            case .allowed: "true"
            case .number(let number): String(number)
            }
        permissions = Permission.allCases.filter(role.permissions.contains).map(\.name)
    }

    /// Reads a file.
    /// - Throws: ``Failure`` with exit code 2.
    init(contentsOf file: String) throws {
        self = try JSONFile.read(file, form: "`roles show --json` prints it")
    }

    /// Makes a role what the line says.
    /// - Throws: ``Failure`` with exit code 2.
    func apply(to role: inout UserRole) throws {
        guard let screen = UserRole.FirstScreen(word: firstScreen) else {
            throw Failure("firstScreen: \(firstScreen) is none", .usage)
        }
        guard let limit = Cents(dollars: refundLimit) else {
            throw Failure("refundLimit is dollars with two decimals", .usage)
        }
        let batches: UserRole.BatchSubmission? =
            switch batchSubmission {
            case "false": .refused
            case "true": .allowed
            default: Int(batchSubmission).map { .number($0) }
            }
        guard let batches else {
            throw Failure("batchSubmission is true, false or a number", .usage)
        }
        role = UserRole(
            name: name, firstScreen: screen, refundLimit: limit, batchSubmission: batches,
            permissions: Set(try permissions.map(Self.permission)))
    }

    private static func permission(_ name: String) throws -> Permission {
        guard let permission = Permission(name: name) else {
            throw Failure(
                "permissions: \(name) is none; `roles show` has the names", .usage)
        }
        return permission
    }
}
