internal import Foundation

/// One thing that must be so on a real kernel.
internal struct Check: Sendable {
    /// A sentence.
    let name: String
    /// Throws when it is not so.
    let run: @Sendable (Bench) throws -> Void

    init(_ name: String, _ run: @escaping @Sendable (Bench) throws -> Void) {
        self.name = name
        self.run = run
    }

    func seconds(since start: Date) -> String {
        String(format: "%.1f", Date().timeIntervalSince(start))
    }
}

/// Fails a check that does not hold.
internal func require(_ isSo: Bool, _ what: @autoclosure () -> String) throws {
    guard isSo else { throw GuestFault(what()) }
}

/// What the checks work with.
internal struct Bench: Sendable {
    /// The project's folder.
    let project: URL
    /// Where the programs of this build lie.
    let build = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    /// A program of this build.
    func path(_ program: String) -> String { build.appendingPathComponent(program).path }

    /// Runs swipeline to its end.
    func swipeline(_ arguments: String..., as person: Person = .clerk) throws -> Program.Ending {
        try Program.run(path("swipeline"), arguments, as: person)
    }

    /// Starts swipeline.
    func start(_ arguments: String..., as person: Person = .clerk) throws -> Program {
        try Program(path("swipeline"), arguments, as: person)
    }

    /// A model after a fixture.
    func model(_ fixture: String) throws -> ReaderModel {
        try ReaderModel(
            recording: project.appendingPathComponent("Fixtures/\(fixture).hid"))
    }

    /// Plugs a reader in for the length of a check.
    func plugged<Result>(
        _ model: ReaderModel, port: Int = 0, _ run: (EmulatedReader) throws -> Result
    ) throws -> Result {
        let reader = EmulatedReader(model, port: port)
        defer { reader.unplug() }
        try reader.plug()
        return try run(reader)
    }
}

extension EmulatedReader {
    /// The kernel driver that holds an interface; `nil` when none does.
    func driver(ofInterface number: Int = 0) -> String? {
        Sysfs.link("\(folder)/\(busName):1.\(number)/driver")
    }

    /// Waits until usbhid holds the reader and nobody else asks anything of it.
    func waitForKernelDriver() throws {
        try KernelEvents.wait("usbhid to take \(busName)") { driver() == "usbhid" }
    }
}
