internal import Foundation
internal import Synchronization

/// Threads for tasks that block: a job meets a thread that is free, or a new one.
internal final class OwnThreads: TaskExecutor, Sendable {
    static let shared = OwnThreads()

    private struct Work: ~Copyable {
        var jobs: [UnownedJob] = []
        var free = 0
    }
    private let work = Mutex(Work())
    private let bell = DispatchSemaphore(value: 0)

    private init() {}

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isShort = work.withLock { work in
            work.jobs.append(job)
            return work.jobs.count > work.free
        }
        if isShort { Thread.detachNewThread { [self] in serve() } }
        bell.signal()
    }

    private func serve() -> Never {
        while true {
            work.withLock { $0.free += 1 }
            bell.wait()
            let job = work.withLock { work in
                work.free -= 1
                return work.jobs.removeFirst()
            }
            unsafe job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
