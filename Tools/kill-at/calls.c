// Which system calls may change what outlives the program, or what others see of it. A call that
// is not known to change nothing counts as one that does.
#include "kill-at.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CALL(name) {SYS_##name, #name}
static const struct { long number; const char *name; } names[] = {
    CALL(read), CALL(write), CALL(close), CALL(fstat), CALL(lseek), CALL(mmap), CALL(mprotect),
    CALL(munmap), CALL(brk), CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(ioctl),
    CALL(pread64), CALL(pwrite64), CALL(access), CALL(madvise), CALL(socket), CALL(connect),
    CALL(sendto), CALL(recvfrom), CALL(sendmsg), CALL(recvmsg), CALL(shutdown), CALL(clone),
    CALL(execve), CALL(exit), CALL(fcntl), CALL(flock), CALL(fsync), CALL(fdatasync),
    CALL(ftruncate), CALL(rename), CALL(mkdir), CALL(unlink), CALL(readlink), CALL(futex),
    CALL(getpid), CALL(geteuid), CALL(getuid), CALL(prctl), CALL(arch_prctl), CALL(mlock),
    CALL(munlock), CALL(setrlimit), CALL(getrlimit), CALL(prlimit64), CALL(openat),
    CALL(newfstatat), CALL(getrandom), CALL(memfd_create), CALL(clone3), CALL(rseq),
    CALL(set_robust_list), CALL(set_tid_address), CALL(exit_group), CALL(poll), CALL(ppoll),
    CALL(epoll_wait), CALL(epoll_ctl), CALL(epoll_create1), CALL(setsockopt), CALL(getsockopt),
    CALL(getsockname), CALL(stat), CALL(lstat), CALL(open), CALL(getdents64), CALL(sysinfo),
    CALL(uname), CALL(clock_nanosleep), CALL(nanosleep), CALL(sched_yield),
    CALL(sched_getaffinity), CALL(gettid), CALL(getcwd), CALL(writev), CALL(eventfd2),
    CALL(pipe2), CALL(tgkill), CALL(sigaltstack), CALL(fchmod), CALL(fchown), CALL(statx),
    CALL(setpriority), CALL(listxattr), CALL(timerfd_create), CALL(timerfd_settime),
    CALL(restart_syscall), CALL(fallocate), CALL(mremap),
};

const char *name_of(long number) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].number == number) return names[i].name;
    static char text[24];
    snprintf(text, sizeof text, "call-%ld", number);
    return text;
}

bool is_sync(long number) { return number == SYS_fsync || number == SYS_fdatasync; }

bool changes_files(long number) {
    return is_sync(number) || number == SYS_write || number == SYS_pwrite64
        || number == SYS_ftruncate;
}

/// They change what dies with the program: its memory, its threads, its signals, its numbers of
/// descriptors; or they only look. What a mapping is written with later is found by itself.
static const long inward[] = {
    SYS_mmap, SYS_mprotect, SYS_munmap, SYS_mremap, SYS_brk, SYS_madvise, SYS_mlock, SYS_mlock2,
    SYS_munlock, SYS_membarrier,
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack,
    SYS_futex, SYS_rseq, SYS_set_robust_list, SYS_set_tid_address, SYS_arch_prctl, SYS_prctl,
    SYS_setrlimit, SYS_getrlimit, SYS_prlimit64, SYS_setpriority, SYS_getpriority,
    SYS_sched_yield, SYS_sched_getaffinity, SYS_sched_getparam, SYS_sched_getscheduler,
    SYS_getpid, SYS_gettid, SYS_getppid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid,
    SYS_getrandom, SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday, SYS_clock_nanosleep,
    SYS_nanosleep, SYS_getrusage, SYS_times, SYS_uname, SYS_sysinfo, SYS_getcwd,
    SYS_access, SYS_faccessat, SYS_faccessat2, SYS_readlink, SYS_readlinkat,
    SYS_stat, SYS_fstat, SYS_lstat, SYS_newfstatat, SYS_statx, SYS_statfs, SYS_fstatfs,
    SYS_getdents64, SYS_listxattr, SYS_getxattr, SYS_lseek,
    SYS_memfd_create, SYS_dup, SYS_dup2, SYS_dup3, SYS_pipe2, SYS_eventfd2,
    SYS_timerfd_create, SYS_timerfd_settime, SYS_epoll_create1, SYS_epoll_ctl,
};

static bool is_inward(long number) {
    for (size_t i = 0; i < sizeof inward / sizeof *inward; i++)
        if (inward[i] == number) return true;
    return false;
}

/// True when the descriptor is of a file or of nothing but this program; what cannot be seen may
/// be anything.
static bool is_own(const struct call *call) {
    char link[64], target[PATH_MAX];
    snprintf(link, sizeof link, "/proc/%d/fd/%llu", call->thread, call->arguments[0]);
    ssize_t length = readlink(link, target, sizeof target - 1);
    if (length < 0) return false;
    target[length] = 0;
    return *target == '/' || !strncmp(target, "anon_inode:", 11);
}

static bool is_look(unsigned long long command) {
    return command == F_GETFD || command == F_SETFD || command == F_GETFL || command == F_DUPFD
        || command == F_DUPFD_CLOEXEC || command == F_GETLK;
}

static bool outlives(const struct call *call, const char *file) {
    const unsigned long long *arguments = call->arguments;
    switch (call->number) {
    case SYS_open: return arguments[1] & (O_CREAT | O_TRUNC);
    case SYS_openat: return arguments[2] & (O_CREAT | O_TRUNC);
    case SYS_read: case SYS_pread64: case SYS_readv: return !is_own(call);
    // The end of a watched file takes its locks with it.
    case SYS_close: return file || !is_own(call);
    case SYS_fcntl: return !is_look(arguments[1]) || !is_own(call);
    case SYS_ioctl: return arguments[1] != TCGETS || !is_own(call);
    default: return !is_inward(call->number);
    }
}

void classify(struct call *call, const char *file) {
    long number = call->number;
    call->outlives = outlives(call, file);
    call->waits = number == SYS_poll || number == SYS_ppoll || number == SYS_epoll_wait
        || number == SYS_recvfrom || number == SYS_recvmsg || number == SYS_connect;
}
