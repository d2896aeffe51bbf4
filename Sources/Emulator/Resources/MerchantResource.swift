/// The merchant of a transaction. Source: PayHub API, "Verify", the GET sample.
internal enum MerchantResource {
    static func json(_ envelope: Envelope) -> JSONValue {
        let entry = envelope.entry
        return envelope.members(id: "\(entry.organization)\(entry.terminal)").adding([
            "organization_id": .integer(entry.organization),
            "terminal_id": .integer(entry.terminal),
        ])
    }
}
