internal import Dispatch
internal import Foundation
internal import Lane
internal import ReaderUSB
internal import Synchronization

/// The thread that does the lane's calls in the background: one may last as long as the gateway is
/// silent, and the lane goes on meanwhile.
internal final class LaneCaller: Sendable {
    private struct State {
        var call: LaneCall?
        var result: (LaneCall, CallResult)?
        var isOut = false
    }

    private struct Cargo: ~Copyable {
        var calls: LaneCalls
    }

    private let cargo: Mutex<Cargo>
    private let state = Mutex(State())
    private let begun = DispatchSemaphore(value: 0)
    private let done: @Sendable () -> Void

    /// A caller that tells when a call has ended, on its own thread.
    init(_ calls: consuming LaneCalls, done: @escaping @Sendable () -> Void) {
        cargo = Mutex(Cargo(calls: calls))
        self.done = done
        let thread = Thread { [self] in
            ThreadName.set("swipeline-call")
            run()
        }
        thread.start()
    }

    /// Lane's thread: begins a call; none may be out.
    func begin(_ call: LaneCall) {
        state.withLock { ($0.call, $0.isOut) = (call, true) }
        begun.signal()
    }

    /// Lane's thread: does the calls to come with these; none may be out.
    func replace(_ calls: consuming LaneCalls) {
        var moved: LaneCalls? = consume calls
        cargo.withLock { cargo in
            if let calls = moved.take() { cargo.calls = calls }
        }
    }

    /// Lane's thread: whether a call is out, its result not yet taken.
    var isOut: Bool { state.withLock { $0.isOut } }

    /// Lane's thread: what came of the call that was out.
    func takeResult() -> (LaneCall, CallResult)? {
        state.withLock { state in
            guard let result = state.result else { return nil }
            (state.result, state.isOut) = (nil, false)
            return result
        }
    }

    private func run() {
        while true {
            begun.wait()
            guard let call = state.withLock({ $0.call.take() }) else { continue }
            let result = cargo.withLock { $0.calls.perform(call) }
            state.withLock { $0.result = (call, result) }
            done()
        }
    }
}
