internal import Foundation

let arguments = CommandLine.arguments.dropFirst()
let isCheck = arguments.first == "--check"
let isCorpus = arguments.first == "corpus"
let paths = isCheck || isCorpus ? arguments.dropFirst() : arguments
guard let path = paths.first, paths.count == 1 else {
    print("usage: compose-fixtures [--check] FOLDER")
    print("       compose-fixtures corpus FOLDER    writes bad tracks for fuzzing")
    exit(64)
}
do {
    if isCorpus {
        try CorpusFolder(path: path).write()
        exit(0)
    }
    let folder = FixtureFolder(path: path)
    if isCheck {
        let stale = try folder.staleFiles()
        for name in stale { print("\(name) is not what compose-fixtures writes; run it again") }
        exit(stale.isEmpty ? 0 : 1)
    }
    try folder.write()
} catch {
    print("compose-fixtures: \(error)")
    exit(1)
}
