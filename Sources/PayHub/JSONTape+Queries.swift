internal import Secrets
internal import Values

/// Reading values of a document that ``JSONTape/read(_:)`` has accepted.
extension JSONTape {
    /// The value of a member of an object; `nil` when it is no object or has no such member.
    func member(_ name: String, of object: Int, _ bytes: Span<UInt8>) -> Int? {
        guard nodes[object].kind == .object else { return nil }
        var index = object + 1
        while index < Int(nodes[object].next) {
            if isEqual(range(of: index), to: name, bytes) { return index + 1 }
            index = Int(nodes[index + 1].next)
        }
        return nil
    }

    /// The elements of an array; none when it is no array.
    func elements(of array: Int) -> [Int] {
        guard nodes[array].kind == .array else { return [] }
        var found: [Int] = []
        var index = array + 1
        while index < Int(nodes[array].next) {
            found.append(index)
            index = Int(nodes[index].next)
        }
        return found
    }

    /// A string, or a number as it is written; `nil` for everything else and for text over 64
    /// bytes or with escapes, which no code or id has.
    func shortText(_ index: Int, _ bytes: Span<UInt8>) -> String? {
        let node = nodes[index]
        guard node.kind == .string || node.kind == .number, node.count <= 64 else { return nil }
        let text = bytes.extracting(range(of: index).range)
        do { return String(copying: try UTF8Span(validating: text)) } catch { return nil }
    }

    /// The values of an object's members, in order; none when it is no object.
    func values(of object: Int) -> [Int] {
        guard nodes[object].kind == .object else { return [] }
        var found: [Int] = []
        var index = object + 1
        while index < Int(nodes[object].next) {
            found.append(index + 1)
            index = Int(nodes[index + 1].next)
        }
        return found
    }

    /// A boolean, also as the text that the gateway writes (`"true"`, `"False"`); `nil` for
    /// everything else.
    func boolean(_ name: String, of object: Int, _ bytes: Span<UInt8>) -> Bool? {
        member(name, of: object, bytes).flatMap { boolean($0, bytes) }
    }

    /// The same of a value.
    func boolean(_ index: Int, _ bytes: Span<UInt8>) -> Bool? {
        switch nodes[index].kind {
        case .yes: return true
        case .no: return false
        default: break
        }
        switch shortText(index, bytes)?.lowercased() {
        case "true": return true
        case "false": return false
        default: return nil
        }
    }

    func isArray(_ index: Int) -> Bool { nodes[index].kind == .array }
    /// True for what ``shortText(_:_:)`` gives.
    func isShortText(_ index: Int) -> Bool {
        let node = nodes[index]
        return (node.kind == .string || node.kind == .number) && node.count <= 64
    }

    func isNull(_ index: Int) -> Bool { nodes[index].kind == .null }
    func isString(_ index: Int) -> Bool { nodes[index].kind == .string }
    func isObject(_ index: Int) -> Bool { nodes[index].kind == .object }

    /// True when a range of the document is this text.
    func isEqual(_ range: ByteRange, to name: String, _ bytes: Span<UInt8>) -> Bool {
        // Most names differ in length from the one that is looked for.
        range.count == name.utf8.count
            && bytes.extracting(range.range).isSame(as: name.utf8Span.span)
    }
}
