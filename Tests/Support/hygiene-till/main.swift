// A till in one process that stands still where it is told to, so that its memory can be looked
// at; and a process that leaks, so that whoever looks can show that he sees.
//
//     hygiene-till till FOLDER [plain]     payments, one a line of standard input
//     hygiene-till leak CHANNEL [FILE]     what stands in FILE, into one channel
internal import Glibc
internal import Secrets

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.dropFirst().first) {
case ("till", let folder?):
    do {
        if arguments.last != "plain" { try ProcessHardening.apply() }
        var till = try Till(folder)
        say("ready")
        while let line = readLine() { say(try till.obey(line)) }
    } catch {
        say("failed: \(error)")
        exit(1)
    }
case ("leak", let channel?):
    Leak.into(channel, arguments.last ?? "")
default:
    exit(2)
}

/// One line to standard output, written at once: what follows may be a crash.
func say(_ line: String) {
    print(line)
    fflush(nil)
}
