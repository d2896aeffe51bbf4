#define _GNU_SOURCE
#include "CHygiene.h"

#include <elf.h>
#include <errno.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>

#if defined(__x86_64__)
#define VECTOR_REGISTERS NT_X86_XSTATE
#else
#define VECTOR_REGISTERS NT_FPREGSET
#endif

long swl_registers(int thread, void *room, size_t bytes) {
    struct iovec place = {room, bytes};
    int status;
    if (ptrace(PTRACE_SEIZE, thread, NULL, NULL) != 0) return -1;
    long result = ptrace(PTRACE_INTERRUPT, thread, NULL, NULL);
    if (result == 0 && waitpid(thread, &status, __WALL) != thread) result = -1;
    if (result == 0) result = ptrace(PTRACE_GETREGSET, thread, VECTOR_REGISTERS, &place);
    int saved = errno;
    ptrace(PTRACE_DETACH, thread, NULL, NULL);
    errno = saved;
    return result == 0 ? (long)place.iov_len : -1;
}
