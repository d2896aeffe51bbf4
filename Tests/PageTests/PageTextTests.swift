import Foundation
import OwnThreads
import Testing

/// The page's own files, without a browser.
@Suite(.blocks) struct PageTextTests {
    private static let folder = Child.project.appendingPathComponent("Sources/Service/Page")

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    private static func words(_ language: String) throws -> [String: String] {
        let data = Data(try text("words/\(language).json").utf8)
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: String])
    }

    /// All of the page's code and markup.
    private static func code() throws -> [(name: String, text: String)] {
        let scripts = try FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent("js").path)
        let names =
            scripts.sorted().map { "js/\($0)" } + [
                "index.html", "page.css", "small.css", "sheets.css", "print.css",
            ]
        return try names.map { ($0, try text($0)) }
    }

    @Test func `both languages have the same words, with the same gaps`() throws {
        let (english, spanish) = (try Self.words("en"), try Self.words("es"))
        #expect(Set(english.keys) == Set(spanish.keys))
        #expect(english.count > 100)
        for (name, text) in english {
            let other = spanish[name] ?? ""
            #expect(Self.gaps(text) == Self.gaps(other), "\(name)")
            #expect(!text.isEmpty && !other.isEmpty, "\(name)")
        }
    }

    private static func gaps(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{(\w+)\}/).map { String($0.1) })
    }

    @Test func `a browser without scripts shows what is missing, in both languages`() throws {
        let page = try Self.text("index.html")
        let told = try #require(page.firstMatch(of: /<noscript>([\s\S]*?)<\/noscript>/)).1
        #expect(told.contains("needs JavaScript") && told.contains("necesita JavaScript"))
    }

    @Test func `every word that the page names is there`() throws {
        let words = try Self.words("en")
        let code = try Self.code()
        let named = code.flatMap { file in
            file.text.matches(of: /word\("([\w.]+)"|data-word(?:-label)?="([\w.]+)"/)
                .compactMap { $0.1 ?? $0.2 }.map(String.init)
        }
        #expect(named.count > 60)
        #expect(named.filter { words[$0] == nil } == [])
    }

    @Test func `every word that is there is named by the page`() throws {
        let code = try Self.code().map(\.text).joined()
        let unused = try Self.words("en").keys.filter { name in
            let parts = name.split(separator: ".")
            // A name may be put together of a beginning and what is known at run time, or of the
            // name of a state and its ending.
            let isBegun = (1..<parts.count).contains { count in
                code.contains("`" + parts.prefix(count).joined(separator: ".") + ".${")
            }
            let isEnded =
                (try? Regex("\\b\(parts[0])\\b").firstMatch(in: code)) != nil
                && ["word", "text"].contains(parts.last)
            return !code.contains("\"\(name)\"") && !isBegun && !isEnded
        }
        #expect(unused == [])
    }

    @Test func `the page asks nothing of another place and has no code or style in its markup`()
        throws
    {
        let code = try Self.code()
        #expect(code.count > 15)
        for file in code {
            let places = file.text.matches(of: /https?:\/\/[^"' )]+/).map { String($0.0) }
            #expect(places.filter { $0 != "http://www.w3.org/2000/svg" } == [], "\(file.name)")
            #expect(!file.text.contains("innerHTML"), "\(file.name)")
            #expect(!file.text.contains("eval("), "\(file.name)")
            #expect(!file.text.contains("@import"), "\(file.name)")
        }
        let markup = try Self.text("index.html")
        #expect(markup.firstMatch(of: /\sstyle=|\son[a-z]+=|<style/) == nil)
        #expect(markup.matches(of: /<script/).count == 1)
    }

    @Test func `the page's files keep the sizes of the house`() throws {
        for file in try Self.code() where file.name.hasSuffix("s") || file.name == "index.html" {
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 400, "\(file.name)")
            #expect(lines.filter { $0.count > 100 } == [], "\(file.name)")
            #expect(!file.text.contains("FIX" + "ME") && !file.text.contains("TO" + "DO"))
        }
    }
}
