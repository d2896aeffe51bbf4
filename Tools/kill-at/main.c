// Runs a program and ends it, with all its threads, at one of its system calls; or makes one of
// its writes to a folder fail. Both by ptrace(2), so the program itself knows nothing of it.
//
//   kill-at [--at N] [--folder F] [--synced S] [--fault N KIND] REPORT PROGRAM [ARGUMENT...]
//
// --at      SIGKILL at the N-th stop; entering and leaving a call are a stop each, in any thread
// --folder  the folder whose files are watched; what follows needs the right to read /proc/PID/fd
//           of a program that hides itself, which root has
// --synced  a folder that holds each watched file as of its last sync
// --fault   the N-th write, cut or sync of a watched file: EIO, ENOSPC, or short (half is written)
//
// REPORT gets one line: "killed STOP entry|exit CALL" or "ended STATUS STOPS CALLS FIRST", CALLS
// being how many a fault could have met, and FIRST the stop at the first call about a watched file.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __x86_64__
int main(void) {
    fputs("kill-at knows the registers of x86-64 only\n", stderr);
    return 3;
}
#else

// Comes after sys/ptrace.h, with which its names clash otherwise.
#include <linux/ptrace.h>

enum { STUCK_SECONDS = 60, THREADS = 64, OPTIONS = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL
           | PTRACE_O_TRACEEXEC | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK };

struct wish {
    long at, fault;
    const char *kind, *folder, *synced, *report;
};

/// A thread whose call was changed on entry and must be put right on exit.
struct changed {
    pid_t thread;
    long result;
    unsigned long long count;
};

static struct changed changed[THREADS];
static long stops, calls, first;

#define CALL(name) {SYS_##name, #name}
static const struct { long number; const char *name; } names[] = {
    CALL(read), CALL(write), CALL(close), CALL(fstat), CALL(lseek), CALL(mmap), CALL(mprotect),
    CALL(munmap), CALL(brk), CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(ioctl),
    CALL(pread64), CALL(pwrite64), CALL(access), CALL(madvise), CALL(socket), CALL(connect),
    CALL(sendto), CALL(recvfrom), CALL(sendmsg), CALL(recvmsg), CALL(shutdown), CALL(clone),
    CALL(execve), CALL(exit), CALL(fcntl), CALL(flock), CALL(fsync), CALL(fdatasync),
    CALL(ftruncate), CALL(rename), CALL(mkdir), CALL(unlink), CALL(readlink), CALL(futex),
    CALL(getpid), CALL(geteuid), CALL(getuid), CALL(prctl), CALL(arch_prctl), CALL(mlock),
    CALL(setrlimit), CALL(getrlimit), CALL(prlimit64), CALL(openat), CALL(newfstatat),
    CALL(getrandom), CALL(memfd_create), CALL(clone3), CALL(rseq), CALL(set_robust_list),
    CALL(set_tid_address), CALL(exit_group), CALL(poll), CALL(ppoll), CALL(epoll_wait),
    CALL(setsockopt), CALL(getsockopt), CALL(getsockname), CALL(stat), CALL(lstat), CALL(open),
    CALL(getdents64), CALL(sysinfo), CALL(uname), CALL(clock_nanosleep), CALL(nanosleep),
    CALL(sched_yield), CALL(sched_getaffinity), CALL(gettid), CALL(getcwd), CALL(writev),
    CALL(eventfd2), CALL(pipe2), CALL(tgkill), CALL(sigaltstack), CALL(fchmod), CALL(statx),
};

static const char *name_of(long number) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].number == number) return names[i].name;
    static char text[24];
    snprintf(text, sizeof text, "call-%ld", number);
    return text;
}

