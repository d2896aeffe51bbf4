// The system's OpenSSL 3, with the macros that Swift cannot import as static inline functions.
#ifndef SWIPELINE_COPENSSL_SHIM_H
#define SWIPELINE_COPENSSL_SHIM_H

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

static inline long swl_ctx_set_min_proto(SSL_CTX *ctx, int version) {
    return SSL_CTX_set_min_proto_version(ctx, version);
}
static inline long swl_ctx_set_max_proto(SSL_CTX *ctx, int version) {
    return SSL_CTX_set_max_proto_version(ctx, version);
}
static inline long swl_ctx_set_session_cache_mode(SSL_CTX *ctx, long mode) {
    return SSL_CTX_set_session_cache_mode(ctx, mode);
}
static inline long swl_ctx_set_mode(SSL_CTX *ctx, long mode) { return SSL_CTX_set_mode(ctx, mode); }
static inline long swl_set_host_name(SSL *ssl, const char *name) {
    return SSL_set_tlsext_host_name(ssl, name);
}
static inline EVP_PKEY *swl_ec_generate(const char *curve) { return EVP_EC_gen(curve); }
// No compression, no renegotiation; received plaintext is wiped once it is handed over. Whole
// records are read in one call, so that an answer costs one recv.
static inline void swl_ctx_harden(SSL_CTX *ctx) {
    SSL_CTX_set_options(ctx, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION
                                 | SSL_OP_CLEANSE_PLAINTEXT);
    SSL_CTX_set_read_ahead(ctx, 1);
}
// The client's sessions go to the new-session callback and nowhere else.
static inline void swl_ctx_keep_sessions_outside(SSL_CTX *ctx) {
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
}
// The reason code of an error of the queue.
static inline int swl_reason(unsigned long error) { return ERR_GET_REASON(error); }

// HMAC-SHA256 (RFC 2104) with the key taken in once: a link of a chain costs the blocks of its
// bytes and one more, and nothing is allocated.
typedef struct {
    SHA256_CTX inner, outer;
} swl_hmac;

static inline void swl_hmac_take_key(swl_hmac *hmac, const unsigned char key[32]) {
    unsigned char inner[64], outer[64];
    for (int i = 0; i < 64; i++) {
        unsigned char byte = i < 32 ? key[i] : 0;
        inner[i] = byte ^ 0x36;
        outer[i] = byte ^ 0x5c;
    }
    SHA256_Init(&hmac->inner);
    SHA256_Update(&hmac->inner, inner, sizeof inner);
    SHA256_Init(&hmac->outer);
    SHA256_Update(&hmac->outer, outer, sizeof outer);
    OPENSSL_cleanse(inner, sizeof inner);
    OPENSSL_cleanse(outer, sizeof outer);
}
// The mac over a previous mac, a number (big-endian) and a body.
static inline void swl_hmac_link(const swl_hmac *hmac, const void *previous, uint64_t number,
                                 const void *body, size_t count, void *mac) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    uint64_t ordered = __builtin_bswap64(number);
    SHA256_CTX context = hmac->inner;
    SHA256_Update(&context, previous, SHA256_DIGEST_LENGTH);
    SHA256_Update(&context, &ordered, sizeof ordered);
    SHA256_Update(&context, body, count);
    SHA256_Final(digest, &context);
    context = hmac->outer;
    SHA256_Update(&context, digest, sizeof digest);
    SHA256_Final((unsigned char *)mac, &context);
}

#endif
