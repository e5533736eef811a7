/* Everything a verb reads, loaded once and never changed afterwards, so that frames can be drawn
 * from it in parallel. */
#ifndef EVM_PIPELINE_INPUTS_H
#define EVM_PIPELINE_INPUTS_H

#include "style/language.h"
#include "timeline/needs.h"
#include "timeline/shares.h"
#include "timeline/universe.h"

/* All borrowed. */
typedef struct {
    const char *data_folder;        /* holds geodata/ and events/ as shipped */
    const char *const *event_paths; /* NULL: the shipped ones; "-": standard input */
    EvmEventOptions event_options;  /* of those files, not of the shipped ones */
    const char *geodata_path;       /* NULL: the shipped districts */
    const char *const *provinces;   /* NULL or empty: the whole country */
    EvmUniverseKind universe;       /* which districts are counted */
    const char *aliases_path;       /* the user's own aliases; NULL: none */
    const char *baseline;           /* actor who holds what nobody claimed; NULL: nobody */
    bool wants_neighbours;          /* maps want them, tables do not */
    /* All that will be asked: of large files only the rows that can answer it are kept. NULL:
     * anything may be. */
    const EvmNeeds *needs;
    unsigned threads; /* for large files; 0: as many as there are processors */
} EvmInputsRequest;

typedef struct {
    EvmEvents *events;
    EvmGazetteer *gazetteer;
    EvmGeodata *geodata;      /* with shares, where the universe has any */
    EvmGeodata *file_geodata; /* what they are shares of; NULL without */
    EvmGeodata *neighbours;   /* NULL unless wanted */
    EvmUniverse *universe;
    EvmUniverseKind universe_kind; /* as asked for */
    EvmJoin *join;
    const EvmJoin *history; /* for series: `join`, or one made for them */
    EvmJoin *own_history;   /* to be freed; or NULL */
    EvmControl baseline;    /* for questions: unassessed, or held by the actor asked for */
    EvmDiagnostics *diagnostics;
    GArray *area;          /* int32_t: the provinces that were asked for; NULL: the whole country */
    char *area_name;       /* "Badakhshan", "Kunduz and Takhar"; NULL: the whole country */
    char *vintage;         /* "2014-398" by the key file beside the file; else the day in its table
                              ("2021-11-17"), or "unknown" */
    const char *valid_day; /* that day, when it is what the vintage is; or NULL */
    GKeyFile *captions;    /* what the boundary file says of itself, in some languages */
} EvmInputs;

EvmInputs *evm_inputs_load(const EvmInputsRequest *request, GError **error);
void evm_inputs_free(EvmInputs *inputs);

/* What was drawn ("boundaries of 2014, generalised"), and who made it; callers free. */
char *evm_inputs_format_boundaries(const EvmInputs *inputs, const EvmLanguage *language);
char *evm_inputs_format_credits(const EvmInputs *inputs, const EvmLanguage *language);

/* Rows that say who holds a district and yet colour nothing: refused, unmatched or ambiguous. */
size_t evm_inputs_count_lost(const EvmInputs *inputs);

#endif
