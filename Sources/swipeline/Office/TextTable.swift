/// Rows of text in columns as wide as what stands in them.
internal struct TextTable {
    /// A column's name, and whether it is of numbers.
    struct Column {
        let name: String
        var isRight = false

        static func right(_ name: String) -> Column { Column(name: name, isRight: true) }
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    init(_ names: String...) { self.init(names.map { Column(name: $0) }) }

    /// Adds a row; what is absent is a dash, and nothing in it moves a terminal.
    mutating func add(_ cells: [String?]) {
        rows.append(cells.map { $0.flatMap { $0.isEmpty ? nil : Terminal.oneLine($0) } ?? "-" })
    }

    /// The head and the rows.
    var lines: [String] {
        let table = [columns.map(\.name)] + rows
        let widths = columns.indices.map { index in table.map { $0[index].count }.max() ?? 0 }
        return table.map { row in
            let cells = row.indices.map {
                Terminal.pad(row[$0], widths[$0], right: columns[$0].isRight)
            }
            let line = cells.joined(separator: "  ")
            return String(
                line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
        }
    }

    /// Prints it on standard output.
    /// - Throws: ``Failure``
    func say() throws {
        for line in lines { try OutputStream.say(line) }
    }
}
