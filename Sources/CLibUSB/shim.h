#ifndef SWIPELINE_CLIBUSB_H
#define SWIPELINE_CLIBUSB_H

#include <libusb.h>
#include <sys/prctl.h>

/* Names the calling thread; prctl takes a variable number of arguments, which Swift cannot call. */
static inline int swl_name_thread(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }

#endif
