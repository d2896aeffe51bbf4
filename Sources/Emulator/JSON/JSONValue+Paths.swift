/// Values inside values: a path is names from the outermost in.
extension JSONValue {
    /// The value at a path; `nil` when a member on the way is missing.
    internal func value(at path: some Collection<String>) -> JSONValue? {
        path.reduce(self as JSONValue?) { $0?[$1] }
    }

    /// The same object with another value at a path; members keep their places, new ones come
    /// last.
    internal func setting(_ path: ArraySlice<String>, to value: JSONValue) -> JSONValue {
        guard let name = path.first else { return value }
        var members = self.members ?? []
        let inner = (self[name] ?? .object([])).setting(path.dropFirst(), to: value)
        let member = JSONMember(name: name, value: inner)
        if let index = members.lastIndex(where: { $0.name == name }) {
            members[index] = member
        } else {
            members.append(member)
        }
        return .object(members)
    }

    /// The paths of everything that is no object.
    internal var leafPaths: [[String]] {
        guard let members else { return [[]] }
        return members.flatMap { member in
            member.value.leafPaths.map { [member.name] + $0 }
        }
    }

    /// True or false, also as a text in any case, as the gateway's samples mix them.
    internal var flag: Bool? {
        switch self {
        case .boolean(let value): value
        case .string(let text):
            switch text.lowercased() {
            case "true": true
            case "false": false
            default: nil
            }
        default: nil
        }
    }
}
