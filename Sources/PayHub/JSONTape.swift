internal import Values

/// A strict, bounded reader of JSON: checks a whole document and notes where each value stands.
///
/// Refused: anything that RFC 8259 does not allow, a name that an object has twice, bytes that are
/// no UTF-8, and what is over the limits of depth and members. The nodes' memory is kept from one
/// document to the next.
internal struct JSONTape: Sendable {
    enum Kind: UInt8, Sendable {
        case object, array, string, escapedString, number, yes, no, null
    }

    /// A value, or the name of a member, which stands before its value.
    struct Node: Sendable {
        var kind: Kind
        var start: Int32
        /// Bytes; for a string without its quotes.
        var count: Int32
        /// The node after this value and all that is in it.
        var next: Int32
    }

    private(set) var nodes: [Node] = []
    /// Members that the document may have.
    private var membersMaximum = Limits.jsonMembersMaximum

    init() { nodes.reserveCapacity(256) }

    /// Reads a document; node 0 is its value.
    mutating func read(
        _ bytes: Span<UInt8>, membersMaximum: Int = Limits.jsonMembersMaximum
    ) throws(JSONFault) {
        var scanner = JSONScanner(bytes)
        self.membersMaximum = membersMaximum
        defer { self.membersMaximum = Limits.jsonMembersMaximum }
        try read(next: &scanner)
        guard scanner.isAtEnd else { throw scanner.fault(.trailingBytes) }
    }

    /// Reads the value that a scanner has come to, such as one element of an array that is too long
    /// to be kept whole; node 0 is that value.
    mutating func read(next scanner: inout JSONScanner) throws(JSONFault) {
        nodes.removeAll(keepingCapacity: true)
        try value(&scanner, depth: 0)
    }

    private mutating func value(
        _ scanner: inout JSONScanner, depth: Int
    ) throws(JSONFault) {
        guard nodes.count < 2 * membersMaximum else {
            throw scanner.fault(.tooManyMembers)
        }
        switch try scanner.beginning() {
        case UInt8(ascii: "{"): try object(&scanner, depth: depth + 1)
        case UInt8(ascii: "["): try array(&scanner, depth: depth + 1)
        case UInt8(ascii: "\""): try string(&scanner)
        case UInt8(ascii: "t"): try leaf(.yes, scanner.word("true"))
        case UInt8(ascii: "f"): try leaf(.no, scanner.word("false"))
        case UInt8(ascii: "n"): try leaf(.null, scanner.word("null"))
        default: try leaf(.number, scanner.number())
        }
    }

    private mutating func leaf(_ kind: Kind, _ range: ByteRange) {
        nodes.append(
            Node(
                kind: kind, start: Int32(range.start), count: Int32(range.count),
                next: Int32(nodes.count + 1)))
    }

    private mutating func string(_ scanner: inout JSONScanner) throws(JSONFault) {
        let (range, isEscaped) = try scanner.string()
        leaf(isEscaped ? .escapedString : .string, range)
    }

    private mutating func open(
        _ kind: Kind, _ scanner: inout JSONScanner, depth: Int
    ) throws(JSONFault) -> Int {
        guard depth <= Limits.jsonDepthMaximum else { throw scanner.fault(.tooDeep) }
        leaf(kind, ByteRange(start: scanner.position, count: 1))
        scanner.skip()
        return nodes.count - 1
    }

    private mutating func close(_ index: Int, _ scanner: borrowing JSONScanner) {
        nodes[index].next = Int32(nodes.count)
        nodes[index].count = Int32(scanner.position) - nodes[index].start
    }

    private mutating func array(
        _ scanner: inout JSONScanner, depth: Int
    ) throws(JSONFault) {
        let index = try open(.array, &scanner, depth: depth)
        if try !scanner.takesNext(UInt8(ascii: "]")) {
            repeat {
                try value(&scanner, depth: depth)
            } while try scanner.goesOn(
                until: UInt8(ascii: "]"))
        }
        close(index, scanner)
    }

    private mutating func object(
        _ scanner: inout JSONScanner, depth: Int
    ) throws(JSONFault) {
        let index = try open(.object, &scanner, depth: depth)
        var members = 0
        if try !scanner.takesNext(UInt8(ascii: "}")) {
            repeat {
                // Each name is compared with all before it: the limit bounds that work too.
                members += 1
                guard members <= Limits.jsonMembersMaximum else {
                    throw scanner.fault(.tooManyMembers)
                }
                guard try scanner.beginning() == UInt8(ascii: "\"") else {
                    throw scanner.fault(.unexpectedByte)
                }
                try string(&scanner)
                try refuseTwice(nodes.count - 1, in: index, scanner)
                try scanner.take(UInt8(ascii: ":"))
                try value(&scanner, depth: depth)
            } while try scanner.goesOn(until: UInt8(ascii: "}"))
        }
        close(index, scanner)
    }

    /// Names are compared as written; one with an escape is refused, since no name of the gateway
    /// has one and two spellings of a name would pass for two.
    private func refuseTwice(
        _ name: Int, in object: Int, _ scanner: borrowing JSONScanner
    ) throws(JSONFault) {
        guard nodes[name].kind == .string else { throw scanner.fault(.escapedName) }
        var other = object + 1
        while other < name {
            if scanner.isSame(range(of: other), range(of: name)) {
                throw scanner.fault(.nameTwice)
            }
            other = Int(nodes[other + 1].next)
        }
    }

    func range(of index: Int) -> ByteRange {
        ByteRange(start: Int(nodes[index].start), count: Int(nodes[index].count))
    }
}

/// Why a document is refused, and at which byte. Never carries any of it.
internal struct JSONFault: Error, Equatable, Sendable {
    enum Rule: Equatable, Sendable {
        case endedEarly
        case unexpectedByte
        case badNumber
        case badString
        case badEscape
        case notUTF8
        case nameTwice
        case escapedName
        case tooDeep
        case tooManyMembers
        case trailingBytes
    }
    let rule: Rule
    let offset: Int
}
