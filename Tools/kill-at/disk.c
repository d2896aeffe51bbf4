// The watched files of a program, as of their last syncs, and on a disk that fails.
#include "kill-at.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

const char *watched(const struct wish *wish, pid_t thread, unsigned long long descriptor) {
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

/// Copies a watched file as it is now: it has just been synced.
void keep(const struct wish *wish, const char *name) {
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

/// Makes the call that is being entered fail, or write half.
void spoil(const struct wish *wish, struct call *call, struct user_regs_struct *registers) {
    call->is_changed = true;
    call->result = 0;
    call->count = registers->rdx;
    if (!strcmp(wish->fault_kind, "short")) {
        registers->rdx /= 2;
    } else {
        call->result = strcmp(wish->fault_kind, "ENOSPC") ? -EIO : -ENOSPC;
        registers->orig_rax = (unsigned long long)-1;
    }
    if (ptrace(PTRACE_SETREGS, call->thread, 0, registers)) abort();
}

/// Gives the program the result that was meant, and its registers back.
void restore(struct call *call, struct user_regs_struct *registers) {
    if (call->result) registers->rax = (unsigned long long)call->result;
    registers->rdx = call->count;
    call->is_changed = false;
    if (ptrace(PTRACE_SETREGS, call->thread, 0, registers)) abort();
}
