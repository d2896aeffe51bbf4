internal import Hummingbird
internal import NIOCore
internal import PayHub
internal import Values

/// The members of a JSON object that a request brings, taken one by one. What is left over is
/// refused, and so is a number with a point.
internal struct BodyFields {
    private var members: [String: JSONTree]
    private let path: String
    /// The object as one text, for a digest: the same for every order of members.
    let canonical: String

    /// Reads the body of a request; an empty one is an empty object.
    /// - Throws: ``Problem``
    init(_ request: Request) async throws {
        let bytes: ByteBuffer
        do { bytes = try await request.body.collect(upTo: ServiceLimits.bodyBytesMaximum) } catch {
            throw Problem(
                Self.isTooLarge(error) ? .contentTooLarge : .badRequest, .bodyTooLarge,
                "the body is over \(ServiceLimits.bodyBytesMaximum) bytes or broke off",
                remedy: "send what the API's description asks for")
        }
        guard bytes.readableBytes > 0 else {
            self.init()
            return
        }
        do throws(RecordFault) {
            try self.init(JSONTree(parsing: Array(bytes.readableBytesView).span), "")
        } catch { throw Self.malformed(error) }
    }

    private init() { (members, path, canonical) = ([:], "", "{}") }

    private static func isTooLarge(_ error: any Error) -> Bool {
        error is NIOTooManyBytesError || (error as? HTTPError)?.status == .contentTooLarge
    }

    private static func malformed(_ fault: RecordFault) -> Problem {
        var place = ""
        if case .malformed(let offset) = fault { place = " at byte \(offset)" }
        return Problem(
            .badRequest, .badJSON, "the body is no JSON that is taken here\(place)",
            remedy: "send one object, no name twice, in UTF-8")
    }

    private init(_ tree: JSONTree, _ path: String) throws(RecordFault) {
        guard case .object(let members) = tree else { throw .malformed(offset: 0) }
        self.members = members
        self.path = path
        canonical = Self.canonical(tree).written
    }

    private static func canonical(_ tree: JSONTree) -> JSON {
        switch tree {
        case .null: .null
        case .boolean(let value): .boolean(value)
        case .number(let number): .array([.string(number.text)])
        case .text(let text): .string(text)
        case .array(let elements): .array(elements.map(canonical))
        case .object(let members):
            .object(
                members.sorted { $0.key < $1.key }
                    .map { JSON.Member(name: $0.key, value: canonical($0.value)) })
        }
    }

    private mutating func take(_ name: String) -> JSONTree? {
        let value = members.removeValue(forKey: name)
        return value == .null ? nil : value
    }

    /// What is said of a member that breaks its rule.
    func wrong(_ name: String, _ rule: String) -> Problem {
        var problem = Problem(
            .badRequest, .badJSON, "\(path)\(name) \(rule)", remedy: "correct it and send again")
        problem.field = full(name)
        return problem
    }

    /// A member's name with those of the objects around it.
    func full(_ name: String) -> String { path + name }

    /// Whether a member is there and `null`; it is taken then.
    mutating func isReset(_ name: String) -> Bool {
        guard members[name] == .null else { return false }
        members[name] = nil
        return true
    }

    /// A text of at most so many bytes.
    mutating func text(_ name: String, maximum: Int = 255) throws -> String? {
        guard let value = take(name) else { return nil }
        guard case .text(let text) = value, (1...maximum).contains(text.utf8.count),
            !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else { throw wrong(name, "must be a text of 1 to \(maximum) bytes") }
        return text
    }

    /// A whole number.
    mutating func integer(_ name: String) throws -> Int? {
        guard let value = take(name) else { return nil }
        guard case .number(let number) = value, let integer = Int(number.text),
            String(integer) == number.text
        else { throw wrong(name, "must be a whole number") }
        return integer
    }

    /// True or false.
    mutating func boolean(_ name: String) throws -> Bool? {
        guard let value = take(name) else { return nil }
        guard case .boolean(let flag) = value else { throw wrong(name, "must be true or false") }
        return flag
    }

    /// Texts.
    mutating func texts(_ name: String, maximum: Int) throws -> [String]? {
        guard let value = take(name) else { return nil }
        guard case .array(let elements) = value, elements.count <= maximum else {
            throw wrong(name, "must be a list of at most \(maximum) texts")
        }
        return try elements.map { element in
            guard case .text(let text) = element, text.utf8.count <= 120 else {
                throw wrong(name, "must be a list of texts of at most 120 bytes")
            }
            return text
        }
    }

    /// An object.
    mutating func object(_ name: String) throws -> BodyFields? {
        guard let value = take(name) else { return nil }
        do throws(RecordFault) { return try BodyFields(value, "\(path)\(name).") } catch {
            throw wrong(name, "must be an object")
        }
    }

    /// Money: whole cents and their currency.
    mutating func money(_ name: String) throws -> Amount? {
        guard var fields = try object(name) else { return nil }
        guard let cents = try fields.integer("cents") else {
            throw wrong("\(name).cents", "must be given")
        }
        guard try fields.text("currency", maximum: 3) ?? "USD" == "USD" else {
            throw wrong("\(name).currency", "must be USD")
        }
        try fields.finish()
        do throws(AmountError) { return try Amount(cents: cents) } catch {
            throw wrong(name, "is refused: \(error)")
        }
    }

    /// Refuses what nobody has asked for.
    func finish() throws {
        guard let strange = members.keys.min() else { return }
        // A strange name may be anything, a card's number too.
        let isName =
            strange.utf8.count <= 32 && strange.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 }
        var problem = wrong(isName ? strange : "a member", "is not known here")
        if !isName { problem.field = nil }
        throw problem
    }
}
