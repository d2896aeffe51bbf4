/// The line that `kill-at` writes.
enum Report: CustomStringConvertible {
    case killed(stop: Int, side: String, call: String)
    case ended(Course)

    /// A run that came to its end.
    struct Course {
        let status: Int
        /// System calls of all threads; their stops, entering and leaving.
        let calls, stops: Int
        /// Stops that can be told from the one before, and those that cannot.
        let points, same: Int
        /// Stops at syncs of the journal's files.
        let syncs: Int
        /// Calls that change the journal's files; of these writes, and syncs.
        let changes, writes, syncCalls: Int
        /// Stops that were taken for the same and were not, but for calls that were under way in
        /// another thread.
        let leaks: Int
    }

    init?(_ line: String) {
        let words = line.split { $0 == " " || $0 == "\n" }.map(String.init)
        switch words.first {
        case "killed":
            guard words.count == 4, let stop = Int(words[1]) else { return nil }
            self = .killed(stop: stop, side: words[2], call: words[3])
        case "ended":
            guard let course = Course(words.dropFirst()) else { return nil }
            self = .ended(course)
        default: return nil
        }
    }

    var description: String {
        switch self {
        case .killed(let stop, let side, let call): "stop \(stop), \(side) of \(call)"
        case .ended(let course): "ended with \(course.status) after \(course.stops) stops"
        }
    }
}

extension Report.Course {
    /// From words like `stops=1836`.
    fileprivate init?(_ words: some Sequence<String>) {
        var numbers: [Substring: Int] = [:]
        for word in words {
            let parts = word.split(separator: "=")
            guard parts.count == 2, let number = Int(parts[1]) else { return nil }
            numbers[parts[0]] = number
        }
        guard let status = numbers["status"], let calls = numbers["calls"],
            let stops = numbers["stops"], let points = numbers["points"],
            let same = numbers["same"], let syncs = numbers["syncs"],
            let changes = numbers["changes"], let writes = numbers["writes"],
            let syncCalls = numbers["syncCalls"], let leaks = numbers["leaks"],
            let beside = numbers["beside"]
        else { return nil }
        (self.status, self.calls, self.stops) = (status, calls, stops)
        (self.points, self.same, self.syncs) = (points, same, syncs)
        (self.changes, self.writes, self.syncCalls) = (changes, writes, syncCalls)
        self.leaks = leaks - beside
    }
}

/// Where a program is killed: the so many-th stop of a kind.
struct Place: CustomStringConvertible {
    enum Kind: String {
        /// A stop that can be told from the one before by what outlives the program.
        case points
        /// One that cannot.
        case same
        /// One at a sync of the journal.
        case syncs
    }

    let kind: Kind
    let number: Int

    /// What `kill-at` is told.
    var arguments: [String] { ["--at", kind.rawValue, String(number)] }

    var description: String { "\(kind.rawValue) \(number)" }
}
