#include "style/logo.h"

#include <stdint.h>
#include <string.h>

#include "base/error.h"

enum { FILE_MAX_BYTES = 1 << 20, SIDE_MAX = 4096 };

static uint32_t read_u32(const char *data)
{
    uint32_t big;
    memcpy(&big, data, sizeof big);
    return GUINT32_FROM_BE(big);
}

static bool refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool refuse(GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(error, EVM_ERROR, EVM_ERROR_INPUT, text);
    return false;
}

/* Its size stands in its first chunk, and its last one is always the same (PNG, second edition,
 * 11.2.2 and 11.2.5). */
static bool read_png(EvmLogo *logo, GError **error)
{
    static const char HEAD[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    static const char TAIL[] = "\0\0\0\0IEND\xae\x42\x60\x82";
    enum { HEAD_SIZE = sizeof HEAD - 1, TAIL_SIZE = sizeof TAIL - 1, SIZE_BYTES = 8 };
    const EvmInputFile *file = &logo->file;
    if (file->size < HEAD_SIZE + SIZE_BYTES || memcmp(file->data, HEAD, HEAD_SIZE) != 0)
        return refuse(error, "the logo %s is no PNG file", file->path);
    if (memcmp(file->data + file->size - TAIL_SIZE, TAIL, TAIL_SIZE) != 0)
        return refuse(error, "the logo %s is cut off: write it again", file->path);
    uint32_t width = read_u32(file->data + HEAD_SIZE),
             height = read_u32(file->data + HEAD_SIZE + 4);
    if (width == 0 || height == 0 || width > SIDE_MAX || height > SIDE_MAX)
        return refuse(error, "the logo %s has %u x %u pixels: up to %d x %d are drawn", file->path,
                      width, height, SIDE_MAX, SIDE_MAX);
    logo->aspect = (double)width / height;
    return true;
}

bool evm_logo_load(EvmLogo *logo, const char *path, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (!evm_input_file_load(&logo->file, path, FILE_MAX_BYTES, &reason))
        return refuse(error, "logo: %s", reason->message);
    return read_png(logo, error);
}

void evm_logo_clear(EvmLogo *logo)
{
    evm_input_file_clear(&logo->file);
}
