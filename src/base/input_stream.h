/* A file that is read from its beginning to its end. Regular files, pipes and "-" (standard input);
 * a folder or a device is refused. */
#ifndef EVM_BASE_INPUT_STREAM_H
#define EVM_BASE_INPUT_STREAM_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Who is told how far it has come, also while a pipe gives nothing. */
typedef struct {
    void (*func)(size_t done, size_t all, void *user); /* bytes; NULL: nobody asks */
    void *user;
    size_t bytes_before, bytes_all; /* of all files; `all` is 0 when nobody knows */
} EvmInputWatch;

typedef struct {
    const char *path; /* as the user named it; borrowed */
    int fd;
    size_t size; /* 0: nobody knows it */
    bool is_own; /* a copy, whatever the path */
    EvmInputWatch watch;
    size_t bytes; /* read so far */
} EvmInputStream;

/* EVM_ERROR_INPUT when it cannot be read. */
bool evm_input_stream_init(EvmInputStream *stream, const char *path, GError **error);
/* An open file from its first byte, under the name of what it is a copy of. The caller closes `fd`
 * when the stream is cleared. */
bool evm_input_stream_init_copy(EvmInputStream *stream, int fd, const char *path, GError **error);
/* Bytes read into `to`, 0 at the end, -1 with EVM_ERROR_INPUT. */
ssize_t evm_input_stream_load(EvmInputStream *stream, char *to, size_t size, GError **error);
void evm_input_stream_clear(EvmInputStream *stream);

#endif
