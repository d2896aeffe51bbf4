// What changes without a system call: memory that the program shares with files. And, to check
// that nothing else does, the whole folder.
#include "kill-at.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FILES = 64, CHUNK = 1 << 16 };

static struct {
    int descriptor;
    ino_t number;
    unsigned long long state;
} files[FILES];
static int file_count;
/// A shared file could not be looked at: from then on every stop counts.
static bool is_blind;

static unsigned long long mixed(unsigned long long state, unsigned long long word) {
    state = (state ^ word) * 0x9E3779B97F4A7C15ull;
    return state ^ state >> 29;
}

/// A number that is another one, but by a chance of 2^-64, when a byte of the file is.
static unsigned long long file_state(int descriptor) {
    static unsigned long long words[CHUNK / 8];
    unsigned long long state = 1;
    ssize_t count;
    for (off_t at = 0; (count = pread(descriptor, words, CHUNK, at)) > 0; at += count) {
        memset((char *)words + count, 0, (size_t)(-count & 7));
        for (ssize_t i = 0; i < (count + 7) / 8; i++) state = mixed(state, words[i]);
        state = mixed(state, (unsigned long long)count);
    }
    return state;
}

/// Looks from now on at the file of a mapping that is shared and may be written.
void share(const struct call *call) {
    if (call->number != SYS_mmap || !(call->arguments[2] & PROT_WRITE)
        || (call->arguments[3] & MAP_TYPE) == MAP_PRIVATE || (call->arguments[3] & MAP_ANONYMOUS))
        return;
    char path[64];
    struct stat status;
    snprintf(path, sizeof path, "/proc/%d/fd/%llu", call->thread, call->arguments[4]);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &status) || file_count == FILES) {
        is_blind = true;
        return;
    }
    for (int i = 0; i < file_count; i++)
        if (files[i].number == status.st_ino) {
            close(descriptor);
            return;
        }
    files[file_count].descriptor = descriptor;
    files[file_count].number = status.st_ino;
    files[file_count++].state = file_state(descriptor);
}

/// True when a shared file is another one than at the last stop.
bool shared_has_changed(void) {
    bool has_changed = is_blind;
    for (int i = 0; i < file_count; i++) {
        unsigned long long state = file_state(files[i].descriptor);
        has_changed |= state != files[i].state;
        files[i].state = state;
    }
    return has_changed;
}

/// A number for names, sizes, rights and bytes of all files of a folder, in any order.
unsigned long long folder_state(const char *folder) {
    unsigned long long sum = 0;
    DIR *place = opendir(folder);
    struct dirent *entry;
    while (place && (entry = readdir(place))) {
        struct stat status;
        int descriptor = openat(dirfd(place), entry->d_name, O_RDONLY | O_CLOEXEC);
        if (descriptor < 0 || fstat(descriptor, &status)) abort();
        unsigned long long state = S_ISREG(status.st_mode) ? file_state(descriptor) : 2;
        state = mixed(mixed(state, status.st_mode), (unsigned long long)status.st_size);
        for (const char *letter = entry->d_name; *letter; letter++)
            state = mixed(state, (unsigned char)*letter);
        sum += strcmp(entry->d_name, "..") ? state : 0;
        close(descriptor);
    }
    if (place) closedir(place);
    return sum;
}
