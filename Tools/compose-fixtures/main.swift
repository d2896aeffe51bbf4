internal import Foundation
internal import Readers

let arguments = CommandLine.arguments.dropFirst()
let kinds: Set<String> = ["--check", "answers", "cards", "corpus", "readers", "udev"]
let kind = arguments.first.flatMap { kinds.contains($0) ? $0 : nil }
let paths = kind == nil ? arguments : arguments.dropFirst()
guard let path = paths.first, paths.count == (kind == "cards" ? 2 : 1) else {
    print("usage: compose-fixtures [--check] FOLDER")
    print("       compose-fixtures cards NUMBERS FOLDER    recordings of other cards")
    print("       compose-fixtures corpus FOLDER    writes bad tracks for fuzzing")
    print("       compose-fixtures answers FOLDER   writes a gateway's answers for fuzzing")
    print("       compose-fixtures readers FILE     writes docs/readers.md")
    print("       compose-fixtures udev FILE        writes the udev rules")
    exit(64)
}
do {
    let folder = FixtureFolder(path: path)
    switch kind {
    case "answers": try CorpusFolder(path: path).writeAnswers()
    case "cards":
        try CardRecordings.write(numbersIn: path, to: paths[paths.startIndex + 1])
    case "corpus": try CorpusFolder(path: path).writeTracks()
    case "readers": try ReaderPage.write(ReaderPage.text, to: path)
    case "udev": try ReaderPage.write(UDEVRules.text, to: path)
    case "--check":
        let stale = try folder.staleFiles()
        for name in stale { print("\(name) is not what compose-fixtures writes; run it again") }
        exit(stale.isEmpty ? 0 : 1)
    default: try folder.write()
    }
} catch {
    print("compose-fixtures: \(error)")
    exit(1)
}
