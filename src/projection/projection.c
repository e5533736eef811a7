#include "projection/projection.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "projection/crs.h"
#include "projection/proj_library.h"

/* Below it stand errno's of the system, left by files that were looked for. */
enum { FIRST_PROJ_ERROR = PROJ_ERR_INVALID_OP };

struct EvmProjection {
    const EvmProjLibrary *library;
    PJ_CONTEXT *context;
    PJ *transform;
    GMutex *mutex; /* PROJ's own state belongs to one thread at a time */
    bool takes_radians;
    char *crs, *name;
};

static void swallow(void *user, int level, const char *message)
{
    (void)user, (void)level, (void)message;
}

/* A path that nobody can make: below something that is no folder. */
static const char NOWHERE[] = "/dev/null/none";

/* A projection needs no file. Without this PROJ opens proj.db for every string, which takes longer
 * than all the rest of it, and proj.ini, which could change what it does. */
static const char *find_nothing(PJ_CONTEXT *context, const char *name, void *user)
{
    (void)context, (void)name, (void)user;
    return NOWHERE;
}

/* A code is looked up in proj.db, where PROJ itself looks for it; grids are never read. */
static const char *find_database(PJ_CONTEXT *context, const char *name, void *user)
{
    (void)context, (void)user;
    return strcmp(name, "proj.db") == 0 ? NULL : NOWHERE;
}

static PJ_CONTEXT *new_context(const EvmProjLibrary *library, EvmCrsKind kind)
{
    PJ_CONTEXT *context = library->proj_context_create();
    library->proj_log_func(context, NULL, swallow);
    library->proj_context_set_file_finder(
        context, kind == EVM_CRS_CODE ? find_database : find_nothing, NULL);
    library->proj_context_set_enable_network(context, 0);
    return context;
}

static bool refuse(const EvmProjection *projection, const char *reason, GError **error)
{
    g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE,
                "'%s': %s; give a map plane in metres, such as EPSG:32642", projection->crs,
                reason);
    return false;
}

static bool refuse_unknown(const EvmProjection *projection, const char *advice, GError **error)
{
    const EvmProjLibrary *library = projection->library;
    int code = library->proj_context_errno(projection->context);
    const char *reason = code < FIRST_PROJ_ERROR
                             ? "not known"
                             : library->proj_context_errno_string(projection->context, code);
    g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE, "'%s': PROJ: %s%s", projection->crs, reason,
                advice);
    return false;
}

/* Both axes in metres. Their order and direction are PROJ's to set right, except for planes whose
 * axes point elsewhere than east and north. */
static bool check_axes(const EvmProjection *projection, const PJ *crs, GError **error)
{
    const EvmProjLibrary *library = projection->library;
    PJ *system = library->proj_crs_get_coordinate_system(projection->context, crs);
    bool ok = system && library->proj_cs_get_axis_count(projection->context, system) == 2;
    for (int axis = 0; ok && axis < 2; axis++) {
        const char *direction = NULL;
        double m_per_unit = 0;
        ok = library->proj_cs_get_axis_info(projection->context, system, axis, NULL, NULL,
                                            &direction, &m_per_unit, NULL, NULL, NULL) &&
             m_per_unit == 1 && direction &&
             (strcmp(direction, "east") == 0 || strcmp(direction, "north") == 0);
    }
    library->proj_destroy(system);
    return ok || refuse(projection, "its axes are not metres east and north", error);
}

static bool check_type(const EvmProjection *projection, PJ *crs, GError **error)
{
    switch (projection->library->proj_get_type(crs)) {
    case PJ_TYPE_PROJECTED_CRS:
        return check_axes(projection, crs, error);
    case PJ_TYPE_GEOGRAPHIC_2D_CRS:
    case PJ_TYPE_GEOGRAPHIC_3D_CRS:
        return refuse(projection, "longitude and latitude are no map plane", error);
    default:
        return refuse(projection, "this is no map plane", error);
    }
}

static bool open_code(EvmProjection *projection, GError **error)
{
    const EvmProjLibrary *library = projection->library;
    PJ *crs = library->proj_create(projection->context, projection->crs);
    if (!crs)
        return refuse_unknown(projection, "; is the code right, and is proj.db installed?", error);
    projection->name = g_strdup(library->proj_get_name(crs));
    bool ok = check_type(projection, crs, error);
    library->proj_destroy(crs);
    if (!ok)
        return false;
    PJ *transform =
        library->proj_create_crs_to_crs(projection->context, "OGC:CRS84", projection->crs, NULL);
    if (transform)
        projection->transform =
            library->proj_normalize_for_visualization(projection->context, transform);
    library->proj_destroy(transform);
    return projection->transform || refuse_unknown(projection, "", error);
}

