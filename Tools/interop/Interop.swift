import ArgumentParser
import Foundation

/// Runs the document's own sample programs against the emulator.
@main
struct Interop: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the sample programs of the gateway's document against the emulator.",
        discussion: """
            SWIPELINE_REFERENCE names the folder with the document. Run in the project's folder.
            Exit codes: 0 all is as docs/interop.md says, 1 something is not.
            """)

    @Option(help: "Only the samples whose names contain this: \"PHP\", \"C# void\".")
    var only = ""
    @Flag(help: "Write docs/interop.md anew.")
    var write = false

    private static let document = "seeds/002_872d4eda37eba8a3.txt"
    private static let page = URL(filePath: "docs/interop.md")

    func run() throws {
        guard let folder = ProcessInfo.processInfo.environment["SWIPELINE_REFERENCE"] else {
            throw ValidationError("SWIPELINE_REFERENCE must name the folder with the document")
        }
        let document = try String(
            contentsOf: URL(filePath: folder).appending(path: Self.document), encoding: .utf8)
        let samples = try Sample.all(in: document)
        let trial = Trial(samples: samples)
        let results = try samples.filter { only.isEmpty || $0.name.contains(only) }.map { sample in
            let result = try trial.run(sample)
            let words = result.fault ?? sample.expectation.reason ?? "succeeds"
            print("\(result.fault == nil ? "as due" : "WRONG") \(sample.name): \(words)")
            return result
        }
        let page = ResultPage(results: results).text
        if write { try Data(page.utf8).write(to: Self.page) }
        let faults = results.count { $0.fault != nil }
        let isFresh =
            !only.isEmpty || page == (try? String(contentsOf: Self.page, encoding: .utf8))
        if !isFresh { print("WRONG docs/interop.md is not what came out; --write makes it so") }
        let done = results.count { $0.sample.expectation == .done && $0.fault == nil }
        print("interop: \(results.count) samples ran, \(done) succeeded, \(faults) wrong")
        if faults > 0 || results.isEmpty || !isFresh { throw ExitCode(1) }
    }
}
