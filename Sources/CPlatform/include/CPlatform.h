// Shims for what Swift cannot import: variadic prctl, and madvise flags that Glibc hides.
#ifndef SWIPELINE_CPLATFORM_H
#define SWIPELINE_CPLATFORM_H

#include <stddef.h>
#include <stdint.h>

/// prctl(PR_SET_DUMPABLE, 0): no core, no /proc/PID/mem for others. 0, or -1 with errno.
int swl_set_not_dumpable(void);
/// prctl(PR_GET_DUMPABLE): 0 when the process cannot be dumped.
int swl_get_dumpable(void);
/// setrlimit(RLIMIT_CORE, 0). 0, or -1 with errno.
int swl_forbid_core(void);
/// Gives the crash signals their default action, so that no handler prints registers.
int swl_default_crash_signals(void);
/// Pages between two inaccessible ones, locked and left out of dumps and of forked children.
/// NULL with errno; *step then says 1 map, 2 protect, 3 lock, 4 advise.
void *swl_secret_pages(size_t bytes, int *step);
/// Gives the pages back (wipe first).
void swl_release_pages(void *pages, size_t bytes);
/// explicit_bzero, a wipe that the optimiser keeps, and of this thread's vector registers too.
void swl_wipe(void *bytes, size_t count);

/// Raises a shared word to `value`; a word that is higher already stays. Release order: what was
/// written before is seen by whoever sees the word. No system call.
static inline void swl_raise_word(uint64_t *word, uint64_t value) {
    uint64_t seen = __atomic_load_n(word, __ATOMIC_RELAXED);
    while (seen < value
           && !__atomic_compare_exchange_n(word, &seen, value, 0, __ATOMIC_RELEASE,
                                           __ATOMIC_RELAXED)) {
    }
}
/// Reads a shared word, in acquire order.
static inline uint64_t swl_read_word(const uint64_t *word) {
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

#endif
