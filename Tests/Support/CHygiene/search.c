#include "CHygiene.h"

#include <stdlib.h>
#include <string.h>

struct needle {
    uint64_t key;
    uint8_t bytes[SWL_NEEDLE_MAXIMUM];
    uint8_t count;
    uint8_t kind;
};

// Keys of seven bytes in an open table; a bitmap in front of it answers nearly every place.
struct swl_search {
    struct needle *needles;
    uint32_t *slots;
    uint64_t *bitmap;
    size_t used, room;
    unsigned bits;
};

static uint64_t key_at(const uint8_t *bytes) {
    uint64_t key = 0;
    memcpy(&key, bytes, SWL_NEEDLE_MINIMUM);
    return key;
}

static uint64_t hash(uint64_t key) { return key * 0x9E3779B97F4A7C15u; }

swl_search *swl_search_new(size_t needles) {
    swl_search *search = calloc(1, sizeof *search);
    if (search == NULL) return NULL;
    search->room = needles;
    search->bits = 16;
    while (((size_t)1 << search->bits) < needles * 16) search->bits++;
    search->needles = calloc(needles, sizeof *search->needles);
    search->slots = calloc((size_t)1 << search->bits, sizeof *search->slots);
    search->bitmap = calloc((size_t)1 << (search->bits - 3), 1);
    if (search->needles && search->slots && search->bitmap) return search;
    swl_search_free(search);
    return NULL;
}

void swl_search_free(swl_search *search) {
    if (search == NULL) return;
    free(search->needles);
    free(search->slots);
    free(search->bitmap);
    free(search);
}

int swl_search_add(swl_search *search, const uint8_t *bytes, size_t count, int kind) {
    if (count < SWL_NEEDLE_MINIMUM || count > SWL_NEEDLE_MAXIMUM) return -1;
    if (search->used == search->room || kind < 0 || kind > 15) return -1;
    struct needle *needle = &search->needles[search->used++];
    needle->key = key_at(bytes);
    memcpy(needle->bytes, bytes, count);
    needle->count = (uint8_t)count;
    needle->kind = (uint8_t)kind;
    size_t place = hash(needle->key) >> (64 - search->bits);
    search->bitmap[place / 64] |= (uint64_t)1 << place % 64;
    size_t mask = ((size_t)1 << search->bits) - 1;
    while (search->slots[place] != 0) place = (place + 1) & mask;
    search->slots[place] = (uint32_t)search->used;
    return 0;
}

static void look(const swl_search *search, size_t place, const uint8_t *bytes, size_t left,
                 uint64_t *counts) {
    uint64_t key = key_at(bytes);
    size_t mask = ((size_t)1 << search->bits) - 1;
    for (; search->slots[place] != 0; place = (place + 1) & mask) {
        const struct needle *needle = &search->needles[search->slots[place] - 1];
        if (needle->key == key && needle->count <= left &&
            memcmp(needle->bytes, bytes, needle->count) == 0)
            counts[needle->kind]++;
    }
}

void swl_search_run(const swl_search *search, const uint8_t *bytes, size_t count, size_t starts,
                    uint64_t *counts) {
    for (size_t at = 0; at < starts && at + SWL_NEEDLE_MINIMUM <= count; at++) {
        size_t place = hash(key_at(bytes + at)) >> (64 - search->bits);
        if (search->bitmap[place / 64] >> place % 64 & 1)
            look(search, place, bytes + at, count - at, counts);
    }
}
