// Runs the whole proof that no card data is left behind, and prints what was searched and found.
//
//     check-hygiene [SWIPES] [SEED]
//
// It ends with 1 when something was found, or when a planted leak was not.
internal import Foundation
internal import Hygiene

let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) }
let swipes = Int(arguments.first.flatMap { $0 } ?? 1000)
let seed = arguments.dropFirst().first.flatMap { $0 } ?? UInt64.random(in: 0...UInt64.max)
let programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().path

do {
    print("seed \(seed), \(swipes) swipes: check-hygiene \(swipes) \(seed)")
    let isClean = try Run(programs: programs, swipes: max(140, swipes), seed: seed).isClean()
    exit(isClean ? 0 : 1)
} catch {
    print("check-hygiene: \(error)")
    exit(1)
}
