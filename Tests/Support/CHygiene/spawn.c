#define _GNU_SOURCE
#include "CHygiene.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

// What runs between fork and exec calls nothing that may lock.
static void become(const struct swl_child *child) {
    const struct rlimit core = {RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_CORE, &core);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (chdir(child->folder) != 0) _exit(126);
    const int streams[] = {child->input, child->output, child->errors};
    for (int i = 0; i < 3; i++)
        if (dup2(streams[i], i) < 0) _exit(126);
    close_range(3, ~0u, 0);
    execve(child->program, child->arguments, child->environment);
    _exit(127);
}

int swl_spawn(const struct swl_child *child) {
    pid_t process = fork();
    if (process == 0) become(child);
    return process;
}
