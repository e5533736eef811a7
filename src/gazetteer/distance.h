/* How far apart two spellings are by ear and by eye: an alignment in which letters that writers of
 * these names confuse cost little. Works on two alphabets: the sounds of EVM_FOLD_SPELLING for
 * Latin script, the letters of EVM_FOLD_LIGHT for Arabic script. */
#ifndef EVM_GAZETTEER_DISTANCE_H
#define EVM_GAZETTEER_DISTANCE_H

#include <stdbool.h>
#include <stdint.h>

enum { EVM_COST_SLIP = 20 }; /* a letter that has nothing to do with the other */

/* Classes of letters that are dear to leave: one letter more or less of a class costs at least
 * so much, whatever is written for it. */
enum { EVM_CLASS_COUNT = 8, EVM_CLASS_MOST = UINT8_MAX / EVM_CLASS_COUNT };

enum { EVM_COST_LETTERS = 128 };

typedef struct {
    uint8_t replace[EVM_COST_LETTERS][EVM_COST_LETTERS]; /* by letter & 0x7F */
    uint8_t gap[EVM_COST_LETTERS];                       /* of one letter too many or too few */
    uint8_t classes[EVM_COST_LETTERS];                   /* EVM_CLASS_COUNT for a letter of none */
    uint8_t least[EVM_CLASS_COUNT];
} EvmCosts;

/* Letters of each class, times the least of the class, or EVM_CLASS_MOST. */
typedef struct {
    uint8_t of[EVM_CLASS_COUNT];
} EvmClassWeights;

/* Sounds: vowels among themselves, voiced and unvoiced, the back consonants, sibilants. */
void evm_costs_init_sounds(EvmCosts *costs);
/* Letters of the same sound in Dari and Pashto, or of the same shape but for their dots. */
void evm_costs_init_letters(EvmCosts *costs);

/* The cost of the cheapest alignment (two neighbours swapped are one slip); limit + 1 when it is
 * above `limit`. Strings are not longer than EVM_NAME_LETTERS. */
unsigned evm_costs_compute_distance(const EvmCosts *costs, const char *a, const char *b,
                                    unsigned limit);

/* What it would cost to write the key from nothing. */
unsigned evm_costs_compute_whole(const EvmCosts *costs, const char *key);

EvmClassWeights evm_costs_compute_weights(const EvmCosts *costs, const char *key);
/* The letter is cheaper to write for some other one than a slip. */
bool evm_costs_is_confused(const EvmCosts *costs, uint8_t letter);

#endif
