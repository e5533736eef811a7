/* To be preloaded: kills the program at the k-th call by which it changes files, where k is the
 * value of KILL_AT: a write after half of its bytes, anything else before it is done. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long calls;

static int is_last_call(void)
{
    const char *at = getenv("KILL_AT");
    return at && atomic_fetch_add(&calls, 1) + 1 == atol(at);
}

static void end_if_last_call(void)
{
    if (is_last_call())
        kill(getpid(), SIGKILL);
}

ssize_t write(int fd, const void *data, size_t size)
{
    if (!is_last_call())
        return syscall(SYS_write, fd, data, size);
    syscall(SYS_write, fd, data, size / 2);
    return kill(getpid(), SIGKILL);
}

int openat(int fd, const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    if (flags & O_CREAT)
        end_if_last_call();
    return (int)syscall(SYS_openat, fd, path, flags, mode);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to)
{
    end_if_last_call();
    return (int)syscall(SYS_renameat, from_fd, from, to_fd, to);
}

int symlinkat(const char *target, int fd, const char *path)
{
    end_if_last_call();
    return (int)syscall(SYS_symlinkat, target, fd, path);
}

int unlinkat(int fd, const char *path, int flags)
{
    end_if_last_call();
    return (int)syscall(SYS_unlinkat, fd, path, flags);
}

int fsync(int fd)
{
    end_if_last_call();
    return (int)syscall(SYS_fsync, fd);
}
