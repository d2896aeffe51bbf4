#define _GNU_SOURCE
#include "CUSBTestbed.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/ioctl.h>
#include <linux/usbdevice_fs.h>
#include <umockdev.h>

/* A transfer that the program submitted: its urb and its buffer in our copy. */
struct transfer {
    UMockdevIoctlData *urb;
    UMockdevIoctlData *buffer;
};

/* What the next transfer ends in. */
struct item {
    int status;
    size_t count;
    uint8_t bytes[1024];
};

struct swt_reader {
    struct swt_form form;
    uint8_t report_descriptor[4096];
    char serial[64];
    char node[64], path[128];
    UMockdevIoctlBase *handler;
    GQueue pending, done, script;
    bool is_gone, is_halted, is_asleep, is_claimed, has_driver;
    int claim_refusals, claim_error;
    int counts[SWT_COUNTS];
};

static UMockdevTestbed *testbed;
/* Not GLib's, which the thread sanitizer does not see through. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

bool swt_is_available(void)
{
    const char *preload = getenv("LD_PRELOAD");
    return preload && strstr(preload, "umockdev-preload");
}

void swt_begin(void) { testbed = umockdev_testbed_new(); }
void swt_end(void) { g_clear_object(&testbed); }

static struct usbdevfs_urb *urb_of(struct transfer *transfer)
{
    return (struct usbdevfs_urb *)transfer->urb->data;
}

static void end(struct swt_reader *reader, struct transfer *transfer, int status, int count)
{
    urb_of(transfer)->status = status;
    urb_of(transfer)->actual_length = count;
    g_queue_push_tail(&reader->done, transfer);
}

/* Gives packets to pending transfers, one a transfer, as a host controller does when the buffer
 * is one packet long. An endpoint that is halted ends every transfer so until it is cleared. */
static void match(struct swt_reader *reader)
{
    while (!reader->is_asleep && reader->pending.length
           && (reader->is_halted || reader->script.length)) {
        struct transfer *transfer = g_queue_pop_head(&reader->pending);
        if (reader->is_halted) {
            end(reader, transfer, -EPIPE, 0);
            continue;
        }
        struct item *item = g_queue_pop_head(&reader->script);
        size_t room = (size_t)urb_of(transfer)->buffer_length;
        size_t count = item->count < room ? item->count : room;
        memcpy(transfer->buffer->data, item->bytes, count);
        int status = item->count > room ? -EOVERFLOW : item->status;
        if (status == -EPIPE)
            reader->is_halted = true;
        end(reader, transfer, status, (int)count);
        g_free(item);
    }
    reader->counts[SWT_PENDING] = (int)reader->pending.length;
    reader->counts[SWT_SCRIPTED] = (int)reader->script.length;
    pthread_cond_broadcast(&changed);
}

static void end_all(struct swt_reader *reader, int status)
{
    struct transfer *transfer;
    while ((transfer = g_queue_pop_head(&reader->pending)))
        end(reader, transfer, status, 0);
    match(reader);
}

/* What the device answers to a control request; the count of bytes or a negative errno. */
static int control(struct swt_reader *reader, const uint8_t *setup, uint8_t *data, int room)
{
    uint8_t answer[256] = { 0 };
    const uint8_t *bytes = answer;
    int count = 0, value = setup[2] | setup[3] << 8;
    if (setup[0] == 0x21 && setup[1] == 0x0A)
        return 0;
    if (setup[0] == 0x81 && setup[1] == 0x06 && value == 0x2200) {
        bytes = reader->report_descriptor;
        count = reader->form.report_descriptor_bytes;
    } else if (setup[0] == 0x80 && setup[1] == 0x06 && value == 0x0300) {
        memcpy(answer, "\x04\x03\x09\x04", 4);
        count = 4;
    } else if (setup[0] == 0x80 && setup[1] == 0x06 && value == 0x0303 && reader->serial[0]) {
        size_t length = strlen(reader->serial);
        count = 2 + 2 * (int)length;
        answer[0] = (uint8_t)count;
        answer[1] = 3;
        for (size_t index = 0; index < length; index++)
            answer[2 + 2 * index] = (uint8_t)reader->serial[index];
    } else {
        return -EPIPE;
    }
    if (count > room)
        count = room;
    memcpy(data, bytes, (size_t)count);
    return count;
}

