/* Small lists written by the test: what is read, and what is said about bad rows. */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "gazetteer/gazetteer.h"

static const char GAZETTEER[] =
    "district,pcode,province,province_pcode,name_fa,name_ps,lat,lon,area_km2,population\n"
    "Sangin,AF3008,Hilmand,AF30,سنگین,سنګین,32.07,64.83,517.5,66901\n"
    "Kang,AF3402,Nimroz,AF34,کنگ,,31.1,61.9,,\n"
    "Lashkargah,AF3001,Hilmand,AF30,لشکرگاه,,31.6,64.4,,\n";
static const char VARIANTS[] = "province_pcode,province,variant,source\nAF30,Hilmand,Helmand,x\n";
static const char CAPITALS[] = "province_pcode,province,capital,district_pcode,lon,lat\n"
                               "AF30,Hilmand,Bost,AF3001,64.36,31.59\n";
static const char ALIASES[] = "alias,province,pcode,kind,source\nSarwan Qala,Helmand,AF3008,x,y\n"
                              "Old Kang,,AF3402,x,y\n";

typedef struct {
    char *folder;
} Fixture;

static void put(const Fixture *fixture, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void set_up(Fixture *fixture, const void *data)
{
    (void)data;
    fixture->folder = g_dir_make_tmp("evmap-gazetteer-XXXXXX", NULL);
    put(fixture, "gazetteer.csv", GAZETTEER);
    put(fixture, "province_variants.csv", VARIANTS);
    put(fixture, "capitals.csv", CAPITALS);
    put(fixture, "aliases.csv", ALIASES);
}

static void tear_down(Fixture *fixture, const void *data)
{
    static const char *const names[] = {"gazetteer.csv", "province_variants.csv",
                                        "capitals.csv",  "aliases.csv",
                                        "crosswalk.csv", "temporary_districts.csv"};
    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(fixture->folder, names[i], NULL);
        g_unlink(path);
    }
    g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
    g_free(fixture->folder);
}

static void test_district_is_called_after_the_town_in_it(Fixture *fixture, const void *data)
{
    static const struct {
        const char *capital, *town;
    } cases[] = {{"Lashkar Gah", "Lashkar Gah"}, {"Loshkargah", "Loshkargah"}, {"Bost", ""}};
    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *csv = g_strdup_printf("province_pcode,capital,district_pcode,lon,lat\n"
                                               "AF30,%s,AF3001,64.36,31.59\n",
                                               cases[i].capital);
        put(fixture, "capitals.csv", csv);
        EvmGazetteer *gazetteer = evm_gazetteer_load(fixture->folder, NULL);
        g_assert_cmpstr(gazetteer->districts[2].name, ==, "Lashkargah");
        g_assert_cmpstr(gazetteer->districts[2].town, ==, cases[i].town);
        evm_gazetteer_free(gazetteer);
    }
}

