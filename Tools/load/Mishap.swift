import Dispatch
import Foundation

/// What stops a run: nothing it says about the lanes would be worth anything.
struct Mishap: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// A line on standard output, at once.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

/// The executables of this build.
enum Programs {
    /// Where they lie: beside this one.
    static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().path

    static func url(_ name: String) -> URL { URL(fileURLWithPath: "\(folder)/\(name)") }
}

/// Time that nobody sets back, in milliseconds.
enum Clock {
    static func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e6 }
}
