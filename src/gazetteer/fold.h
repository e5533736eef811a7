/* Keys under which spellings of one name meet. Each level forgives more than the one before.
 *
 * LIGHT     The letters of the name (letters.h) without its gaps: "Nad-e Ali" = "Nad Ali". The
 *           words of joining go when they stand alone between two others: the izafat (e, i, ye, yi)
 *           and "and" (o, u, wa, va, va; Arabic waw).
 * SPELLING  Sounds instead of letters. kh = x, tch = ch, sch = sh, dsch = dj = zh = j, ts = ch at a
 *           word's start, ck = c = k; w = v; e = ee = ei = ey = i; oo = ou = o = u; ai = ay = ae;
 *           au = aw = ow; ia = iya = ya; doubled letters once; an h that does not start the name is
 *           silent (Behsud, Bisud; Dara, Darah). char = chahar, deh = dih = dah, pul = pol,
 *           qal'a = qala = qalay, wali = wal at a word's place (see fold.c).
 *           Arabic script: letters that sound alike in Dari are one (ts, ss, dz, z), the Pashto
 *           retroflexes are plain, a vowel letter at the end is any vowel (كامى, کامه).
 * SOUND     A run of vowels is one vowel of no quality, silent at the end; w is one of them unless
 *           it starts the name: Khwaja = Khoja = Khawaja, Shibar = Shaibar.
 * SKELETON  Consonants only, and a mark for a vowel at the start. Here Latin and Arabic script
 *           meet: Istalif = استالف.
 * ROUGH     The consonants that writers of English confuse are one: kh, q, gh, g, k; j, z; ch, s.
 *           Zazi = Jaji, Samkani = Chamkani, Karamkol = Qaram Qul.
 *
 * A digit stays itself at every level, so that "Yakawlang 2" is never "Yakawlang". */
#ifndef EVM_GAZETTEER_FOLD_H
#define EVM_GAZETTEER_FOLD_H

#include "gazetteer/letters.h"

typedef enum {
    EVM_FOLD_LIGHT,
    EVM_FOLD_SPELLING,
    EVM_FOLD_SOUND,
    EVM_FOLD_SKELETON,
    EVM_FOLD_ROUGH_SOUND,
    EVM_FOLD_ROUGH,
} EvmFold;
enum { EVM_FOLD_COUNT = EVM_FOLD_ROUGH + 1, EVM_FOLD_KEY_SIZE = EVM_NAME_LETTERS + 2 };

/* In front of the keys of a name in Arabic script at the levels that keep vowels. */
enum { EVM_FOLD_ARABIC_MARK = '~' };

typedef struct {
    char keys[EVM_FOLD_COUNT][EVM_FOLD_KEY_SIZE]; /* NUL-terminated, not UTF-8; may be "" */
} EvmFoldKeys;

void evm_fold_compute(const EvmName *name, EvmFoldKeys *all);

/* Letters of a key: how much there is to go by. */
unsigned evm_fold_count_consonants(const char *key);

#endif
