#ifndef SWIPELINE_CUSBTESTBED_H
#define SWIPELINE_CUSBTESTBED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A USB bus of pretended readers below umockdev. The process must run under umockdev-wrapper.
 * Nothing here waits for time: swt_wait returns when what it waits for has come. */

/* What a pretended reader is. */
struct swt_form {
    uint8_t port; /* on bus 1: its path is 1-<port>, its address 100 + port */
    uint16_t vendor, product;
    uint16_t packet_bytes;
    const uint8_t *report_descriptor;
    uint16_t report_descriptor_bytes;
    const char *serial;     /* NULL for none */
    bool is_boot_keyboard;
    int extra_class;        /* the class of a second interface, or -1 */
    bool is_unconfigured;   /* until swt_configure */
    bool has_kernel_driver; /* one is bound at the start */
    bool has_no_auto_detach;
};

struct swt_reader;

/* What is counted, and can be waited for. */
enum swt_count {
    SWT_PENDING, /* transfers that wait for a packet */
    SWT_CLAIMS,
    SWT_RELEASES,
    SWT_DETACHES,
    SWT_ATTACHES,
    SWT_CLEARED, /* halts that were cleared */
    SWT_REFUSALS, /* claims and submits that were refused */
    SWT_DISCARDS,
    SWT_SCRIPTED, /* packets that are not sent yet */
    SWT_COUNTS
};

bool swt_is_available(void);
void swt_begin(void);
void swt_end(void);

struct swt_reader *swt_plug(const struct swt_form *form);
/* The same arrival told once more. */
void swt_announce(struct swt_reader *reader);
void swt_configure(struct swt_reader *reader);
/* Takes the device away as the kernel does; swt_forget comes when nobody uses it any more. */
void swt_unplug(struct swt_reader *reader);
void swt_forget(struct swt_reader *reader);

/* The next transfers get these packets of count bytes each, or the next one ends with this status (a
 * negative errno). */
void swt_send(struct swt_reader *reader, const uint8_t *bytes, size_t count, size_t packets);
void swt_fail(struct swt_reader *reader, int status);
/* Every pending transfer ends with this status, and none is taken until swt_wake. */
void swt_sleep(struct swt_reader *reader, int status);
void swt_wake(struct swt_reader *reader);
/* The next claims are refused with this errno. */
void swt_refuse_claims(struct swt_reader *reader, int count, int error);
bool swt_has_kernel_driver(struct swt_reader *reader);

int swt_value(struct swt_reader *reader, enum swt_count count);
/* Waits until the count is at least (or, for SWT_SCRIPTED, at most) the value; false after 20 s,
 * which only a fault takes. */
bool swt_wait(struct swt_reader *reader, enum swt_count count, int value);

#endif
