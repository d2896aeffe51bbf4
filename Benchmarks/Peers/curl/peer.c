// libcurl with ready-made bodies; of an answer the status and the code are looked at. It cannot
// open a connection without a request, so a small GET opens it before the idle time.
//
// curl-peer PATTERN PORT DIR WARMUP COUNT IDLE_MS
#define _GNU_SOURCE
#include <curl/curl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { answer_max = 16384 };

static CURL *curl;
static char base[128], location[512], answer[answer_max + 1], body[answer_max];
static size_t answer_count;

static void die(const char *what) {
    fprintf(stderr, "curl-peer: %s\n", what);
    exit(1);
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static size_t take(char *bytes, size_t size, size_t count, void *unused) {
    (void)unused;
    count *= size;
    if (answer_count + count > answer_max) return 0;
    memcpy(answer + answer_count, bytes, count);
    answer_count += count;
    return count;
}

static size_t take_head(char *line, size_t size, size_t count, void *unused) {
    (void)unused;
    count *= size;
    if (count > 12 && strncasecmp(line, "Location: ", 10) == 0)
        snprintf(location, sizeof location, "%.*s", (int)(count - 12), line + 10);
    return count;
}

static void perform(const char *url, long expected) {
    long status = 0;
    answer_count = 0;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    CURLcode result = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (result != CURLE_OK || status != expected) die(curl_easy_strerror(result));
    answer[answer_count] = 0;
}

static void get(const char *url) {
    curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    perform(url, 200);
}

static void post(void) {
    char url[256];
    snprintf(url, sizeof url, "%s/sale", base);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    perform(url, 201);
}

static void set_up(const char *folder) {
    char path[512];
    static char request[answer_max];
    snprintf(path, sizeof path, "%s/clear.http", folder);
    FILE *file = fopen(path, "rb");
    if (!file) die("no clear.http");
    fread(request, 1, sizeof request - 1, file);
    fclose(file);
    strcpy(body, strstr(request, "\r\n\r\n") + 4);
    snprintf(path, sizeof path, "%s/cert.pem", folder);
    curl = curl_easy_init();
    struct curl_slist *fields = NULL;
    fields = curl_slist_append(
        fields, "Authorization: Bearer 00000000-0000-0000-0000-000000000000");
    fields = curl_slist_append(fields, "Content-Type: application/json");
    fields = curl_slist_append(fields, "Accept: application/json");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
    curl_easy_setopt(curl, CURLOPT_CAINFO, path);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_head);
}

int main(int count, char **arguments) {
    if (count != 7) die("PATTERN PORT DIR WARMUP COUNT IDLE_MS");
    int is_opened_ahead = arguments[1][0] == 'P';
    snprintf(base, sizeof base, "https://127.0.0.1:%s/api/v2", arguments[2]);
    set_up(arguments[3]);
    long warm_up = atol(arguments[4]), all = warm_up + atol(arguments[5]);
    static char lines[1 << 20];
    setvbuf(stdout, lines, _IOFBF, sizeof lines);
    for (long number = 0; number < all; number++) {
        if (is_opened_ahead) {
            curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
            get(base);
            curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 0L);
            usleep((useconds_t)atol(arguments[6]) * 1000);
        }
        uint64_t start = now();
        post();
        if (is_opened_ahead) {
            get(location);
            if (!strstr(answer, "\"responseCode\":\"00\"")) die("not approved");
        }
        uint64_t end = now();
        if (number >= warm_up) printf("%llu\n", (unsigned long long)(end - start));
        // The next payment's GET opens a connection anew; this one must not pile up.
        if (is_opened_ahead) curl_easy_setopt(curl, CURLOPT_MAXCONNECTS, 1L);
    }
    return 0;
}
