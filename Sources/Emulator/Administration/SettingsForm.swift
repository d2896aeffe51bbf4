/// Which values a settings document has, of which kinds they are, and what they say at first.
internal struct SettingsForm: Sendable {
    /// A value.
    struct Entry: Sendable {
        let path: [String]
        let kind: SettingKind
        /// `nil` for a value that is shown once it is set, and for one that has to be given.
        let initial: JSONValue?

        init(_ path: String, _ kind: SettingKind, _ initial: JSONValue?) {
            self.path = SettingsForm.path(path)
            self.kind = kind
            self.initial = initial
        }

        /// The path as an error names it.
        var location: String { path.joined(separator: ".") }
    }

    /// The names of a path, written with points between them.
    static func path(_ text: String) -> [String] {
        text.split(separator: ".").map(String.init)
    }

    let entries: [Entry]
    /// Objects of which all members are required where one is given.
    var nodes: [[String]] = []

    /// The document before anybody has set anything.
    var initial: JSONValue {
        entries.reduce(.object([])) { document, entry in
            entry.initial.map { document.setting(entry.path[...], to: $0) } ?? document
        }
    }

    /// A document with changes. What is not given stays; what no value is breaks a rule; members
    /// that are not known are told to the log.
    func document(
        _ document: JSONValue, changedBy changes: JSONValue, _ findings: inout Findings
    ) -> JSONValue {
        var document = document
        for entry in entries {
            guard let value = changes.value(at: entry.path), value != .null else { continue }
            if let shown = entry.kind.shown(value) {
                document = document.setting(entry.path[...], to: shown)
            } else {
                findings.refuse(.bodyInvalid, entry.location)
            }
        }
        judgeNodes(of: changes, &findings)
        judgeRest(of: changes, &findings)
        return document
    }

    private func judgeNodes(of changes: JSONValue, _ findings: inout Findings) {
        for node in nodes where changes.value(at: node)?.members != nil {
            for entry in entries where entry.path.starts(with: node) {
                let value = changes.value(at: entry.path) ?? .null
                if value == .null { findings.refuse(.missingProperty, entry.location) }
            }
        }
    }

    /// What stands where an object should, and what nobody knows.
    private func judgeRest(of changes: JSONValue, _ findings: inout Findings) {
        for path in changes.leafPaths where !entries.contains(where: { $0.path == path }) {
            if changes.value(at: path) == .null { continue }
            if let entry = entries.first(where: { $0.path.starts(with: path) }) {
                findings.refuse(
                    .bodyInvalid, entry.path.prefix(path.count).joined(separator: "."))
            } else {
                let member = JSONMember(name: path.last ?? "", value: .null)
                findings.warn(ofUnknownMembersOf: .object([member]), known: [], at: "settings")
            }
        }
    }
}
