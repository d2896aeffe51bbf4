#define _GNU_SOURCE
#include "CFaultyDisk.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <sys/types.h>
#include <unistd.h>

static _Atomic(swl_disk_hook) current;
static _Thread_local int inside;

void swl_disk_set_hook(swl_disk_hook hook) { atomic_store(&current, hook); }

static long ask(enum swl_disk_operation operation, int file, const void *bytes, size_t count,
                long offset) {
    swl_disk_hook hook = atomic_load(&current);
    if (!hook || inside) return SWL_DISK_PASS;
    inside = 1;
    long answer = hook(operation, file, bytes, count, offset);
    inside = 0;
    if (answer < 0 && answer != SWL_DISK_PASS) {
        errno = (int)-answer;
        return -1;
    }
    return answer;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *bytes, size_t count) {
    static _Atomic(__typeof__(&write)) found;
    __typeof__(&write) real = atomic_load(&found);
    if (!real) atomic_store(&found, real = REAL(write));
    long answer = ask(SWL_DISK_WRITE, file, bytes, count, -1);
    return answer == SWL_DISK_PASS ? real(file, bytes, count) : answer;
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    static _Atomic(__typeof__(&pwrite)) found;
    __typeof__(&pwrite) real = atomic_load(&found);
    if (!real) atomic_store(&found, real = REAL(pwrite));
    long answer = ask(SWL_DISK_WRITE, file, bytes, count, offset);
    return answer == SWL_DISK_PASS ? real(file, bytes, count, offset) : answer;
}
ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    return pwrite(file, bytes, count, offset);
}
int ftruncate(int file, off_t count) {
    static _Atomic(__typeof__(&ftruncate)) found;
    __typeof__(&ftruncate) real = atomic_load(&found);
    if (!real) atomic_store(&found, real = REAL(ftruncate));
    long answer = ask(SWL_DISK_CUT, file, NULL, (size_t)count, 0);
    return answer == SWL_DISK_PASS ? real(file, count) : (int)answer;
}
int ftruncate64(int file, off64_t count) { return ftruncate(file, count); }
int fsync(int file) {
    static _Atomic(__typeof__(&fsync)) found;
    __typeof__(&fsync) real = atomic_load(&found);
    if (!real) atomic_store(&found, real = REAL(fsync));
    long answer = ask(SWL_DISK_SYNC, file, NULL, 0, 0);
    return answer == SWL_DISK_PASS ? real(file) : (int)answer;
}
int fdatasync(int file) {
    static _Atomic(__typeof__(&fdatasync)) found;
    __typeof__(&fdatasync) real = atomic_load(&found);
    if (!real) atomic_store(&found, real = REAL(fdatasync));
    long answer = ask(SWL_DISK_SYNC, file, NULL, 0, 0);
    return answer == SWL_DISK_PASS ? real(file) : (int)answer;
}
