/// Reads one node of a document.
///
/// A generic `decode` stands for all those that the protocols of the standard library name.
internal struct NodeDecoder: Decoder {
    let document: RecordDocument
    let node: Int
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// A value of any type that can be read.
    func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
        guard let leaf = type as? any TapeLeaf.Type else {
            // Amounts and ids have types of their own; floating point would round.
            guard !(type is any Numeric.Type) else { throw fault }
            return try Value(from: self)
        }
        let read = document.withBytes { leaf.read(document.tape, node, $0) }
        guard let value = read as? Value else { throw fault }
        return value
    }

    /// A leaf for a type that is asked to read itself.
    static func leaf<Leaf: TapeLeaf & Decodable>(_ decoder: any Decoder) throws -> Leaf {
        guard let decoder = decoder as? NodeDecoder else { throw RecordFault.foreignCoder }
        return try decoder.value(Leaf.self)
    }

    var fault: RecordFault { .wrongForm(PathStep.text(codingPath)) }
    var isNull: Bool { document.tape.isNull(node) }

    func inside(_ node: Int, _ step: any CodingKey) -> NodeDecoder {
        NodeDecoder(document: document, node: node, codingPath: codingPath + [step])
    }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        guard document.tape.isObject(node) else { throw fault }
        document.open(node, at: codingPath)
        return KeyedDecodingContainer(MemberReader(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard document.tape.isArray(node) else { throw fault }
        return ElementReader(decoder: self, elements: document.tape.elements(of: node))
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        ValueReader(decoder: self)
    }
}

/// The members of an object.
private struct MemberReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: NodeDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] {
        decoder.document.names(of: decoder.node).compactMap { Key(stringValue: $0) }
    }

    private func found(_ key: any CodingKey) throws -> NodeDecoder {
        guard let node = decoder.document.member(key.stringValue, of: decoder.node) else {
            throw RecordFault.missing(PathStep.text(codingPath + [key]))
        }
        return decoder.inside(node, key)
    }

    func contains(_ key: Key) -> Bool {
        decoder.document.member(key.stringValue, of: decoder.node) != nil
    }

    func decodeNil(forKey key: Key) throws -> Bool { try found(key).isNull }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try found(key).value(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try found(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try found(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { try found(key) }
}

/// The elements of an array.
private struct ElementReader: UnkeyedDecodingContainer {
    let decoder: NodeDecoder
    let elements: [Int]
    private(set) var currentIndex = 0

    init(decoder: NodeDecoder, elements: [Int]) {
        self.decoder = decoder
        self.elements = elements
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    private func here() throws -> NodeDecoder {
        guard !isAtEnd else { throw decoder.fault }
        return decoder.inside(elements[currentIndex], PathStep(currentIndex))
    }

    mutating func decodeNil() throws -> Bool {
        guard try here().isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try here().value(type)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        let nested = try here().container(keyedBy: type)
        currentIndex += 1
        return nested
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let nested = try here().unkeyedContainer()
        currentIndex += 1
        return nested
    }

    mutating func superDecoder() throws -> any Decoder { try here() }
}

/// A value without members.
private struct ValueReader: SingleValueDecodingContainer {
    let decoder: NodeDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.isNull }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.value(type) }
}
