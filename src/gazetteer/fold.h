/* Keys under which spellings of one name meet. Each level forgives more than the one before.
 *
 * LIGHT        The letters of the name (letters.h) without its gaps: "Nad-e Ali" = "Nad Ali". The
 *              words that join go when they stand between two others: the izafat (e, i, y, ye, yi,
 *              ya) and "and" (o, u, wa, va, aw, and; Arabic waw, Pashto aw).
 * SPELLING     Sounds instead of letters. kh = x, tch = ch, sch = sh, dsch = dj = zh = j; ts = ch
 *              and dz = j where a word starts; ck = k, and c = k at its end and before a, o, u, l
 *              and r; w = v; e = ee = ei = ey = i; oo = ou = o = u; ai = ay = ae; au = aw = ow;
 *              ia = iya = ya; at the end of a word e = eh = a, at the end of the name ai = i;
 *              doubled letters once; an h that does not start the name is silent (Behsud, Bisud;
 *              Dara, Darah). A few words are written in two ways that no such rule reaches:
 *              char = chahar, deh = dih = dah, pul = pol, qala = qalay, shekh = sheik, naw = new,
 *              muhammad = mohammad = mohd; upper = ulya = bala, lower = sufla = payin,
 *              first = awal, second = duwum, central = markaz; a last I is 1, and II is 2.
 *              Arabic script: letters that Dari speakers do not tell apart are one (s, z, t), the
 *              Pashto retroflexes are plain.
 * SOUND        A run of vowels is one vowel of no quality, silent at the end unless it is an i;
 *              two vowels after an i stay two (Paryan is not Parun); w is a vowel unless it starts
 *              the name: Khwaja = Khoja = Khawaja, Shibar = Shaibar. Arabic script: no vowels.
 * SKELETON     Consonants, and a mark for a vowel at the start. Here Latin and Arabic script meet:
 *              Istalif = استالف.
 * ROUGH_SOUND  As SOUND, but consonants that writers of English confuse are one: kh, q, gh, g, k;
 *              j, z; ch, s. Zazi = Jaji, Samkani = Chamkani, Karamkol = Qaram Qul.
 * ROUGH        As SKELETON, with these.
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
/* Two spellings are the same at that level, and are names at all. */
bool evm_fold_is_alike(const char *a, const char *b, EvmFold level);

/* The skeletons of the words in order of the alphabet, a blank between; without the words that join
 * and those for "part" and "number"; 1 is awal, 2 duwum, center markaz:
 * "Kohistan 2" = "Hisa-e-Duwum-e-Kohistan". */
void evm_fold_compute_bag(const EvmName *name, char bag[EVM_FOLD_KEY_SIZE]);

/* Digits count too: how much there is to go by. */
unsigned evm_fold_count_consonants(const char *key);

/* The level at which two spellings of one script are compared letter by letter (distance.h): Latin
 * ones by sounds, Arabic ones by letters. */
EvmFold evm_fold_find_own_level(bool is_arabic);

#endif
