/* What the files of this module share. */
#ifndef EVM_GAZETTEER_PARTS_H
#define EVM_GAZETTEER_PARTS_H

#include "gazetteer/distance.h"
#include "gazetteer/name_table.h"

typedef struct {
    EvmGazetteer public;           /* first: the public pointer is a pointer to this */
    EvmArena *arena, *block_arena; /* two, since two threads may fill blocks and bags */
    EvmDistrict *districts;
    EvmProvince *provinces;
    int32_t *capitals; /* district of each province's capital, or -1 */
    EvmInputFile *files;
    EvmNameTable district_names, province_names;
    EvmNameIndex pcodes, shape_ids;
    EvmNameIndex user_aliases; /* of name and province; district, or district_count for none */
    const char **shape_pcodes; /* by value of shape_ids */
    EvmPcodeChange *changes;
    size_t change_count;
    EvmCosts sound_costs, letter_costs;
    EvmNameIndex bags; /* of the district names of several words, first names first */
    gsize is_folded, is_in_blocks, is_bagged; /* g_once */
} EvmGazetteerFull;

/* The same with the fold keys computed: that waits until a name needs them. */
const EvmGazetteerFull *evm_gazetteer_compute_keys(const EvmGazetteer *gazetteer);

/* The same for the blocks of names that are searched for the nearest, and for the bags of words. */
void evm_gazetteer_compute_blocks(const EvmGazetteerFull *full);
void evm_gazetteer_compute_bags(const EvmGazetteerFull *full);

/* A name that is looked for, or a part of one. */
typedef struct {
    const EvmGazetteerFull *full;
    int32_t province; /* -1: anywhere */
    EvmName name;
    EvmFoldKeys keys; /* of the name */
} EvmNameQuest;

void evm_name_quest_init(EvmNameQuest *quest, const EvmGazetteerFull *full, int32_t province,
                         const EvmName *name);
/* False when the text is no name. Words such as "district" are passed over. */
bool evm_name_quest_parse(EvmNameQuest *quest, const EvmGazetteerFull *full, int32_t province,
                          const char *text);

/* All that the rules know, from the spelling of the whole to near names. True when the quest is
 * settled, also when it is left open; `text` is the name as it was written, "" for some words of
 * it. */
bool evm_quest_resolve(const EvmNameQuest *quest, const char *text, EvmMatch *match);

/* Tries the levels up to `last`. True when the quest is settled: *match is FOLDED, AMBIGUOUS, or
 * OUTSIDE. */
bool evm_quest_resolve_levels(const EvmNameQuest *quest, EvmFold last, EvmMatch *match);
/* A province's name before or behind the district's; names in brackets. */
bool evm_quest_resolve_province_words(const EvmNameQuest *quest, EvmMatch *match);
bool evm_quest_resolve_brackets(const EvmNameQuest *quest, const char *text, EvmMatch *match);
/* "Pech Dara" for Dara-e-Pech, "Behsud Markaz" for Markaz-e-Behsud: the same words in another
 * order. */
bool evm_quest_resolve_bag(const EvmNameQuest *quest, EvmMatch *match);
/* Two names of one place side by side; words in another order, too many or too few; a name cut
 * off. */
bool evm_quest_resolve_parts(const EvmNameQuest *quest, EvmMatch *match);

/* "Panjwayi & Zheray": *match is AMBIGUOUS when the pieces of a cell are names of different
 * districts, and NONE when one of several equals is nobody's name. */
bool evm_quest_resolve_several(const EvmNameQuest *quest, const char *text, EvmMatch *match);
/* "Panjwayi Zheray": *match is AMBIGUOUS when names of two districts stand side by side. */
bool evm_quest_resolve_neighbours(const EvmNameQuest *quest, EvmMatch *match);
/* "Not Panjwayi", "near Ghazni", "East Nahrin": *match is NONE, and what is named a candidate. */
bool evm_quest_resolve_displaced(const EvmNameQuest *quest, EvmMatch *match);

/* `place` and all others whose name is alike at a level, and at most one cheap confusion or no more
 * than that of `place` away from what was written. */
EvmNameHits evm_quest_find_rivals(const EvmNameQuest *quest, EvmFold level, int32_t place);

/* Another district than `place` whose name begins with these words and has more; or -1. */
int32_t evm_quest_find_longer(const EvmNameQuest *quest, int32_t place);

