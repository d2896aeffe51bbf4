// What the parts of kill-at share. main.c says what the program does.
#ifndef KILL_AT_H
#define KILL_AT_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>
#include <sys/user.h>

/// What was asked for.
struct wish {
    const char *at_kind, *fault_kind, *folder, *synced;
    long at, fault;
};

/// What has been counted.
struct counts {
    /// Calls that were entered; stops at them, of which some are points and the others the same.
    long calls, stops, points, same;
    /// Stops at syncs of watched files.
    long syncs;
    /// Of watched files: calls that change them; of these writes of two bytes and more; and syncs.
    long changes, writes, sync_calls;
    /// Stops that were taken for the same though the folder had changed; of these with a call of
    /// another thread under way that changes it.
    long leaks, beside;
};

/// A system call of a thread, from where it is entered to where it is left.
struct call {
    pid_t thread;
    long number;
    unsigned long long arguments[6];
    /// Something that outlives the program, or that others see, may change by it.
    bool outlives;
    /// It waits for others, and changes nothing while it does.
    bool waits;
    /// What was changed about it on entry: the result that is meant, and the count that was asked.
    bool is_changed;
    long result;
    unsigned long long count;
};

/// calls.c: which calls there are, and what they do. The file is a watched one's name, or NULL.
const char *name_of(long number);
void classify(struct call *call, const char *file);
bool is_sync(long number);
bool changes_files(long number);

/// disk.c: watched files, and a disk that fails.
const char *watched(const struct wish *wish, pid_t thread, unsigned long long descriptor);
void keep(const struct wish *wish, const char *name);
void spoil(const struct wish *wish, struct call *call, struct user_regs_struct *registers);
void restore(struct call *call, struct user_regs_struct *registers);

/// shared.c: memory that is shared with files, and the folder as it is.
void share(const struct call *call);
bool shared_has_changed(void);
unsigned long long folder_state(const char *folder);

#endif
