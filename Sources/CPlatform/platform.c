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

void swl_wipe(void *bytes, size_t count) { explicit_bzero(bytes, count); }
