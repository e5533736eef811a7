/* The part of libcurl that PROJ refers to, for a shared library that stands in for it: a map must
 * not depend on what a server answers, and libcurl brings 25 libraries, TLS among them, which take
 * more than half of the time that opening PROJ takes. PROJ then finds that no connection can be
 * made (curl_easy_init may return NULL, says libcurl's manual) and calls nothing else of it. */
#include <stddef.h>

enum { FAILED_INIT = 2 }; /* CURLE_FAILED_INIT */

void *curl_easy_init(void);
void curl_easy_cleanup(void *handle);
int curl_easy_perform(void *handle);
int curl_easy_setopt(void *handle, int option, ...);
int curl_easy_getinfo(void *handle, int info, ...);

void *curl_easy_init(void)
{
    return NULL;
}

void curl_easy_cleanup(void *handle)
{
    (void)handle;
}

int curl_easy_perform(void *handle)
{
    (void)handle;
    return FAILED_INIT;
}

int curl_easy_setopt(void *handle, int option, ...)
{
    (void)handle;
    (void)option;
    return FAILED_INIT;
}

int curl_easy_getinfo(void *handle, int info, ...)
{
    (void)handle;
    (void)info;
    return FAILED_INIT;
}
