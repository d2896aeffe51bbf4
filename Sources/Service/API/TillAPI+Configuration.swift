internal import Hummingbird
internal import Journal
internal import Settings

/// What is configured, and what may be changed while the service runs.
extension TillAPI {
    func addConfiguration(to router: Router<APIContext>) {
        router.get("/v1/configuration") { _, _ in Response(configuration) }
        router.patch("/v1/configuration") { request, _ in
            try requireSupervisor(request)
            return Response(try await changeConfiguration(request))
        }
    }

    /// What is configured, without secrets: names of files in their place.
    private var configuration: JSON {
        let settings = desk.settings
        return [
            "tcp": .boolean(settings.tcp), "port": .integer(settings.port),
            "tokenFile": .text(settings.tokenFile),
            "supervisorFile": .text(settings.supervisorFile),
            "page": [
                "enabled": .boolean(settings.page.enabled),
                "language": .string(settings.page.language),
            ],
            "shop": [
                "name": .string(settings.shop.name),
                "lines": .array(settings.shop.lines.map { .string($0) }),
            ],
            "refunds": [
                "perRefundCents": .integer(settings.refunds.perRefundCents),
                "perDayCents": .integer(settings.refunds.perDayCents),
                "unlinked": .boolean(settings.refunds.unlinked),
            ],
            "webhook": [
                "enabled": .boolean(settings.webhook.enabled),
                "port": .integer(settings.webhook.port),
            ],
            "replay": .text(settings.replay), "lane": .integer(journal.lane),
            "configured": Self.changeable(ServiceChange(desk.changes.configured)),
            "changed": Self.changeable(desk.changes.change),
        ]
    }

    private static func changeable(_ change: ServiceChange) -> JSON {
        let lines = change.shop.lines.map { JSON.array($0.map { .string($0) }) }
        return [
            "language": .text(change.language),
            "shop": ["name": .text(change.shop.name), "lines": lines ?? .null],
            "refunds": [
                "perRefundCents": .number(change.refunds.perRefundCents),
                "perDayCents": .number(change.refunds.perDayCents),
            ],
        ]
    }

    /// Changes what may be changed at run time, for good; `null` gives the file's value back.
    private func changeConfiguration(_ request: Request) async throws -> JSON {
        var fields = try await BodyFields(request)
        let edits = try ConfigurationEdits(&fields)
        try fields.finish()
        guard !edits.names.isEmpty else { return configuration }
        let names = edits.names.joined(separator: ", ")
        _ = try await ask(.remark(.configuration, "changed by the supervisor: \(names)"))
        do { try desk.changes.make { edits.apply(to: &$0) } } catch {
            desk.audit(.configuration, "the change could not be kept: \(names)")
            throw Problem(
                .internalServerError, .internalFault, "the change cannot be written to the disk",
                remedy: "nothing was changed; free some room and send it again")
        }
        board.events.tell(.lane)
        return configuration
    }
}

/// What a request wants changed, read once and done when it is time.
private struct ConfigurationEdits {
    /// What each is called in the audit chain.
    private(set) var names: [String] = []
    private var edits: [(inout ServiceChange) -> Void] = []

    init(_ fields: inout BodyFields) throws {
        try take("language", &fields, \.language) { fields in
            let language = try fields.text("language", maximum: 2)
            guard language.map(ServiceSettings.languages.contains) ?? true else {
                throw fields.wrong("language", "must be en or es")
            }
            return language
        }
        if fields.isReset("shop") {
            add("shop as configured") { $0.shop = .init() }
        } else if var shop = try fields.object("shop") {
            try take("name", &shop, \.shop.name) { try $0.text("name", maximum: 80) }
            try take("lines", &shop, \.shop.lines) { try $0.texts("lines", maximum: 8) }
            try shop.finish()
        }
        if fields.isReset("refunds") {
            add("refunds as configured") { $0.refunds = .init() }
        } else if var refunds = try fields.object("refunds") {
            for (name, place) in Self.limits {
                try take(name, &refunds, place) { try Self.limit(name, &$0) }
            }
            try refunds.finish()
        }
    }

    private static var limits: [(String, WritableKeyPath<ServiceChange, Int?>)] {
        [("perRefundCents", \.refunds.perRefundCents), ("perDayCents", \.refunds.perDayCents)]
    }

    private static func limit(_ name: String, _ fields: inout BodyFields) throws -> Int? {
        let cents = try fields.integer(name)
        guard cents ?? 0 >= 0 else { throw fields.wrong(name, "must be cents from 0") }
        return cents
    }

    /// A value for a place, or the file's back.
    private mutating func take<Value>(
        _ name: String, _ fields: inout BodyFields,
        _ place: WritableKeyPath<ServiceChange, Value?>,
        _ read: (inout BodyFields) throws -> Value?
    ) throws {
        let full = fields.full(name)
        if fields.isReset(name) {
            add("\(full) as configured") { $0[keyPath: place] = nil }
        } else if let value = try read(&fields) {
            add(full) { $0[keyPath: place] = value }
        }
    }

    private mutating func add(_ name: String, _ edit: @escaping (inout ServiceChange) -> Void) {
        names.append(name)
        edits.append(edit)
    }

    func apply(to change: inout ServiceChange) { for edit in edits { edit(&change) } }
}
