// Runs a program, and at SIGUSR1 holds one of its threads, found by its name, while all the others
// go on. ptrace(2) alone can do so: what SIGSTOP stops is a whole program.
//
//   hold-thread NAME PROGRAM [ARGUMENT...]
//
// The program dies with this one, and this one ends with the program.
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

// Comes after sys/ptrace.h, with which its names clash otherwise.
#include <linux/ptrace.h>

enum { THREADS = 256 };

static pid_t threads[THREADS];
static int thread_count;

static bool is_called(pid_t thread, const char *name) {
    char path[64], text[32] = "";
    snprintf(path, sizeof path, "/proc/%d/task/%d/comm", thread, thread);
    FILE *file = fopen(path, "re");
    if (!file) return false;
    if (fgets(text, sizeof text, file)) text[strcspn(text, "\n")] = 0;
    fclose(file);
    return !strcmp(text, name);
}

/// The thread of this name, on its way to a stop; 0 without one.
static pid_t hold(const char *name) {
    for (int i = 0; i < thread_count; i++)
        if (is_called(threads[i], name) && !ptrace(PTRACE_INTERRUPT, threads[i], 0, 0))
            return threads[i];
    return 0;
}

/// Lets a thread that has stopped go on, unless it is the one that is held.
static void stopped(pid_t thread, int status, pid_t held) {
    bool is_known = false;
    for (int i = 0; i < thread_count; i++) is_known |= threads[i] == thread;
    if (!is_known && thread_count < THREADS) threads[thread_count++] = thread;
    if (thread == held) return;
    int signal = WSTOPSIG(status), event = status >> 16;
    bool stops_all = event == PTRACE_EVENT_STOP && signal != SIGTRAP;
    ptrace(stops_all ? PTRACE_LISTEN : PTRACE_CONT, thread, 0, event ? 0 : signal);
}

int main(int count, char **words) {
    if (count < 3) return 2;
    sigset_t wanted, former;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGCHLD);
    sigaddset(&wanted, SIGUSR1);
    sigprocmask(SIG_BLOCK, &wanted, &former);
    pid_t program = fork();
    if (program < 0) return 2;
    if (!program) {
        sigprocmask(SIG_SETMASK, &former, NULL);
        raise(SIGSTOP);
        execv(words[2], words + 2);
        _exit(127);
    }
    int status;
    waitpid(program, &status, WUNTRACED);
    long options = PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SEIZE, program, 0, options)) {
        kill(program, SIGKILL);
        return 3;
    }
    kill(program, SIGCONT);
    pid_t held = 0;
    for (;;) {
        pid_t thread;
        while ((thread = waitpid(-1, &status, __WALL | WNOHANG)) > 0) {
            if (WIFSTOPPED(status)) stopped(thread, status, held);
            else if (thread == program) return WIFEXITED(status) ? WEXITSTATUS(status) : 4;
        }
        if (thread < 0) return 4;
        int number = sigwaitinfo(&wanted, NULL);
        if (number == SIGUSR1 && !held) held = hold(words[1]);
    }
}
