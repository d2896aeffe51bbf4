internal import Values

/// A document whose values are named by their paths: names from the outermost in, with points
/// between them.
internal struct PathReader {
    private let root: KeyedDecodingContainer<PathStep>

    /// The members of an object; with `name`, of the object of that name in it, if there is one.
    init(_ decoder: any Decoder, unwrapping name: String? = nil) throws {
        let root = try decoder.container(keyedBy: PathStep.self)
        let key = name.flatMap(PathStep.init(stringValue:))
        self.root =
            if let key, root.contains(key) {
                try root.nestedContainer(keyedBy: PathStep.self, forKey: key)
            } else { root }
    }

    /// The value at a path.
    func value<Value: Decodable>(
        _ path: String, as type: Value.Type = Value.self
    ) throws -> Value {
        guard let value = try find(path, as: type) else { throw RecordFault.missing(path) }
        return value
    }

    /// The value at a path; `nil` where it, or an object on the way, is absent or null.
    func find<Value: Decodable>(
        _ path: String, as type: Value.Type = Value.self
    ) throws -> Value? {
        var names = path.split(separator: ".").map(String.init)
        guard let last = names.popLast().flatMap(PathStep.init(stringValue:)) else { return nil }
        var object = root
        for name in names.compactMap(PathStep.init(stringValue:)) {
            guard object.contains(name), try !object.decodeNil(forKey: name) else { return nil }
            object = try object.nestedContainer(keyedBy: PathStep.self, forKey: name)
        }
        return try object.decodeIfPresent(type, forKey: last)
    }
}

/// Values by their paths, written as objects in objects.
internal struct PathValues: Encodable {
    /// A value and the names that lead to it, from the outermost in.
    struct Entry {
        let path: ArraySlice<Substring>
        let value: any Encodable

        init(_ path: String, _ value: any Encodable) {
            self.path = path.split(separator: ".")[...]
            self.value = value
        }

        fileprivate init(path: ArraySlice<Substring>, value: any Encodable) {
            self.path = path
            self.value = value
        }
    }

    let entries: [Entry]

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: PathStep.self)
        var written: Set<Substring> = []
        for entry in entries {
            guard let name = entry.path.first, written.insert(name).inserted,
                let key = PathStep(stringValue: String(name))
            else { continue }
            if entry.path.count == 1 {
                try entry.value.encode(to: container.superEncoder(forKey: key))
            } else {
                let inner = entries.filter { $0.path.first == name }
                    .map { Entry(path: $0.path.dropFirst(), value: $0.value) }
                try container.encode(PathValues(entries: inner), forKey: key)
            }
        }
    }
}

/// Rules that hold for more than one document of settings.
internal enum SettingRules {
    static func check(text: String, _ member: String) throws(RuleBreach) {
        guard text.utf8.count <= Limits.settingTextBytesMaximum else {
            throw RuleBreach(member, RequestRule("must have at most 255 bytes"))
        }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw RuleBreach(member, RequestRule("must have no control characters"))
        }
    }

    /// One `@`, something before it, and a domain with a point behind it.
    static func isMailAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
    }
}

/// "10" for whole dollars, as the printed requests have it, and else "10.50"; read with a dollar
/// sign before it, too.
internal struct DollarText: Codable {
    let cents: Cents
    /// True when whole dollars are written without decimals.
    var isShort = true

    init(_ cents: Cents, isShort: Bool = true) {
        self.cents = cents
        self.isShort = isShort
    }

    init(from decoder: any Decoder) throws {
        let text = try String(from: decoder)
        guard let cents = Cents(dollars: text.hasPrefix("$") ? String(text.dropFirst()) : text)
        else { throw RecordFault.wrongForm(PathStep.text(decoder.codingPath)) }
        self.cents = cents
    }

    func encode(to encoder: any Encoder) throws {
        let isWhole = isShort && cents.value % 100 == 0
        try (isWhole ? String(cents.value / 100) : cents.dollars).encode(to: encoder)
    }
}
