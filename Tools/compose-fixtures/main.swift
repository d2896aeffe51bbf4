internal import Foundation

let arguments = CommandLine.arguments.dropFirst()
let isCheck = arguments.first == "--check"
let paths = arguments.filter { $0 != "--check" }
guard let path = paths.first, paths.count == 1 else {
    print("usage: compose-fixtures [--check] FOLDER")
    exit(64)
}
do {
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
