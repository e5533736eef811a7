#include "projection/crs.h"

#include <string.h>

#include "base/error.h"

static bool refuse(const char *crs, const char *reason, GError **error)
{
    g_set_error(
        error, EVM_ERROR, EVM_ERROR_USAGE,
        "'%s': %s; give a map plane in metres, such as EPSG:32642 or \"+proj=laea +lat_0=34 "
        "+lon_0=66 +datum=WGS84\"",
        crs, reason);
    return false;
}

/* "EPSG:32642", "ESRI:102025" */
static bool is_code(const char *crs)
{
    size_t authority = strspn(crs, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
    if (authority == 0 || crs[authority] != ':')
        return false;
    const char *code = crs + authority + 1;
    return code[0] != '\0' && code[strspn(code, "0123456789")] == '\0';
}

/* "+lat_0=34" and "lat_0=34" are one to PROJ. */
static const char *skip_plus(const char *word)
{
    return *word == '+' ? word + 1 : word;
}

static const char *find_objection(const char *word)
{
    static const char *const FILES[] = {
        "init=",    "nadgrids=", "geoidgrids=", "grids=", "xy_grids=",
        "z_grids=", "catalog=",  "file=",       "model="};
    static const char *const STEPS[] = {"proj=pipeline", "step", "inv", "xyzgridshift"};
    static const char *const UNITS[] = {"units=", "to_meter=", "axis=", "type="};
    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++)
        if (g_str_has_prefix(word, FILES[i]))
            return "it would read a file";
    for (size_t i = 0; i < G_N_ELEMENTS(STEPS); i++)
        if (strcmp(word, STEPS[i]) == 0)
            return "it is no map projection but a chain of steps";
    if (strcmp(word, "units=m") == 0)
        return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(UNITS); i++)
        if (g_str_has_prefix(word, UNITS[i]))
            return "a map plane is in metres east and north here";
    return NULL;
}

static char **split(const char *crs)
{
    return g_strsplit_set(crs, " \t\r\n", -1);
}

char *evm_crs_find_method(const char *crs)
{
    g_auto(GStrv) words = split(crs);
    for (char **word = words; *word; word++)
        if (g_str_has_prefix(skip_plus(*word), "proj="))
            return g_strdup(skip_plus(*word) + strlen("proj="));
    return NULL;
}

static bool check_string(const char *crs, GError **error)
{
    g_auto(GStrv) words = split(crs);
    for (char **word = words; *word; word++) {
        const char *objection = find_objection(skip_plus(*word));
        if (objection)
            return refuse(crs, objection, error);
    }
    g_autofree char *method = evm_crs_find_method(crs);
    return method || refuse(crs, "it names no projection", error);
}

bool evm_crs_parse(const char *crs, EvmCrsKind *kind, GError **error)
{
    *kind = EVM_CRS_CODE;
    if (is_code(crs))
        return true;
    *kind = EVM_CRS_STRING;
    if (crs[0] != '+')
        return refuse(crs, "neither a code nor a PROJ string", error);
    return check_string(crs, error);
}