/* Operations that are no projections ("cart", "unitconvert") are no CRS either. */
static bool check_string(const EvmProjection *projection, GError **error)
{
    const EvmProjLibrary *library = projection->library;
    g_autofree char *definition = g_strconcat(projection->crs, " +type=crs", NULL);
    PJ *crs = library->proj_create(projection->context, definition);
    if (!crs)
        return refuse_unknown(projection, "", error);
    bool ok = check_type(projection, crs, error);
    library->proj_destroy(crs);
    return ok;
}

/* PROJ's own words for the method, the first line of them. */
static char *find_method_name(const EvmProjection *projection)
{
    g_autofree char *method = evm_crs_find_method(projection->crs);
    const PJ_OPERATIONS *known = projection->library->proj_list_operations();
    for (; known->id; known++)
        if (strcmp(known->id, method) == 0)
            return g_strndup(*known->descr, strcspn(*known->descr, "\r\n"));
    return g_steal_pointer(&method);
}

static bool open_string(EvmProjection *projection, GError **error)
{
    const EvmProjLibrary *library = projection->library;
    projection->transform = library->proj_create(projection->context, projection->crs);
    if (!projection->transform)
        return refuse_unknown(projection, "", error);
    if (!library->proj_angular_input(projection->transform, PJ_FWD) ||
        library->proj_angular_output(projection->transform, PJ_FWD))
        return refuse(projection, "it does not turn longitude and latitude into a map plane",
                      error);
    projection->takes_radians = true;
    return true;
}

static bool open_any(EvmProjection *projection, EvmCrsKind kind, GError **error)
{
    if (kind == EVM_CRS_CODE)
        return open_code(projection, error);
    if (!open_string(projection, error))
        return false;
    if (projection->name)
        return true;
    projection->name = find_method_name(projection);
    return check_string(projection, error);
}

EvmProjection *evm_projection_new(const char *crs, EvmExtent extent, GError **error)
{
    EvmCrsKind kind = EVM_CRS_STRING;
    if (crs && !evm_crs_parse(crs, &kind, error))
        return NULL;
    const EvmProjLibrary *library = evm_proj_library_load(error);
    if (!library)
        return NULL;
    EvmProjection *projection = g_new0(EvmProjection, 1);
    projection->mutex = g_new0(GMutex, 1);
    g_mutex_init(projection->mutex);
    projection->library = library;
    projection->crs = crs ? g_strdup(crs) : evm_albers_format(extent);
    projection->name = crs ? NULL : evm_albers_format_name(extent);
    projection->context = new_context(library, kind);
    if (!open_any(projection, kind, error))
        g_clear_pointer(&projection, evm_projection_free);
    return projection;
}

void evm_projection_free(EvmProjection *projection)
{
    if (!projection)
        return;
    if (projection->transform)
        projection->library->proj_destroy(projection->transform);
    if (projection->context)
        projection->library->proj_context_destroy(projection->context);
    g_mutex_clear(projection->mutex);
    g_free(projection->mutex);
    g_free(projection->crs);
    g_free(projection->name);
    g_free(projection);
}

const char *evm_projection_format(const EvmProjection *projection)
{
    return projection->crs;
}

const char *evm_projection_format_name(const EvmProjection *projection)
{
    return projection->name;
}

static bool check_results(const EvmProjection *projection, const EvmLonLat *points, size_t count,
                          const EvmMapPoint *out, GError **error)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(out[i].x_m) || !isfinite(out[i].y_m)) {
            g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                        "longitude %g, latitude %g has no place on the map plane '%s'",
                        points[i].lon_deg, points[i].lat_deg, projection->crs);
            return false;
        }
    return true;
}

bool evm_projection_compute(const EvmProjection *projection, const EvmLonLat *points, size_t count,
                            EvmMapPoint *out, GError **error)
{
    double scale = projection->takes_radians ? G_PI / 180 : 1;
    for (size_t i = 0; i < count; i++)
        out[i] = (EvmMapPoint){points[i].lon_deg * scale, points[i].lat_deg * scale};
    g_mutex_lock(projection->mutex);
    if (count > 0)
        projection->library->proj_trans_generic(projection->transform, PJ_FWD, &out->x_m,
                                                sizeof *out, count, &out->y_m, sizeof *out, count,
                                                NULL, 0, 0, NULL, 0, 0);
    g_mutex_unlock(projection->mutex);
    return check_results(projection, points, count, out, error);
}

const char *evm_projection_format_version(void)
{
    const EvmProjLibrary *library = evm_proj_library_load(NULL);
    return library ? library->proj_info().version : NULL;
}
