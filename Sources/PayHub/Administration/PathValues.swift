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

extension RequestRule {
    /// Control characters have no place in a setting.
    public static let noControlCharacters = RequestRule("must have no control characters")
    /// Webhooks that are switched on need a place to go to.
    public static let givenForWebhooks = RequestRule("must be given where webhooks are switched on")
    /// The gateway calls over TLS only.
    public static let https = RequestRule("must begin with https://")
    /// A URL that can be called.
    public static let callable = RequestRule(
        "must be https://, a host and a path, without blanks or a user's name")
    /// A limit has a range.
    public static let limit = RequestRule("must be 0 to 9999999.99, or a count of 0 to 999999999")
    /// Copies that are switched on need an address to go to.
    public static let givenForCopies = RequestRule("must be given where copies are switched on")
    /// What the submission of batches may be.
    public static let batchSubmission = RequestRule("must be true, false or 0 to 9999")

    /// What holds for every text of a setting.
    internal static func check(setting text: String, _ member: String) throws(RuleBreach) {
        guard text.utf8.count <= Limits.settingTextBytesMaximum else {
            throw RuleBreach(member, .textLength)
        }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw RuleBreach(member, .noControlCharacters)
        }
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
