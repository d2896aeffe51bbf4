// A gateway with nothing in it: TLS 1.3, HTTP/1.1 with kept-alive connections, one thread. A POST
// is answered 201 with a Location, a GET of a sale with a whole resource, any other GET with a few
// bytes. It knows no faults and keeps nothing; the emulator is the gateway of the tests.
//
// reference-gateway DIR    DIR holds cert.pem and key.pem; the port is printed on standard output
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { connections_max = 64, request_max = 16384, answer_max = 4096 };

struct connection {
    SSL *tls;
    int accepted;
    size_t count;
    char request[request_max];
};

static struct pollfd polled[1 + connections_max];
static struct connection connections[connections_max];
static unsigned long long sale = 0x5501b651da06ull;

static void die(const char *what) {
    fprintf(stderr, "reference-gateway: %s\n", what);
    ERR_print_errors_fp(stderr);
    exit(1);
}

static SSL_CTX *make_context(const char *folder) {
    char certificate[512], key[512];
    snprintf(certificate, sizeof certificate, "%s/cert.pem", folder);
    snprintf(key, sizeof key, "%s/key.pem", folder);
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (!context || !SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION)) die("no TLS 1.3");
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_read_ahead(context, 1);
    if (SSL_CTX_use_certificate_chain_file(context, certificate) != 1
        || SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1)
        die("no certificate or key");
    return context;
}

static int start_listening(void) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) != 0
        || listen(listener, connections_max) != 0
        || getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        die("no socket to listen on");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return listener;
}

static void drop(int slot) {
    SSL_free(connections[slot].tls);
    connections[slot].tls = NULL;
    close(polled[1 + slot].fd);
    polled[1 + slot].fd = -1;
}

static void take_connection(SSL_CTX *context, int listener) {
    int descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor < 0) return;
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    for (int slot = 0; slot < connections_max; slot++) {
        struct connection *connection = &connections[slot];
        if (connection->tls) continue;
        connection->tls = SSL_new(context);
        if (!connection->tls || SSL_set_fd(connection->tls, descriptor) != 1) die("no SSL object");
        SSL_set_accept_state(connection->tls);
        connection->accepted = 0;
        connection->count = 0;
        polled[1 + slot] = (struct pollfd){.fd = descriptor, .events = POLLIN};
        return;
    }
    close(descriptor);
}

// The value of a header field, up to its line's end; NULL when it is not there.
static const char *field(const char *head, const char *name) {
    const char *at = strcasestr(head, name);
    if (!at) return NULL;
    at += strlen(name);
    while (*at == ' ') at++;
    return at;
}

static int resource(char *body, size_t room, const char *host, int host_count, const char *id) {
    return snprintf(
        body, room,
        "{\"version\":0,\"createdAt\":\"2026-01-15T12:58:09.863-03:00\",\"lastModified\":"
        "\"2026-01-15T12:58:09.863-03:00\",\"createdBy\":\"10002\",\"lastModifiedBy\":\"10002\","
        "\"metaData\":null,\"saleResponse\":{\"saleId\":\"%.16s\",\"approvalCode\":\"VTLMC1\","
        "\"processedDateTime\":null,\"avsResultCode\":\"0\",\"verificationResultCode\":\"M\","
        "\"batchId\":\"1343\",\"responseCode\":\"00\",\"responseText\":\"SUCCESS\",\"cisNote\":"
        "\"\",\"riskStatusResponseText\":\"\",\"riskStatusRespondeCode\":\"\",\"saleDateTime\":"
        "\"2026-01-15 12:58:09\",\"tokenizedCard\":\"tokenOfTheCard00\",\"customerReference\":{"
        "\"customerId\":2972,\"customerEmail\":\"\",\"customerPhones\":[]},\"billingReferences\":{"
        "\"customerBillId\":\"\",\"customerCardId\":\"2955\"}},\"settlementStatus\":"
        "\"Not settled\",\"_links\":{\"self\":{\"href\":\"https://%.*s/api/v2/sale/%.16s\"},"
        "\"merchant\":{\"href\":\"https://%.*s/api/v2/sale/%.16s/merchant\"}}}",
        id, host_count, host, id, host_count, host, id);
}

static int compose(const char *request, char *answer) {
    const char *host = field(request, "\r\nHost:");
    int host_count = host ? (int)strcspn(host, "\r") : 0;
    if (strncmp(request, "POST ", 5) == 0)
        return snprintf(answer, answer_max,
                        "HTTP/1.1 201 Created\r\nLocation: https://%.*s/api/v2/sale/%016llx\r\n"
                        "Content-Length: 0\r\n\r\n",
                        host_count, host, ++sale);
    const char *id = strstr(request, "/sale/");
    char body[answer_max / 2] = "{\"status\":\"ready\"}";
    if (id && id < strchr(request, '\r')) resource(body, sizeof body, host, host_count, id + 6);
    return snprintf(answer, answer_max,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    "Content-Length: %zu\r\n\r\n%s",
                    strlen(body), body);
}

// Answers every request that is whole; 0 when the connection is to be dropped.
static int answer_requests(struct connection *connection) {
    for (;;) {
        connection->request[connection->count] = 0;
        char *end = strstr(connection->request, "\r\n\r\n");
        if (!end) return connection->count < request_max - 1;
        const char *length = field(connection->request, "\r\nContent-Length:");
        size_t head = (size_t)(end + 4 - connection->request);
        size_t whole = head + (length && length < end ? strtoul(length, NULL, 10) : 0);
        if (whole >= request_max) return 0;
        if (connection->count < whole) return 1;
        char answer[answer_max];
        int count = compose(connection->request, answer);
        if (SSL_write(connection->tls, answer, count) != count) return 0;
        const char *ending = field(connection->request, "\r\nConnection:");
        if (ending && ending < end && strncasecmp(ending, "close", 5) == 0) return 0;
        connection->count -= whole;
        memmove(connection->request, connection->request + whole, connection->count);
    }
}

// Goes on with a connection that has something to read; 0 when it is to be dropped.
static int serve(struct connection *connection) {
    ERR_clear_error();
    if (!connection->accepted) {
        int result = SSL_accept(connection->tls);
        if (result != 1) return SSL_get_error(connection->tls, result) == SSL_ERROR_WANT_READ;
        connection->accepted = 1;
        if (!SSL_has_pending(connection->tls)) return 1;
    }
    do {
        int result = SSL_read(connection->tls, connection->request + connection->count,
                              (int)(request_max - 1 - connection->count));
        if (result <= 0) return SSL_get_error(connection->tls, result) == SSL_ERROR_WANT_READ;
        connection->count += (size_t)result;
        if (!answer_requests(connection)) return 0;
    } while (SSL_has_pending(connection->tls));
    return 1;
}

int main(int count, char **arguments) {
    if (count != 2) die("give the folder of cert.pem and key.pem");
    signal(SIGPIPE, SIG_IGN);
    SSL_CTX *context = make_context(arguments[1]);
    polled[0] = (struct pollfd){.fd = start_listening(), .events = POLLIN};
    for (int slot = 0; slot < connections_max; slot++) polled[1 + slot].fd = -1;
    for (;;) {
        if (poll(polled, 1 + connections_max, -1) < 0) continue;
        if (polled[0].revents) take_connection(context, polled[0].fd);
        for (int slot = 0; slot < connections_max; slot++)
            if (polled[1 + slot].fd >= 0 && polled[1 + slot].revents
                && !serve(&connections[slot]))
                drop(slot);
    }
}
