#include "projection/projection.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"

static const EvmExtent AFGHANISTAN = {{60.5, 29.4}, {74.9, 38.5}};

static EvmProjection *open_crs(const char *crs)
{
    GError *error = NULL;
    EvmProjection *projection = evm_projection_new(crs, AFGHANISTAN, &error);
    g_assert_no_error(error);
    g_assert_nonnull(projection);
    return projection;
}

static EvmMapPoint project(const EvmProjection *projection, double lon_deg, double lat_deg)
{
    GError *error = NULL;
    EvmMapPoint out;
    EvmLonLat point = {lon_deg, lat_deg};
    g_assert_true(evm_projection_compute(projection, &point, 1, &out, &error));
    g_assert_no_error(error);
    return out;
}

/* ---- Snyder's closed formulas, Map Projections: A Working Manual, 1987, pp. 100-102 ---- */

static const double A_M = 6378137.0, FLATTENING = 1 / 298.257223563;

static double rad(double deg)
{
    return deg * G_PI / 180;
}

static double snyder_q(double phi)
{
    double e2 = FLATTENING * (2 - FLATTENING), e = sqrt(e2), s = sin(phi);
    return (1 - e2) * (s / (1 - e2 * s * s) - log((1 - e * s) / (1 + e * s)) / (2 * e));
}

static double snyder_m2(double phi)
{
    double e2 = FLATTENING * (2 - FLATTENING), s = sin(phi);
    return cos(phi) * cos(phi) / (1 - e2 * s * s);
}

static EvmMapPoint snyder_albers(double lat_1, double lat_2, double lat_0, double lon_0, double lon,
                                 double lat)
{
    double q1 = snyder_q(rad(lat_1)), q2 = snyder_q(rad(lat_2));
    double n = (snyder_m2(rad(lat_1)) - snyder_m2(rad(lat_2))) / (q2 - q1);
    double c = snyder_m2(rad(lat_1)) + n * q1;
    double rho = A_M * sqrt(c - n * snyder_q(rad(lat))) / n;
    double rho_0 = A_M * sqrt(c - n * snyder_q(rad(lat_0))) / n;
    double theta = n * rad(lon - lon_0);
    return (EvmMapPoint){rho * sin(theta), rho_0 - rho * cos(theta)};
}

static void test_albers_is_snyders(void)
{
    EvmProjection *projection = open_crs(NULL);
    for (double lon = 60; lon <= 75; lon += 2.5)
        for (double lat = 29; lat <= 39; lat += 2) {
            EvmMapPoint got = project(projection, lon, lat);
            EvmMapPoint want = snyder_albers(30.9167, 36.9833, 33.95, 67.7, lon, lat);
            g_assert_cmpfloat_with_epsilon(got.x_m, want.x_m, 1e-5);
            g_assert_cmpfloat_with_epsilon(got.y_m, want.y_m, 1e-5);
        }
    evm_projection_free(projection);
}

static void test_albers_is_centred_on_the_extent(void)
{
    EvmProjection *projection = open_crs(NULL);
    EvmMapPoint center = project(projection, 67.7, 33.95);
    g_assert_cmpfloat_with_epsilon(center.x_m, 0, 1e-6);
    g_assert_cmpfloat_with_epsilon(center.y_m, 0, 1e-6);
    g_assert_cmpstr(evm_projection_format(projection), ==,
                    "+proj=aea +lat_1=30.9167 +lat_2=36.9833 +lat_0=33.9500 +lon_0=67.7000 "
                    "+datum=WGS84 +units=m");
    g_assert_cmpstr(evm_projection_format_name(projection), ==,
                    "Albers equal-area conic, 30.9° and 37.0° N");
    evm_projection_free(projection);
}

static void test_hemispheres_are_named(void)
{
    EvmExtent chile = {{-75, -56}, {-66, -17}}, crossing = {{0, -10}, {10, 25}};
    EvmProjection *south = evm_projection_new(NULL, chile, NULL);
    EvmProjection *both = evm_projection_new(NULL, crossing, NULL);
    g_assert_cmpstr(evm_projection_format_name(south), ==,
                    "Albers equal-area conic, 49.5° and 23.5° S");
    g_assert_cmpstr(evm_projection_format_name(both), ==,
                    "Albers equal-area conic, 4.2° S and 19.2° N");
    evm_projection_free(south);
    evm_projection_free(both);
}

