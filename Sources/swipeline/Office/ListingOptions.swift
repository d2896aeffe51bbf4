internal import ArgumentParser
internal import BackOffice
internal import PayHub
internal import Values

/// How much of a list is shown, and in which order.
internal struct ListingOptions: ParsableArguments {
    /// Which come first.
    enum Order: CommandWord {
        case newest
        case oldest
    }

    @Option(help: "At most so many.")
    var limit = 20
    @Flag(help: "All of them.")
    var all = false
    @Option(help: "Which come first.")
    var first: Order = .newest
    @Option(help: "How many are asked for at a time, 1 to \(Limits.listSizeMaximum).")
    var pageSize = Limits.listSizeMaximum

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
        guard (1...Limits.listSizeMaximum).contains(pageSize) else {
            throw ValidationError("--page-size is 1 to \(Limits.listSizeMaximum)")
        }
    }

    /// The order in the gateway's words.
    var order: ListSort { first == .newest ? .newestFirst : .oldestFirst }

    /// Goes through a list and prints what it shows.
    /// - Throws: ``Failure``, `BackOfficeFault`
    func show<Resource, Line: TableLine>(
        _ list: GatewayList<Resource>, _ columns: [TextTable.Column], asJSON: Bool,
        where isWanted: (Line) -> Bool = { _ in true },
        _ line: (Resource) async throws -> Line
    ) async throws {
        var table = TextTable(columns)
        var progress = Progress("read")
        var shown = 0
        for try await resource in list {
            progress.step()
            let line = try await line(resource)
            guard isWanted(line) else { continue }
            if asJSON { try OutputStream.say(json: line) } else { table.add(line.cells) }
            shown += 1
            if shown == limit, !all { break }
        }
        progress.end()
        if !asJSON { try table.say() }
        if shown == limit, !all {
            Terminal.tell("The first \(limit); --limit N or --all shows more.")
        }
    }
}

/// What stands in a row of a table and in a line of JSON.
internal protocol TableLine: Encodable {
    var cells: [String?] { get }
}
