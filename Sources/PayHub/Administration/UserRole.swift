/// What users of a role may do.
///
/// Source: PayHub API, "User roles".
public struct UserRole: Equatable, Sendable, GatewayRequest, Decodable {
    /// The screen that a user sees after login.
    public enum FirstScreen: String, Equatable, Sendable, CaseIterable, Codable {
        case home = "1"
        case processCard = "2"
        case reports = "3"
    }

    /// Whether batches may be submitted from the web till. The table says true or false, both
    /// printed roles say "2", which nothing explains.
    public enum BatchSubmission: Equatable, Sendable {
        case refused
        case allowed
        /// A number, 0 to 9999, kept as it is.
        case number(Int)
    }

    /// The role's name, 1 to ``Limits/settingTextBytesMaximum`` bytes.
    public var name: String
    /// What a user sees first.
    public var firstScreen: FirstScreen
    /// Up to how much a user may refund.
    public var refundLimit: Cents
    /// Whether batches may be submitted from the web till.
    public var batchSubmission: BatchSubmission
    /// What is granted; everything else is refused.
    public var permissions: Set<Permission>
    /// A role that may do nothing but what is granted.
    public init(
        name: String, firstScreen: FirstScreen = .home, refundLimit: Cents = .zero,
        batchSubmission: BatchSubmission = .refused, permissions: Set<Permission> = []
    ) {
        self.name = name
        self.firstScreen = firstScreen
        self.refundLimit = refundLimit
        self.batchSubmission = batchSubmission
        self.permissions = permissions
    }
}

/// A role in the list of roles.
///
/// Source: PayHub API, "Get all user roles", which promises names; the makers' programs read
/// number and users too.
public struct RoleSummary: Equatable, Sendable, Decodable {
    /// Its number, `nil` where the list has only names.
    public let id: Int?
    /// Its name.
    public let name: String
    /// How many users have it, where the list says so.
    public let users: Int?

    /// A role.
    public init(id: Int?, name: String, users: Int?) {
        self.id = id
        self.name = name
        self.users = users
    }

    private enum CodingKeys: String, CodingKey {
        case id = "roleId"
        case name = "roleName"
        case users = "numberOfUsers"
    }

    /// Reads a name alone, or an object with number, name and users.
    public init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            self.init(id: nil, name: name, users: nil)
            return
        }
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try members.decodeIfPresent(Int.self, forKey: .id),
            name: try members.decode(String.self, forKey: .name),
            users: try members.decodeIfPresent(Int.self, forKey: .users))
    }
}

/// The roles of an account.
///
/// Source: PayHub API, "Get all user roles"; its form is not printed, and the makers' programs read
/// `userRoles`.
public struct RoleList: Equatable, Sendable, Decodable {
    /// The roles in the gateway's order.
    public let roles: [RoleSummary]

    private enum CodingKeys: String, CodingKey {
        case roles = "userRoles"
    }

    /// Reads a list of names or roles, bare or as `userRoles`.
    public init(from decoder: any Decoder) throws {
        guard let members = try? decoder.container(keyedBy: CodingKeys.self) else {
            roles = try [RoleSummary](from: decoder)
            return
        }
        roles = try members.decode([RoleSummary].self, forKey: .roles)
    }
}

extension UserRole {
    private static let namePath = "roleName"
    private static let screenPath = "firstDefaultScreen"
    private static let refundPath = "transactions.transactionOptions.txtRefundupto"
    private static let batchPath = "webPosAccess.webPosAccessOptions.admin.adminOptions.submitBatch"

    /// Writes all of it, every value as text, as in the printed request.
    public func encode(to encoder: any Encoder) throws {
        let own = [
            PathValues.Entry(Self.namePath, name),
            PathValues.Entry(Self.screenPath, firstScreen),
            PathValues.Entry(Self.refundPath, DollarText(refundLimit, isShort: false)),
            PathValues.Entry(Self.batchPath, batchSubmission),
        ]
        let sent = Permission.allCases.filter {
            !$0.isInTablesOnly || permissions.contains($0)
        }
        let switches = sent.map {
            PathValues.Entry($0.path, permissions.contains($0) ? "true" : "false")
        }
        try PathValues(entries: own + switches).encode(to: encoder)
    }

    /// Reads it; what is absent among the permissions is not granted.
    public init(from decoder: any Decoder) throws {
        let reader = try PathReader(decoder)
        self.init(
            name: try reader.value(Self.namePath), firstScreen: try reader.value(Self.screenPath),
            refundLimit: try reader.value(Self.refundPath, as: DollarText.self).cents,
            batchSubmission: try reader.value(Self.batchPath))
        for permission in Permission.allCases where try reader.find(permission.path) ?? false {
            permissions.insert(permission)
        }
    }

    /// A role has a name.
    /// - Throws: ``RuleBreach``
    public func check() throws(RuleBreach) {
        guard !name.isEmpty else { throw RuleBreach(Self.namePath, .given) }
        try RequestRule.check(setting: name, Self.namePath)
        if case .number(let number) = batchSubmission, !(0...9999).contains(number) {
            throw RuleBreach(Self.batchPath, .batchSubmission)
        }
    }
}

extension UserRole.BatchSubmission: Codable {
    /// Reads true, false, or a number of up to four digits, each as itself or as text.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let isAllowed = try? value.decode(Bool.self) {
            self = isAllowed ? .allowed : .refused
            return
        }
        let number = try value.decode(Int.self)
        guard (0...9999).contains(number) else {
            throw RecordFault.wrongForm(PathStep.text(decoder.codingPath))
        }
        self = .number(number)
    }

    /// Writes it as text.
    public func encode(to encoder: any Encoder) throws {
        let text =
            switch self {
            case .refused: "false"
            case .allowed: "true"
            case .number(let number): String(number)
            }
        try text.encode(to: encoder)
    }
}
