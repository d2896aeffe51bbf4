/// Writes a value into one node.
internal struct NodeEncoder: Encoder {
    let node: EncodedNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func write<Value: Encodable>(_ value: Value) throws {
        if let leaf = value as? any WrittenLeaf {
            node.content = leaf.written
        } else {
            // Floating point would round, and would end nowhere here.
            guard !(value is any Numeric) else { throw RecordFault.foreignCoder }
            try value.encode(to: self)
        }
    }

    /// A leaf that is asked to write itself.
    static func write(_ leaf: some WrittenLeaf, _ encoder: any Encoder) throws {
        guard let encoder = encoder as? NodeEncoder else { throw RecordFault.foreignCoder }
        encoder.node.content = leaf.written
    }

    func inside(_ node: EncodedNode, _ step: any CodingKey) -> NodeEncoder {
        NodeEncoder(node: node, codingPath: codingPath + [step])
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .object = node.content {} else { node.content = .object([]) }
        return KeyedEncodingContainer(MemberWriter(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .array = node.content {} else { node.content = .array([]) }
        return ElementWriter(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { ValueWriter(encoder: self) }
}

/// The members of an object.
private struct MemberWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: NodeEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    private func member(_ key: any CodingKey) -> NodeEncoder {
        let node = EncodedNode()
        encoder.node.append(node, named: key.stringValue)
        return encoder.inside(node, key)
    }

    mutating func encodeNil(forKey key: Key) throws { _ = member(key) }

    mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        try member(key).write(value)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { member(key).container(keyedBy: keyType) }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        member(key).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { encoder }
    mutating func superEncoder(forKey key: Key) -> any Encoder { member(key) }
}

/// The elements of an array.
private struct ElementWriter: UnkeyedEncodingContainer {
    let encoder: NodeEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }
    private(set) var count = 0

    init(encoder: NodeEncoder) { self.encoder = encoder }

    private mutating func element() -> NodeEncoder {
        let node = EncodedNode()
        encoder.node.append(node)
        count += 1
        return encoder.inside(node, PathStep(count - 1))
    }

    mutating func encodeNil() throws { _ = element() }
    mutating func encode<Value: Encodable>(_ value: Value) throws { try element().write(value) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type
    ) -> KeyedEncodingContainer<Nested> { element().container(keyedBy: keyType) }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        element().unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { element() }
}

/// A value without members.
private struct ValueWriter: SingleValueEncodingContainer {
    let encoder: NodeEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    mutating func encodeNil() throws { encoder.node.content = .null }
    mutating func encode<Value: Encodable>(_ value: Value) throws { try encoder.write(value) }
}
