import Foundation

/// One sample against an emulator of its own.
struct Trial {
    /// What became of a sample.
    struct Result {
        let sample: Sample
        /// The requests that it made, as the page shows them.
        let requests: [String]
        /// What is not as it must be; `nil` when everything is.
        let fault: String?
    }

    let samples: [Sample]

    /// Runs a sample, behind the one whose transaction it follows.
    func run(_ sample: Sample) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "swipeline-interop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let gateway = try Gateway(in: folder, firstID: sample.target)
        defer { gateway.end() }
        let bench = Workbench(folder: folder, gateway: gateway)
        if let said = try bench.compile(sample) {
            return Result(sample: sample, requests: [], fault: fault(in: sample, refusedWith: said))
        }
        if case .doesNotCompile = sample.expectation {
            return Result(sample: sample, requests: [], fault: "it compiles")
        }
        try prepare(sample, bench)
        let before = try gateway.requests().count
        let output = try bench.run(sample)
        let requests = Array(try gateway.requests().dropFirst(before))
        return Result(
            sample: sample, requests: requests.map(\.form),
            fault: fault(in: sample, requests, output))
    }

    /// Runs the sample of the same language whose transaction this one captures, voids or refunds.
    private func prepare(_ sample: Sample, _ bench: Workbench) throws {
        guard let operation = sample.operation.follows else { return }
        let earlier = samples.first { $0.language == sample.language && $0.operation == operation }
        guard let earlier, let target = sample.target else {
            throw Mishap("\(sample.name) names no transaction")
        }
        if let said = try bench.compile(earlier) { throw Mishap(said) }
        _ = try bench.run(earlier)
        let made = try bench.gateway.requests().first
        guard made?.end == "201" else {
            throw Mishap("no transaction \(target) for \(sample.name)")
        }
        _ = try bench.compile(sample)
    }

    private func fault(in sample: Sample, refusedWith said: String) -> String? {
        if case .doesNotCompile(_, let due) = sample.expectation, said.contains(due) { return nil }
        return "it does not compile: \(said)"
    }

    private func fault(in sample: Sample, _ requests: [Request], _ output: String) -> String? {
        guard let first = requests.first else { return "it asked for nothing: \(output)" }
        let expected = Request(
            method: "POST", path: "/api/v2/\(sample.resource)", end: String(sample.status))
        guard first == expected else {
            return "\(first.form) where \(expected.form) is due: \(output)"
        }
        if let word = sample.word, !output.contains(word) {
            return "it does not print \(word): \(output)"
        }
        if sample.language == .php, sample.expectation == .done,
            !requests.contains(where: { $0.method == "GET" && $0.end == "200" })
        {
            return "it did not read what it made: \(output)"
        }
        return nil
    }
}
