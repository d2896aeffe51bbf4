public import Foundation

extension Browser {
    /// What axe-core has against the page as it is now, by the rules of WCAG 2.2 level AA and its
    /// own best practices: rule, what it is, and where. `axe.min.js` lies below the folder.
    public func accessibilityFaults(axe folder: URL) async throws -> [String] {
        let isLoaded = try await run("return typeof axe === 'object'") as? Bool
        if isLoaded != true { _ = try await run(try Self.axe(below: folder)) }
        let found = try await runToEnd(Self.check)
        guard let rows = found as? [String] else { throw BrowserFault.strangeAnswer("\(found)") }
        return rows
    }

    private static func axe(below folder: URL) throws -> String {
        let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let url = walk?.nextObject() as? URL {
            guard url.lastPathComponent == "axe.min.js" else { continue }
            return try String(contentsOf: url, encoding: .utf8)
        }
        throw BrowserFault.noAxe(folder.path)
    }

    /// A run that checked nothing is a fault, too.
    private static let check = """
        const done = arguments[arguments.length - 1];
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        axe.run(document, { runOnly: tags }).then((result) => {
            const faults = result.violations.flatMap((rule) => rule.nodes.map((node) =>
                `${rule.id}: ${rule.help}: ${node.target.join(" ")}: ${node.failureSummary}`));
            done(result.passes.length > 9 ? faults : ["axe: next to nothing was checked"]);
        }, (error) => done([`axe: ${error}`]));
        """
}
