internal import ArgumentParser
internal import BackOffice
internal import Foundation
internal import PayHub

/// `swipeline roles`: what the merchant's users may do.
internal struct RolesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roles",
        abstract: "Shows, makes and changes what the merchant's users may do.",
        discussion: OfficeOptions.exits,
        subcommands: [List.self, Show.self, Create.self, Change.self])

    /// All roles.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The roles of the account.")
        @OptionGroup var options: OfficeOptions

        private struct Line: Encodable {
            let id: Int?
            let name: String
            let users: Int?
        }

        func run() async throws {
            try await options.withOffice { office in
                let roles = try await office.roles()
                if options.json {
                    for role in roles {
                        try OutputStream.say(
                            json: Line(id: role.id, name: role.name, users: role.users))
                    }
                    return
                }
                var table = TextTable([.right("id"), .init(name: "name"), .right("users")])
                for role in roles {
                    table.add([role.id.map(String.init), role.name, role.users.map(String.init)])
                }
                try table.say()
            }
        }
    }

    /// One role.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A role with all that it may do, as a tree.")
        @Argument(help: "The role's number or name.")
        var role: String
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try await options.withOffice { office in
                let id = try await office.number(of: role)
                try RolePage(id: id, try await office.role(id)).say(asJSON: options.json)
            }
        }
    }

    /// A new role.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a role; it may do what is allowed and nothing else.",
            discussion: RoleOptions.discussion)
        @OptionGroup var changes: RoleOptions
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            try await options.withOffice { office in
                var role = UserRole(name: "")
                try changes.apply(to: &role)
                guard !role.name.isEmpty else {
                    throw Failure("a new role needs --name", .usage)
                }
                let made = try await office.create(role)
                // The document does not promise that the gateway names it.
                let id: Int
                if let made { id = made } else { id = try await office.number(of: role.name) }
                try RolePage(id: id, try await office.role(id)).say(asJSON: options.json)
            }
        }
    }

    /// A role that is there.
    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Changes a role; what is not named stays as it is.",
            discussion: RoleOptions.discussion)
        @Argument(help: "The role's number or name.")
        var role: String
        @OptionGroup var changes: RoleOptions
        @OptionGroup var options: OfficeOptions

        func run() async throws {
            guard changes.areGiven else {
                throw Failure("nothing to change: see --help for what can be", .usage)
            }
            try await options.withOffice { office in
                let id = try await office.number(of: role)
                var changed = try await office.role(id)
                try changes.apply(to: &changed)
                try await office.update(id, to: changed)
                try RolePage(id: id, try await office.role(id)).say(asJSON: options.json)
            }
        }
    }
}

extension BackOffice {
    /// The number of a role that is named by it or by its name.
    /// - Throws: ``Failure``, `BackOfficeFault`
    fileprivate func number(of role: String) async throws -> Int {
        if let id = Int(role) { return id }
        let named = try await roles().filter { $0.name == role }
        guard let first = named.first else {
            throw Failure("there is no role \(role); look at roles list", .usage)
        }
        guard named.count == 1, let id = first.id else {
            throw Failure(
                named.count > 1
                    ? "\(named.count) roles are named \(role); give its number"
                    : "the gateway's list has no number of \(role); give its number", .usage)
        }
        return id
    }
}
