/// Finds card numbers in text, so that none but the published test cards stands in the project.
enum CardNumbers {
    /// Numbers that card brands, gateways and reader makers publish for tests.
    static let published: Set<String> = [
        "4012881888818888", "4266841082854082", "5466410004374507", "5454545454545454",
        "371449635398431", "6011000990156527", "4111111111111111", "4055011111111111",
        "5555555555554444", "378282246310005", "4242424242424242", "6011111111111117",
        "30569309025904", "3530111333300000", "4012888888881881", "5105105105105100",
        "2223003122003222", "6205500000000000004",
        // The sample of ANSI X9.24-1, annex A.4.
        "4012345" + "678909",
    ]

    /// Names every number that could be a card's and is not published, by its ends alone.
    static func violations(in file: ProjectFile) -> [String] {
        file.lines.enumerated().flatMap { index, line in
            numbers(in: Array(line.utf8)).filter { isCard($0) && !published.contains($0) }
                .map { "\(file.path):\(index + 1): \($0.prefix(6))...\($0.suffix(4))" }
        }
    }

    /// 13 to 19 digits from 3 to 6 on that pass the Luhn check.
    static func isCard(_ digits: String) -> Bool {
        guard (13...19).contains(digits.utf8.count), let first = digits.utf8.first,
            (UInt8(ascii: "3")...UInt8(ascii: "6")).contains(first)
        else { return false }
        let sum = digits.utf8.reversed().enumerated().reduce(0) { sum, next in
            let value = Int(next.element) - 0x30
            guard next.offset % 2 == 1 else { return sum + value }
            return sum + (value > 4 ? value * 2 - 9 : value * 2)
        }
        return sum % 10 == 0
    }

    /// The digit runs of a line, however it writes them.
    static func numbers(in line: [UInt8]) -> [String] { forms(in: line).flatMap(\.numbers) }

    /// The digit runs of a line, by the way in which their digits are written.
    static func forms(in line: [UInt8]) -> [(name: String, numbers: [String])] {
        [
            ("digits", plain(in: line)), ("hexadecimal", encoded(in: line)),
            ("decimal bytes", listed(in: line)),
        ]
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isHexLetter(_ byte: UInt8) -> Bool { (0x41...0x46).contains(byte & 0xDF) }

    private static func plain(in line: [UInt8]) -> [String] {
        var found: [String] = []
        var position = 0
        while position < line.count {
            let start = position
            while position < line.count, isDigit(line[position]) { position += 1 }
            if position > start, !isInHex(line, start..<position),
                !isBehindSeparator(line, start)
            {
                found.append(String(decoding: line[start..<position], as: UTF8.self))
            }
            position += 1
        }
        return found
    }

    /// True when letters A to F beside it make it a part of a longer hexadecimal number. The `B`
    /// that begins a track 1 and the `D` that separates a track 2 do not.
    private static func isInHex(_ line: [UInt8], _ run: Range<Int>) -> Bool {
        let before = run.lowerBound > 0 ? line[run.lowerBound - 1] : 0
        let earlier = run.lowerBound > 1 ? line[run.lowerBound - 2] : 0
        let after = run.upperBound < line.count ? line[run.upperBound] : 0
        let isFormatCode =
            before == UInt8(ascii: "B") && !isDigit(earlier) && !isHexLetter(earlier)
        if isHexLetter(before), !isFormatCode { return true }
        return isHexLetter(after) && after & 0xDF != UInt8(ascii: "D")
    }

    /// What stands behind the separator of a track 2, or behind a name on track 1, is an expiry.
    private static func isBehindSeparator(_ line: [UInt8], _ start: Int) -> Bool {
        guard start > 0 else { return false }
        let isTrack2 = line[start - 1] == UInt8(ascii: "=") && start > 1 && isDigit(line[start - 2])
        return isTrack2 || line[start - 1] == UInt8(ascii: "^")
    }

    /// Numbers whose characters are written in hexadecimal, as `34 31 31` or `343131`.
    private static func encoded(in line: [UInt8]) -> [String] {
        var found: [String] = []
        var pairs: [UInt8] = []
        for word in line.split(whereSeparator: { !isDigit($0) && !isHexLetter($0) }) {
            if word.count == 2 {
                pairs += decoded(word)
                continue
            }
            found += plain(in: pairs)
            pairs = []
            for shift in 0...1 where word.count >= 26 {
                found += plain(in: decoded(word.dropFirst(shift)))
            }
        }
        return found + plain(in: pairs)
    }

    /// Numbers whose characters are written in decimal, as `52, 49, 49`.
    private static func listed(in line: [UInt8]) -> [String] {
        var found: [String] = []
        var bytes: [UInt8] = []
        for word in line.split(whereSeparator: { !isDigit($0) }) {
            if word.count == 2, let byte = UInt8(String(decoding: word, as: UTF8.self)) {
                bytes.append(byte)
                continue
            }
            found += plain(in: bytes)
            bytes = []
        }
        return found + plain(in: bytes)
    }

    private static func decoded(_ hexadecimal: ArraySlice<UInt8>) -> [UInt8] {
        let values = hexadecimal.map { isDigit($0) ? $0 & 0x0F : ($0 & 0x0F) + 9 }
        return stride(from: 0, to: values.count - 1, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}