static int submit(struct swt_reader *reader, UMockdevIoctlData *data)
{
    if (reader->is_asleep)
        return -EHOSTUNREACH;
    struct usbdevfs_urb *urb = (struct usbdevfs_urb *)data->data;
    struct transfer *transfer = g_new0(struct transfer, 1);
    transfer->urb = umockdev_ioctl_data_ref(data);
    transfer->buffer = umockdev_ioctl_data_resolve(
        data, G_STRUCT_OFFSET(struct usbdevfs_urb, buffer), (gsize)urb->buffer_length, NULL);
    if (urb->type == USBDEVFS_URB_TYPE_CONTROL) {
        uint8_t *bytes = transfer->buffer->data;
        int count = control(reader, bytes, bytes + 8, urb->buffer_length - 8);
        end(reader, transfer, count < 0 ? count : 0, count < 0 ? 0 : count);
    } else {
        g_queue_push_tail(&reader->pending, transfer);
        match(reader);
    }
    return 0;
}

static int discard(struct swt_reader *reader, unsigned long address)
{
    for (GList *link = reader->pending.head; link; link = link->next) {
        struct transfer *transfer = link->data;
        if (transfer->urb->client_addr != address)
            continue;
        g_queue_delete_link(&reader->pending, link);
        end(reader, transfer, -ENOENT, 0);
        reader->counts[SWT_DISCARDS]++;
        match(reader);
        return 0;
    }
    return -EINVAL;
}

static int reap(struct swt_reader *reader, UMockdevIoctlData *arg)
{
    struct transfer *transfer = g_queue_pop_head(&reader->done);
    if (!transfer)
        return reader->is_gone ? -ENODEV : -EAGAIN;
    umockdev_ioctl_data_set_ptr(arg, 0, transfer->urb);
    umockdev_ioctl_data_unref(transfer->urb);
    umockdev_ioctl_data_unref(transfer->buffer);
    g_free(transfer);
    return 0;
}

static int claim(struct swt_reader *reader, bool takes_driver)
{
    if (reader->claim_refusals > 0) {
        reader->claim_refusals--;
        reader->counts[SWT_REFUSALS]++;
        return -reader->claim_error;
    }
    if (takes_driver && reader->form.has_no_auto_detach)
        return -ENOTTY;
    if (reader->is_claimed || (reader->has_driver && !takes_driver))
        return -EBUSY;
    if (reader->has_driver)
        reader->counts[SWT_DETACHES]++;
    reader->has_driver = false;
    reader->is_claimed = true;
    reader->counts[SWT_CLAIMS]++;
    return 0;
}

static int driver(struct swt_reader *reader, struct usbdevfs_ioctl *command)
{
    bool connects = (unsigned long)command->ioctl_code == USBDEVFS_CONNECT;
    if (connects == reader->has_driver)
        return connects ? -EBUSY : -ENODATA;
    reader->has_driver = connects;
    reader->counts[connects ? SWT_ATTACHES : SWT_DETACHES]++;
    return 0;
}

static int answer(struct swt_reader *reader, unsigned long request, UMockdevIoctlData *arg,
                  UMockdevIoctlData *data)
{
    if (reader->is_gone && request != USBDEVFS_REAPURBNDELAY) {
        reader->counts[SWT_RELEASES] += request == USBDEVFS_RELEASEINTERFACE;
        return -ENODEV;
    }
    switch (request) {
    case USBDEVFS_GET_CAPABILITIES:
        *(guint32 *)data->data = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_NO_PACKET_SIZE_LIM
            | USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
        return 0;
    case USBDEVFS_CLAIMINTERFACE:
        return claim(reader, false);
    case USBDEVFS_DISCONNECT_CLAIM:
        return claim(reader, true);
    case USBDEVFS_RELEASEINTERFACE:
        reader->is_claimed = false;
        reader->counts[SWT_RELEASES]++;
        return 0;
    case USBDEVFS_GETDRIVER:
        if (!reader->has_driver && !reader->is_claimed)
            return -ENODATA;
        strcpy(((struct usbdevfs_getdriver *)data->data)->driver,
               reader->has_driver ? "usbhid" : "usbfs");
        return 0;
    case USBDEVFS_IOCTL:
        return driver(reader, (struct usbdevfs_ioctl *)data->data);
    case USBDEVFS_CLEAR_HALT:
        if (reader->is_asleep)
            return -EHOSTUNREACH;
        reader->is_halted = false;
        reader->counts[SWT_CLEARED]++;
        match(reader);
        return 0;
    case USBDEVFS_SUBMITURB:
        return submit(reader, data);
    case USBDEVFS_DISCARDURB:
        return discard(reader, *(unsigned long *)arg->data);
    case USBDEVFS_REAPURBNDELAY:
        return reap(reader, data);
    default:
        return -ENOTTY;
    }
}

