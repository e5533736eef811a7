/* What the builder reads, joined: outlines and the gazetteer. */
#ifndef EVM_BUILD_SOURCE_H
#define EVM_BUILD_SOURCE_H

#include "table.h"
#include "topology.h"

/* Columns of the source gazetteer. */
enum {
    GAZ_PCODE,
    GAZ_PROVINCE,
    GAZ_PROVINCE_PCODE,
    GAZ_DISTRICT,
    GAZ_NAME_FA,
    GAZ_NAME_PS,
    GAZ_LAT,
    GAZ_LON,
    GAZ_AREA,
    GAZ_POPULATION,
    GAZ_IS_CAPITAL,
    GAZ_NOTE,
    GAZ_SOURCE
};

typedef struct {
    const char *folder;
    EvmTopology *topology;
    EvmTable *gazetteer;     /* sorted by P-code, as checked */
    GHashTable *rows;        /* P-code -> gazetteer row + 1 */
    GHashTable *provinces;   /* province P-code -> its first gazetteer row + 1 */
    unsigned *row_of_ring;   /* gazetteer row of each ring */
    unsigned *ring_count_at; /* rings of each gazetteer row; 0 when it has no outline */
} EvmSource;

EvmSource *evm_source_load(const char *folder, GError **error);
void evm_source_free(EvmSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EvmSource, evm_source_free)

/* Gazetteer row of a P-code; false when there is none. `row` may be NULL. */
bool evm_source_find_row(const EvmSource *source, const char *pcode, unsigned *row);
bool evm_source_has_province(const EvmSource *source, const char *pcode, const char *name);

/* The parts of the build. Each writes its files to `folder`. */
bool evm_areas_write(const EvmSource *source, const char *folder, GError **error);
bool evm_lists_write(const EvmSource *source, const char *folder, GError **error);
bool evm_aliases_write(const EvmSource *source, const char *folder, GError **error);

#endif
