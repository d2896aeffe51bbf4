// What the hygiene checks need of C: a search for many numbers at once, and a gateway that
// misbehaves on demand.
#ifndef SWIPELINE_CHYGIENE_H
#define SWIPELINE_CHYGIENE_H

#include <stddef.h>
#include <stdint.h>

/// The shortest needle, in bytes.
#define SWL_NEEDLE_MINIMUM 7
/// The longest needle, in bytes.
#define SWL_NEEDLE_MAXIMUM 40

/// Needles of several kinds, searched for in one pass.
typedef struct swl_search swl_search;

/// Room for so many needles; NULL without memory.
swl_search *swl_search_new(size_t needles);
void swl_search_free(swl_search *search);
/// Adds a needle of a kind (0 to 15). 0, or -1 when it is too short, too long or one too many.
int swl_search_add(swl_search *search, const uint8_t *bytes, size_t count, int kind);
/// Adds to counts[kind] how often needles of each kind begin in the first `starts` of `count`
/// bytes, so that overlapping pieces count nothing twice.
void swl_search_run(const swl_search *search, const uint8_t *bytes, size_t count, size_t starts,
                    uint64_t *counts);

/// How the gateway answers.
enum swl_manner {
    SWL_APPROVE,
    SWL_DECLINE,
    SWL_REJECT,
    SWL_BAD_JSON,
    SWL_SILENT,
    SWL_BREAK_OFF,
    SWL_RESOURCE_GONE,
};

/// A TLS server on loopback that answers one connection after the other.
typedef struct swl_gateway swl_gateway;

/// Begins to listen with a certificate and a key in PEM files. NULL when that fails.
swl_gateway *swl_gateway_new(const char *certificate, const char *key);
int swl_gateway_port(const swl_gateway *gateway);
/// Sets how requests are answered from now on, after `good` more that are approved.
void swl_gateway_set(swl_gateway *gateway, enum swl_manner manner, int good);
/// How many POSTs it has read whole.
int swl_gateway_posts(const swl_gateway *gateway);
/// Waits until so many POSTs were read. 0, or -1 after 30 seconds.
int swl_gateway_wait(swl_gateway *gateway, int posts);
/// Ends the server and whatever connection it holds.
void swl_gateway_free(swl_gateway *gateway);

/// A process to be started: all of it as bytes, because a leak may be none of a text.
struct swl_child {
    const char *program;
    const char *folder;
    char *const *arguments;
    char *const *environment;
    int input, output, errors;
};

/// Starts a process that may write a core. Its id, or -1 with errno.
int swl_spawn(const struct swl_child *child);

/// Copies the vector registers of a thread of another process, which it stops for that. How many
/// bytes, or -1 with errno.
long swl_registers(int thread, void *room, size_t bytes);

#endif