static gboolean on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client, gpointer context)
{
    (void)base;
    struct swt_reader *reader = context;
    unsigned long request = umockdev_ioctl_client_get_request(client);
    UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg(client), *data = NULL;
    size_t size = _IOC_SIZE(request);
    if (size && request != USBDEVFS_DISCARDURB) {
        data = umockdev_ioctl_data_resolve(arg, 0, size, NULL);
        if (!data)
            return FALSE;
    }
    pthread_mutex_lock(&lock);
    int result = answer(reader, request, arg, data);
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    umockdev_ioctl_client_complete(client, result < 0 ? -1 : result, result < 0 ? -result : 0);
    if (data)
        umockdev_ioctl_data_unref(data);
    return TRUE;
}

/* Appends bytes as hex digits. */
static void append_hex(GString *text, const uint8_t *bytes, size_t count)
{
    for (size_t index = 0; index < count; index++)
        g_string_append_printf(text, "%02X", bytes[index]);
}

/* Device and configuration descriptor: one HID interface with an interrupt endpoint, and perhaps
 * a second interface without one. Source: USB 2.0, section 9.6; USB HID 1.11, section 6.2. */
static GString *descriptors(const struct swt_form *form)
{
    bool is_keyboard = form->is_boot_keyboard, has_extra = form->extra_class >= 0;
    uint8_t total = 9 + 9 + 9 + 7 + (has_extra ? 9 : 0);
    uint8_t bytes[] = {
        18, 1, 0x00, 0x02, 0, 0, 0, 8, form->vendor & 0xFF, form->vendor >> 8,
        form->product & 0xFF, form->product >> 8, 0x00, 0x01, 1, 2, form->serial ? 3 : 0, 1,
        9, 2, total, 0, has_extra ? 2 : 1, 1, 0, 0x80, 50,
        9, 4, 0, 0, 1, 3, is_keyboard, is_keyboard, 0,
        9, 0x21, 0x11, 0x01, 0, 1, 0x22, form->report_descriptor_bytes & 0xFF,
        form->report_descriptor_bytes >> 8,
        7, 5, 0x81, 3, form->packet_bytes & 0xFF, form->packet_bytes >> 8, 1,
    };
    uint8_t extra[] = { 9, 4, 1, 0, 0, (uint8_t)form->extra_class, 0, 0, 0 };
    GString *text = g_string_new("");
    append_hex(text, bytes, sizeof bytes);
    if (has_extra)
        append_hex(text, extra, sizeof extra);
    return text;
}

static void add(struct swt_reader *reader)
{
    const struct swt_form *form = &reader->form;
    int address = 100 + form->port;
    GString *hex = descriptors(form), *text = g_string_new("");
    g_string_append_printf(
        text,
        "P: %s\nN: %s=%s\nE: DEVNAME=/dev/%s\nE: DEVTYPE=usb_device\nE: DRIVER=usb\n"
        "E: PRODUCT=%x/%x/100\nE: TYPE=0/0/0\nE: BUSNUM=001\nE: DEVNUM=%03d\nE: MAJOR=189\n"
        "E: MINOR=%d\nE: SUBSYSTEM=usb\nA: bConfigurationValue=%s\nA: busnum=1\nA: devnum=%d\n"
        "A: devpath=%d\nA: dev=189:%d\nH: descriptors=%s\nA: idProduct=%04x\nA: idVendor=%04x\n"
        "A: speed=12\nA: version= 2.00\n\n",
        reader->path + 4, reader->node + 5, hex->str, reader->node + 5, form->vendor,
        form->product, address, address - 1, form->is_unconfigured ? "" : "1", address,
        form->port, address - 1, hex->str, form->product, form->vendor);
    GError *error = NULL;
    if (!umockdev_testbed_attach_ioctl(testbed, reader->node, reader->handler, &error))
        g_error("%s", error->message);
    if (!umockdev_testbed_add_from_string(testbed, text->str, &error))
        g_error("%s", error->message);
    g_string_free(text, TRUE);
    g_string_free(hex, TRUE);
}

