import OwnThreads
import Testing

/// The modules' arrows: the list, the imports and the manifest agree, and nothing goes in circles.
@Suite(.blocks) struct ArrowTests {
    private static var uses: [String: Set<String>] {
        var uses: [String: Set<String>] = [:]
        for file in Project.files(below: "Sources/") where file.isSwift {
            let module = file.path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
            uses[module, default: []].formUnion(Arrows.imports(in: file.text))
        }
        return uses
    }

    @Test func `every module imports only what the list allows`() {
        let uses = Self.uses
        #expect(uses.count > 10)
        let violations = Project.moduleFolders.flatMap { module in
            Arrows.list.violations(of: module, using: uses[module] ?? [])
        }
        #expect(violations == [])
    }

    @Test func `the list has no arrow that no import needs`() {
        let uses = Self.uses
        let unused = Arrows.list.allowed.flatMap { module, allowed in
            allowed.subtracting(uses[module] ?? []).map { "\(module) -> \($0)" }
        }
        #expect(unused.sorted() == [])
    }

    @Test func `the table of docs/architecture.md tells each arrow of the list and no other`()
        throws
    {
        let page = try #require(Project.files.first { $0.path == "docs/architecture.md" })
        let rows = page.lines.map { line in
            line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
        }
        // The till's program has a row in words.
        let modules = Arrows.list.allowed.filter { !$0.value.isEmpty && $0.key != "swipeline" }
        for (module, imports) in modules {
            let row = rows.first { $0.count == 3 && $0[0] == [module] }
            #expect(row.map { Set($0[1]) } == imports, "\(module)")
        }
    }

    @Test func `the imports make no loop`() {
        #expect(Arrows.loop(in: Self.uses) == nil)
    }

    @Test func `the list itself makes no loop`() {
        #expect(Arrows.loop(in: Arrows.list.allowed) == nil)
    }

    @Test func `the till's program reaches no keys`() {
        let reached = Arrows.list.reached(from: "swipeline")
        #expect(reached.isSuperset(of: ["Values", "COpenSSL"]))
        #expect(reached.isDisjoint(with: ["DUKPT", "Decryption", "Emulator"]))
        #expect(Arrows.list.reached(from: "swipeline-emulator").contains("DUKPT"))
    }

    @Test func `the manifest gives no module more than the list allows`() throws {
        let manifest = try #require(Project.files.first { $0.path == "Package.swift" })
        let dependencies = Arrows.dependencies(inManifest: manifest.text)
        #expect(dependencies["Tracks"] == ["Secrets", "Values"])
        let violations = Project.moduleFolders.flatMap { module in
            Arrows.list.violations(of: module, using: dependencies[module] ?? [])
        }
        #expect(violations == [])
    }
}

/// The checks on arrows find what they are there to find.
@Suite(.blocks) struct ArrowCheckTests {
    private static let small = Arrows("A ->\nB -> A\nC -> A B")

    @Test func `an import that the list does not have is named`() {
        #expect(Self.small.violations(of: "B", using: ["A", "C", "Foundation"]) == ["B -> C"])
        #expect(Self.small.violations(of: "C", using: ["A", "B"]) == [])
    }

    @Test func `a module that the list does not name is named`() {
        #expect(Self.small.violations(of: "D", using: []) == ["D is not in the list"])
    }

    @Test(arguments: [
        ("import A", ["A"]), ("public import A\ninternal import B", ["A", "B"]),
        ("@testable import A", ["A"]), ("import struct A.Thing", ["A"]),
        ("import A; import B", ["A", "B"]), ("// import A", []), ("let text = \"import A\"", []),
        ("/* \nimport A\n*/ import B", ["B"]), ("@preconcurrency public import A", ["A"]),
    ])
    func `imports are found in code and nowhere else`(source: String, modules: [String]) {
        #expect(Arrows.imports(in: source) == modules)
    }

    @Test func `a loop is found`() {
        #expect(Arrows.loop(in: ["A": ["B"], "B": ["C"], "C": ["A"]]) == ["A", "B", "C", "A"])
        #expect(Arrows.loop(in: ["A": ["A"]]) == ["A", "A"])
        #expect(Arrows.loop(in: ["A": ["B", "C"], "B": ["C"], "C": []]) == nil)
    }

    @Test func `what a module reaches is all that its imports reach`() {
        #expect(Arrows("A ->\nB -> A\nC -> B\nD ->").reached(from: "C") == ["A", "B"])
    }

    @Test func `dependencies are read from a manifest's text`() {
        let text = """
            module("A"), module("B", ["A", .product(name: "X", package: "x")]),
            .executableTarget(
                name: "run", dependencies: [
                    "A",
                    "B", other,
                ], swiftSettings: strict),
            """
        let found = Arrows.dependencies(inManifest: text)
        #expect(found["B"]?.isSuperset(of: ["A"]) == true)
        #expect(found["run"] == ["A", "B"])
        #expect(found["A"] == nil)
    }
}
