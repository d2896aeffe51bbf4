import Glibc
import Secrets
import Testing

/// Looks at the process's memory through the kernel, past every type of ours.
enum Memory {
    /// Where the bytes of a secret stand, which must hold one byte at least.
    static func address(of secret: borrowing SecretBytes) -> UInt {
        secret.withBytes { bytes in
            unsafe bytes.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
        }
    }

    /// What stands at an address of this process; `nil` when the kernel cannot read it.
    static func read(at address: UInt, count: Int) -> [UInt8]? {
        let file = unsafe open("/proc/self/mem", O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var found = [UInt8](repeating: 0, count: count)
        let got = unsafe pread(file, &found, count, Int(address))
        return got == count ? found : nil
    }

    /// How many bytes of a block have this value.
    static func count(of byte: UInt8, inBlockAt address: UInt, blocks: Int = 1) -> Int? {
        read(at: address, count: blocks * SecretArena.blockBytes)?.count { $0 == byte }
    }

    /// The flags that the kernel keeps for the mapping that holds an address.
    static func flags(at address: UInt) throws -> Set<String> {
        var isHere = false
        for line in try text(of: "/proc/self/smaps").split(separator: "\n") {
            let fields = line.split(separator: " ")
            if let bounds = fields.first?.split(separator: "-"), bounds.count == 2,
                let first = UInt(bounds[0], radix: 16), let end = UInt(bounds[1], radix: 16)
            {
                isHere = (first..<end).contains(address)
            } else if isHere, fields.first == "VmFlags:" {
                return Set(fields.dropFirst().map(String.init))
            }
        }
        return []
    }

    private static func text(of path: String) throws -> String {
        let file = unsafe open(path, O_RDONLY)
        try #require(file >= 0)
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let got = unsafe Glibc.read(file, &chunk, chunk.count), got > 0 {
            bytes += chunk[..<got]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
