import Decryption
import Emulator
import Foundation
import SealedFrames
import Secrets
import Testing

/// Base keys of one's own, in a private file.
@Suite struct KeyFileTests {
    /// A file in a folder of its own, removed with it.
    final class KeyFile {
        let path: String

        init(_ text: String, mode: Int = 0o600) throws {
            let url = FileManager.default.temporaryDirectory.appending(
                path: "emulator-keys-\(UUID().uuidString)")
            try Data(text.utf8).write(to: url)
            path = url.path
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private static let key = String(repeating: "5A", count: 16)

    private static func file(
        keySetID: String = "FFFF98", baseKey: String = key, scheme: String = "tdes"
    ) -> String {
        """
        [ {"keySetID": "\(keySetID)", "baseKey": "\(baseKey)",
           "scheme" : "\(scheme)"} ]
        """
    }

    @Test func `opens blocks under the keys of a file, and others under the published one`() throws
    {
        let file = try KeyFile(Self.file())
        let gateway = try TestGateway { $0.keyFile = file.path }
        let own = SealedFrame.standard.changed { $0.baseKey = [UInt8](repeating: 0x5A, count: 16) }
        #expect(gateway.sale(try Body.encrypted(own)).status == .created)
        #expect(gateway.sale(try Body.encrypted(.standard)).codes == ["81"])
        let others = SealedFrame.standard.changed { $0.keySerialNumber = "62994901000003E00182" }
        #expect(gateway.sale(try Body.encrypted(others)).status == .created)
        #expect(!gateway.logText.uppercased().contains("5A5A"))
    }

    @Test(arguments: ["[]", " [ ]\n"]) func `takes a file without a key`(text: String) throws {
        let file = try KeyFile(text)
        let gateway = try TestGateway { $0.keyFile = file.path }
        #expect(gateway.sale(try Body.encrypted(.standard)).status == .created)
    }

    @Test func `takes keys of all schemes, and one for every reader`() throws {
        let keys = [("tdes", 16), ("aes128", 16), ("aes256", 32)].map { scheme, count in
            Self.file(
                keySetID: scheme == "aes256" ? "12" : "",
                baseKey: String(repeating: "0f", count: count), scheme: scheme)
        }
        let joined =
            "[" + keys.map { $0.drop { $0 == "[" }.dropLast() }.joined(separator: ",") + "]"
        let file = try KeyFile(joined)
        let gateway = try TestGateway { $0.keyFile = file.path }
        #expect(gateway.sale(try Body.encrypted(.standard)).codes == ["81"])
    }

    static let faults: [(String, KeyFileFault)] = [
        ("{}", .form(offset: 0)), ("[1]", .form(offset: 1)), ("[{}]", .form(offset: 2)),
        ("[] x", .form(offset: 2)), (#"[{"a\"b": "c"}]"#, .form(offset: 4)),
        (#"[{"keySetID": 7}]"#, .form(offset: 14)), (#"[{"keySetID": "7"}"#, .form(offset: 18)),
        (#"[{"keySetID": ""}]"#, .memberMissing("baseKey", key: 1)),
        (#"[{"key": "x"}]"#, .memberUnknown(key: 1)),
        (#"[{"scheme": "tdes", "scheme": "tdes"}]"#, .memberUnknown(key: 1)),
        (file(keySetID: "xyz"), .keySetID(key: 1)), (file(scheme: "des"), .scheme(key: 1)),
        (file(baseKey: "5A"), .baseKey(digits: 32, key: 1)),
        (file(scheme: "aes256"), .baseKey(digits: 64, key: 1)),
        (file(baseKey: key.dropLast() + "x"), .baseKey(digits: 32, key: 1)),
        ("[\(file().dropFirst().dropLast()),\(file().dropFirst())", .ring(.twice, key: 2)),
        (" \n", .file(.empty)), ("[\u{1}]", .file(.notPrintable)),
    ]

    @Test(arguments: faults) func `refuses a file that holds something else`(
        row: (text: String, fault: KeyFileFault)
    ) throws {
        let file = try KeyFile(row.text)
        #expect(throws: EmulatorError.keyFile(row.fault)) {
            try TestGateway { $0.keyFile = file.path }
        }
    }

    @Test func `refuses a file that others can read, and one that is not there`() throws {
        let file = try KeyFile(Self.file(), mode: 0o640)
        #expect(throws: EmulatorError.keyFile(.file(.readableByOthers))) {
            try TestGateway { $0.keyFile = file.path }
        }
        #expect(throws: EmulatorError.keyFile(.file(.notReadable(errno: ENOENT)))) {
            try TestGateway { $0.keyFile = "/nowhere/keys.json" }
        }
    }

    @Test func `names fault, key and remedy without a digit of a key`() {
        let texts = Self.faults.map { EmulatorError.keyFile($0.1).description }
        #expect(texts.allSatisfy { $0.hasPrefix("the key file: ") && !$0.contains("5A") })
        #expect(texts.contains { $0.contains("key 2") })
    }
}
