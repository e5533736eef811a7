/* Events: what articles reported, row by row, as loaded from CSV and never changed afterwards.
 * docs/events.md documents the columns. */
#ifndef EVM_EVENTS_EVENTS_H
#define EVM_EVENTS_EVENTS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/csv_reader.h"
#include "base/date.h"
#include "base/diagnostic.h"
#include "base/input_file.h"

typedef enum {
    EVM_KIND_CONTROL,   /* a claim: `actor` holds the district */
    EVM_KIND_CONTESTED, /* a claim: nobody holds it */
    EVM_KIND_CLASH,
    EVM_KIND_WITHDRAWAL,
    EVM_KIND_SURRENDER,
    EVM_KIND_BORDER,
    EVM_KIND_CAPITAL,
    EVM_KIND_OTHER,
} EvmKind;
enum { EVM_KIND_COUNT = EVM_KIND_OTHER + 1 };

typedef enum {
    EVM_PRECISION_DAY,
    EVM_PRECISION_STATUS, /* true on that day; the change itself came earlier */
    EVM_PRECISION_WEEK,
    EVM_PRECISION_MONTH,
    EVM_PRECISION_MID_WEEK,  /* such events have a date_end */
    EVM_PRECISION_MID_MONTH, /* likewise, whether they name a day of the month or the month alone */
    EVM_PRECISION_SPAN,      /* any other date_end; never a cell's word */
} EvmPrecision;

typedef enum { EVM_CONFIDENCE_LOW, EVM_CONFIDENCE_MEDIUM, EVM_CONFIDENCE_HIGH } EvmConfidence;

typedef enum { EVM_CALENDAR_GREGORIAN, EVM_CALENDAR_SOLAR_HIJRI } EvmCalendar;

typedef enum {
    EVM_DATE_ORDER_UNKNOWN,
    EVM_DATE_ORDER_DMY, /* 05/07/2021 is 5 July */
    EVM_DATE_ORDER_MDY, /* it is May 7 */
    EVM_DATE_ORDER_YMD, /* it is no date, nor is anything but YYYY-MM-DD */
} EvmDateOrder;

/* How to read files that are not as docs/events.md has them. All zeros: recognise what can be. */
typedef struct {
    const char *preset;      /* one of EVM_PRESET_NAMES; NULL: recognised by the header */
    const char *const *map;  /* "theirs=ours", NULL-terminated; NULL: none */
    EvmDateOrder date_order; /* unknown: as the whole column settles it */
    EvmCalendar calendar;
    EvmCsvDialect dialect;
    /* Told now and then while a file is read: bytes done, about, and all (0: nobody knows); on any
     * thread, one at a time. NULL: nobody asks. */
    void (*progress)(size_t done, size_t all, void *user);
    void *user;
} EvmEventOptions;

/* Strings are UTF-8, owned by the EvmEvents, never NULL ("" when the cell was empty). */
typedef struct {
    const char *id; /* made from file name and line when the row has none: "events.csv:12" */
    EvmDate date;
    EvmDate date_end; /* EVM_DATE_NONE when not given */
    EvmDate reported; /* EVM_DATE_NONE when not given: then it was known on its date */
    EvmPrecision precision;
    EvmKind kind;
    EvmConfidence confidence; /* medium when not given */
    bool has_point;
    bool is_retracted;
    double lon_deg, lat_deg; /* valid with has_point */
    const char *province, *district, *pcode;
    const char *actor, *from_actor;
    const char *source, *url, *headline;
    const char *tags;       /* separated by ';' */
    const char *supersedes; /* ids, separated by ';' */
    unsigned file;          /* index into files */
    unsigned line;          /* 1-based line in that file */
    /* 1-based fields of that line; 0 when the file has no such column. */
    uint16_t province_column, district_column, pcode_column;
} EvmEvent;

typedef struct {
    char *path;
    char sha256[EVM_SHA256_TEXT_SIZE]; /* "" when only what can still win was kept of it */
    size_t rows;                       /* data rows seen, whatever became of them */
} EvmEventFile;

typedef struct {
    const EvmEvent *items; /* in source order; some only, when others can decide nothing */
    size_t count;
    const EvmEventFile *files;
    size_t file_count;
    size_t rows;    /* data rows seen in all files; rows == count + refused when all were kept */
    size_t refused; /* rows with an EVM_SEVERITY_ERROR diagnostic: not in items */
} EvmEvents;

/* NULL-terminated: tables that can be read besides the native one. */
extern const char *const EVM_PRESET_NAMES[];
/* The columns of docs/events.md, NULL-terminated. */
extern const char *const EVM_COLUMN_NAMES[];

/* Loads one or more files ("-" is standard input). NULL options are all zeros. A row that cannot be
 * used becomes a diagnostic and is counted in `refused`. A file that is no event table at all
 * (missing, no header, a required column absent, quote never closed) is EVM_ERROR_INPUT and nothing
 * is returned. Rows that share an id are all kept, with a warning. The result is freed by
 * evm_events_free. */
EvmEvents *evm_events_load(const char *const *paths, size_t path_count,
                           const EvmEventOptions *options, EvmDiagnostics *diagnostics,
                           GError **error);
/* The same from memory, under `name`. */
EvmEvents *evm_events_parse(const char *name, const char *csv, size_t size,
                            const EvmEventOptions *options, EvmDiagnostics *diagnostics,
                            GError **error);
void evm_events_free(EvmEvents *events);

enum {
    EVM_WEEK_SPAN_DAYS = 7,   /* precision week: some day of the 7 up to the date */
    EVM_MONTH_SPAN_DAYS = 30, /* precision month: some day of the 30 up to the date */
};
/* The first day on which it may have been so, the day from which it is certain, and the day on
 * which it was reported. */
EvmDate evm_event_begin_at(const EvmEvent *event);
EvmDate evm_event_effective_at(const EvmEvent *event);
EvmDate evm_event_known_at(const EvmEvent *event);

/* A tag stands between ';'. evm_event_has_tag(e, "seq:1"). */
bool evm_event_has_tag(const EvmEvent *event, const char *tag);
/* The N of its first tag seq:N, from 1 to 999999; 0 without one. */
unsigned evm_event_sequence_at(const EvmEvent *event);
/* True for the kinds that say who holds a district. */
bool evm_kind_is_claim(EvmKind kind);
const char *evm_kind_format(EvmKind kind);
/* ASCII case-blind. False leaves *out alone. */
bool evm_kind_parse(const char *text, EvmKind *out);
const char *evm_precision_format(EvmPrecision precision);
const char *evm_confidence_format(EvmConfidence confidence);

#endif
