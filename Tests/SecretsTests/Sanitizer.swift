import Glibc

/// A sanitizer puts its own functions in the place of `mlock`, which then does nothing, and of the
/// crash signals' handlers: what the system would do cannot be seen there.
enum Sanitizer {
    static let isAbsent = !isHere("__asan_init") && !isHere("__tsan_init")

    private static func isHere(_ name: String) -> Bool { unsafe dlsym(nil, name) != nil }
}
