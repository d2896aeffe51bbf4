/// The house rules on source text. Each takes a file and gives what breaks the rule, with a place.
enum Tidy {
    static let fileLinesMaximum = 400
    static let functionLinesMaximum = 50
    static let columnsMaximum = 100
    static let parametersMaximum = 5

    /// Sizes of files, lines, functions and parameter lists.
    static func sizes(_ file: ProjectFile) -> [String] {
        var faults: [String] = []
        let lines = file.text.hasSuffix("\n") ? file.lines.dropLast() : file.lines[...]
        if lines.count > fileLinesMaximum { faults.append("\(file.path): \(lines.count) lines") }
        for (index, line) in lines.enumerated() where line.count > columnsMaximum {
            faults.append("\(file.path):\(index + 1): \(line.count) columns")
        }
        for function in FunctionShape.all(in: SwiftCode(file.text)) {
            let place = "\(file.path):\(function.line)"
            if function.length > functionLinesMaximum {
                faults.append("\(place): a function of \(function.length) lines")
            }
            if function.parameters > parametersMaximum {
                faults.append("\(place): \(function.parameters) parameters")
            }
        }
        return faults
    }

    /// What no code of the product says.
    static func bannedInSources(_ file: ProjectFile) -> [String] {
        let isProgram = ["Sources/swipeline/", "Sources/swipeline-emulator/"]
            .contains { file.path.hasPrefix($0) }
        let code =
            ["try!", "as!", "fatalError(", "NSLog(", "dump("] + (isProgram ? [] : ["print("])
        return find(code, in: SwiftCode(file.text).lines, of: file)
            + find(["TODO", "FIXME"], in: file.lines.map(String.init), of: file)
            + printedSecrets(file)
    }

    /// A line that prints and interpolates something named like card data.
    static func printedSecrets(_ file: ProjectFile) -> [String] {
        let names: Set<String> = [
            "secret", "pan", "track", "track1", "track2", "track3", "token", "cvv", "swipe",
        ]
        let code = SwiftCode(file.text).lines
        return zip(code.indices, file.lines).compactMap { index, line in
            let words = code[index].split { !$0.isLetter && !$0.isNumber }.map(String.init)
            guard code[index].contains("print("), line.contains("\\("),
                !names.isDisjoint(with: words)
            else { return nil }
            return "\(file.path):\(index + 1): prints what is named like card data"
        }
    }

    /// What no test does: wait for time instead of an event.
    static func sleeps(_ file: ProjectFile) -> [String] {
        find(["sleep("], in: SwiftCode(file.text).lines, of: file)
    }

    /// Test targets whose suites wait for programs, threads and sockets.
    static let blockingTargets = [
        "EndToEndTests", "GatewayLinkTests", "HygieneTests", "JournalTests", "KillAtTests",
        "LaneScenarioTests", "LaneTests", "PageTests", "ReaderUSBTests", "SecretsTests",
    ]

    /// A suite that would block the threads which all tasks of the process share.
    static func blockingSuites(_ file: ProjectFile) -> [String] {
        guard blockingTargets.contains(where: { file.path.hasPrefix("Tests/\($0)/") }) else {
            return []
        }
        let lines = SwiftCode(file.text).lines
        return lines.indices.filter { index in
            let attribute = lines[index...].prefix(4).prefix { !$0.hasPrefix("struct ") }
            return lines[index].hasPrefix("@Suite")
                && !attribute.contains { $0.contains(".blocks") }
        }.map { "\(file.path):\($0 + 1): a suite that does not say .blocks" }
    }

    /// Where pointers may be used, by the beginning of the path.
    static let unsafePlaces = [
        "Sources/Secrets/", "Sources/GatewayLink/", "Sources/DUKPT/Calls.swift",
        "Sources/Decryption/Calls.swift",
        "Sources/ReaderUSB/", "Sources/Journal/Calls/",
        "Sources/Timeline/TimeSource.swift", "Sources/Timeline/RealTime.swift",
        "Sources/Emulator/Calls.swift",
        "Sources/Recordings/RecordingFile.swift", "Sources/Service/Calls.swift",
        "Tools/load/Calls.swift",
    ]

    /// `unsafe` outside the few files that talk to C.
    static func unsafeCode(_ file: ProjectFile) -> [String] {
        guard !unsafePlaces.contains(where: { file.path.hasPrefix($0) }) else { return [] }
        return SwiftCode(file.text).lines.enumerated().compactMap { index, line in
            let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }
            return words.contains("unsafe") ? "\(file.path):\(index + 1): unsafe" : nil
        }
    }

    /// A test whose name is no sentence.
    static func namelessTests(_ file: ProjectFile) -> [String] {
        let code = SwiftCode(file.text)
        return code.lines.indices.compactMap { index in
            guard code.lines[index].contains("@Test") else { return nil }
            let rest = code.lines[index...].joined(separator: "\n")
            let name = rest.firstRange(of: "func ").map { rest[$0.upperBound...] }
            return name?.hasPrefix("`") == true
                ? nil : "\(file.path):\(index + 1): the test's name is no sentence"
        }
    }

    /// Words that name a place outside the project.
    static func strangePlaces(_ file: ProjectFile) -> [String] {
        // Put together here, or this file would break its own rule.
        find(["/wo" + "rk/", "../sha" + "red"], in: file.lines.map(String.init), of: file)
    }

    private static func find(
        _ banned: [String], in lines: [String], of file: ProjectFile
    ) -> [String] {
        lines.enumerated().flatMap { index, line in
            banned.filter { isWord($0, in: line) }.map { "\(file.path):\(index + 1): \($0)" }
        }
    }

    /// True when the text stands there and no letter before it (`fingerprint(` is no `print(`).
    private static func isWord(_ text: String, in line: String) -> Bool {
        line.ranges(of: text).contains { range in
            guard range.lowerBound > line.startIndex, text.first?.isLetter == true else {
                return true
            }
            let before = line[line.index(before: range.lowerBound)]
            return !before.isLetter && !before.isNumber && before != "_"
                || text.hasPrefix("sleep") && before.isLetter
        }
    }
}