struct swt_reader *swt_plug(const struct swt_form *form)
{
    struct swt_reader *reader = g_new0(struct swt_reader, 1);
    reader->form = *form;
    memcpy(reader->report_descriptor, form->report_descriptor, form->report_descriptor_bytes);
    if (form->serial)
        g_strlcpy(reader->serial, form->serial, sizeof reader->serial);
    snprintf(reader->node, sizeof reader->node, "/dev/bus/usb/001/%03d", 100 + form->port);
    snprintf(reader->path, sizeof reader->path,
             "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-%d", form->port);
    reader->has_driver = form->has_kernel_driver;
    reader->handler = umockdev_ioctl_base_new();
    g_signal_connect(reader->handler, "handle-ioctl", G_CALLBACK(on_ioctl), reader);
    add(reader);
    return reader;
}

void swt_announce(struct swt_reader *reader)
{
    umockdev_testbed_uevent(testbed, reader->path, "add");
}

void swt_configure(struct swt_reader *reader)
{
    umockdev_testbed_set_attribute(testbed, reader->path, "bConfigurationValue", "1");
}

void swt_unplug(struct swt_reader *reader)
{
    pthread_mutex_lock(&lock);
    reader->is_gone = true;
    end_all(reader, -ESHUTDOWN);
    pthread_mutex_unlock(&lock);
    umockdev_testbed_uevent(testbed, reader->path, "remove");
}

void swt_forget(struct swt_reader *reader)
{
    GError *error = NULL;
    if (!umockdev_testbed_detach_ioctl(testbed, reader->node, &error))
        g_clear_error(&error);
    umockdev_testbed_remove_device(testbed, reader->path);
    g_object_unref(reader->handler);
    pthread_mutex_lock(&lock);
    struct transfer *transfer;
    while ((transfer = g_queue_pop_head(&reader->done))) {
        umockdev_ioctl_data_unref(transfer->urb);
        umockdev_ioctl_data_unref(transfer->buffer);
        g_free(transfer);
    }
    g_queue_clear_full(&reader->script, g_free);
    pthread_mutex_unlock(&lock);
    g_free(reader);
}

static void script(struct swt_reader *reader, int status, const uint8_t *bytes, size_t count)
{
    struct item *item = g_new0(struct item, 1);
    item->status = status;
    item->count = count < sizeof item->bytes ? count : sizeof item->bytes;
    if (count)
        memcpy(item->bytes, bytes, item->count);
    g_queue_push_tail(&reader->script, item);
}

void swt_send(struct swt_reader *reader, const uint8_t *bytes, size_t count, size_t packets)
{
    pthread_mutex_lock(&lock);
    for (size_t packet = 0; packet < packets; packet++)
        script(reader, 0, bytes + packet * count, count);
    match(reader);
    pthread_mutex_unlock(&lock);
}

void swt_fail(struct swt_reader *reader, int status)
{
    pthread_mutex_lock(&lock);
    script(reader, status, NULL, 0);
    match(reader);
    pthread_mutex_unlock(&lock);
}

void swt_sleep(struct swt_reader *reader, int status)
{
    pthread_mutex_lock(&lock);
    reader->is_asleep = true;
    end_all(reader, status);
    pthread_mutex_unlock(&lock);
}

void swt_wake(struct swt_reader *reader)
{
    pthread_mutex_lock(&lock);
    reader->is_asleep = false;
    match(reader);
    pthread_mutex_unlock(&lock);
}

void swt_refuse_claims(struct swt_reader *reader, int count, int error)
{
    pthread_mutex_lock(&lock);
    reader->claim_refusals = count;
    reader->claim_error = error;
    pthread_mutex_unlock(&lock);
}

bool swt_has_kernel_driver(struct swt_reader *reader)
{
    pthread_mutex_lock(&lock);
    bool has_driver = reader->has_driver;
    pthread_mutex_unlock(&lock);
    return has_driver;
}

int swt_value(struct swt_reader *reader, enum swt_count count)
{
    pthread_mutex_lock(&lock);
    int value = reader->counts[count];
    pthread_mutex_unlock(&lock);
    return value;
}

bool swt_wait(struct swt_reader *reader, enum swt_count count, int value)
{
    struct timespec end_time;
    clock_gettime(CLOCK_MONOTONIC, &end_time);
    end_time.tv_sec += 20;
    bool has_come = true;
    pthread_mutex_lock(&lock);
    while (has_come
           && (count == SWT_SCRIPTED ? reader->counts[count] > value
                                     : reader->counts[count] < value))
        has_come = pthread_cond_clockwait(&changed, &lock, CLOCK_MONOTONIC, &end_time) == 0;
    pthread_mutex_unlock(&lock);
    return has_come;
}
