#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

int swl_set_not_dumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int swl_get_dumpable(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }

int swl_forbid_core(void) {
    struct rlimit none = {0, 0};
    return setrlimit(RLIMIT_CORE, &none);
}

int swl_default_crash_signals(void) {
    // SIGQUIT too: Swift's runtime answers it with a backtrace.
    static const int crash[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT,
                                SIGBUS,  SIGFPE, SIGSEGV, SIGSYS};
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    for (size_t i = 0; i < sizeof crash / sizeof crash[0]; i++)
        if (sigaction(crash[i], &action, NULL) != 0) return -1;
    return 0;
}

void *swl_secret_pages(size_t bytes, int *step) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    *step = 1;
    char *whole = mmap(NULL, bytes + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (whole == MAP_FAILED) return NULL;
    char *pages = whole + page;
    *step = 2;
    if (mprotect(pages, bytes, PROT_READ | PROT_WRITE) != 0) goto fail;
    *step = 3;
    if (mlock(pages, bytes) != 0) goto fail;
    *step = 4;
    if (madvise(pages, bytes, MADV_DONTDUMP) != 0) goto fail;
    if (madvise(pages, bytes, MADV_WIPEONFORK) != 0) goto fail;
    return pages;
fail: {
    int saved = errno;
    munmap(whole, bytes + 2 * page);
    errno = saved;
    return NULL;
}
}

void swl_release_pages(void *pages, size_t bytes) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    munmap((char *)pages - page, bytes + 2 * page);
}

#if defined(__x86_64__)
__attribute__((target("avx"))) static void forget_avx(void) {
    __asm__ volatile("vzeroall" ::
                         : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8",
                           "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
}

#define FORGET(n) __asm__ volatile("vpxord %%xmm" #n ", %%xmm" #n ", %%xmm" #n ::: "xmm" #n)
__attribute__((target("avx512f,avx512vl"))) static void forget_avx512(void) {
    FORGET(16); FORGET(17); FORGET(18); FORGET(19); FORGET(20); FORGET(21); FORGET(22);
    FORGET(23); FORGET(24); FORGET(25); FORGET(26); FORGET(27); FORGET(28); FORGET(29);
    FORGET(30); FORGET(31);
}

#define FORGET_SSE(n) __asm__ volatile("pxor %%xmm" #n ", %%xmm" #n ::: "xmm" #n)
static void forget_sse(void) {
    FORGET_SSE(0); FORGET_SSE(1); FORGET_SSE(2); FORGET_SSE(3); FORGET_SSE(4); FORGET_SSE(5);
    FORGET_SSE(6); FORGET_SSE(7); FORGET_SSE(8); FORGET_SSE(9); FORGET_SSE(10); FORGET_SSE(11);
    FORGET_SSE(12); FORGET_SSE(13); FORGET_SSE(14); FORGET_SSE(15);
}

// No caller keeps anything in a vector register across a call (System V ABI, AMD64, 3.2.1).
static void forget_registers(void) {
    if (__builtin_cpu_supports("avx"))
        forget_avx();
    else
        forget_sse();
    if (__builtin_cpu_supports("avx512vl")) forget_avx512();
}
#elif defined(__aarch64__)
#define FORGET(n) __asm__ volatile("movi v" #n ".2d, #0" ::: "v" #n)
// The upper halves of all, and all of those that no callee keeps (AAPCS64, 6.1.2).
static void forget_registers(void) {
    FORGET(0); FORGET(1); FORGET(2); FORGET(3); FORGET(4); FORGET(5); FORGET(6); FORGET(7);
    FORGET(16); FORGET(17); FORGET(18); FORGET(19); FORGET(20); FORGET(21); FORGET(22);
    FORGET(23); FORGET(24); FORGET(25); FORGET(26); FORGET(27); FORGET(28); FORGET(29);
    FORGET(30); FORGET(31);
}
#else
static void forget_registers(void) {}
#endif

void swl_wipe(void *bytes, size_t count) {
    explicit_bzero(bytes, count);
    // The C library copies through vector registers, which keep what they held: from there it
    // would come onto the stack with the next signal, and into a core.
    forget_registers();
}
