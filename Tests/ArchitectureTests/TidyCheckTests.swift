import OwnThreads
import Quiet
import Testing

/// The tidy rules find what they are there to find, and nothing in clean text.
@Suite(.blocks) struct TidyCheckTests {
    private static func file(_ text: String, at path: String = "Sources/A/B.swift") -> ProjectFile {
        ProjectFile(path: path, text: text)
    }

    @Test func `a long file, a long line and a long function are named`() {
        let long = String(repeating: "\n", count: 401)
        #expect(Tidy.sizes(Self.file(long)) == ["Sources/A/B.swift: 401 lines"])
        let wide = "//" + String(repeating: "x", count: 99)
        #expect(Tidy.sizes(Self.file(wide)) == ["Sources/A/B.swift:1: 101 columns"])
        let body = String(repeating: "    a()\n", count: 49)
        let function = "struct A {\npublic static func f() {\n\(body)}\n}\n"
        #expect(
            Tidy.sizes(Self.file(function)) == ["Sources/A/B.swift:2: a function of 51 lines"])
        #expect(Tidy.sizes(Self.file("func f() {\n\(body)}\n")).count == 1)
        #expect(Tidy.sizes(Self.file("func f() {\n\(body.dropFirst(8))}\n")) == [])
    }

    @Test(arguments: [
        ("func f(a: Int, b: Int, c: Int, d: Int, e: Int, f: Int) {}", 6, 1),
        ("init(a: [Int: Int], b: (Int, Int), c: Result<Int, E>) {\n}", 3, 2),
        (
            "func f<A, B>(\n    _ a: A, b: B\n) throws(E) -> (A, B)\nwhere A: C {\n}",
            2, 5
        ),
        ("func now() -> Int\nfunc next() { }", 0, 1), ("deinit {\n    free(\"}\")\n}", 0, 3),
        ("private init?() {\n    // }\n}", 0, 3),
    ])
    func `functions are measured`(source: String, parameters: Int, length: Int) {
        let shape = FunctionShape.all(in: SwiftCode(source)).first
        #expect(shape == FunctionShape(line: 1, parameters: parameters, length: length))
    }

    @Test(arguments: [
        "try! f()", "a as! B", "fatalError(\"x\")", "// TODO: later", "/// FIXME", "print(\"x\")",
        "let x = \"\\(try! f())\"",
    ])
    func `what is banned in sources is named`(text: String) {
        #expect(Tidy.bannedInSources(Self.file("\n" + text)).count == 1)
        #expect(Tidy.bannedInSources(Self.file("\n" + text)).first?.contains(":2:") == true)
    }

    @Test(arguments: [
        "try? f()", "a as? B", "// print(x) as! in a comment", "let a = \"try! fatalError(\"",
        "fingerprint(x)", "let b = #\"\"print(x)\"\"#",
    ])
    func `what only looks like it is let be`(text: String) {
        #expect(Tidy.bannedInSources(Self.file(text)) == [])
    }

    @Test func `a suite that blocks and does not say so is named`() {
        let path = "Tests/EndToEndTests/A.swift"
        for text in ["@Suite struct A {}", "@Suite(.serialized) struct A {}"] {
            #expect(Tidy.blockingSuites(Self.file(text, at: path)).count == 1)
            #expect(Tidy.blockingSuites(Self.file(text, at: "Tests/TracksTests/A.swift")) == [])
        }
        for text in [
            "@Suite(.blocks) struct A {}", "@Suite(\n    .blocks, .serialized)\nstruct A {}",
        ] {
            #expect(Tidy.blockingSuites(Self.file(text, at: path)) == [])
        }
    }

    @Test func `a program may print, but no card data`() {
        let path = "Sources/swipeline/main.swift"
        #expect(Tidy.bannedInSources(Self.file("print(\"\\(amount)\")", at: path)) == [])
        for name in ["pan", "swipe.track2", "token"] {
            let text = "print(\"sale \\(\(name))\")"
            #expect(Tidy.bannedInSources(Self.file(text, at: path)).count == 1)
        }
    }

    @Test(arguments: [
        "try await Task.sleep(for: .zero)", "usleep(1)", "Thread.sleep(forTimeInterval: 1)",
        "sleep(1)", "nanosleep(&a, nil)",
    ])
    func `a sleep is named`(text: String) {
        #expect(Tidy.sleeps(Self.file(text, at: "Tests/A/B.swift")).count == 1)
    }

    @Test func `unsafe code is named outside its places`() {
        let text = "let a = unsafe b\n// unsafe\nlet c = \"unsafe\"\n"
        #expect(Tidy.unsafeCode(Self.file(text)) == ["Sources/A/B.swift:1: unsafe"])
        #expect(Tidy.unsafeCode(Self.file(text, at: "Sources/Secrets/A.swift")) == [])
        #expect(Tidy.unsafeCode(Self.file("nonisolated(unsafe) var a")).count == 1)
    }

    @Test func `a test without a sentence is named`() {
        let tick = "`"
        #expect(Tidy.namelessTests(Self.file("@Test func works() {}")).count == 1)
        #expect(Tidy.namelessTests(Self.file("@Test(arguments: [1])\nfunc works() {}")).count == 1)
        #expect(Tidy.namelessTests(Self.file("@Test func \(tick)it works\(tick)() {}")) == [])
    }

    @Test func `a place outside the project is named`() {
        let text = "see ../sha" + "red/a.md\nor /wo" + "rk/b\n"
        #expect(Tidy.strangePlaces(Self.file(text, at: "docs/a.md")).count == 2)
    }

    /// Made here and not published: the check digit of a number with a brand's first digits.
    private static func madeUp(_ stem: String) -> String {
        (0...9).map { stem + String($0) }.first { CardNumbers.isCard($0) } ?? ""
    }

    @Test(arguments: [
        "400012345678901", "37000000000001", "5100000000000000", "411111111111111111",
    ])
    func `an unpublished number is named by its ends, however it is written`(stem: CardText) {
        let pan = Self.madeUp(stem.clear)
        let hexadecimal = pan.map { "3\($0)" }
        let forms = [
            pan, "%B\(pan)^A/B^", ";\(pan)=2912", "\(pan)D2912", "\"pan\":\"\(pan)\"",
            "?pan=\(pan)", hexadecimal.joined(), "0" + hexadecimal.joined(),
            "E: 0.1 4 " + hexadecimal.joined(separator: " ") + " 0d",
            "[0, \(pan.utf8.map { "\($0)" }.joined(separator: ", "))]",
        ]
        for form in forms {
            #expect(
                CardNumbers.violations(in: Self.file("\n\(form)", at: "a.md"))
                    == ["a.md:2: \(pan.prefix(6))...\(pan.suffix(4))"])
        }
        let tail = "4111111111111111=\(pan)?\nB4111111111111111^AB^\(pan)?"
        #expect(CardNumbers.violations(in: Self.file(tail, at: "a.md")) == [])
        #expect(CardNumbers.violations(in: Self.file("a0\(pan)c9ffe", at: "a.md")) == [])
        #expect(CardNumbers.violations(in: Self.file("1\(pan)00000", at: "a.md")) == [])
    }

    @Test func `a published number is let be`() {
        let text = CardNumbers.published.joined(separator: "\n")
        #expect(CardNumbers.violations(in: Self.file(text)) == [])
        #expect(CardNumbers.published.allSatisfy { $0.hasPrefix("2") || CardNumbers.isCard($0) })
    }
}
