internal import COpenSSL
internal import Glibc

/// What the service asks of the system's OpenSSL and C library.
internal enum Calls {
    /// SHA-256 of a text.
    static func digest(_ text: String) -> [UInt8] {
        digest(Array(text.utf8).span)
    }

    /// SHA-256 of bytes. The corresponding C function is `SHA256`.
    static func digest(_ bytes: Span<UInt8>) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe digest.withUnsafeMutableBufferPointer { digest in
                _ = unsafe SHA256(bytes.baseAddress, bytes.count, digest.baseAddress)
            }
        }
        return digest
    }

    /// 32 bytes derived from a code, slowly; `nil` when OpenSSL refuses.
    /// The corresponding C function is `PKCS5_PBKDF2_HMAC`.
    static func derive(_ code: String, salt: [UInt8], rounds: Int) -> [UInt8]? {
        let code = Array(code.utf8)
        var key = [UInt8](repeating: 0, count: 32)
        let done = unsafe code.withUnsafeBytes { code in
            unsafe salt.withUnsafeBufferPointer { salt in
                unsafe key.withUnsafeMutableBufferPointer { key in
                    unsafe PKCS5_PBKDF2_HMAC(
                        code.bindMemory(to: CChar.self).baseAddress, Int32(code.count),
                        salt.baseAddress, Int32(salt.count), Int32(rounds), EVP_sha256(),
                        Int32(key.count), key.baseAddress)
                }
            }
        }
        return done == 1 ? key : nil
    }

    /// The number of a user, if there is one of that name.
    /// The corresponding C function is `getpwnam_r`.
    static func user(named name: String) -> UInt32? {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var room = [CChar](repeating: 0, count: 16_384)
        let code = unsafe room.withUnsafeMutableBufferPointer { room -> Int32 in
            guard let base = room.baseAddress else { return ENOMEM }
            return unsafe getpwnam_r(name, &entry, base, room.count, &found)
        }
        return unsafe code == 0 && found != nil ? entry.pw_uid : nil
    }

    /// The number of a group and the names of its members, if there is one of that name.
    /// The corresponding C function is `getgrnam_r`.
    static func group(ofName name: String) -> (number: UInt32, members: [String])? {
        var entry = unsafe Glibc.group()
        var found: UnsafeMutablePointer<Glibc.group>?
        var room = [CChar](repeating: 0, count: 65_536)
        return unsafe room.withUnsafeMutableBufferPointer { room in
            guard let base = room.baseAddress,
                unsafe getgrnam_r(name, &entry, base, room.count, &found) == 0,
                unsafe found != nil
            else { return nil }
            var members: [String] = []
            var next = unsafe entry.gr_mem
            while let place = unsafe next, let member = unsafe place.pointee {
                members.append(unsafe String(cString: member))
                unsafe next = place.advanced(by: 1)
            }
            return unsafe (entry.gr_gid, members)
        }
    }

    /// The user that this process acts as. The corresponding C function is `geteuid`.
    static var ownUser: UInt32 { geteuid() }

    /// Sends a datagram to a unix socket; a name that begins with `@` is an abstract one. False
    /// when it cannot be sent. The corresponding C functions are `connect` and `send`.
    static func send(_ text: String, toSocket name: String) -> Bool {
        guard let socket = connect(to: name, datagrams: true) else { return false }
        defer { close(socket) }
        return write(text, to: socket)
    }

    /// Sends a text to a unix socket and reads what comes until the other side closes; `nil` when
    /// nobody is there. The corresponding C functions are `connect`, `send` and `recv`.
    static func exchange(_ text: String, withSocket name: String) -> [UInt8]? {
        guard let socket = connect(to: name, datagrams: false) else { return nil }
        defer { close(socket) }
        guard write(text, to: socket) else { return nil }
        var answer: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 4096)
        while answer.count < 65_536 {
            let got = unsafe recv(socket, &room, room.count, 0)
            guard got > 0 else { return answer }
            answer += room[..<got]
        }
        return answer
    }

    /// Whether somebody listens at a unix socket. The corresponding C function is `connect`.
    static func isListening(at name: String) -> Bool {
        guard let socket = connect(to: name, datagrams: false) else { return false }
        close(socket)
        return true
    }

    private static func write(_ text: String, to socket: Int32) -> Bool {
        let bytes = Array(text.utf8)
        return unsafe Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }

    private static func connect(to name: String, datagrams: Bool) -> Int32? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(name.utf8)
        guard !path.isEmpty, path.count < MemoryLayout.size(ofValue: address.sun_path) else {
            return nil
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in
            for (index, byte) in path.enumerated() { unsafe room[index] = byte }
            if path[0] == UInt8(ascii: "@") { unsafe room[0] = 0 }
        }
        let kind = (datagrams ? SOCK_DGRAM : SOCK_STREAM).rawValue | SOCK_CLOEXEC.rawValue
        let socket = Glibc.socket(AF_UNIX, Int32(kind), 0)
        guard socket >= 0 else { return nil }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        let code = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe Glibc.connect(socket, address, length)
            }
        }
        guard code == 0 else {
            close(socket)
            return nil
        }
        return socket
    }

    /// Puts a file of mode 0600 with these bytes in its place, durably: under its name it is there
    /// whole or not at all. The corresponding C functions are `open`, `write`, `fsync` and
    /// `rename`.
    /// - Throws: ``ServiceFault/notWritten(path:errno:)``
    static func place(_ bytes: [UInt8], at path: String) throws(ServiceFault) {
        let new = path + ".new"
        _ = unsafe unlink(new)
        errno = 0
        guard put(bytes, at: path, by: new) else {
            // A write that is cut short says nothing: there was no more room.
            throw .notWritten(path: path, errno: errno == 0 ? ENOSPC : errno)
        }
    }

    private static func put(_ bytes: [UInt8], at path: String, by new: String) -> Bool {
        let file = unsafe open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { return false }
        let isWritten =
            unsafe Glibc.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        guard close(file) == 0, isWritten, unsafe rename(new, path) == 0 else { return false }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    /// Lets the file of a socket be used by these. The corresponding C function is `chmod`.
    static func allow(_ mode: UInt32, on path: String) -> Bool { unsafe chmod(path, mode) == 0 }
}
