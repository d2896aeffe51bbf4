/// docs/interop.md: every sample and what became of it.
struct ResultPage {
    let results: [Trial.Result]

    private static let head = """
        # Clients that nobody here wrote

        `make interop` runs the sample programs of the gateway's document against the emulator and
        writes this page; a sample that should succeed and does not fails it, and so does a page
        that is not what came out. The programs are taken from the document at that time
        (`SWIPELINE_REFERENCE` names the folder that has it) and are not in this repository.

        They are changed in nothing but the gateway's address. What else they need stands around
        them: the emulator has the document's merchants under the tokens that the samples print
        (`--document-merchants`), the day 2015-06-15 (`--clock`), on which their cards and dates are
        good, and a first transaction with the id that a capture, void or refund names
        (`--first-id`), made by the same language's own sale or authorization. Its certificate
        authority is trusted by Java's `javax.net.ssl.trustStore`, PHP's `curl.cainfo` and Mono's
        store of the user; the Ruby programs do not switch TLS on and come over plain HTTP
        (`--plain-port`). Nothing of the text was broken when it was extracted.

        A success is what the emulator answered and, where a program prints it, that it understood
        the answer: Java and C# say "Created" and the id, PHP reads what it made. The Ruby programs
        print nothing.

        | language | sample | requests and their answers | result |
        | --- | --- | --- | --- |

        """

    var text: String {
        Self.head
            + results.map { result in
                let requests = result.requests.map { "`\($0)`" }.joined(separator: ", ")
                let sample = result.sample
                return "| \(sample.language.rawValue) | \(sample.operation.rawValue) "
                    + "| \(requests.isEmpty ? "none" : requests) | \(words(for: sample)) |\n"
            }.joined()
    }

    private func words(for sample: Sample) -> String {
        switch sample.expectation {
        case .done: "succeeds"
        case .doesNotCompile(let reason, _): "does not compile as printed: \(reason)"
        case .goesAstray(_, let reason): "goes astray as printed: \(reason)"
        }
    }
}
