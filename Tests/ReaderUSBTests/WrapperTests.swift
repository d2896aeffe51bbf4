internal import Foundation
internal import OwnThreads
internal import Testing

/// Everything that needs the pretended bus. umockdev wants the process to be started by its
/// wrapper, so ``WrapperTests`` starts this very bundle anew for these suites.
@Suite(.blocks, .serialized, .enabled(if: PretendedBus.isAvailable)) enum OnThePretendedBus {}

@Suite(.blocks) struct WrapperTests {
    @Test(.enabled(if: !PretendedBus.isAvailable, "this is the bundle that was started"))
    func `the driver does on the pretended bus what it shall`() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/umockdev-wrapper")
        process.arguments = [
            URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path,
            "--testing-library", "swift-testing", "--filter", "OnThePretendedBus",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.contains("passed"), "\(text)")
    }
}
