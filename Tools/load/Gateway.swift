import Foundation

/// The emulated gateway of all lanes, and its operator.
final class Gateway {
    /// What a lane's configuration begins with.
    let settings: [String: Any]
    /// The operator's interface.
    let desk: SocketHTTP
    private let process = Process()
    private let leash = Pipe()

    init(folder: String) throws {
        let place = "\(folder)/gateway"
        desk = SocketHTTP(path: "\(folder)/operator")
        let output = Pipe()
        process.executableURL = Programs.url("swipeline-emulator")
        process.arguments = [
            "--port", "0", "--operator", desk.path, "--until-eof", "--directory", place,
        ]
        process.standardInput = leash
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // One line says that it is ready.
        guard output.fileHandleForReading.availableData.contains(UInt8(ascii: "\n")),
            let data = FileManager.default.contents(atPath: "\(place)/swipeline.json"),
            var settings = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        else { throw Mishap("the emulator did not start") }
        settings["ca"] = "\(place)/ca.pem"
        settings["tokenFile"] = "\(place)/token"
        self.settings = settings
    }

    /// Ends it.
    func close() {
        try? leash.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// What it holds, by reference.
    func ledger() throws -> [String: LedgerRow] {
        guard let answer = desk.patientGet("/ledger"),
            let rows = answer.object["references"] as? [[String: Any]]
        else { throw Mishap("the emulator does not tell its ledger") }
        let named = rows.compactMap(LedgerRow.init).map { ($0.reference, $0) }
        return Dictionary(named) { first, _ in first }
    }
}

/// What the gateway holds of one reference.
struct LedgerRow: Sendable {
    let reference: String
    let posts: Int
    let live: Int
    let liveCents: Int

    init?(_ object: [String: Any]) {
        // What voids leave bears no reference of ours.
        guard let name = object["reference"] as? String, !name.isEmpty else { return nil }
        reference = name
        posts = object["posts"] as? Int ?? 0
        live = object["live"] as? Int ?? 0
        liveCents = object["liveCents"] as? Int ?? 0
    }
}

/// What goes wrong with a payment: a switch of the emulator, for this reference and once.
enum PlantedFault: String, CaseIterable {
    case dropBeforeCommit
    case resetBeforeCommit
    case errorBeforeCommit
    case htmlBeforeCommit
    case tooManyRequests
    case networkUnavailable
    case dropAfterCommit
    case resetAfterCommit
    case errorAfterCommit
    case htmlAfterCommit
    case stallAfterCommit
    case lateCommit
    case duplicateDelivery
    case okInsteadOfCreated
    case locationMissing
    case locationForeignHost
    case locationTwice
    case resourceError
    case resourceMissing
    case duplicateKeys
    case reportLag
    case cutAnswer
    case resetInAnswer
    case slowAnswer
    case trickle

    /// As the operator takes it.
    func object(reference: String) -> [String: Any] {
        var object: [String: Any] = ["name": rawValue, "times": 1, "reference": reference]
        switch self {
        case .resourceMissing, .reportLag: object["milliseconds"] = 2000
        case .resourceError: object["times"] = 2
        default: break
        }
        return object
    }
}
