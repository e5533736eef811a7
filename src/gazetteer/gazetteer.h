/* Names, spellings, codes and parents of districts; no geometry. Turns what an article wrote into a
 * district, and says how. */
#ifndef EVM_GAZETTEER_GAZETTEER_H
#define EVM_GAZETTEER_GAZETTEER_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/diagnostic.h"
#include "base/input_file.h"

typedef struct {
    const char *pcode;                    /* "AF27" */
    const char *name, *name_fa, *name_ps; /* "" when unknown, as all below */
    const char *capital, *capital_fa, *capital_ps;
    double capital_lon_deg, capital_lat_deg;
    int32_t capital_district; /* that it lies in; -1 when unknown */
} EvmProvince;

typedef struct {
    const char *pcode; /* "AF2710" */
    const char *name, *name_fa, *name_ps;
    const char *town;        /* the provincial capital in it, where it bears the same name, spelt as
                                that is: "Herat" for Hirat */
    uint32_t province;       /* index into provinces */
    double lon_deg, lat_deg; /* centre */
    double area_km2;         /* 0 when unknown */
    int64_t population;      /* 0 when unknown */
    int32_t parent;          /* the district whose polygon holds it where it has none; or -1 */
    bool has_pcode;          /* of 2021; its code is one of evmap's own otherwise */
    bool is_temporary;       /* one of those that officials counted above the 398 in 2021 */
    bool has_centre;
} EvmDistrict;

typedef struct {
    const EvmDistrict *districts; /* in file order */
    size_t district_count;
    const EvmProvince *provinces; /* by P-code */
    size_t province_count;
    const EvmInputFile *files; /* what was read: path and sha256 (data is gone) */
    size_t file_count;
} EvmGazetteer;

typedef enum {
    EVM_MATCH_NONE,      /* no district answers to that name */
    EVM_MATCH_AMBIGUOUS, /* more than one does; see candidates */
    EVM_MATCH_OUTSIDE,   /* a known place that is no district here: a temporary one, a town */
    EVM_MATCH_PCODE,
    EVM_MATCH_EXACT,  /* the gazetteer's own name, Latin, Dari or Pashto */
    EVM_MATCH_ALIAS,  /* a row of aliases.csv */
    EVM_MATCH_FOLDED, /* the same letters after folding of case, gaps and script variants */
    EVM_MATCH_TRANSLITERATION, /* the same sounds, or the same consonants, spelt in another way */
    EVM_MATCH_NEAR,            /* a slip, a word too many or too few, a name cut off */
    EVM_MATCH_POINT,           /* its longitude and latitude lie in the district */
} EvmMatchHow;
enum { EVM_MATCH_HOW_COUNT = EVM_MATCH_POINT + 1, EVM_MATCH_CANDIDATES = 3 };

/* What is to be said of a place's P-code or province, which its name does not tell. */
typedef enum {
    EVM_CAUSE_NONE,
    /* By its day the code was another district's; the one whose it is now is a candidate. */
    EVM_CAUSE_DATED_PCODE,
    EVM_CAUSE_UNKNOWN_PCODE,  /* no district has it; what the name alone may mean are candidates */
    EVM_CAUSE_PCODE_NAME,     /* it is the first candidate's, and the name fits the others */
    EVM_CAUSE_PCODE_PROVINCE, /* it is the candidate's, which is not in the province */
    EVM_CAUSE_UNKNOWN_PROVINCE, /* and so the name is not looked for; as UNKNOWN_PCODE */
} EvmMatchCause;

/* A known place that is no district here. */
typedef struct {
    const char *note;  /* what it is; "" for those of temporary_districts.csv */
    int32_t parent;    /* the district that it lies in, or -1 */
    bool is_temporary; /* one of those that are districts among the 421 */
} EvmOutsidePlace;

typedef struct {
    EvmMatchHow how;
    EvmMatchCause cause;
    int32_t district; /* index, or -1 for NONE, AMBIGUOUS and OUTSIDE */
    unsigned score;   /* 0 to 100: how much of the name agrees; 0 when there is no district */
    /* NONE: nearest names, best first. AMBIGUOUS: those that answer. */
    int32_t candidates[EVM_MATCH_CANDIDATES];
    unsigned candidate_count;
    const EvmOutsidePlace *outside; /* OUTSIDE: which place, NULL when not known */
} EvmMatch;

