#define _GNU_SOURCE
#include "CHygiene.h"

#include <arpa/inet.h>
#include <errno.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct swl_gateway {
    SSL_CTX *context;
    int listener, port;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    // Under the lock.
    enum swl_manner manner;
    int good, posts, connection, ending;
};

// Reads a whole request into `room`, which is wiped afterwards. 1 a POST, 0 another, -1 none.
static int read_request(SSL *tls) {
    static _Thread_local char room[65536];
    size_t got = 0;
    int kind = -1;
    while (got < sizeof room - 1) {
        int count = SSL_read(tls, room + got, (int)(sizeof room - 1 - got));
        if (count <= 0) break;
        got += (size_t)count;
        room[got] = 0;
        char *end = strstr(room, "\r\n\r\n");
        if (end == NULL) continue;
        char *field = strcasestr(room, "content-length:");
        size_t body = field != NULL && field < end ? strtoul(field + 15, NULL, 10) : 0;
        if (got < (size_t)(end + 4 - room) + body) continue;
        kind = strncmp(room, "POST", 4) == 0;
        break;
    }
    explicit_bzero(room, sizeof room);
    return kind;
}

static void answer(SSL *tls, const char *head, const char *body) {
    char text[1024];
    int count = snprintf(text, sizeof text,
                         "HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
                         "Content-Length: %zu\r\n\r\n%s",
                         head, strlen(body), body);
    SSL_write(tls, text, count);
}

static void answer_good(SSL *tls, int is_post) {
    if (is_post)
        answer(tls, "201 Created\r\nLocation: /api/v2/sale/478", "");
    else
        answer(tls, "200 OK",
               "{\"saleResponse\":{\"saleId\":\"478\",\"approvalCode\":\"VTLMC1\","
               "\"responseCode\":\"00\"}}");
}

// 1 when the connection goes on.
static int answer_in(enum swl_manner manner, SSL *tls, int is_post) {
    switch (manner) {
    case SWL_APPROVE: answer_good(tls, is_post); return 1;
    case SWL_DECLINE: answer(tls, "400 Bad Request", "{\"errors\":[{\"code\":\"05\"}]}"); return 1;
    case SWL_REJECT: answer(tls, "400 Bad Request", "{\"errors\":[{\"code\":\"4021\"}]}"); return 1;
    case SWL_BAD_JSON: answer(tls, "400 Bad Request", "{\"errors\":[{\"code"); return 1;
    case SWL_SILENT:
        // Until the other side goes.
        while (read_request(tls) >= 0) {}
        return 0;
    case SWL_BREAK_OFF:
        SSL_write(tls, "HTTP/1.1 201 Created\r\nLocati", 28);
        return 0;
    case SWL_RESOURCE_GONE:
        if (!is_post) return 0;
        answer_good(tls, is_post);
        return 1;
    }
    return 0;
}

static enum swl_manner next_manner(swl_gateway *gateway, int is_post) {
    pthread_mutex_lock(&gateway->lock);
    enum swl_manner manner = gateway->manner;
    if (gateway->good > 0) {
        manner = SWL_APPROVE;
        if (!is_post) gateway->good--;
    }
    if (is_post) gateway->posts++;
    pthread_cond_broadcast(&gateway->changed);
    pthread_mutex_unlock(&gateway->lock);
    return manner;
}

static void serve(swl_gateway *gateway, int connection) {
    SSL *tls = SSL_new(gateway->context);
    SSL_set_fd(tls, connection);
    if (SSL_accept(tls) == 1) {
        int kind;
        while ((kind = read_request(tls)) >= 0)
            if (!answer_in(next_manner(gateway, kind), tls, kind)) break;
    }
    SSL_free(tls);
}

static void *run(void *argument) {
    swl_gateway *gateway = argument;
    for (;;) {
        int connection = accept4(gateway->listener, NULL, NULL, SOCK_CLOEXEC);
        pthread_mutex_lock(&gateway->lock);
        int ending = gateway->ending || (connection < 0 && errno != EINTR);
        gateway->connection = connection;
        pthread_mutex_unlock(&gateway->lock);
        if (!ending && connection >= 0) serve(gateway, connection);
        pthread_mutex_lock(&gateway->lock);
        gateway->connection = -1;
        pthread_mutex_unlock(&gateway->lock);
        if (connection >= 0) close(connection);
        if (ending) return NULL;
    }
}

static int listen_on_loopback(int *port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) != 0 ||
        listen(listener, 64) != 0 || getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        return -1;
    *port = ntohs(address.sin_port);
    return listener;
}

swl_gateway *swl_gateway_new(const char *certificate, const char *key) {
    swl_gateway *gateway = calloc(1, sizeof *gateway);
    if (gateway == NULL) return NULL;
    gateway->connection = -1;
    gateway->context = SSL_CTX_new(TLS_server_method());
    gateway->listener = listen_on_loopback(&gateway->port);
    pthread_mutex_init(&gateway->lock, NULL);
    pthread_cond_init(&gateway->changed, NULL);
    if (gateway->context != NULL && gateway->listener >= 0 &&
        SSL_CTX_use_certificate_file(gateway->context, certificate, SSL_FILETYPE_PEM) == 1 &&
        SSL_CTX_use_PrivateKey_file(gateway->context, key, SSL_FILETYPE_PEM) == 1 &&
        pthread_create(&gateway->thread, NULL, run, gateway) == 0)
        return gateway;
    SSL_CTX_free(gateway->context);
    free(gateway);
    return NULL;
}

int swl_gateway_port(const swl_gateway *gateway) { return gateway->port; }

void swl_gateway_set(swl_gateway *gateway, enum swl_manner manner, int good) {
    pthread_mutex_lock(&gateway->lock);
    gateway->manner = manner;
    gateway->good = good;
    pthread_mutex_unlock(&gateway->lock);
}

int swl_gateway_posts(const swl_gateway *gateway) {
    swl_gateway *mine = (swl_gateway *)gateway;
    pthread_mutex_lock(&mine->lock);
    int posts = mine->posts;
    pthread_mutex_unlock(&mine->lock);
    return posts;
}

int swl_gateway_wait(swl_gateway *gateway, int posts) {
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += 30;
    pthread_mutex_lock(&gateway->lock);
    int result = 0;
    while (gateway->posts < posts && result == 0)
        result = pthread_cond_timedwait(&gateway->changed, &gateway->lock, &end);
    pthread_mutex_unlock(&gateway->lock);
    return result == 0 ? 0 : -1;
}

void swl_gateway_free(swl_gateway *gateway) {
    pthread_mutex_lock(&gateway->lock);
    gateway->ending = 1;
    if (gateway->connection >= 0) shutdown(gateway->connection, SHUT_RDWR);
    pthread_mutex_unlock(&gateway->lock);
    shutdown(gateway->listener, SHUT_RDWR);
    pthread_join(gateway->thread, NULL);
    close(gateway->listener);
    SSL_CTX_free(gateway->context);
    free(gateway);
}
