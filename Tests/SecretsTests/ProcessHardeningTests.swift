import OwnThreads
import Testing

/// What a process that is about to read cards gives away when it dies.
@Suite(.blocks) struct ProcessHardeningTests {
    private static let number = "4111111111111111"
    static let signals = ["SEGV", "ILL", "ABRT", "BUS", "FPE", "QUIT", "SYS", "TRAP"]

    /// The forms in which a backtrace shows the number: as text and as hexadecimal bytes.
    private static func isLeaking(_ end: Child.End) -> Bool {
        [number, "34 31 31 31 31", "3431313131"].contains { form in
            (end.output + end.errorOutput).contains(form)
        }
    }

    @Test(arguments: signals) func `a hardened process dies silently`(signal: String) throws {
        let end = try Child.run("crash", signal, "hardened")
        #expect(end.wasSignalled)
        #expect(end.output == "holding\n")
        let isLeaking = Self.isLeaking(end)
        #expect(!isLeaking)
        #expect(!end.errorOutput.contains("crashed") && !end.errorOutput.contains("Backtrac"))
    }

    @Test(.enabled(if: Sanitizer.isAbsent, "a sanitizer writes its own report"))
    func `without hardening the crash report shows the card, so the look can see it`() throws {
        let end = try Child.run("crash", "SEGV", "plain")
        #expect(end.wasSignalled)
        #expect((end.output + end.errorOutput).contains("crashed"))
        #expect(Self.isLeaking(end))
    }

    @Test func `hardening forbids cores, dumps and crash handlers`() throws {
        let lines = try Child.run("hardening").output.split(separator: "\n")
        try #require(lines.count == 2)
        #expect(lines[0].hasPrefix("before closed=false") && !lines[0].hasSuffix("handlers=0"))
        #expect(lines[1] == "after closed=true core=0 handlers=0")
    }
}
