internal import Readers

/// Reports as readers send them.
internal enum SwipeReports {
    /// A number that passes the Luhn check and is no published test card's. It is made here, since
    /// no such number may stand in the project.
    static var strangeNumber: String {
        let body = "45" + String(repeating: "7", count: 13)
        for check in 0...9 where luhnSum(body + "\(check)") % 10 == 0 { return body + "\(check)" }
        return body
    }

    private static func luhnSum(_ digits: String) -> Int {
        digits.utf8.reversed().enumerated().reduce(0) { sum, next in
            let value = Int(next.element) - 0x30
            guard next.offset % 2 == 1 else { return sum + value }
            return sum + (value > 4 ? value * 2 - 9 : value * 2)
        }
    }

    static func tracks(of number: String) -> (String, String) {
        (
            "%B\(number)^PERSON/SOME REAL^27031011234567890?",
            ";\(number)=27031011234567890?"
        )
    }

    /// An ID TECH report of 509 bytes. Source: ID TECH VersaKey manual, "HID report".
    static func idTech(_ number: String) -> [UInt8] {
        let (track1, track2) = tracks(of: number)
        let output = Array((track1 + "\r" + track2 + "\r").utf8)
        let lengths = [UInt8(track1.utf8.count), UInt8(track2.utf8.count), 0]
        let total = [UInt8(output.count & 0xFF), UInt8(output.count >> 8)]
        let report = [0, 0, 0] + lengths + [0] + total + output
        return report + [UInt8](repeating: 0, count: 509 - report.count)
    }

    /// The reports of a keyboard.
    static func keys(typing text: String) -> [[UInt8]] {
        text.utf8.flatMap { character -> [[UInt8]] in
            guard let key = KeyStroke(typing: character) else { return [] }
            return [
                [key.modifiers, 0, key.usage, 0, 0, 0, 0, 0], [UInt8](repeating: 0, count: 8),
            ]
        }
    }
}
