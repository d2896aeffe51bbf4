import Glibc
import OwnThreads
import Testing

@testable import Secrets

/// Whose a secret's file must be.
@Suite(.blocks) struct SecretFileTests {
    @Test(
        arguments: [
            (0o600, 0, 0, false, true), (0o400, 7, 7, false, true), (0o440, 0, 0, false, false),
            (0o604, 7, 7, false, false), (0o440, 0, 0, true, true), (0o400, 7, 7, true, true),
            (0o440, 7, 0, true, false), (0o440, 0, 7, true, false), (0o460, 0, 0, true, false),
            (0o444, 0, 0, true, false),
        ] as [(UInt32, UInt32, UInt32, Bool, Bool)])
    func `only its owner may read it, and root's group what systemd hands to a service`(
        _ row: (mode: UInt32, user: UInt32, group: UInt32, isCredential: Bool, isPrivate: Bool)
    ) {
        var status = stat()
        status.st_mode = S_IFREG | row.mode
        (status.st_uid, status.st_gid) = (row.user, row.group)
        #expect(SecretFile.isPrivate(status, isCredential: row.isCredential) == row.isPrivate)
    }
}
