#include "base/text_copy.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { IN_BYTES = 1 << 16, OUT_BYTES = 4 * IN_BYTES };

typedef struct {
    GIConv converter;
    int to;
    char in[IN_BYTES], out[OUT_BYTES];
    size_t in_size; /* read, and not converted yet */
} Copy;

static bool write_all(int to, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t done = write(to, data, size);
        if (done < 0 && errno != EINTR)
            return false;
        data += MAX(done, 0);
        size -= (size_t)MAX(done, 0);
    }
    return true;
}

/* Keeps a letter of which only the first bytes were read. */
static bool convert(Copy *copy, char *in, size_t size)
{
    char *out = copy->out;
    size_t room = sizeof copy->out;
    bool is_whole = g_iconv(copy->converter, &in, &size, &out, &room) != (size_t)-1;
    if (!is_whole && errno != EINVAL)
        return false;
    memmove(copy->in, in, size);
    copy->in_size = size;
    return write_all(copy->to, copy->out, (size_t)(out - copy->out));
}

static bool copy_all(Copy *copy, EvmInputStream *stream, size_t mark, EvmSha256 *sha256)
{
    for (;;) {
        char *at = copy->in + copy->in_size;
        ssize_t got = evm_input_stream_load(stream, at, sizeof copy->in - copy->in_size, NULL);
        if (got <= 0)
            return got == 0 && copy->in_size == 0;
        if (sha256)
            evm_sha256_add(sha256, at, (size_t)got);
        copy->in_size += (size_t)got;
        if (copy->in_size < mark)
            continue;
        if (!convert(copy, copy->in + mark, copy->in_size - mark))
            return false;
        mark = 0;
    }
}

bool evm_text_copy_write(EvmInputStream *stream, const char *encoding, size_t mark, int to,
                         EvmSha256 *sha256)
{
    g_autofree char *charset = g_ascii_strup(encoding, -1);
    Copy *copy = g_new0(Copy, 1);
    copy->to = to;
    copy->converter = g_iconv_open("UTF-8", charset);
    bool is_known = copy->converter != (GIConv)-1;
    bool done = is_known && copy_all(copy, stream, mark, sha256);
    if (is_known)
        g_iconv_close(copy->converter);
    g_free(copy);
    return done;
}
