// The limit: OpenSSL and system calls and nothing else, in the patterns of the product.
//
// limit checked|bare clear|encrypted PATTERN PORT DIR WARMUP COUNT IDLE_MS
//
// `checked` makes the calls that a payment needs: it looks whether the connection is alive before
// it gives it a POST or a second request, and waits for an answer with a deadline. `bare` only
// writes and reads. Patterns: K, one connection, POSTs back to back; P, for each POST and GET a
// connection opened ahead and idle since; cold and resumed, TCP and TLS alone. One line for each
// measurement, in nanoseconds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { message_max = 16384, tickets_first = 2, tickets_resumed = 1, deadline_ms = 5000 };

struct message {
    size_t count;
    char bytes[message_max];
};

static SSL_CTX *context;
static SSL_SESSION *session;
static int tickets;
static int is_checked;
static struct sockaddr_in address = {.sin_family = AF_INET};
static SSL *tls;
static int descriptor = -1;

static void die(const char *what) {
    fprintf(stderr, "limit: %s\n", what);
    ERR_print_errors_fp(stderr);
    exit(1);
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static int keep_session(SSL *connection, SSL_SESSION *new) {
    (void)connection;
    SSL_SESSION_free(session);
    session = new;
    tickets++;
    return 1;
}

static void make_context(const char *folder) {
    char certificate[512];
    snprintf(certificate, sizeof certificate, "%s/cert.pem", folder);
    context = SSL_CTX_new(TLS_client_method());
    if (!context || SSL_CTX_load_verify_locations(context, certificate, NULL) != 1)
        die("no certificate");
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION
                                     | SSL_OP_CLEANSE_PLAINTEXT);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep_session);
}

static void close_connection(void) {
    if (!tls) return;
    SSL_shutdown(tls);
    SSL_free(tls);
    close(descriptor);
    tls = NULL;
}

static void open_connection(void) {
    int on = 1;
    descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) die("no gateway");
    tls = SSL_new(context);
    if (!tls || SSL_set_fd(tls, descriptor) != 1
        || X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls), "127.0.0.1") != 1)
        die("no SSL object");
    if (session) SSL_set_session(tls, session);
    tickets = 0;
    if (SSL_connect(tls) != 1) die("no handshake");
    ioctl(descriptor, FIONBIO, &on);
}

static int wait_to_read(int milliseconds) {
    struct pollfd entry = {.fd = descriptor, .events = POLLIN};
    return poll(&entry, 1, milliseconds) > 0;
}

static int is_alive(void) {
    char byte;
    ERR_clear_error();
    int result = SSL_peek(tls, &byte, 1);
    return result <= 0 && SSL_get_error(tls, result) == SSL_ERROR_WANT_READ;
}

// Reads all tickets, so that none waits in front of the first answer.
static void read_tickets(void) {
    int expected = SSL_session_reused(tls) ? tickets_resumed : tickets_first;
    while (tickets < expected)
        if (!wait_to_read(deadline_ms) || !is_alive()) die("no tickets");
}

static void set_blocking(int blocks) {
    int on = !blocks;
    ioctl(descriptor, FIONBIO, &on);
}

// The body of the answer, which is whole; NULL when more must come.
static const char *body_of(struct message *answer) {
    answer->bytes[answer->count] = 0;
    char *end = strstr(answer->bytes, "\r\n\r\n");
    if (!end) return NULL;
    char *length = strstr(answer->bytes, "Content-Length: ");
    if (!length || length > end) die("an answer without a length");
    size_t whole = (size_t)(end + 4 - answer->bytes) + strtoul(length + 16, NULL, 10);
    return answer->count < whole ? NULL : end + 4;
}

static const char *exchange(const struct message *request, struct message *answer) {
    if (is_checked && !is_alive()) die("the connection died");
    ERR_clear_error();
    if (SSL_write(tls, request->bytes, (int)request->count) != (int)request->count)
        die("not written");
    answer->count = 0;
    for (;;) {
        if (is_checked && !wait_to_read(deadline_ms)) die("no answer");
        int count = SSL_read(tls, answer->bytes + answer->count,
                             (int)(message_max - 1 - answer->count));
        if (count <= 0) {
            if (SSL_get_error(tls, count) == SSL_ERROR_WANT_READ) continue;
            die("not read");
        }
        answer->count += (size_t)count;
        const char *body = body_of(answer);
        if (body) return body;
    }
}

// A POST; where in the answer the id of the sale stands.
static const char *post(const struct message *request, struct message *answer) {
    exchange(request, answer);
    const char *location = strstr(answer->bytes, "Location: ");
    if (strncmp(answer->bytes, "HTTP/1.1 201", 12) != 0 || !location) die("no sale");
    return strstr(location, "/sale/") + 6;
}

static void get(const struct message *head, const char *id, struct message *answer) {
    static struct message request;
    request.count = (size_t)snprintf(request.bytes, message_max, "GET /api/v2/sale/%.16s%s", id,
                                     head->bytes);
    const char *body = exchange(&request, answer);
    if (!strstr(body, "\"responseCode\":\"00\"")) die("not approved");
}

static void read_file(const char *folder, const char *name, struct message *message) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file) die("a request's file is missing");
    message->count = fread(message->bytes, 1, message_max - 1, file);
    message->bytes[message->count] = 0;
    fclose(file);
}

static void run(char pattern, const char *folder, const char *entry, const long counts[3]) {
    static struct message request, head, answer;
    char name[64];
    snprintf(name, sizeof name, "%s.http", entry);
    read_file(folder, name, &request);
    read_file(folder, "get.http", &head);
    for (long number = 0; number < counts[0] + counts[1]; number++) {
        uint64_t start = now();
        int is_dialling = pattern == 'c' || pattern == 'r';
        if (pattern == 'c') {
            SSL_SESSION_free(session);
            session = NULL;
        }
        if (pattern != 'K' || number == 0) open_connection();
        uint64_t end = now();
        if (pattern != 'K' || number == 0) {
            read_tickets();
            set_blocking(!is_checked);
        }
        if (!is_dialling) {
            if (pattern == 'P') usleep((useconds_t)counts[2] * 1000);
            start = now();
            const char *id = post(&request, &answer);
            if (pattern == 'P') get(&head, id, &answer);
            end = now();
        }
        if (pattern != 'K') close_connection();
        if (number >= counts[0]) printf("%llu\n", (unsigned long long)(end - start));
    }
}

int main(int count, char **arguments) {
    if (count != 9) die("checked|bare clear|encrypted PATTERN PORT DIR WARMUP COUNT IDLE_MS");
    is_checked = strcmp(arguments[1], "checked") == 0;
    address.sin_port = htons((uint16_t)atoi(arguments[4]));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    make_context(arguments[5]);
    const long counts[3] = {atol(arguments[6]), atol(arguments[7]), atol(arguments[8])};
    static char lines[1 << 20];
    setvbuf(stdout, lines, _IOFBF, sizeof lines);
    run(arguments[3][0], arguments[5], arguments[2], counts);
    close_connection();
    return 0;
}
