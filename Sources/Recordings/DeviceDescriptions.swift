internal import Values

/// Gathers the descriptions of a recording's devices.
internal struct DeviceDescriptions {
    private struct Partial {
        let index: Int
        var descriptor: [UInt8]?
        var name: String?
        var path: String?
        var ids: RecordedDevice.IDs?
    }

    private var devices: [Partial] = []
    private var current = 0

    static func read(_ bytes: Span<UInt8>) throws(RecordingFault) -> [RecordedDevice] {
        var lines = LineWalk()
        var descriptions = DeviceDescriptions()
        while let line = lines.next(bytes) {
            do throws(LineFault) {
                try descriptions.take(bytes, line)
            } catch {
                throw .line(lines.number, error)
            }
        }
        return try descriptions.finish()
    }

    private mutating func take(_ bytes: Span<UInt8>, _ line: ByteRange) throws(LineFault) {
        var reader = LineReader(bytes, line)
        switch try reader.kind() {
        case .comment: break
        case .device:
            current = try reader.decimal()
            try reader.finish()
        case .descriptor: try set(\.descriptor, Self.descriptor(&reader))
        case .name: try set(\.name, reader.text())
        case .path: try set(\.path, reader.text())
        case .ids: try set(\.ids, Self.ids(&reader))
        case .event: _ = try slot()
        }
    }

    private static func descriptor(_ reader: inout LineReader) throws(LineFault) -> [UInt8] {
        let length = try reader.decimal()
        guard (1...Limits.reportDescriptorBytesMaximum).contains(length) else {
            throw .lengthOutOfRange
        }
        var descriptor: [UInt8] = []
        for _ in 0..<length { descriptor.append(try reader.byte()) }
        try reader.finish()
        return descriptor
    }

    private static func ids(_ reader: inout LineReader) throws(LineFault) -> RecordedDevice.IDs {
        let bus = try reader.hexadecimal()
        let vendor = try reader.hexadecimal()
        let product = try reader.hexadecimal()
        try reader.finish()
        return RecordedDevice.IDs(bus: bus, vendor: vendor, product: product)
    }

    /// Where the current device stands in the list.
    private mutating func slot() throws(LineFault) -> Int {
        if let known = devices.firstIndex(where: { $0.index == current }) { return known }
        guard devices.count < Limits.recordedDevicesMaximum else { throw .tooManyDevices }
        devices.append(Partial(index: current))
        return devices.count - 1
    }

    private mutating func set<Field>(
        _ field: WritableKeyPath<Partial, Field?>, _ value: Field
    ) throws(LineFault) {
        let slot = try slot()
        guard devices[slot][keyPath: field] == nil else { throw .repeated }
        devices[slot][keyPath: field] = value
    }

    private func finish() throws(RecordingFault) -> [RecordedDevice] {
        guard !devices.isEmpty else { throw .noDevice }
        var finished: [RecordedDevice] = []
        for device in devices {
            guard let descriptor = device.descriptor, let ids = device.ids else {
                throw .deviceIncomplete(index: device.index)
            }
            finished.append(
                RecordedDevice(
                    index: device.index, descriptor: descriptor, name: device.name ?? "",
                    path: device.path, ids: ids))
        }
        return finished
    }
}