/* ---- a table in the manner of PROJ's gie: operation, point, result, tolerance ----
 * Results from `proj -f %.4f` of PROJ 9.1.1 and, for the codes, `cs2cs EPSG:4326`. */

static const struct {
    const char *crs, *name;
    double lon, lat, x_m, y_m, tolerance_m;
} TABLE[] = {
    {"+proj=aea +lat_1=30.9167 +lat_2=36.9833 +lat_0=33.95 +lon_0=67.7 +datum=WGS84",
     "Albers Equal Area", 69.2, 34.5, 137568.1201, 62098.3642, 1e-3},
    {"+proj=laea +lat_0=34 +lon_0=66 +datum=WGS84", "Lambert Azimuthal Equal Area", 69.2, 34.5,
     293819.1136, 60046.0412, 1e-3},
    {"+proj=lcc +lat_1=31 +lat_2=37 +lat_0=34 +lon_0=66 +datum=WGS84", "Lambert Conformal Conic",
     69.2, 34.5, 293449.5792, 59973.3158, 1e-3},
    {"+proj=utm +zone=42 +datum=WGS84", "Universal Transverse Mercator (UTM)", 69.2, 34.5,
     518360.6626, 3817615.3991, 1e-3},
    {"+proj=merc +lat_ts=34 +datum=WGS84 +units=m", "Mercator", 69.2, 34.5, 6393027.1985,
     3379328.0058, 1e-3},
    {"+proj=robin +R=6371000", "Robinson", 69.2, 34.5, 6168676.7354, 3685752.4023, 1e-3},
    {"EPSG:32642", "WGS 84 / UTM zone 42N", 69.2, 34.5, 518360.6626, 3817615.3991, 1e-3},
    {"EPSG:3857", "WGS 84 / Pseudo-Mercator", 69.2, 34.5, 7703308.7629, 4096139.0404, 1e-3},
    {"ESRI:102025", "Asia_North_Albers_Equal_Area_Conic", 69.2, 34.5, -2155265.7838, 823436.4402,
     1e-3},
};

static void test_table(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(TABLE); i++) {
        EvmProjection *projection = open_crs(TABLE[i].crs);
        g_test_message("%s", TABLE[i].crs);
        g_assert_cmpstr(evm_projection_format_name(projection), ==, TABLE[i].name);
        g_assert_cmpstr(evm_projection_format(projection), ==, TABLE[i].crs);
        EvmMapPoint got = project(projection, TABLE[i].lon, TABLE[i].lat);
        g_assert_cmpfloat_with_epsilon(got.x_m, TABLE[i].x_m, TABLE[i].tolerance_m);
        g_assert_cmpfloat_with_epsilon(got.y_m, TABLE[i].y_m, TABLE[i].tolerance_m);
        evm_projection_free(projection);
    }
}

/* ---- what is refused ---- */

