import Readers
import Secrets
import Seeded
import Testing
import Timeline
import Values

/// Frames in pieces.
@Suite struct FrameAssemblerTests {
    static let first = FrameComposer().frame
    static let second = FrameComposer(
        tracks: [Sample.amexTrack1, Sample.amexTrack2, nil], field8: 0x83
    ).frame

    /// A stream of packets of one size and what came out of it.
    struct Stream: ~Copyable {
        var gatherer: SwipeGatherer
        var frames: [[UInt8]] = []
        var faults: [BadRead] = []

        init(packet: Int = 64) throws {
            gatherer = try SwipeGatherer(
                profile: Decoded.idTechProfile(), reportBytes: packet, arena: SecretArena())
        }

        /// Sends bytes in pieces of at most `size`.
        mutating func send(_ bytes: [UInt8], in size: Int = 64) throws {
            for start in stride(from: 0, to: bytes.count, by: size) {
                let piece = Array(bytes[start..<min(start + size, bytes.count)])
                _ = gatherer.take(piece.span, at: Moment(nanoseconds: UInt64(start)))
                try collect()
            }
        }

        mutating func pause() throws {
            _ = gatherer.fellSilent()
            try collect()
        }

        private mutating func collect() throws {
            while gatherer.progress == .whole {
                let swipe = Swipe(decoding: try gatherer.release())
                switch swipe.content {
                case .encrypted(let block):
                    let bytes = swipe.bytes.withBytes { copied($0) }
                    frames.append(Array(bytes[block.frame.range]))
                case .bad(let fault): faults.append(fault)
                case .plain: frames.append([])
                }
            }
        }
    }

    @Test func `two frames in pieces of any size are two swipes`() throws {
        for size in 1...64 {
            var stream = try Stream()
            try stream.send(Self.first + Self.second, in: size)
            #expect(stream.frames == [Self.first, Self.second], "pieces of \(size)")
            #expect(stream.faults == [])
            #expect(stream.gatherer.progress == .idle)
        }
    }

    @Test(arguments: [8, 32, 64])
    func `packets that are filled up with zeros do no harm`(_ size: Int) throws {
        var stream = try Stream(packet: size)
        for frame in [Self.first, Self.second] {
            let padding = [UInt8](repeating: 0, count: (size - frame.count % size) % size)
            try stream.send(frame + padding, in: size)
        }
        #expect(stream.frames == [Self.first, Self.second])
    }

    @Test func `noise before a frame never costs the frame`() throws {
        for seed in 0..<400 as Range<UInt64> {
            var numbers = SeededNumbers(seed: seed)
            let noise = (0..<Int.random(in: 1...200, using: &numbers)).map { _ -> UInt8 in
                // A quarter looks like a beginning.
                Int.random(in: 0..<4, using: &numbers) == 0
                    ? 2 : UInt8.random(in: 0...255, using: &numbers)
            }
            var stream = try Stream()
            let size = Int.random(in: 1...64, using: &numbers)
            try stream.send(noise + Self.first + noise + Self.second, in: size)
            #expect(stream.frames == [Self.first, Self.second], "seed \(seed)")
        }
    }

    @Test func `half a frame is cut short by silence and the next one is read`() throws {
        for count in 1..<Self.first.count {
            var stream = try Stream()
            try stream.send(Array(Self.first.prefix(count)))
            #expect(stream.gatherer.progress == .gathering, "\(count) bytes")
            try stream.pause()
            #expect(stream.faults == [.incomplete], "\(count) bytes")
            try stream.send(Self.second)
            #expect(stream.frames == [Self.second], "\(count) bytes")
        }
    }

    @Test func `half a frame and the next swipe behind it without silence give the next`() throws {
        for count in 1..<Self.first.count {
            var stream = try Stream()
            try stream.send(Array(Self.first.prefix(count)) + Self.second, in: 32)
            #expect(stream.frames == [Self.second], "\(count) bytes")
        }
    }

    @Test(arguments: [0, 1, 4, 500, 1018, 1019, 0x7FFF, 0xFFFF])
    func `a length that lies costs its own frame only`(_ length: Int) throws {
        var liar = Self.first
        liar[1] = UInt8(length & 0xFF)
        liar[2] = UInt8(length >> 8)
        var stream = try Stream()
        try stream.send(liar + Self.second, in: 32)
        try stream.pause()
        #expect(stream.frames == [Self.second])
    }

    @Test func `a frame whose checks fail is a bad read`() throws {
        for offset in [-1, -2, -3] {
            var broken = Self.first
            broken[broken.count + offset] ^= 1
            var stream = try Stream()
            try stream.send(broken)
            try stream.pause()
            #expect(stream.faults == [.incomplete])
            #expect(stream.gatherer.progress == .idle)
        }
    }

    @Test func `noise without a beginning is nothing`() throws {
        var stream = try Stream()
        try stream.send([UInt8](repeating: 0x15, count: 5000))
        try stream.pause()
        #expect(stream.faults == [] && stream.frames == [])
    }

    @Test func `any amount of false beginnings stays within the buffer`() throws {
        for pattern: [UInt8] in [[2], [2, 0, 2], [2, 0xFA, 0x03], [2, 0x10, 0, 3]] {
            var stream = try Stream()
            for _ in 0..<3000 { try stream.send(pattern) }
            try stream.send(Self.first)
            #expect(stream.frames == [Self.first])
            #expect(!stream.faults.contains(.tooLong))
        }
    }

    @Test func `a short report with a header is whole at once`() throws {
        var stream = try Stream()
        try stream.send(FrameComposer.clearReport([nil, Sample.track2, nil], size: 64))
        #expect(stream.frames == [[]])
    }

    @Test func `a device with long reports sends a swipe in each`() throws {
        var stream = try Stream(packet: 509)
        try stream.send(Array(Self.first.prefix(100)), in: 509)
        #expect(stream.faults == [.frame(.lengthMismatch)])
        try stream.send(FrameComposer.report(output: Self.first), in: 509)
        #expect(stream.frames == [Self.first])
    }
}
