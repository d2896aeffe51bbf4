import Glibc

/// A sanitizer puts its own functions in the place of `mlock`, which then does nothing, and of the
/// crash signals' handlers: what the system would do cannot be seen there.
enum Sanitizer {
    static let isAbsent = ["__asan_init", "__tsan_init"].allSatisfy { name in
        unsafe dlsym(nil, name) == nil
    }
}
