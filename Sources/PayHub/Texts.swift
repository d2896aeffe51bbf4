internal import Values

/// The document's rules for texts, as far as it gives any: "syntactically correct" is all it says
/// of addresses and phone numbers, with three examples of the latter.
internal enum Texts {
    /// Checks the lengths of members of an object.
    static func check(
        _ members: [(name: String, text: String?)], of object: String
    ) throws(RuleBreach) {
        for (name, text) in members where (text?.utf8.count ?? 0) > Limits.billTextBytesMaximum {
            throw RuleBreach("\(object).\(name)", .textLength)
        }
    }

    static func isMailAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && isVisible(text) && isHost(parts[1])
    }

    static func isWebAddress(_ text: String) -> Bool {
        var rest = Substring(text)
        for scheme in ["http://", "https://"] where text.hasPrefix(scheme) {
            rest = text.dropFirst(scheme.count)
        }
        return isVisible(text) && isHost(rest.prefix { !"/:?#".contains($0) })
    }

    static func isPhoneNumber(_ text: String) -> Bool {
        let digits = text.utf8.count(where: isDigit)
        let others = text.utf8.filter { !isDigit($0) }
        return (7...15).contains(digits) && others.allSatisfy { Array(" ()+-.".utf8).contains($0) }
    }

    static func isState(_ text: String) -> Bool { states.contains(text) }

    /// Source: PayHub API, "Card data", billing_zip.
    static func isZIP(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 5 || bytes.count == 10 && bytes[5] == UInt8(ascii: "-") else {
            return false
        }
        return bytes.indices.allSatisfy { $0 == 5 || isDigit(bytes[$0]) }
    }

    /// Labels of letters, digits and hyphens with a dot between them, two at least.
    private static func isHost(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                !label.isEmpty
                    && label.utf8.allSatisfy {
                        isDigit($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D
                    }
            }
    }

    private static func isVisible(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Source: USPS Publication 28, appendix B.
    private static let states = Set(
        """
        AA AE AK AL AP AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO \
        MP MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY
        """.split(separator: " ").map(String.init))
}