/* Up to a day the code of one district was that of another. */
typedef struct {
    int32_t district, then;
    EvmDate until;
} EvmPcodeChange;

/* What a row says of its place; NULL or "" where it says nothing. A P-code may also stand where the
 * district's name is meant to. */
typedef struct {
    const char *pcode, *district, *province;
    EvmDate date; /* of the row, for P-codes that changed their meaning; days 0 where not known */
} EvmPlaceQuery;

/* Reads gazetteer.csv, province_variants.csv, capitals.csv and aliases.csv from `folder`, and where
 * they are there province_names.csv, crosswalk.csv, temporary_districts.csv and places.csv: the
 * names of districts that have no P-code, and of other places, which are then given to no district;
 * parents.csv: in whose polygon districts without one lie; pcode_changes.csv: codes that meant
 * another district before. Bad rows of these shipped files are errors, not diagnostics:
 * EVM_ERROR_INPUT with file and line. */
EvmGazetteer *evm_gazetteer_load(const char *folder, GError **error);
/* The same with the temporary districts of 2021 as districts: their code is "T" and the number that
 * the election commission gave them ("T0623"). */
EvmGazetteer *evm_gazetteer_load_temporary(const char *folder, GError **error);
void evm_gazetteer_free(EvmGazetteer *gazetteer);

/* Reads the user's own aliases, which come before all other names: a CSV with the columns alias,
 * pcode and, if wanted, province. A row counts for places written with the same name (case and
 * blanks aside) and in that province, which may be misspelt on either side; without a province, for
 * those written without one or in the district's own. Rows with an empty P-code are not filled in
 * yet and passed over; "none" says that the place is no district (EVM_MATCH_OUTSIDE). Once at most,
 * and before anything is resolved. EVM_ERROR_INPUT with file and line. */
bool evm_gazetteer_load_aliases(EvmGazetteer *gazetteer, const char *path, GError **error);

/* Never guesses: a name that is not known exactly, as an alias, after folding, by its sounds, or so
 * nearly that nothing else comes close is NONE with the nearest names; one that fits two districts
 * is AMBIGUOUS, and so is a cell with the names of two. One that says that a place is not, or only
 * near, what it names ("not Panjwayi") is NONE. A province that is given must fit. */
EvmMatch evm_gazetteer_resolve(const EvmGazetteer *gazetteer, const EvmPlaceQuery *query);

/* Districts that come next to the one that was found by this name, in whatever province: those
 * whose name is no farther from it than a quarter of its letters. Fills match->candidates, unless
 * they are filled already or nothing was found. */
void evm_gazetteer_find_runners_up(const EvmGazetteer *gazetteer, const char *name,
                                   EvmMatch *match);

int32_t evm_gazetteer_find_pcode(const EvmGazetteer *gazetteer, const char *pcode); /* or -1 */
/* What the code of a district meant before; NULL when it never changed. */
const EvmPcodeChange *evm_gazetteer_find_pcode_change(const EvmGazetteer *gazetteer,
                                                      int32_t district);
/* Whether a province is listed under just this name or P-code, in whatever case: others are found
 * by their sounds. */
bool evm_gazetteer_has_province(const EvmGazetteer *gazetteer, const char *name);
int32_t evm_gazetteer_find_province(const EvmGazetteer *gazetteer, const char *name); /* or -1 */
/* The same, or one with a slip when nothing else is near: as provinces of rows are read. */
int32_t evm_gazetteer_find_misspelt_province(const EvmGazetteer *gazetteer, const char *name);
/* As find_province; what is none is EVM_ERROR_USAGE with the nearest, or with all where none comes
 * near, and -1. */
int32_t evm_gazetteer_resolve_province(const EvmGazetteer *gazetteer, const char *name,
                                       GError **error);
/* The P-code of a boundary file's own shape id (crosswalk.csv), or NULL. */
const char *evm_gazetteer_find_shape_id(const EvmGazetteer *gazetteer, const char *shape_id);

/* "a temporary district in Nad-e-Ali in Hilmand (AF3002), counted with --universe 421"; NULL when
 * there is nothing to say. The caller owns it. */
char *evm_match_format_outside(const EvmGazetteer *gazetteer, const EvmMatch *match);

const char *evm_match_how_format(EvmMatchHow how); /* "exact", "unmatched", "ambiguous", … */

#endif
