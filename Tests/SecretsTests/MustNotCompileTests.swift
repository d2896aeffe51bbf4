import Foundation
import OwnThreads
import Testing

/// What the compiler must refuse to do with a secret. Without these refusals a careless line
/// could print, encode, copy or keep card data.
@Suite(.blocks) struct MustNotCompileTests {
    struct Snippet: CustomTestStringConvertible {
        let name: String
        let body: String
        /// A part of the compiler's message.
        let message: String
        var testDescription: String { name }
    }

    private static func inBody(_ name: String, _ body: String, _ message: String) -> Snippet {
        Snippet(
            name: name, body: "func use(_ secret: borrowing SecretBytes) { \(body) }",
            message: message)
    }

    static let snippets: [Snippet] = [
        inBody("printing", "print(secret)", "does not conform to expected type 'Copyable'"),
        inBody("interpolating", "_ = \"\\(secret)\"", "in call to instance method 'appendInter"),
        inBody("describing", "_ = String(describing: secret)", "no exact matches in call to init"),
        inBody("reflecting", "_ = String(reflecting: secret)", "conform to 'Copyable'"),
        inBody("dumping", "dump(secret)", "requires that 'SecretBytes' conform to 'Copyable'"),
        inBody("mirroring", "_ = Mirror(reflecting: secret)", "expected type 'Copyable'"),
        inBody(
            "encoding",
            "func put(_ e: inout any SingleValueEncodingContainer) throws"
                + " { try e.encode(secret) }", "conform to 'Encodable'"),
        inBody("comparing", "_ = secret == secret", "conform to 'Equatable'"),
        inBody("hashing", "var h = Hasher(); h.combine(secret)", "conform to 'Hashable'"),
        inBody(
            "copying a borrowed one", "let other = secret; _ = other.count", "cannot be consumed"),
        inBody(
            "letting bytes out", "var s = Span<UInt8>(); secret.withBytes { s = $0 }; _ = s[0]",
            "escapes its scope"),
        inBody(
            "returning bytes", "let s: Span<UInt8> = secret.withBytes { $0 }; _ = s[0]",
            "'Escapable'"),
        inBody("printing bytes", "secret.withBytes { print($0) }", "expected type 'Escapable'"),
        inBody(
            "keeping bytes for later",
            "func later(_ f: @escaping () -> UInt8) {}; "
                + "secret.withBytes { b in later { b[0] } }", "escapes its scope"),
        inBody(
            "keeping a secret for later",
            "func later(_ f: @escaping () -> Int) {}; "
                + "later { secret.count }", "cannot be captured by an escaping closure"),
        Snippet(
            name: "using after giving away",
            body: "func use(_ s: consuming SecretBytes) { let o = s; _ = o.count + s.count }",
            message: "used after consume"),
        Snippet(
            name: "storing in an array",
            body: "func use(_ secret: consuming SecretBytes) -> Int { [secret].count }",
            message: "requires that 'SecretBytes' conform to 'Copyable'"),
        Snippet(
            name: "boxing as anything",
            body: "func use(_ secret: consuming SecretBytes) -> Any { secret }",
            message: "does not conform to 'Copyable'"),
        Snippet(
            name: "making one from outside", body: "let made = SecretBytes(capacity: 1)",
            message: "initializer is inaccessible due to 'internal'"),
    ]

    @Test(arguments: snippets) func `the compiler refuses`(snippet: Snippet) throws {
        let end = try Self.compile(snippet.body)
        #expect(end.status != 0)
        #expect(end.errorOutput.contains("error:") && end.errorOutput.contains(snippet.message))
    }

    @Test func `the compiler takes what secrets are for, called in the same way`() throws {
        let end = try Self.compile(
            """
            func use(_ arena: SecretArena) throws -> Bool {
                var secret = try arena.take(capacity: 16)
                try secret.append(7)
                let first = secret.withBytes { $0[0] }
                return first == 7 && secret.count == 1
            }
            """)
        #expect(end.errorOutput == "")
        #expect(end.status == 0)
    }

    /// Compiles against the modules of this very build, up to the checks on ownership and
    /// lifetimes, which come after types.
    private static func compile(_ body: String) throws -> Child.End {
        let modules = BuildFolder.url.appending(path: "Modules")
        let platform = BuildFolder.url.appending(path: "CPlatform.build/module.modulemap")
        for needed in [modules.appending(path: "Secrets.swiftmodule"), platform] {
            try #require(
                FileManager.default.fileExists(atPath: needed.path),
                "the build's \(needed.lastPathComponent) is not beside the tests")
        }
        let source = FileManager.default.temporaryDirectory.appending(
            path: "must-not-compile-\(UUID().uuidString).swift")
        try Data("import Secrets\n\(body)\n".utf8).write(to: source)
        defer { try? FileManager.default.removeItem(at: source) }
        return try Child.end(
            of: URL(filePath: "/usr/bin/env"),
            [
                "swiftc", "-emit-sil", "-o", "/dev/null", "-swift-version", "6",
                "-parse-as-library",
                "-I", modules.path, "-Xcc", "-fmodule-map-file=\(platform.path)", source.path,
            ])
    }
}
