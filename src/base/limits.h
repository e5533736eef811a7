/* Every ceiling in one place. Input that reaches one is refused with EVM_ERROR_LIMIT, and the
 * message names the limit and, where there is one, the option that raises it. */
#ifndef EVM_BASE_LIMITS_H
#define EVM_BASE_LIMITS_H

enum {
    EVM_LIMIT_CSV_FIELD_BYTES = 1 << 20,
    EVM_LIMIT_CSV_PIECE_BYTES = 1 << 22, /* above, a text is not read in pieces */
    EVM_LIMIT_CSV_COLUMNS = 1024,
    EVM_LIMIT_TABLE_BYTES = 1 << 26, /* a gazetteer or other small table */
    EVM_LIMIT_EVENT_FILE_BYTES = 2000000000,
    EVM_LIMIT_EVENT_ROWS = 20000000,
    EVM_LIMIT_EVENT_FILES = 256,
    EVM_LIMIT_DIAGNOSTICS = 10000, /* kept; the rest is only counted */
    EVM_LIMIT_AREAS = 100000,      /* polygons of one shapefile */
    EVM_LIMIT_VERTICES = 50000000, /* of one shapefile */
    EVM_LIMIT_DBF_FIELDS = 256,
    EVM_LIMIT_ACTORS = 250,
    EVM_LIMIT_SERIES_DAYS = 36600, /* a hundred years */
    EVM_LIMIT_SIDE_PX = 16384,     /* a picture's side, after --scale; cairo stops at 32767 */
    EVM_LIMIT_PIXELS = 100000000,  /* a picture's area, after --scale: 400 MB */
    EVM_LIMIT_MIN_SIDE_PX = 360,   /* below this no sheet fits */
    EVM_LIMIT_MIN_THUMBNAIL_PX = 80,
};

#endif
