/* The command line: one table of options drives parsing, help and the messages about wrong use. */
#ifndef EVM_CLI_OPTIONS_H
#define EVM_CLI_OPTIONS_H

#include <glib.h>
#include <stdbool.h>

#include "base/date.h"
#include "output/series_table.h"
#include "pipeline/inputs.h"
#include "pipeline/timeline.h"
#include "style/theme.h"

/* Verbs that take an option. */
enum {
    EVM_FOR_RENDER = 1 << 0,
    EVM_FOR_STATUS = 1 << 1,
    EVM_FOR_CHECK = 1 << 2,
    EVM_FOR_PLACES = 1 << 3,
    EVM_FOR_EXPLAIN = 1 << 4,
    EVM_FOR_SERIES = 1 << 5,
    EVM_FOR_CHANGES = 1 << 6,
    EVM_FOR_TIMELINE = 1 << 7,
    EVM_FOR_THEME = 1 << 8,
};
/* Those that need a day, those that ask who holds what, and those that read events. */
enum {
    EVM_FOR_DAY = EVM_FOR_RENDER | EVM_FOR_STATUS | EVM_FOR_EXPLAIN,
    EVM_FOR_PERIOD = EVM_FOR_SERIES | EVM_FOR_CHANGES | EVM_FOR_TIMELINE,
    EVM_FOR_SHEET = EVM_FOR_RENDER | EVM_FOR_TIMELINE,
    EVM_FOR_CLAIMS = EVM_FOR_DAY | EVM_FOR_PERIOD,
    EVM_FOR_ALL = EVM_FOR_CLAIMS | EVM_FOR_CHECK
};

typedef enum { EVM_LIST_ALL, EVM_LIST_NET, EVM_LIST_SUMS } EvmList; /* of changes */

/* What the user asked for, checked. */
typedef struct {
    EvmDate date;
    EvmDate from, to;
    EvmUnit unit;
    bool is_by_district; /* of status; or else by province */
    EvmList list;
    EvmDate versus; /* another day of knowledge; EVM_DATE_NONE when not given */
    EvmDate known;  /* --as-known-on, or EVM_KNOWN_NOW */
    int dispute_window_days, stale_after_days;
    char *baseline;       /* actor, or NULL */
    GPtrArray *events;    /* char *, NULL-terminated when not empty */
    GPtrArray *map;       /* char * "theirs=ours", likewise */
    EvmEventOptions how;  /* to read the events; without the map */
    GPtrArray *provinces; /* char *, likewise */
    EvmUniverseKind universe;
    GPtrArray *names; /* char *: the words of a verb that takes some; not terminated */
    char *district;   /* the one to explain */
    char *province;   /* in which they are */
    char *aliases, *write_aliases;
    char *geodata, *out, *crs;
    EvmExtent window; /* what the map shows */
    bool has_window, has_graticule;
    GPtrArray *languages;       /* EvmLanguage *: one map each; NULL: English */
    EvmTheme *theme;            /* of the sheet */
    char *layout;               /* a known one, or NULL */
    unsigned formats;           /* EvmFormat; 0: those that suit the layout */
    bool is_outlined;           /* an SVG with outlined text too */
    double width_px, height_px; /* 0: those of the layout */
    double scale;
    EvmTableFormat table;
    bool has_table; /* the format was asked for */
    EvmStep step;
    bool has_series, has_chart, has_multiples;
    unsigned films; /* EvmFilm */
    double frames_per_s, hold_s, fade_s;
    unsigned jobs;          /* 0: a thread a processor */
    unsigned shard, shards; /* 1 of 1: all frames */
    bool is_dry, is_merge, is_lossy, has_json_progress;
    bool is_quiet, is_verbose, wants_help;
    GHashTable *given; /* names of options that stand there, and their values (of switches NULL) */
} EvmCliOptions;

/* `args` are those behind the verb. EVM_ERROR_USAGE: one line naming the word that is wrong and the
 * nearest valid one. */
bool evm_cli_options_parse(EvmCliOptions *options, unsigned verb, const char *const *args,
                           GError **error);
void evm_cli_options_clear(EvmCliOptions *options);

/* The request for the data that these options ask for; borrows from `options`. */
EvmInputsRequest evm_cli_options_compute_inputs(const EvmCliOptions *options);

/* The question that they ask of that data, about a day; NULL: data not loaded yet, which leaves the
 * baseline open. */
EvmQuestion evm_cli_options_compute_question(const EvmCliOptions *options, const EvmInputs *inputs,
                                             EvmDate date);

/* Appends the options of one verb, aligned, common ones first. */
void evm_cli_options_write_help(GString *out, unsigned verb);

#endif
