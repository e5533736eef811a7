/* The picture of who publishes: a PNG file, kept as it is. */
#ifndef EVM_STYLE_LOGO_H
#define EVM_STYLE_LOGO_H

#include <glib.h>
#include <stdbool.h>

#include "base/input_file.h"

typedef struct {
    EvmInputFile file; /* path NULL: none */
    double aspect;     /* its width by its height */
} EvmLogo;

/* Reads the PNG file at `path`, of 1 MB and 4096 x 4096 pixels at most. False leaves a logo that
 * may be cleared: EVM_ERROR_INPUT for a file that is absent, cut off or no PNG. */
bool evm_logo_load(EvmLogo *logo, const char *path, GError **error);
void evm_logo_clear(EvmLogo *logo);

#endif
