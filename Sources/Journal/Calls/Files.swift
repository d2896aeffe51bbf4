internal import Glibc

/// A file call failed: the corresponding `errno`.
internal struct FileFault: Error, Equatable {
    let code: Int32
    init() { code = errno }
    init(code: Int32) { self.code = code }

    /// The journal's word for it.
    var cause: JournalFault.Cause {
        switch code {
        case ENOSPC, EDQUOT: .diskFull
        case EIO: .inputOutput
        case EROFS: .readOnlyDisk
        default: .system(errno: code)
        }
    }
}

/// An open file of the journal, closed with its last owner.
internal final class OpenFile: Sendable {
    let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }

    /// Opens, and with `create` makes, a file that only its owner may read.
    /// The corresponding C function is `open`.
    static func open(
        _ path: String, create: Bool = false, exclusively: Bool = false, reading: Bool = false
    ) throws(FileFault) -> OpenFile {
        let making = create ? O_CREAT : 0
        let flags = (reading ? O_RDONLY : O_RDWR) | O_CLOEXEC | making | (exclusively ? O_EXCL : 0)
        let descriptor = unsafe Glibc.open(path, flags, 0o600 as mode_t)
        guard descriptor >= 0 else { throw FileFault() }
        return OpenFile(descriptor: descriptor)
    }

    /// Takes the lock of the whole file, or says that another has it.
    /// The corresponding C function is `flock`.
    func lock() throws(FileFault) -> Bool {
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw FileFault() }
        return false
    }

    /// Gives the lock back, also when a child that has not begun its own program yet still has the
    /// descriptor. The corresponding C function is `flock`.
    func unlock() { flock(descriptor, LOCK_UN) }

    /// The first bytes, at most so many. The corresponding C function is `pread`.
    func read(maximum: Int) throws(FileFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: maximum)
        var count = 0
        while count < maximum {
            let start = count
            let got = unsafe bytes.withUnsafeMutableBytes { room in
                unsafe pread(
                    descriptor, room.baseAddress?.advanced(by: start), maximum - start,
                    off_t(start))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw FileFault() }
            if got == 0 { break }
            count += got
        }
        return Array(bytes[..<count])
    }

    /// Writes all of it at a place in the file. The corresponding C function is `pwrite`.
    func write(_ bytes: [UInt8], at offset: Int = 0) throws(FileFault) {
        var done = 0
        while done < bytes.count {
            let start = done
            let put = unsafe bytes.withUnsafeBytes { bytes in
                unsafe pwrite(
                    descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start,
                    off_t(offset + start))
            }
            if put < 0, errno == EINTR { continue }
            guard put >= 0 else { throw FileFault() }
            guard put > 0 else { throw FileFault(code: ENOSPC) }
            done += put
        }
    }

    /// The corresponding C function is `ftruncate`.
    func cut(to count: Int) throws(FileFault) {
        guard ftruncate(descriptor, off_t(count)) == 0 else { throw FileFault() }
    }

    /// Never tried twice: a second try may succeed on bytes that are lost.
    /// The corresponding C function is `fsync`.
    func synchronize() throws(FileFault) {
        guard fsync(descriptor) == 0 else { throw FileFault() }
    }

    /// True when nobody but the owner may read or write it, and the owner is this user or root.
    /// The corresponding C function is `fstat`.
    func isPrivate() throws(FileFault) -> Bool {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw FileFault() }
        return status.st_mode & S_IFMT == S_IFREG && status.st_mode & 0o077 == 0
            && (status.st_uid == geteuid() || status.st_uid == 0)
    }
}

/// What is done with names of files.
internal enum Files {
    /// Makes a folder for its owner only, if it is not there.
    /// The corresponding C function is `mkdir`.
    static func makeFolder(_ path: String) throws(FileFault) {
        if unsafe mkdir(path, 0o700) == 0 { return }
        if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try makeFolder(String(path[..<slash]))
            if unsafe mkdir(path, 0o700) == 0 { return }
        }
        guard errno == EEXIST else { throw FileFault() }
    }

    /// True when group or others may write into it; rights of an access list show as the group's
    /// (acl(5)). The corresponding C function is `stat`.
    static func isWritableByOthers(_ path: String) throws(FileFault) -> Bool {
        var status = Glibc.stat()
        guard unsafe stat(path, &status) == 0 else { throw FileFault() }
        return status.st_mode & 0o022 != 0
    }

    /// The corresponding C function is `access`.
    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// Makes the names in a folder durable.
    static func synchronizeFolder(_ path: String) throws(FileFault) {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFault() }
        try OpenFile(descriptor: descriptor).synchronize()
    }

    /// Puts a file with these bytes into a folder, durably: under its name it is there whole or
    /// not at all. The corresponding C function is `rename`.
    static func place(_ bytes: [UInt8], as name: String, in folder: String) throws(FileFault) {
        let path = folder + "/" + name
        let file = try OpenFile.open(path + ".new", create: true)
        try file.cut(to: 0)
        try file.write(bytes)
        try file.synchronize()
        guard unsafe rename(path + ".new", path) == 0 else { throw FileFault() }
        try synchronizeFolder(folder)
    }

    /// Random bytes of the system.
    static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// The wall clock, in milliseconds since 1970-01-01 UTC.
    /// The corresponding C function is `clock_gettime`.
    static var milliseconds: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// This process.
    static var process: Int32 { getpid() }
}
