/// The merchant of a transaction. Source: PayHub API, "Verify", the GET sample.
internal enum MerchantResource {
    static func json(_ envelope: Envelope, metaData: JSONValue = .null) -> JSONValue {
        let entry = envelope.entry
        let id = "\(entry.organization)\(entry.terminal)"
        return envelope.members(id: id, metaData: metaData).adding([
            "organization_id": .integer(entry.organization),
            "terminal_id": .integer(entry.terminal),
        ])
    }
}