static const struct {
    const char *crs, *word;
} REFUSED[] = {
    {"EPSG:4326", "longitude and latitude are no map plane"},
    {"EPSG:4978", "no map plane"},
    {"EPSG:2277", "not metres"},
    {"EPSG:99999", "is the code right"},
    {"+proj=longlat +datum=WGS84", "does not turn longitude and latitude into a map plane"},
    {"+proj=geocent +datum=WGS84", "no map plane"},
    {"+proj=cart", "no map plane"},
    {"+proj=noop", "map plane"},
    {"+proj=unitconvert +xy_in=rad +xy_out=deg", "no map plane"},
    {"+proj=nope", "PROJ: Invalid value for an argument"},
    {"+proj=aea +lat_1=30 +lat_2=-30", "PROJ: Invalid value for an argument"},
    {"+proj=pipeline +step +proj=utm +zone=42", "a chain of steps"},
    {"+step +proj=utm +zone=42", "a chain of steps"},
    {"proj=utm +zone=42", "neither a code nor a PROJ string"},
    {"+init=epsg:32642", "would read a file"},
    {"+proj=utm +zone=42 init=/etc/passwd:x", "would read a file"},
    {"+proj=tmerc +lon_0=66 +nadgrids=http://127.0.0.1/x.gsb", "would read a file"},
    {"+proj=utm +zone=42 +units=us-ft", "in metres"},
    {"+proj=utm +zone=42 +to_meter=1000", "in metres"},
    {"+proj=utm +zone=42 +axis=wsu", "in metres"},
    {"+lat_0=34", "names no projection"},
    {"+", "names no projection"},
    {"", "neither a code nor a PROJ string"},
    {"/etc/passwd:1", "neither a code nor a PROJ string"},
    {"WGS 84 / UTM zone 42N", "neither a code nor a PROJ string"},
    {"EPSG:", "neither a code nor a PROJ string"},
    {"EPSG:32642+5773", "neither a code nor a PROJ string"},
};

static void test_refused_with_a_reason(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(REFUSED); i++) {
        GError *error = NULL;
        g_test_message("%s", REFUSED[i].crs);
        g_assert_null(evm_projection_new(REFUSED[i].crs, AFGHANISTAN, &error));
        g_assert_error(error, EVM_ERROR, EVM_ERROR_USAGE);
        if (!strstr(error->message, REFUSED[i].word))
            g_error("'%s': %s", REFUSED[i].crs, error->message);
        g_assert_null(strchr(error->message, '\n'));
        g_clear_error(&error);
    }
}

