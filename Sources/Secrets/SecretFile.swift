internal import CPlatform
internal import Glibc

/// Reads a secret from a file straight into locked memory.
public enum SecretFile {
    /// Reads a whole file of one word, blanks and line ends at its end dropped; with `isText`,
    /// blanks and line ends may stand in it too.
    ///
    /// The file must be readable by its owner only (0600 or 0400) and belong to this user or to
    /// root; links are followed. A credential of systemd is root's, and what its access list grants
    /// to this user shows as a right of root's group (systemd.exec(5), "Credentials"; acl(5)). The
    /// corresponding C functions are `open`, `fstat`, `read`.
    /// - Throws: ``SecretFileError``
    public static func read(
        _ path: String, into bytes: inout SecretBytes, maximum: Int, isText: Bool = false
    ) throws(SecretFileError) {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .notReadable(errno: errno) }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw .notReadable(errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        guard isPrivate(status, isCredential: isCredential(path)) else { throw .readableByOthers }
        guard status.st_uid == geteuid() || status.st_uid == 0 else { throw .notOwned }
        guard status.st_size <= maximum else { throw .tooLong }
        try fill(&bytes, from: file, maximum: maximum)
        let kept = bytes.withBytes { span in
            var end = span.count
            while end > 0, span[end - 1] <= 0x20 { end -= 1 }
            return end
        }
        bytes.truncate(to: kept)
        guard kept > 0 else { throw .empty }
        guard bytes.withBytes({ $0.isPrintable(orBlank: isText) }) else { throw .notPrintable }
    }

    /// True when nobody but its owner reads the file, or, for a credential, root's group.
    internal static func isPrivate(_ status: stat, isCredential: Bool) -> Bool {
        let isRoots = status.st_uid == 0 && status.st_gid == 0
        return status.st_mode & (isCredential && isRoots ? 0o037 : 0o077) == 0
    }

    private static func isCredential(_ path: String) -> Bool {
        guard let folder = unsafe getenv("CREDENTIALS_DIRECTORY") else { return false }
        let name = path.split(separator: "/").last ?? ""
        return unsafe path == String(cString: folder) + "/" + name
    }

    private static func fill(
        _ bytes: inout SecretBytes, from file: Int32, maximum: Int
    ) throws(SecretFileError) {
        bytes.wipe()
        while bytes.count <= maximum {
            let count = bytes.fill { output in
                unsafe output.withUnsafeMutableBufferPointer { room, initialized in
                    let count = unsafe Glibc.read(file, room.baseAddress, room.count)
                    initialized = max(0, count)
                    return count
                }
            }
            guard count >= 0 else { throw .notReadable(errno: errno) }
            if count == 0 { return }
        }
        bytes.wipe()
        throw .tooLong
    }
}

extension Span where Element == UInt8 {
    /// True when every byte is a visible ASCII character, or a blank or line end where allowed.
    fileprivate func isPrintable(orBlank mayBeBlank: Bool) -> Bool {
        for index in indices where !(0x21...0x7E).contains(self[index]) {
            guard mayBeBlank, [0x20, 0x09, 0x0A, 0x0D].contains(self[index]) else { return false }
        }
        return true
    }
}

/// Why a secret file is refused.
public enum SecretFileError: Error, Equatable, Sendable {
    case notReadable(errno: Int32)
    case notAFile
    case readableByOthers
    case notOwned
    case tooLong
    case empty
    case notPrintable
}

extension SecretFileError: CustomStringConvertible {
    /// The fault and the remedy; the path is the caller's to name.
    public var description: String {
        switch self {
        case .notReadable(let code) where code == ENOENT: "there is no such file"
        case .notReadable(let code) where code == EACCES: "this user may not read it"
        case .notReadable(let code): "it cannot be read (errno \(code))"
        case .notAFile: "it is no ordinary file"
        case .readableByOthers: "others can read it; run chmod 600 on it"
        case .notOwned: "it belongs to another user; give it to the user that runs swipeline"
        case .tooLong: "it is longer than a token"
        case .empty: "it is empty"
        case .notPrintable: "it holds blanks or bytes that do not belong there"
        }
    }
}
