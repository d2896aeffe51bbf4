/// The values of one filter: `;` stands between values of which one must hold, `!` before one
/// that must not.
///
/// Source: PayHub API, "Transaction report", "Filters". Mixed values are printed with two
/// meanings: an OR for response codes, an AND for recurring bills.
internal struct FilterList: Sendable {
    /// How plain and excluded values of one filter meet.
    enum Mix: Sendable {
        /// A plain value holds, or no excluded one does.
        case either
        /// A plain value holds, if there is one, and no excluded one does.
        case both
    }

    private var plain: [String] = []
    private var excluded: [String] = []

    /// Reads "00;!05".
    init(_ text: String) {
        for part in text.split(separator: ";") {
            if part.hasPrefix("!") {
                excluded.append(String(part.dropFirst()))
            } else {
                plain.append(String(part))
            }
        }
    }

    /// Every value, wanted or not.
    var values: [String] { plain + excluded }

    /// True when a row whose value `holds` decides is wanted.
    func wants(_ mix: Mix, where holds: (String) -> Bool) -> Bool {
        let isExcluded = excluded.contains(where: holds)
        let isPlain = plain.contains(where: holds)
        if excluded.isEmpty || plain.isEmpty { return !isExcluded && (plain.isEmpty || isPlain) }
        return mix == .either ? isPlain || !isExcluded : isPlain && !isExcluded
    }
}
