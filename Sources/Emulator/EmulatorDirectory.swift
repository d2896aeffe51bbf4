internal import Foundation

/// The directory in which a client finds all that it needs to reach the emulator.
internal struct EmulatorDirectory {
    /// Its absolute path.
    let path: String
    /// True when the emulator made it and removes it.
    private let isOurs: Bool

    /// The directory at `path`, made if it is missing; without a path, a new private one.
    init(path: String?) throws(EmulatorError) {
        guard let path else {
            self.path = try Calls.makeTemporaryDirectory()
            isOurs = true
            return
        }
        let url = URL(filePath: path, directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            let cause = (error as? CocoaError)?.underlying as? POSIXError
            throw .directory(errno: cause?.code.rawValue ?? EIO)
        }
        let absolute = url.absoluteURL.standardizedFileURL.path(percentEncoded: false)
        self.path = absolute.hasSuffix("/") ? String(absolute.dropLast()) : absolute
        isOurs = false
    }

    /// Writes the authority's certificate and the token.
    func write(authority: [UInt8], token: String) throws(EmulatorError) {
        try Calls.writePrivateFile("\(path)/ca.pem", authority)
        try Calls.writePrivateFile("\(path)/token", Array((token + "\n").utf8))
    }

    /// Writes the settings that name both, last: a client that sees them finds the rest.
    func write(gateway: String) throws(EmulatorError) {
        let settings = JSONValue.members([
            "gateway": .string(gateway), "ca": .string("ca.pem"), "tokenFile": .string("token"),
            "organization": .integer(MerchantAccount.defaultOrganization),
            "terminal": .integer(MerchantAccount.defaultTerminal),
            "journal": .string("journal"),
        ])
        try Calls.writePrivateFile("\(path)/swipeline.json", settings.bytes + [0x0A])
    }

    /// Removes the directory if the emulator made it.
    func removeIfOurs() {
        if isOurs { try? FileManager.default.removeItem(atPath: path) }
    }
}