static void test_albers_across_the_equator_is_refused(void)
{
    GError *error = NULL;
    g_assert_null(evm_projection_new(NULL, (EvmExtent){{0, -10}, {10, 10}}, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_USAGE);
    g_clear_error(&error);
}

static void test_points_without_a_place_are_named(void)
{
    static const EvmLonLat POINTS[] = {{66, 34}, {-114, -34}};
    static const EvmLonLat ODD[] = {{NAN, 34}, {66, INFINITY}, {66, 91}};
    EvmProjection *projection = open_crs("+proj=ortho +lat_0=34 +lon_0=66");
    EvmMapPoint out[2];
    GError *error = NULL;
    g_assert_true(evm_projection_compute(projection, POINTS, 1, out, &error));
    g_assert_false(evm_projection_compute(projection, POINTS, 2, out, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
    g_assert_true(g_str_has_prefix(error->message, "longitude -114, latitude -34 has no place"));
    g_clear_error(&error);
    for (size_t i = 0; i < G_N_ELEMENTS(ODD); i++)
        g_assert_false(evm_projection_compute(projection, &ODD[i], 1, out, NULL));
    evm_projection_free(projection);
}

static void test_no_points_is_no_error(void)
{
    EvmProjection *projection = open_crs(NULL);
    g_assert_true(evm_projection_compute(projection, NULL, 0, NULL, NULL));
    evm_projection_free(projection);
}

/* ---- the outside world ---- */

static void print_one(void)
{
    EvmProjection *projection = open_crs(NULL);
    EvmMapPoint point = project(projection, 69.2, 34.5);
    g_print("%a %a\n", point.x_m, point.y_m);
    evm_projection_free(projection);
    GError *error = NULL;
    projection = evm_projection_new("EPSG:32642", AFGHANISTAN, &error);
    g_print("%s\n", projection ? "found" : error->message);
    evm_projection_free(projection);
    g_clear_error(&error);
}

/* The same bytes without proj.db, and not a word on stderr; a code says what may be missing. */
static void test_strings_need_no_database(void)
{
    if (g_test_subprocess()) {
        g_setenv("PROJ_DATA", "/nonexistent", TRUE);
        g_setenv("PROJ_DEBUG", "3", TRUE);
        print_one();
        return;
    }
    EvmProjection *projection = open_crs(NULL);
    EvmMapPoint point = project(projection, 69.2, 34.5);
    evm_projection_free(projection);
    g_autofree char *want = g_strdup_printf("%a %a\n*is proj.db installed*", point.x_m, point.y_m);
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_passed();
    g_test_trap_assert_stdout(want);
    g_test_trap_assert_stderr("");
}

/* Whoever opened this proj.db would wait for ever. */
static void test_strings_open_no_files(void)
{
    if (g_test_subprocess()) {
        evm_projection_free(open_crs(NULL));
        evm_projection_free(open_crs("+proj=laea +lat_0=34 +lon_0=66 +datum=WGS84"));
        return;
    }
    g_autofree char *folder = g_dir_make_tmp("evmap-proj-XXXXXX", NULL);
    g_autofree char *database = g_build_filename(folder, "proj.db", NULL);
    g_assert_cmpint(mkfifo(database, 0600), ==, 0);
    g_setenv("PROJ_DATA", folder, TRUE);
    g_test_trap_subprocess(NULL, 10 * G_USEC_PER_SEC, 0);
    g_unsetenv("PROJ_DATA");
    g_unlink(database);
    g_rmdir(folder);
    g_test_trap_assert_passed();
    g_test_trap_assert_stderr("");
}

static gpointer open_in_thread(gpointer user)
{
    (void)user;
    return open_crs(NULL);
}

static void test_made_in_threads_used_here(void)
{
    enum { THREADS = 8 };
    GThread *threads[THREADS];
    EvmMapPoint want = {0, 0};
    for (int i = 0; i < THREADS; i++)
        threads[i] = g_thread_new("projection", open_in_thread, NULL);
    for (int i = 0; i < THREADS; i++) {
        EvmProjection *projection = g_thread_join(threads[i]);
        EvmMapPoint got = project(projection, 69.2, 34.5);
        if (i == 0)
            want = got;
        g_assert_true(got.x_m == want.x_m && got.y_m == want.y_m);
        evm_projection_free(projection);
    }
}

static void test_version_is_known(void)
{
    const char *version = evm_projection_format_version();
    g_assert_nonnull(version);
    g_assert_true(g_ascii_isdigit(version[0]));
}

/* A map must not depend on a server's answer, and what speaks to servers is slow to open. */
static void test_no_network_is_opened(void)
{
#ifdef EVM_HAS_NO_NETWORK
    g_autofree char *maps = NULL;
    g_assert_nonnull(evm_projection_format_version());
    g_assert_true(g_file_get_contents("/proc/self/maps", &maps, NULL, NULL));
    g_assert_nonnull(strstr(maps, "libproj"));
    g_assert_nonnull(strstr(maps, "libevm_no_network"));
    g_assert_null(strstr(maps, "libcurl"));
    g_assert_null(strstr(maps, "libgnutls"));
#else
    g_test_skip("this PROJ was built without libcurl");
#endif
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/projection/albers/is_snyders_to_10_micrometres", test_albers_is_snyders);
    g_test_add_func("/projection/albers/is_centred_on_the_extent",
                    test_albers_is_centred_on_the_extent);
    g_test_add_func("/projection/albers/hemispheres_are_named", test_hemispheres_are_named);
    g_test_add_func("/projection/albers/across_the_equator_is_refused",
                    test_albers_across_the_equator_is_refused);
    g_test_add_func("/projection/crs/gives_what_proj_gives", test_table);
    g_test_add_func("/projection/crs/what_is_no_plane_is_refused", test_refused_with_a_reason);
    g_test_add_func("/projection/compute/point_without_a_place_is_named",
                    test_points_without_a_place_are_named);
    g_test_add_func("/projection/compute/no_points_is_no_error", test_no_points_is_no_error);
    g_test_add_func("/projection/library/strings_need_no_database", test_strings_need_no_database);
    g_test_add_func("/projection/library/strings_open_no_files", test_strings_open_no_files);
    g_test_add_func("/projection/library/made_in_threads_used_here",
                    test_made_in_threads_used_here);
    g_test_add_func("/projection/library/version_is_known", test_version_is_known);
    g_test_add_func("/projection/library/no_network_is_opened", test_no_network_is_opened);
    return g_test_run();
}
