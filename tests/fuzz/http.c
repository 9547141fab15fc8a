/* http.c: fuzz target: any bytes as what a client sends to the preview server, over a socket pair into the real libmicrohttpd. Beside what the
 * sanitizers see: nothing but a request to our own name is answered with a file, every answer is one of ours or the library's. */
#include "serve/serve.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct server *server;
    struct buf answer = {0};
    if (!server) server = serve_test_open();
    if (!server) abort();
    serve_test(server, (struct str){(const char *)data, n}, &answer);
    struct str said = buf_view(&answer), asked = {(const char *)data, n};
    if (said.n && !str_starts(said, "HTTP/1.")) abort();
    if (str_starts(said, "HTTP/1.1 200") || str_starts(said, "HTTP/1.0 200")) {
        const char *own = memmem(asked.s, asked.n, "127.0.0.1:8080", 14), *name = memmem(asked.s, asked.n, "localhost:8080", 14);
        if (!own && !name) abort();
    }
    buf_close(&answer);
    return 0;
}
