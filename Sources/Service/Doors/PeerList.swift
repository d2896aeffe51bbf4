/// Who may use the socket: this service's own user, root, and whom the configuration names.
internal struct PeerList: Sendable {
    private let users: Set<UInt32>
    private let groups: Set<UInt32>
    /// Told the number of a user who was refused.
    let refused: @Sendable (UInt32) -> Void
    /// True when others than the owner may.
    let isOpenToOthers: Bool

    /// The users and groups of these names.
    /// - Throws: ``ServiceFault/unknownUser(_:)``, ``ServiceFault/unknownGroup(_:)``
    init(
        users names: [String], groups: [String], refused: @escaping @Sendable (UInt32) -> Void
    ) throws(ServiceFault) {
        var users: Set<UInt32> = [Calls.ownUser, 0]
        var numbers: Set<UInt32> = []
        for name in names {
            guard let user = Calls.user(named: name) else { throw .unknownUser(name) }
            users.insert(user)
        }
        for name in groups {
            guard let group = Calls.group(ofName: name) else { throw .unknownGroup(name) }
            numbers.insert(group.number)
            users.formUnion(group.members.compactMap { Calls.user(named: $0) })
        }
        self.users = users
        self.groups = numbers
        self.refused = refused
        isOpenToOthers = !names.isEmpty || !groups.isEmpty
    }

    func admits(user: UInt32, group: UInt32) -> Bool {
        users.contains(user) || groups.contains(group)
    }
}
