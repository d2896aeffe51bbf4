// The process that JournalTests starts to see what cannot be tried in the test's own: a latch that
// outlives who marked it, a lock that does not. By hand it fills a journal and times its opening.
internal import Glibc
internal import Journal
internal import Values

let arguments = CommandLine.arguments.dropFirst()

switch (arguments.first, arguments.dropFirst().map { $0 }) {
case ("mark", let rest) where rest.count == 3:
    let latch = try Latch.open(rest[0], bootID: rest[1])
    for sequence in 1...(UInt64(rest[2]) ?? 1) { latch.mark(sequence) }
    kill(getpid(), SIGKILL)
case ("hold", let rest) where rest.count == 1:
    let journal = try Journal.open(rest[0], lane: 3)
    print("held", journal.changeCount)
    fflush(nil)
    _ = readLine()
case ("fill", let rest) where rest.count == 2:
    try Filling.fill(rest[0], sales: UInt64(rest[1]) ?? 1)
case ("time", let rest) where rest.count == 1:
    try Filling.time(rest[0])
default:
    print("usage: journal-child mark FOLDER BOOT N | hold FOLDER | fill FOLDER SALES | time FOLDER")
    exit(2)
}
