import Foundation

/// How much a test does: more when the environment says so.
func share(_ variable: String, usually count: Int) -> Int {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? count
}
