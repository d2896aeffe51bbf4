// The checks of `make test-usb`, run in a virtual machine as root: Tools/usb-vm starts it there.
// It writes a line for each check to the console, and a closing line that counts them.
internal import Foundation

if CommandLine.arguments.dropFirst().first == "hold" {
    try Holder.run()
    exit(0)
}
if CommandLine.arguments.dropFirst().first == "reader" {
    try CommandedReader.run(CommandLine.arguments.dropFirst(2).first ?? "")
    exit(0)
}
guard geteuid() == 0, FileManager.default.fileExists(atPath: "/sys/devices/platform/vhci_hcd.0")
else {
    print("usb-guest: this runs as root on a kernel with vhci_hcd: make test-usb")
    exit(2)
}

/// One line to the console, at once.
func say(_ line: String) {
    print("usb-guest: \(line)")
    fflush(nil)
}

let arguments = CommandLine.arguments.dropFirst()
let bench = Bench(project: URL(fileURLWithPath: arguments.first ?? "."))
let all =
    KernelChecks.all + DriverChecks.all + RightsChecks.all + SaleChecks.all
    + DoctorChecks.all + CommandChecks.all
let part = arguments.dropFirst().joined(separator: " ")
let checks = all.filter { part.isEmpty || $0.name.contains(part) }
try Person.settleIn()
var failed = 0
for check in checks {
    let start = Date()
    do {
        try check.run(bench)
        say("ok \(check.name) (\(check.seconds(since: start)) s)")
    } catch {
        failed += 1
        say("FAILED \(check.name) (\(check.seconds(since: start)) s): \(error)")
    }
}
let whole = checks.count == all.count ? "all" : "of \(all.count) only"
say("\(whole) \(checks.count) checks ran, \(failed) failed")
exit(failed == 0 && checks.count == all.count ? 0 : 1)
