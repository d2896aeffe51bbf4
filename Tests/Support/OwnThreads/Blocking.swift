public import Testing

/// Runs each test of a suite on a thread where it may block or work for long: see
/// ``Testing/Trait/blocks``.
public struct Blocking: SuiteTrait, TestTrait, TestScoping {
    /// Holds for suites within the suite too.
    public var isRecursive: Bool { true }

    /// Runs the test away from the threads that all tasks of the process share.
    public func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(OwnThreads.shared) { try await function() }
    }
}

extension Trait where Self == Blocking {
    /// The tests wait for programs, threads or sockets, or work for seconds. The tasks of a process
    /// share as many threads as there are processors; two tests that hold them would stop every
    /// service that another test runs in the process.
    public static var blocks: Self { Self() }
}
