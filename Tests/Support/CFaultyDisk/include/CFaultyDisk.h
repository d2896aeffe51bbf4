// The calls that put bytes on a disk, put in front of the C library's own: the executable's
// definitions win, for SQLite too. A hook may look at each, let it pass or make it fail.
#ifndef SWIPELINE_CFAULTYDISK_H
#define SWIPELINE_CFAULTYDISK_H

#include <stddef.h>

enum swl_disk_operation { SWL_DISK_WRITE, SWL_DISK_CUT, SWL_DISK_SYNC };

/// What the hook gives back to let the call pass.
#define SWL_DISK_PASS (-1000000L)

/// Called before a write (bytes, count, offset; offset -1: where the file stands), a cut (count is
/// the new length) or a sync. Gives SWL_DISK_PASS, the call's result, or minus an errno.
typedef long (*swl_disk_hook)(enum swl_disk_operation operation, int file, const void *bytes,
                              size_t count, long offset);

/// Sets the hook, or none. What the hook itself writes is not shown to it.
void swl_disk_set_hook(swl_disk_hook hook);

#endif