/* The name is less than half as far from that district's names as from that province's. */
bool evm_quest_is_nearer(const EvmNameQuest *quest, int32_t district, int32_t province);

/* In another province than that of the quest there is a district spelt so: "Sangin" in Nimroz is no
 * slip and no beginning of anything there, the province is what is wrong. */
bool evm_quest_is_named_elsewhere(const EvmNameQuest *quest);

/* A name that is close, with nothing else near. */
bool evm_quest_resolve_near(const EvmNameQuest *quest, EvmMatch *match);

/* "Kushk-e-Ku" sounds like Kushk, and is the beginning of Kushk-e-Kuhna: *match is no longer
 * settled when a name of several words is the beginning of another place's, letter by letter. */
void evm_quest_add_cut_off(const EvmNameQuest *quest, EvmMatch *match);
/* "Jila Nahrin" has the word Nahrin, and is near Jilga Nahrin: *match is AMBIGUOUS when another
 * district's name, and no other, is near. */
void evm_quest_add_near(const EvmNameQuest *quest, EvmMatch *match);
/* "Giyan Khel" begins with Giyan: in its province it is no slip of Jani Khel. */
bool evm_quest_is_beginning_with_another(const EvmNameQuest *quest, int32_t place);
/* "Kushk-e-Kuhra" is not Kushk, as long as there is a Kushk-e-Kuhna; nor "Sarobi Hawza" Sarobi,
 * with Sar Hawza in the same province. `kept` is the part that is a name of `place`, `left` the
 * rest: another district there whose name is longer by some words, or has one of those left; or -1.
 */
int32_t evm_quest_find_other_with_words(const EvmNameQuest *kept, const EvmName *left,
                                        int32_t place);

/* Words that tell apart what is otherwise called the same: upper, lower, first, second, old, new.
 */
bool evm_name_has_telling_words(const EvmName *name, unsigned first, unsigned count);
/* One has such a word that the other has not. */
bool evm_name_is_told_apart(const EvmName *a, const EvmName *b);

/* "and" or "or", also as part of a name: "Khost wa Fereng" is neither of the two. */
bool evm_name_is_and(const EvmName *name, unsigned word);

/* "Hisa-e-Awal", first part: what it is a part of, only its province may tell. */
bool evm_name_is_number(const EvmName *name);

/* The user's own alias for a place as it is written. */
bool evm_user_alias_find(const EvmGazetteerFull *full, const char *name, const char *province,
                         EvmMatch *match);

/* Fills the candidates with the nearest names, best first. */
void evm_quest_find_nearest(const EvmNameQuest *quest, EvmMatch *match);

/* The province that the name is, up to the spelling of its vowels; or -1. Words like "province"
 * are passed over. */
int32_t evm_gazetteer_find_province_name(const EvmGazetteerFull *full, const EvmName *name);

/* The province whose name comes near, with nothing else near; or -1. */
int32_t evm_gazetteer_find_near_province(const EvmGazetteerFull *full, const char *text);
/* The one to suggest: whatever is nearest, unless all are far; or -1. */
int32_t evm_gazetteer_find_nearest_province(const EvmGazetteerFull *full, const char *text);

/* Written as P-codes are, whether or not it is one: "AF1901", "T3014", "AF 99 99". */
bool evm_pcode_is_like(const EvmGazetteer *gazetteer, const char *text);
/* A place with a code that is known: the code decides, unless the row names another district.
 * `named` is what its name alone means; NONE without a name. */
EvmMatch evm_pcode_resolve(const EvmGazetteerFull *full, int32_t by_code,
                           const EvmPlaceQuery *query, int32_t province, const EvmMatch *named);

EvmMatch evm_match_init_none(void);
EvmMatch evm_match_init_found(int32_t district, EvmMatchHow how, unsigned score);
/* NONE, with the candidates that `hits` are. */
EvmMatch evm_match_init_open(const EvmNameHits *hits);
/* FOUND for one place and no other; AMBIGUOUS for more; NONE, with candidates, when a place outside
 * the gazetteer answers too; OUTSIDE when only such a place does. At least one hit is needed. */
EvmMatch evm_match_init_hits(const EvmNameHits *hits, EvmMatchHow how, unsigned score);

#endif
