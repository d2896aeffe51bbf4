// Runs a program and ends it, with all its threads, at one of its system calls; or makes one of
// its writes to a folder fail. Both by ptrace(2), so the program itself knows nothing of it.
//
//   kill-at [--at KIND N] [--folder F] [--synced S] [--fault KIND N] REPORT PROGRAM [ARGUMENT...]
//
// --at      SIGKILL at the N-th stop of a kind. Entering and leaving a call are a stop each, in any
//           thread. A stop is a *point* when the call may change what outlives the program or what
//           others see of it, or when memory that is shared with a file is another than at the stop
//           before; all others are the *same* as the next one. Kinds: stops, points, same, and
//           syncs, which are stops at a sync of a watched file
// --folder  the folder whose files are watched. Both this and telling a socket from a file need the
//           right to read /proc/PID/fd of a program that hides itself, which root has; what cannot
//           be seen counts as a point
// --synced  a folder that holds each watched file as of its last sync
// --fault   EIO or ENOSPC of the N-th write, cut or sync of a watched file; short: the N-th write of
//           at least two bytes writes half of them; sync: EIO of the N-th sync
//
// REPORT gets one line: "killed STOP entry|exit CALL", or "ended" with the counts of a whole run.
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kill-at.h"

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

static struct call calls[THREADS];
static struct counts counts;
static unsigned long long folder_was;

/// The call that a thread is in, or with 0 a place for one.
static struct call *call_of(pid_t thread) {
    for (int i = 0; i < THREADS; i++)
        if (calls[i].thread == thread) return &calls[i];
    return NULL;
}

static void enter(const struct wish *wish, pid_t thread, struct user_regs_struct *registers) {
    struct call *call = call_of(thread);
    if (!call) call = call_of(0);
    if (!call) abort();
    *call = (struct call){.thread = thread, .number = (long)registers->orig_rax, .arguments = {
        registers->rdi, registers->rsi, registers->rdx, registers->r10, registers->r8}};
    const char *file = watched(wish, thread, registers->rdi);
    classify(call, file);
    counts.calls++;
    if (!file || !changes_files(call->number)) return;
    bool writes = !is_sync(call->number) && call->number != SYS_ftruncate && registers->rdx > 1;
    bool syncs = is_sync(call->number);
    counts.changes++;
    counts.writes += writes;
    counts.sync_calls += syncs;
    if (!wish->fault) return;
    const char *kind = wish->fault_kind;
    long number = !strcmp(kind, "short") ? (writes ? counts.writes : 0)
        : !strcmp(kind, "sync") ? (syncs ? counts.sync_calls : 0) : counts.changes;
    if (number == wish->fault) spoil(wish, call, registers);
}

/// True when a call of another thread that may change something is under way.
static bool is_beside(pid_t thread) {
    for (int i = 0; i < THREADS; i++)
        if (calls[i].thread && calls[i].thread != thread && calls[i].outlives && !calls[i].waits)
            return true;
    return false;
}

/// What is taken for the same must be the same: looked at where nothing is disturbed. The folder is
/// read before the shared memory; what another thread stores between the two made this stop a point,
/// and shows in the folder at the next.
static void check(unsigned long long folder_is, bool is_point, bool has_changed, pid_t thread) {
    static bool had_changed;
    if (folder_is != folder_was && !is_point && !had_changed) {
        counts.leaks++;
        counts.beside += is_beside(thread);
    }
    folder_was = folder_is;
    had_changed = has_changed;
}

static long counted(const char *kind, bool is_point, bool is_sync_stop) {
    if (!strcmp(kind, "points")) return is_point ? counts.points : 0;
    if (!strcmp(kind, "same")) return is_point ? 0 : counts.same;
    if (!strcmp(kind, "syncs")) return is_sync_stop ? counts.syncs : 0;
    return counts.stops;
}

/// A stop at a system call; true when the program has been killed there.
static bool stopped(const struct wish *wish, pid_t program, pid_t thread, FILE *report) {
    struct ptrace_syscall_info info;
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) < 0) return false;
    if (ptrace(PTRACE_GETREGS, thread, 0, &registers)) return false;
    bool enters = info.op == PTRACE_SYSCALL_INFO_ENTRY;
    if (enters) enter(wish, thread, &registers);
    struct call *call = call_of(thread);
    // The first thing seen of a thread may be that it leaves the call that it began with.
    struct call unknown = {.thread = thread, .number = (long)registers.orig_rax, .outlives = true};
    if (!call) call = &unknown;
    bool is_checked = !wish->at && !wish->fault && wish->folder;
    unsigned long long folder_is = is_checked ? folder_state(wish->folder) : 0;
    bool has_changed = shared_has_changed();
    bool is_point = call->outlives || has_changed;
    const char *file = is_sync(call->number) ? watched(wish, thread, registers.rdi) : NULL;
    counts.stops++;
    counts.points += is_point;
    counts.same += !is_point;
    counts.syncs += file != NULL;
    if (is_checked) check(folder_is, is_point, has_changed, thread);
    if (!enters) {
        if (call->is_changed) restore(call, &registers);
        else if (wish->synced && file && !registers.rax) keep(wish, file);
        if ((long long)registers.rax >= 0) share(call);
        call->thread = 0;
    }
    if (!wish->at || counted(wish->at_kind, is_point, file != NULL) != wish->at) return false;
    kill(program, SIGKILL);
    fprintf(report, "killed %ld %s %s\n", counts.stops, enters ? "entry" : "exit",
            name_of(call->number));
    return true;
}

static void tell(FILE *report, int status) {
    fprintf(report, "ended status=%d calls=%ld stops=%ld points=%ld same=%ld syncs=%ld changes=%ld "
            "writes=%ld syncCalls=%ld leaks=%ld beside=%ld\n", status, counts.calls, counts.stops,
            counts.points, counts.same, counts.syncs, counts.changes, counts.writes,
            counts.sync_calls, counts.leaks, counts.beside);
}

/// Follows all threads to the end.
static int follow(const struct wish *wish, pid_t program, FILE *report) {
    bool began = false, killed = false;
    int status;
    for (;;) {
        pid_t thread = waitpid(-program, &status, __WALL);
        if (thread < 0) return 0;
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            struct call *call = call_of(thread);
            if (call) call->thread = 0;
            if (thread != program) continue;
            if (!killed)
                tell(report, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
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

static bool read_wish(struct wish *wish, char **words, int count, int *next) {
    for (; *next + 1 < count && !strncmp(words[*next], "--", 2); *next += 2) {
        const char *name = words[*next], *value = words[*next + 1];
        if (!strcmp(name, "--folder")) wish->folder = value;
        else if (!strcmp(name, "--synced")) wish->synced = value;
        else if (*next + 2 >= count) return false;
        else if (!strcmp(name, "--at")) {
            wish->at_kind = value;
            wish->at = atol(words[++*next + 1]);
        } else if (!strcmp(name, "--fault")) {
            wish->fault_kind = value;
            wish->fault = atol(words[++*next + 1]);
        } else return false;
    }
    return *next + 1 < count;
}

int main(int count, char **words) {
    struct wish wish = {0};
    int next = 1;
    if (!read_wish(&wish, words, count, &next)) return 2;
    FILE *report = fopen(words[next], "we");
    if (!report) return 2;
    char **command = words + next + 1;
    if (wish.folder) folder_was = folder_state(wish.folder);
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
