import Foundation
import Synchronization

/// A line on standard output, at once.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

/// What was tried, and what came of it.
final class Tally: Sendable {
    /// A row of the table.
    struct Row: Hashable {
        let scenario: String
        let what: String
        /// Of how many in an undisturbed run.
        let of: Int

        init(_ scenario: String, _ what: String, of: Int) {
            (self.scenario, self.what, self.of) = (scenario, what, of)
        }
    }

    /// What came of a thing that was tried.
    enum Result: String {
        /// It met the till where it was meant to, and nothing is wrong.
        case met
        /// The till had come to its end before, and nothing is wrong.
        case ended
        case wrong
    }

    private struct Count {
        var tried = 0
        var met = 0
        var violations = 0
        var worlds: Set<String> = []
    }

    private struct State {
        var order: [Row] = []
        var counts: [Row: Count] = [:]
        var courses: [(scenario: Scenario, course: Report.Course)] = []
        var planted = 0
        var found = 0
        var mishaps = 0

        func line(_ row: Row) -> String {
            let count = counts[row] ?? Count()
            return "| \(row.scenario) | \(row.what) | \(row.of) | \(count.tried) | \(count.met) | "
                + "\(count.worlds.count) | \(count.violations) |"
        }
    }

    private let state = Mutex(State())
    private let began = Date()

    /// Counts a thing that was tried, and the world that it left.
    func add(_ row: Row, _ result: Result, _ world: String) {
        state.withLock { state in
            if state.counts[row] == nil { state.order.append(row) }
            state.counts[row, default: Count()].tried += 1
            state.counts[row]?.met += result == .ended ? 0 : 1
            state.counts[row]?.violations += result == .wrong ? 1 : 0
            state.counts[row]?.worlds.insert(world)
        }
    }

    /// Tells a violation at once: a run takes long.
    func tell(_ violation: Trial.Violation) {
        say("VIOLATION \(violation.place)")
        violation.faults.forEach { say("  \($0)") }
    }

    /// Says how a row came out, as soon as it has: a run takes long.
    func tell(_ row: Row) { state.withLock { say("done: \($0.line(row))") } }

    /// What an undisturbed run of a scenario counted.
    func add(_ course: Report.Course, of scenario: Scenario) {
        state.withLock { $0.courses.append((scenario, course)) }
    }

    func add(_ control: Control, isFound: Bool) {
        state.withLock { state in
            state.planted += 1
            state.found += isFound ? 1 : 0
            say("planted: \(control.rawValue): \(isFound ? "found" : "NOT FOUND")")
        }
    }

    /// Something that has nothing to do with the till went wrong, and a part was not tried.
    func note(mishap: String) {
        state.withLock { state in
            state.mishaps += 1
            say("MISHAP \(mishap)")
        }
    }

    /// Prints the table.
    /// - Returns: true when everything was tried and nothing is wrong.
    func tell() -> Bool {
        state.withLock { state in
            say("| scenario | calls | stops | points | the same | not the same after all |")
            say("| --- | --- | --- | --- | --- | --- |")
            for (scenario, course) in state.courses {
                say(
                    "| \(scenario.rawValue) | \(course.calls) | \(course.stops) | "
                        + "\(course.points) | \(course.same) | \(course.leaks) |")
            }
            say("")
            say("| scenario | what | of | tried | met | worlds | violations |")
            say("| --- | --- | --- | --- | --- | --- | --- |")
            state.order.forEach { say(state.line($0)) }
            let tried = state.counts.values.reduce(0) { $0 + $1.tried }
            let met = state.counts.values.reduce(0) { $0 + $1.met }
            let violations = state.counts.values.reduce(0) { $0 + $1.violations }
            say(
                "\(tried) tried, \(met) met in \(Int(Date().timeIntervalSince(began))) s, "
                    + "\(violations) violations; \(state.mishaps) mishaps; "
                    + "\(state.found) of \(state.planted) planted wrongs found")
            let leaks = state.courses.reduce(0) { $0 + $1.course.leaks }
            return violations + state.mishaps + leaks == 0 && state.found == state.planted
        }
    }
}
