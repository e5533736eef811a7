/* What the files of the verb `check` share. */
#ifndef EVM_CLI_CHECK_PARTS_H
#define EVM_CLI_CHECK_PARTS_H

#include "timeline/open_places.h"

/* Appends the places that joined nothing, with what comes near; nothing when there are none. */
void evm_check_write_open_places(GString *out, const EvmJoin *join, const EvmOpenPlaces *places);

/* Writes them to `path` as a table of aliases without P-codes, and says so. A file that is there is
 * never overwritten: EVM_ERROR_OUTPUT. */
bool evm_check_write_aliases(const char *path, const EvmJoin *join, const EvmOpenPlaces *places,
                             GError **error);

#endif
