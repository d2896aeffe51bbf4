/// Which module may import which of ours.
struct Arrows {
    /// One line a module. What is not named here may not be imported.
    static let list = Arrows(
        """
        CPlatform ->
        COpenSSL ->
        CLibUSB ->
        Values ->
        Timeline ->
        Secrets -> CPlatform Values
        Tracks -> Secrets Values
        Readers -> Tracks Secrets Values Timeline
        Recordings -> Readers Secrets Values Timeline
        ReaderUSB -> CLibUSB Readers Secrets Values Timeline
        PayHub -> Secrets Values
        GatewayLink -> COpenSSL PayHub Secrets Values Timeline
        HotPath -> Readers Tracks PayHub GatewayLink Secrets Values Timeline
        Journal -> COpenSSL CPlatform Values
        Lane -> HotPath Readers PayHub GatewayLink Journal Advice Secrets Values Timeline
        BackOffice -> PayHub GatewayLink Secrets Values Timeline
        Advice -> Values
        Settings ->
        Service -> Lane Advice Settings PayHub Values Timeline Journal COpenSSL
        DUKPT -> COpenSSL Secrets
        Decryption -> DUKPT Readers Tracks COpenSSL Secrets Values
        Emulator -> PayHub Readers Tracks DUKPT Decryption COpenSSL Secrets Values Timeline
        swipeline -> Advice BackOffice GatewayLink HotPath Journal Lane PayHub ReaderUSB Readers \
        Recordings Secrets Service Settings Timeline Tracks Values
        swipeline-emulator -> Emulator Secrets Values
        """)

    let allowed: [String: Set<String>]

    init(_ table: String) {
        allowed = Dictionary(
            uniqueKeysWithValues: table.split(separator: "\n").map { line in
                let words = line.split(separator: " ").map(String.init)
                return (words[0], Set(words.dropFirst(2)))
            })
    }

    /// What a module uses of ours beyond what the list allows; the whole module when the list
    /// does not name it.
    func violations(of module: String, using used: some Sequence<String>) -> [String] {
        guard let permitted = allowed[module] else { return ["\(module) is not in the list"] }
        return Set(used).filter { allowed[$0] != nil && !permitted.contains($0) }.sorted()
            .map { "\(module) -> \($0)" }
    }

    /// All modules that a module may reach, over however many arrows.
    func reached(from module: String) -> Set<String> {
        var reached: Set<String> = []
        var waiting = [module]
        while let next = waiting.popLast() {
            for target in allowed[next] ?? [] where reached.insert(target).inserted {
                waiting.append(target)
            }
        }
        return reached
    }

    /// The modules that a source file imports.
    static func imports(in source: String) -> [String] {
        let kinds: Set<Substring> = [
            "struct", "class", "enum", "protocol", "func", "var", "let", "typealias", "actor",
        ]
        return SwiftCode(source).lines.flatMap { line in
            line.split(separator: ";").compactMap { statement -> String? in
                let words = statement.split(separator: " ")
                guard let index = words.firstIndex(of: "import"),
                    words[..<index].allSatisfy({ $0.hasPrefix("@") || Self.levels.contains($0) })
                else { return nil }
                let named = words[(index + 1)...].drop { kinds.contains($0) }.first
                return named?.split(separator: ".").first.map(String.init)
            }
        }
    }

    private static let levels: Set<Substring> = [
        "public", "package", "internal", "private", "fileprivate",
    ]

    /// A way from a module back to itself, or nothing.
    static func loop(in uses: [String: Set<String>]) -> [String]? {
        for start in uses.keys.sorted() {
            if let way = way(from: start, to: start, in: uses, past: []) { return [start] + way }
        }
        return nil
    }

    private static func way(
        from module: String, to goal: String, in uses: [String: Set<String>], past: Set<String>
    ) -> [String]? {
        for next in (uses[module] ?? []).sorted() {
            if next == goal { return [next] }
            guard !past.contains(next) else { continue }
            if let rest = way(from: next, to: goal, in: uses, past: past.union([next])) {
                return [next] + rest
            }
        }
        return nil
    }

    /// The targets of a manifest's text that have sources of the product, with all names that
    /// stand among their dependencies.
    static func dependencies(inManifest text: String) -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        for keyword in ["module(", ".executableTarget(", ".target("] {
            for range in text.ranges(of: keyword) {
                let call = arguments(text[range.upperBound...])
                guard let open = call.firstIndex(of: "["), let name = strings(call[..<open]).first
                else { continue }
                let close = call[open...].firstIndex(of: "]") ?? call.endIndex
                found[name] = Set(strings(call[open..<close]))
            }
        }
        return found
    }

    /// The text up to the parenthesis that closes the call.
    private static func arguments(_ text: Substring) -> Substring {
        var depth = 1
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            if depth == 0 { return text[..<index] }
        }
        return text
    }

    private static func strings(_ text: Substring) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
