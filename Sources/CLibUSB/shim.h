#ifndef SWIPELINE_CLIBUSB_H
#define SWIPELINE_CLIBUSB_H

#include <libusb.h>

#endif
