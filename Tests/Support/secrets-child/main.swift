// The process that SecretsTests starts to see what cannot be tried in the test's own: crashes,
// lock limits and forks. It writes one word to standard output and nothing of a card.
internal import Glibc

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.dropFirst().first) {
case ("crash", let signal?):
    Crash.run(signal, hardened: arguments.last == "hardened")
case ("hardening", _):
    Hardening.run()
case ("arena", let limit?):
    LockLimit.run(kibibytes: UInt(limit) ?? 0)
case ("fork", _):
    Fork.run()
default:
    exit(2)
}

/// One line to standard output, written at once: what follows may be a crash.
func say(_ line: String) {
    print(line)
    fflush(nil)
}
