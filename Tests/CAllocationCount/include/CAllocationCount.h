// Counts heap allocations of the calling thread, those of OpenSSL apart. Tests only.
#ifndef SWIPELINE_ALLOCATION_COUNT_H
#define SWIPELINE_ALLOCATION_COUNT_H

/// Begins to count on this thread, from zero.
void swl_count_begin(void);
/// Ends counting on this thread.
void swl_count_end(void);
/// Allocations of this thread since the beginning, without OpenSSL's.
unsigned long swl_count_ours(void);
/// Allocations by libssl and libcrypto on this thread since the beginning.
unsigned long swl_count_openssl(void);
/// Allocates once, so that a test can see that counting works.
void swl_count_allocate_once(void);

#endif
