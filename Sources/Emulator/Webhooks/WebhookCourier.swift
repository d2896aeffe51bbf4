internal import NIOCore
internal import ServiceLifecycle

/// Delivers notifications while the emulator runs: at once, and again when they are due again.
internal struct WebhookCourier: Service {
    let core: EmulatorCore
    let post: WebhookPost

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await deliver() }
    }

    /// Delivers whenever the bell rings; a timer rings it for what is tried again.
    private func deliver() async throws {
        var timer: Task<Void, any Error>?
        defer { timer?.cancel() }
        core.wakeCourier()
        for await _ in core.courierBell.stream {
            timer?.cancel()
            for delivery in core.dueDeliveries() {
                let outcome = await post.send(delivery)
                try Task.checkCancellation()
                core.noteDelivery(
                    delivery.number, status: outcome.status, failure: outcome.failure)
            }
            guard let pause = core.millisecondsToDelivery else { continue }
            timer = Task {
                try await Task.sleep(for: .milliseconds(pause))
                core.courierBell.continuation.yield()
            }
        }
    }
}
