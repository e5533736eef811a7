#include <string.h>

#include "geodata/shapefile.h"

/* Where the quoted name of the first `keyword["…"` begins, and its length; NULL when there is
 * none. */
static const char *find_name(const char *wkt, const char *keyword, size_t *length)
{
    size_t keyword_length = strlen(keyword);
    for (const char *at = wkt; *at != '\0'; at++) {
        if (g_ascii_strncasecmp(at, keyword, keyword_length) != 0 ||
            (at > wkt && g_ascii_isalnum(at[-1])))
            continue;
        const char *name = at + keyword_length;
        name += strspn(name, " \t\r\n");
        if (*name != '[' && *name != '(')
            continue;
        name++;
        name += strspn(name, " \t\r\n");
        const char *end = *name == '"' ? strchr(name + 1, '"') : NULL;
        if (!end)
            continue;
        *length = (size_t)(end - name - 1);
        return name + 1;
    }
    return NULL;
}

/* The name in lower case, letters and digits alone: "WGS_1984" and "WGS 1984" are one. */
static char *fold_name(const char *wkt, const char *keyword)
{
    size_t length;
    const char *name = find_name(wkt, keyword, &length);
    if (!name)
        return NULL;
    GString *folded = g_string_new(NULL);
    for (size_t i = 0; i < length; i++)
        if (g_ascii_isalnum(name[i]))
            g_string_append_c(folded, g_ascii_tolower(name[i]));
    return g_string_free(folded, FALSE);
}

static char *fold_either(const char *wkt, const char *keyword, const char *other)
{
    char *name = fold_name(wkt, keyword);
    return name ? name : fold_name(wkt, other);
}

static bool is_keyword(const char *wkt, const char *keyword)
{
    size_t length = strlen(keyword);
    return g_ascii_strncasecmp(wkt, keyword, length) == 0 && !g_ascii_isalnum(wkt[length]);
}

static bool is_geographic(const char *wkt)
{
    static const char *const KEYWORDS[] = {"GEOGCS", "GEOGCRS", "GEODCRS"};
    for (size_t i = 0; i < G_N_ELEMENTS(KEYWORDS); i++)
        if (is_keyword(wkt, KEYWORDS[i]))
            return true;
    return false;
}

/* "D_WGS_1984", "WGS_1984", "World Geodetic System 1984 ensemble" */
static bool is_wgs84_datum(const char *wkt)
{
    g_autofree char *datum = fold_either(wkt, "DATUM", "ENSEMBLE");
    return datum && (strstr(datum, "wgs1984") || strstr(datum, "wgs84") ||
                     strstr(datum, "worldgeodeticsystem1984"));
}

static bool is_degree(const char *wkt)
{
    g_autofree char *unit = fold_either(wkt, "ANGLEUNIT", "UNIT");
    return !unit || strstr(unit, "degree");
}

static bool is_greenwich(const char *wkt)
{
    g_autofree char *meridian = fold_name(wkt, "PRIMEM");
    return !meridian || strcmp(meridian, "greenwich") == 0;
}

static const char *find_objection(const char *wkt)
{
    if (is_keyword(wkt, "PROJCS") || is_keyword(wkt, "PROJCRS"))
        return "the boundaries are projected; convert them to longitude and latitude on WGS 84 "
               "(EPSG:4326)";
    if (!is_geographic(wkt))
        return "no geographic coordinate system; the boundaries must be in longitude and latitude "
               "on WGS 84 (EPSG:4326)";
    if (!is_wgs84_datum(wkt))
        return "the datum is not WGS 84; convert the boundaries to EPSG:4326";
    if (!is_degree(wkt))
        return "the unit is not the degree; convert the boundaries to EPSG:4326";
    if (!is_greenwich(wkt))
        return "the prime meridian is not Greenwich; convert the boundaries to EPSG:4326";
    return NULL;
}

static void note_assumption(const EvmInputFile *file, const char *code, const char *what,
                            EvmDiagnostics *diagnostics)
{
    evm_shapefile_add_diagnostic(diagnostics, EVM_SEVERITY_NOTE, file, 0, code,
                                 "a .prj file beside it says what the coordinates are",
                                 "%s: taken as longitude and latitude on WGS 84", what);
}

bool evm_prj_is_wgs84(const EvmShapefile *shapefile, EvmDiagnostics *diagnostics, GError **error)
{
    if (!shapefile->prj) {
        note_assumption(shapefile->shp, "no-prj", "there is no .prj", diagnostics);
        return true;
    }
    const char *wkt = shapefile->prj->data;
    if (g_str_has_prefix(wkt, "\xEF\xBB\xBF"))
        wkt += 3;
    wkt += strspn(wkt, " \t\r\n");
    if (shapefile->prj->size == 0) {
        note_assumption(shapefile->prj, "empty-prj", "empty", diagnostics);
        return true;
    }
    const char *objection = find_objection(wkt);
    return !objection || evm_shapefile_add_error(shapefile->prj, error, "%s", objection);
}
