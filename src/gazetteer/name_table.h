/* All names of one kind of place, found exactly and at each fold level. */
#ifndef EVM_GAZETTEER_NAME_TABLE_H
#define EVM_GAZETTEER_NAME_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "gazetteer/distance.h"
#include "gazetteer/fold.h"
#include "gazetteer/gazetteer.h"
#include "gazetteer/name_blocks.h"
#include "gazetteer/name_index.h"
#include "gazetteer/name_sets.h"

typedef enum {
    EVM_NAME_OWN,
    EVM_NAME_ALIAS,
    EVM_NAME_OUTSIDE, /* of a place that is known not to be in the gazetteer */
} EvmNameKind;

typedef struct {
    const char *text;
    const char *keys[EVM_FOLD_COUNT]; /* set by evm_name_table_compute_keys */
    EvmName name;
    EvmNameKind kind;
    int32_t place;                  /* -1 for OUTSIDE */
    int32_t province;               /* in which the name is used */
    const EvmOutsidePlace *outside; /* of OUTSIDE: what is known of it */
} EvmTableName;

/* What decides at a glance which names are worth a look, side by side for all of them. */
typedef struct {
    int32_t province;
    bool has_keys, is_arabic, is_outside;
    /* A name before it, of the same place and script, has the same key: this one is never nearer.
     */
    bool repeats_own, repeats_skeleton;
} EvmNameTraits;

enum { EVM_NAME_STARTS = 3 };

typedef struct {
    EvmArena *arena; /* borrowed */
    EvmTableName *names;
    EvmNameTraits *traits; /* set with the keys; by name */
    uint32_t *by_letters;  /* names with keys in the order of their light ones; set with the keys */
    uint32_t by_letters_count;
    uint32_t count, capacity;
    EvmNameIndex exact;
    EvmNameIndex folded[EVM_FOLD_COUNT];
    /* Of Latin and of Arabic script: keys of their own level, and skeletons. */
    EvmNameBlocks own[2], skeletons[2];
    /* By level the names whose key has a letter first, second, third; those of several words whose
     * rough key has it anywhere. */
    EvmNameSets starts[EVM_FOLD_COUNT][EVM_NAME_STARTS], multiple;
} EvmNameTable;

void evm_name_table_init(EvmNameTable *table, EvmArena *arena, uint32_t capacity);
/* Copies `text`; "" is passed over. */
void evm_name_table_add(EvmNameTable *table, const char *text, EvmNameKind kind, int32_t place,
                        int32_t province);
/* A name of a place outside; it must outlive the table. */
void evm_name_table_add_outside(EvmNameTable *table, const char *text, const EvmOutsidePlace *place,
                                int32_t province);
/* Computes keys, traits and sets; before it only find_exact may be called. */
void evm_name_table_compute_keys(EvmNameTable *table);
/* Computes the blocks, in an arena of their own; keys are needed. */
void evm_name_table_compute_blocks(EvmNameTable *table, EvmArena *arena, const EvmCosts *sounds,
                                   const EvmCosts *letters);

/* The first of `by_letters` whose light key is not before `letters`; others that begin with these
 * letters follow it. */
uint32_t evm_name_table_find_letters(const EvmNameTable *table, const char *letters);

/* Sets (name_sets.h): names that are in all may begin with the key, and no others. */
typedef struct {
    const uint64_t *sets[EVM_NAME_STARTS];
} EvmNameLonger;

EvmNameLonger evm_name_table_find_longer(const EvmNameTable *table, EvmFold level, const char *key);
/* One word of them. */
uint64_t evm_name_longer_at(const EvmNameLonger *longer, uint32_t word);

/* Different places that answer to a name. */
typedef struct {
    int32_t places[EVM_MATCH_CANDIDATES];
    unsigned count;                       /* may be more than are kept */
    unsigned outside;                     /* names of places that are not in the gazetteer */
    const EvmOutsidePlace *outside_place; /* the one that they all name, or NULL */
    unsigned own_count;                   /* places of which it is the own name, not an alias */
    int32_t own;                          /* the first of those */
} EvmNameHits;

void evm_name_hits_add(EvmNameHits *hits, const EvmTableName *name);
void evm_name_hits_add_all(EvmNameHits *hits, const EvmNameHits *more);

enum { EVM_EXACT_KEY_SIZE = 256 };
/* Blanks at the ends go, runs of them become one, A-Z become a-z. False when nothing is left, or
 * too much. */
bool evm_name_compute_exact_key(const char *text, char key[EVM_EXACT_KEY_SIZE]);

/* ASCII case and the number of blanks do not matter, everything else does. `province` -1 means
 * anywhere. */
EvmNameHits evm_name_table_find_exact(const EvmNameTable *table, const char *text,
                                      int32_t province);
EvmNameHits evm_name_table_find_folded(const EvmNameTable *table, EvmFold level, const char *key,
                                       int32_t province);

#endif
