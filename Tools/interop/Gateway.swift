import Foundation

/// The emulator as a child, with the merchants and on a day of the document's samples.
final class Gateway {
    private let process = Process()
    private let input = Pipe()
    private let folder: URL
    /// Over TLS, and over plain HTTP for programs that do not switch TLS on.
    let address: String
    let plain: String

    /// The certificate authority's file.
    var authority: String { folder.appending(path: "ca.pem").path }

    /// An emulator whose first transaction has this id.
    init(in folder: URL, firstID: String?) throws {
        self.folder = folder
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "swipeline-emulator")
        process.executableURL = program
        process.arguments =
            [
                "--port", "0", "--plain-port", "0", "--until-eof", "--document-merchants",
                "--clock", "2015-06-15", "--directory", folder.path,
            ] + (firstID.map { ["--first-id", $0] } ?? [])
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = try FileHandle(new: folder.appending(path: "log"))
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Mishap("the emulator did not start") }
            line += more
        }
        let ready = try JSONDecoder().decode(Ready.self, from: line)
        (address, plain) = (ready.gateway, ready.plain)
    }

    private struct Ready: Decodable {
        let gateway: String
        let plain: String
    }

    /// The requests so far, as the emulator's log has them: method, path, status.
    func requests() throws -> [Request] {
        let log = try Data(contentsOf: folder.appending(path: "log"))
        return String(decoding: log, as: UTF8.self).split(separator: "\n").compactMap { line in
            line.firstMatch(of: /(GET|POST|PUT|PATCH) (\/\S*) (\w+) \d+ us/).map {
                Request(method: String($0.1), path: String($0.2), end: String($0.3))
            }
        }
    }

    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

/// A request that the emulator answered.
struct Request: Equatable {
    let method: String
    /// Below `/api/v2/`, in small letters.
    let resource: String
    /// The status, or how the connection ended.
    let end: String

    init(method: String, path: String, end: String) {
        self.method = method
        resource = path.lowercased().replacing("/api/v2/", with: "", maxReplacements: 1)
        self.end = end
    }

    /// The same without ids.
    var form: String {
        "\(method) /\(resource.replacing(/\d+/, with: "{id}")) \(end)"
    }
}