/// The name of a watched file behind a descriptor of the program, or NULL.
static const char *watched(const struct wish *wish, pid_t thread, unsigned long long descriptor) {
    static char path[PATH_MAX];
    char link[64];
    if (!wish->folder) return NULL;
    snprintf(link, sizeof link, "/proc/%d/fd/%llu", thread, descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return NULL;
    path[length] = 0;
    size_t prefix = strlen(wish->folder);
    if (strncmp(path, wish->folder, prefix) || path[prefix] != '/') return NULL;
    return path + prefix + 1;
}

static bool is_sync(long call) { return call == SYS_fsync || call == SYS_fdatasync; }

static bool changes_files(long call) {
    return is_sync(call) || call == SYS_write || call == SYS_pwrite64 || call == SYS_ftruncate;
}

/// Copies a watched file as it is now: it has just been synced.
static void keep(const struct wish *wish, const char *name) {
    char from[PATH_MAX], to[PATH_MAX], bytes[1 << 16];
    snprintf(from, sizeof from, "%s/%s", wish->folder, name);
    snprintf(to, sizeof to, "%s/%s", wish->synced, name);
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ssize_t count = 0;
    while (in >= 0 && out >= 0 && (count = read(in, bytes, sizeof bytes)) > 0)
        if (write(out, bytes, (size_t)count) != count) abort();
    if (in >= 0) close(in);
    if (out >= 0) close(out);
}

static struct changed *change_of(pid_t thread) {
    for (int i = 0; i < THREADS; i++)
        if (changed[i].thread == thread) return &changed[i];
    return NULL;
}

/// Makes the call that is being entered fail, or write half.
static void spoil(const struct wish *wish, pid_t thread, struct user_regs_struct *registers) {
    bool is_short = !strcmp(wish->kind, "short");
    bool writes = registers->orig_rax == SYS_write || registers->orig_rax == SYS_pwrite64;
    if (is_short && (!writes || registers->rdx < 2)) return;
    struct changed *change = change_of(0);
    if (!change) abort();
    *change = (struct changed){thread, 0, registers->rdx};
    if (is_short) {
        registers->rdx /= 2;
    } else {
        change->result = strcmp(wish->kind, "ENOSPC") ? -EIO : -ENOSPC;
        registers->orig_rax = (unsigned long long)-1;
    }
    if (ptrace(PTRACE_SETREGS, thread, 0, registers)) abort();
}

/// Gives the program the result that was meant, and its registers back.
static bool restore(pid_t thread, struct user_regs_struct *registers) {
    struct changed *change = change_of(thread);
    if (!change) return false;
    if (change->result) registers->rax = (unsigned long long)change->result;
    registers->rdx = change->count;
    change->thread = 0;
    if (ptrace(PTRACE_SETREGS, thread, 0, registers)) abort();
    return true;
}

/// A stop at a system call; true when the program has been killed there.
static bool stopped(const struct wish *wish, pid_t program, pid_t thread, FILE *report) {
    struct ptrace_syscall_info info;
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) < 0) return false;
    if (ptrace(PTRACE_GETREGS, thread, 0, &registers)) return false;
    bool enters = info.op == PTRACE_SYSCALL_INFO_ENTRY;
    long call = (long)registers.orig_rax;
    bool matters = changes_files(call) || call == SYS_flock;
    const char *file = matters ? watched(wish, thread, registers.rdi) : NULL;
    if (file && !first) first = stops + 1;
    bool was_changed = !enters && restore(thread, &registers);
    if (enters && file && changes_files(call) && ++calls == wish->fault) spoil(wish, thread, &registers);
    if (!enters && !was_changed && wish->synced && file && is_sync(call) && !registers.rax)
        keep(wish, file);
    if (++stops != wish->at) return false;
    kill(program, SIGKILL);
    fprintf(report, "killed %ld %s %s\n", stops, enters ? "entry" : "exit", name_of(call));
    return true;
}

/// Follows all threads to the end.
static int follow(const struct wish *wish, pid_t program, FILE *report) {
    bool began = false, killed = false;
    int status;
    for (;;) {
        pid_t thread = waitpid(-program, &status, __WALL);
        if (thread < 0) return 0;
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            if (thread != program) continue;
            int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            if (!killed) fprintf(report, "ended %d %ld %ld %ld\n", code, stops, calls, first);
            return 0;
        }
        int signal = 0, reason = WSTOPSIG(status);
        if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8)) began = true;
        else if (reason == (SIGTRAP | 0x80)) {
            if (began && !killed) killed = stopped(wish, program, thread, report);
        } else if (reason != SIGTRAP && reason != SIGSTOP) signal = reason;
        ptrace(PTRACE_SYSCALL, thread, 0, signal);
    }
}

int main(int count, char **words) {
    struct wish wish = {0};
    int next = 1;
    for (; next + 1 < count && !strncmp(words[next], "--", 2); next += 2) {
        const char *value = words[next + 1];
        if (!strcmp(words[next], "--at")) wish.at = atol(value);
        else if (!strcmp(words[next], "--folder")) wish.folder = value;
        else if (!strcmp(words[next], "--synced")) wish.synced = value;
        else if (!strcmp(words[next], "--fault") && next + 2 < count) {
            wish.fault = atol(value);
            wish.kind = words[next++ + 2];
        } else return 2;
    }
    if (next + 1 >= count) return 2;
    FILE *report = fopen(words[next], "we");
    if (!report) return 2;
    char **command = words + next + 1;
    pid_t program = fork();
    if (program < 0) return 2;
    if (!program) {
        setpgid(0, 0);
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        raise(SIGSTOP);
        execv(command[0], command);
        _exit(127);
    }
    int status;
    waitpid(program, &status, 0);
    if (ptrace(PTRACE_SETOPTIONS, program, 0, OPTIONS)) return 3;
    ptrace(PTRACE_SYSCALL, program, 0, 0);
    alarm(STUCK_SECONDS);
    int result = follow(&wish, program, report);
    return fclose(report) ? 2 : result;
}
#endif