static void test_what_is_read(Fixture *fixture, const void *data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    EvmGazetteer *gazetteer = evm_gazetteer_load(fixture->folder, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(gazetteer->district_count, ==, 3);
    g_assert_cmpuint(gazetteer->province_count, ==, 2);
    g_assert_cmpuint(gazetteer->file_count, ==, 4);
    g_assert_cmpuint(strlen(gazetteer->files[0].sha256), ==, 64);
    g_assert_null(gazetteer->files[0].data);
    const EvmDistrict *sangin = &gazetteer->districts[0];
    g_assert_cmpstr(sangin->name, ==, "Sangin");
    g_assert_cmpstr(gazetteer->provinces[sangin->province].name, ==, "Hilmand");
    g_assert_cmpstr(gazetteer->provinces[0].capital, ==, "Bost");
    g_assert_cmpstr(gazetteer->provinces[1].capital, ==, "");
    g_assert_cmpstr(sangin->town, ==, "");
    g_assert_cmpfloat(sangin->lon_deg, ==, 64.83);
    g_assert_cmpint(sangin->population, ==, 66901);
    g_assert_cmpfloat(gazetteer->districts[1].area_km2, ==, 0);
    g_assert_null(evm_gazetteer_find_shape_id(gazetteer, "1"));
    EvmMatch match = evm_gazetteer_resolve(
        gazetteer, &(EvmPlaceQuery){.district = "Sarwan-Qala", .province = "Helmand"});
    g_assert_cmpint(match.district, ==, 0);
    match = evm_gazetteer_resolve(gazetteer, &(EvmPlaceQuery){.district = "Old Kang"});
    g_assert_cmpint(match.district, ==, 1);
    evm_gazetteer_free(gazetteer);
}

static void test_crosswalk(Fixture *fixture, const void *data)
{
    (void)data;
    put(fixture, "crosswalk.csv", "shapeID,shapeName,pcode,province,how,note\nB17,x,AF3402,y,z,\n");
    EvmGazetteer *gazetteer = evm_gazetteer_load(fixture->folder, NULL);
    g_assert_cmpstr(evm_gazetteer_find_shape_id(gazetteer, "B17"), ==, "AF3402");
    g_assert_null(evm_gazetteer_find_shape_id(gazetteer, "B18"));
    evm_gazetteer_free(gazetteer);
}

static void test_temporary_districts_bar_their_names(Fixture *fixture, const void *data)
{
    (void)data;
    put(fixture, "temporary_districts.csv",
        "name,variants,name_fa,name_ps,province,parent_pcode\n"
        "Sangina,Sangeena; Sangin,,,Hilmand,AF3001\n");
    EvmGazetteer *gazetteer = evm_gazetteer_load(fixture->folder, NULL);
    g_assert_cmpint(evm_gazetteer_resolve(gazetteer, &(EvmPlaceQuery){.district = "Sanginah"}).how,
                    ==, EVM_MATCH_OUTSIDE);
    g_assert_cmpint(evm_gazetteer_resolve(gazetteer, &(EvmPlaceQuery){.district = "Sangin"}).how,
                    ==, EVM_MATCH_EXACT);
    evm_gazetteer_free(gazetteer);
}

typedef struct {
    const char *name, *file, *text, *message; /* message: what it ends with; NULL: file missing */
} BadCase;

static const BadCase BAD[] = {
    {"no_column", "aliases.csv", "alias,pcode\nx,AF3008\n", "no column 'province'"},
    {"unknown_alias_district", "aliases.csv", "alias,province,pcode\na,,AF3008\nb,,AF1\n",
     "aliases.csv:3: no district 'AF1'"},
    {"unknown_alias_province", "aliases.csv", "alias,province,pcode\na,Narnia,AF3008\n",
     "aliases.csv:2: no province 'Narnia'"},
    {"unknown_variant", "province_variants.csv", "province_pcode,variant\nAF99,x\n",
     ":2: no province 'AF99'"},
    {"capital_elsewhere", "capitals.csv",
     "province_pcode,capital,district_pcode,lon,lat\nAF34,x,AF3008,1,2\n",
     ":2: no district 'AF3008' in AF34"},
    {"pcode_twice", "gazetteer.csv",
     "pcode,province,province_pcode,district,lon,lat\nA1,P,A,x,1,2\nA1,P,A,y,1,2\n",
     ":3: P-code 'A1' stands above already"},
    {"province_twice", "gazetteer.csv",
     "pcode,province,province_pcode,district,lon,lat\nA1,P,A,x,1,2\nA2,Q,A,y,1,2\n",
     ":3: province A is 'Q' here and 'P' above"},
    {"no_name", "gazetteer.csv", "pcode,province,province_pcode,district,lon,lat\nA1,P,A,,1,2\n",
     ":2: P-code and name of the district are needed"},
    {"no_number", "gazetteer.csv",
     "pcode,province,province_pcode,district,lon,lat\nA1,P,A,x,1,2,5\n", NULL},
    {"not_on_earth", "gazetteer.csv",
     "pcode,province,province_pcode,district,lon,lat\nA1,P,A,x,1,95\n",
     "longitude 1, latitude 95 is no place on earth"},
    {"bad_number", "gazetteer.csv",
     "pcode,province,province_pcode,district,lon,lat\nA1,P,A,x,1,zwei\n", "'zwei' is no latitude"},
};

static void test_bad_file(Fixture *fixture, const void *data)
{
    const BadCase *bad = data;
    g_autoptr(GError) error = NULL;
    put(fixture, bad->file, bad->text);
    g_assert_null(evm_gazetteer_load(fixture->folder, &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
    if (bad->message && !g_str_has_suffix(error->message, bad->message))
        g_error("%s", error->message);
}

static void test_missing_folder(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(evm_gazetteer_load("/nonexistent", &error));
    g_assert_error(error, EVM_ERROR, EVM_ERROR_INPUT);
    evm_gazetteer_free(NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/gazetteer/load/what_is_read", Fixture, NULL, set_up, test_what_is_read, tear_down);
    g_test_add("/gazetteer/load/district_is_called_after_the_town_in_it", Fixture, NULL, set_up,
               test_district_is_called_after_the_town_in_it, tear_down);
    g_test_add("/gazetteer/load/crosswalk", Fixture, NULL, set_up, test_crosswalk, tear_down);
    g_test_add("/gazetteer/load/temporary_districts_bar_their_names", Fixture, NULL, set_up,
               test_temporary_districts_bar_their_names, tear_down);
    for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++) {
        g_autofree char *name = g_strconcat("/gazetteer/load/bad_file/", BAD[i].name, NULL);
        g_test_add(name, Fixture, &BAD[i], set_up, test_bad_file, tear_down);
    }
    g_test_add_func("/gazetteer/load/missing_folder", test_missing_folder);
    return g_test_run();
}
