#include "projection/proj_library.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#include "base/error.h"

static EvmProjLibrary library;
static char *failure; /* NULL when it was opened */

/* PROJ brings a dozen libraries. Looking up their symbols among themselves first, before those of
 * the program's other libraries, takes a third less time. Sanitizers refuse it: they replace
 * malloc. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SEARCH_ORDER 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
#define SEARCH_ORDER 0
#endif
#endif
#ifndef SEARCH_ORDER
#define SEARCH_ORDER RTLD_DEEPBIND
#endif

/* ISO C has no conversion from an object's address to a function's; POSIX's dlsym needs one. */
static bool find_symbol(void *handle, const char *name, void *function, size_t size)
{
    void *symbol = dlsym(handle, name);
    if (!symbol) {
        failure = g_strdup_printf("%s has no %s", EVM_PROJ_SONAME, name);
        return false;
    }
    memcpy(function, &symbol, size);
    return true;
}

/* Loaded before libproj, it is what libproj gets as its libcurl. Where it is missing libproj brings
 * the real one, which it is never told to use. */
static void close_network(void)
{
#ifdef EVM_NO_NETWORK
    dlopen(EVM_NO_NETWORK, RTLD_LAZY | RTLD_LOCAL);
#endif
}

static void open_library(void)
{
    close_network();
    void *handle = dlopen(EVM_PROJ_SONAME, RTLD_LAZY | RTLD_LOCAL | SEARCH_ORDER);
    if (!handle) {
        const char *reason = dlerror();
        failure = g_strdup(reason ? reason : EVM_PROJ_SONAME " cannot be opened");
        return;
    }
#define FIND(function)                                                                             \
    if (!find_symbol(handle, #function, &library.function, sizeof library.function))               \
        return;
    EVM_PROJ_FUNCTIONS(FIND)
#undef FIND
}

const EvmProjLibrary *evm_proj_library_load(GError **error)
{
    static gsize is_opened;
    if (g_once_init_enter(&is_opened)) {
        open_library();
        g_once_init_leave(&is_opened, 1);
    }
    if (!failure)
        return &library;
    g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "PROJ cannot be used: %s", failure);
    return NULL;
}
