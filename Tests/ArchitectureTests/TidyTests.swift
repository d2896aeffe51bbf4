import Foundation
import OwnThreads
import Testing

/// The project's own text keeps the house rules.
@Suite(.blocks) struct TidyTests {
    private static let swift = Project.files.filter(\.isSwift)
    private static let sources = Project.files(below: "Sources/").filter(\.isSwift)
    private static let tests = Project.files(below: "Tests/").filter(\.isSwift)

    @Test func `files, lines, functions and parameter lists keep their sizes`() {
        #expect(Self.swift.count > 50)
        #expect(Self.swift.flatMap(Tidy.sizes) == [])
    }

    @Test func `sources use nothing that is banned`() {
        #expect(Self.sources.flatMap(Tidy.bannedInSources) == [])
    }

    @Test func `pointers are used only where C is called`() {
        let others = Project.files(below: "Tools/").filter(\.isSwift)
        #expect((Self.sources + others).flatMap(Tidy.unsafeCode) == [])
    }

    @Test func `tests do not sleep`() {
        #expect(Self.tests.flatMap(Tidy.sleeps) == [])
    }

    @Test func `suites that block have threads of their own`() {
        #expect(Self.tests.flatMap(Tidy.blockingSuites) == [])
    }

    @Test func `every test is named by a sentence`() {
        #expect(Self.tests.contains { $0.text.contains("@Test") })
        #expect(Self.tests.flatMap(Tidy.namelessTests) == [])
    }

    @Test func `no card number but a published one stands anywhere`() {
        #expect(Project.files.flatMap(CardNumbers.violations) == [])
    }

    @Test func `no file names a place outside the project`() {
        // CI alone is told where reference data may lie.
        let files = Project.files.filter { $0.path != ".ci/run" }
        #expect(files.flatMap(Tidy.strangePlaces) == [])
    }

    @Test func `the formatter has nothing to say`() throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.currentDirectoryURL = Project.folder
        process.arguments = [
            "swift", "format", "lint", "--strict", "--recursive", "--parallel", "Sources", "Tests",
            "Tools", "Package.swift",
        ]
        (process.standardOutput, process.standardError) = (output, output)
        try process.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(String(decoding: said, as: UTF8.self) == "")
        #expect(process.terminationStatus == 0)
    }
}
