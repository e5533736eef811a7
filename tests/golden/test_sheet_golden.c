/* Whole sheets, as the program writes them: against the golden pictures, and both SVGs, drawn by
 * librsvg, against the PNG. */
#include <glib/gstdio.h>
#include <string.h>

#include "pipeline/render.h"
#include "tests/golden/golden.h"
#include "tests/golden/rsvg_raster.h"

typedef struct {
    const char *name; /* of the golden picture */
    const char *date;
    const char *province; /* NULL: the whole country */
    unsigned width, height;
    const char *layout;   /* NULL: the one that suits the size */
    const char *language; /* NULL: English */
    const char *theme;    /* NULL: light */
} SheetCase;

static const SheetCase cases[] = {
    {"sheet-1600x1200", "2021-07-05", NULL, 1600, 1200, NULL, NULL, NULL},
    {"sheet-800x600", "2021-07-05", NULL, 800, 600, NULL, NULL, NULL},
    {"sheet-portrait", "2021-08-15", NULL, 720, 900, NULL, NULL, NULL},
    {"sheet-badakhshan", "2021-07-05", "Badakhshan", 1200, 900, NULL, NULL, NULL},
    {"sheet-before-anything", "2020-01-01", NULL, 1000, 750, NULL, NULL, NULL},
    {"layout-square", "2021-07-05", NULL, 800, 800, "square", NULL, NULL},
    {"language-fa", "2021-07-05", NULL, 800, 600, NULL, "fa", NULL},
    {"language-ps", "2021-07-05", "Badakhshan", 640, 800, NULL, "ps", NULL},
    {"language-fr", "2021-07-05", NULL, 800, 600, NULL, "fr", NULL},
    {"layout-story", "2021-07-05", NULL, 450, 800, "story", NULL, NULL},
    {"layout-card", "2021-07-05", NULL, 800, 420, "card", NULL, NULL},
    {"window-north", "2021-07-05", NULL, 1000, 750, NULL, NULL, NULL},
    {"theme-dark", "2021-08-15", NULL, 1000, 750, NULL, NULL, "dark"},
    {"theme-print", "2021-07-05", NULL, 1000, 750, NULL, NULL, "print"},
    {"layout-portrait", "2021-07-05", NULL, 840, 1050, "portrait", "fr", NULL},
    {"layout-a4", "2021-07-05", NULL, 1123, 794, "a4", NULL, NULL},
    {"layout-a3", "2021-08-15", NULL, 1191, 842, "a3", "fa", NULL},
    {"layout-card-fa", "2021-07-05", NULL, 1200, 630, "card", "fa", NULL},
    {"symbols", "2021-07-05", NULL, 1000, 750, NULL, NULL, NULL},
    {"layout-film", "2021-07-05", NULL, 960, 540, "film", NULL, NULL},
    {"actors", "2021-07-05", NULL, 720, 540, NULL, NULL, NULL},
    {"actors-print", "2021-07-05", NULL, 720, 540, NULL, NULL, "print"},
    {"layout-thumbnail", "2021-07-05", NULL, 400, 300, "thumbnail", NULL, NULL},
};

/* The sheet named "symbols" has all of them: what is stale too. */
enum { SYMBOLS_STALE_DAYS = 30 };
/* What a sheet shows whose name begins with "window". */
static const EvmExtent north = {{66.5, 36}, {71, 38.5}};

/* What a sheet shows whose name begins with "actors": nine of them, six that no theme knows. */
static const char *const others[] = {EVM_TEST_SOURCE_DIR "/tests/golden/actors.csv", NULL};

static EvmTools *tools;

/* Writes a sheet into a new folder; the paths are in the order PNG, SVG, outlined SVG, manifest. */
static EvmRenderResult render(const SheetCase *sheet, const char *folder, unsigned formats)
{
    const char *const provinces[] = {sheet->province, NULL};
    EvmInputsRequest wanted = {.data_folder = EVM_TEST_SOURCE_DIR,
                               .event_paths =
                                   g_str_has_prefix(sheet->name, "actors") ? others : NULL,
                               .provinces = provinces,
                               .wants_neighbours = true};
    EvmDate day;
    g_assert_true(evm_date_parse(sheet->date, &day));
    GError *error = NULL;
    EvmLanguage *language = evm_language_load(sheet->language ? sheet->language : "en", &error);
    g_assert_no_error(error);
    EvmTheme *theme = evm_theme_load(sheet->theme ? sheet->theme : "light", &error);
    g_assert_no_error(error);
    EvmRenderRequest request = {.language = language,
                                .theme = theme,
                                .question = EVM_QUESTION_ON(day),
                                .layout = sheet->layout,
                                .width_px = sheet->width,
                                .height_px = sheet->height,
                                .window = g_str_has_prefix(sheet->name, "window") ? &north : NULL,
                                .scale = 1,
                                .formats = formats,
                                .out_folder = folder,
                                .software = "evmap",
                                .threads = 2};
    if (strcmp(sheet->name, "symbols") == 0)
        request.question.stale_after_days = SYMBOLS_STALE_DAYS;
    EvmRenderResult result;
    EvmInputs *inputs = evm_inputs_load(&wanted, &error);
    g_assert_no_error(error);
    g_assert_true(evm_render_write(&request, inputs, tools, &result, &error));
    g_assert_no_error(error);
    evm_inputs_free(inputs);
    evm_theme_free(theme);
    evm_language_free(language);
    return result;
}

static void assert_svg(const char *path, const EvmRaster *png, ImageTolerance tolerance,
                       const char *name)
{
    char *text = NULL;
    gsize size;
    g_assert_true(g_file_get_contents(path, &text, &size, NULL));
    GString *svg = g_string_new_len(text, (gssize)size);
    EvmRaster drawn = rsvg_raster(svg, png->width, png->height);
    image_assert_alike(&drawn, png, tolerance, name);
    evm_raster_clear(&drawn);
    g_string_free(svg, TRUE);
    g_free(text);
}

static void remove_files(const EvmRenderResult *result, const char *folder)
{
    for (guint i = 0; i < result->paths->len; i++)
        g_unlink(g_ptr_array_index(result->paths, i));
    g_rmdir(folder);
}

static void test_sheet(gconstpointer data)
{
    const SheetCase *sheet = data;
    g_autofree char *folder = g_dir_make_tmp("evmap-golden-XXXXXX", NULL);
    EvmRenderResult result =
        render(sheet, folder, EVM_FORMAT_PNG | EVM_FORMAT_SVG | EVM_FORMAT_SVG_OUTLINED);
    g_assert_cmpuint(result.paths->len, ==, 4);
    EvmRaster png = image_load(g_ptr_array_index(result.paths, 0));
    golden_assert(&png, sheet->name);
    /* librsvg rounds the width of every letter to pixels, so lines of real text drift (more of a
     * small sheet is text); the map must be where it is in the PNG. */
    assert_svg(g_ptr_array_index(result.paths, 1), &png,
               (ImageTolerance){.level = 64, .largest = 255, .share = 0.02, .difference = 4},
               "sheet-svg");
    assert_svg(g_ptr_array_index(result.paths, 2), &png,
               (ImageTolerance){.level = 64, .largest = 255, .share = 0.002, .difference = 2.5},
               "sheet-svg-outlined");
    evm_raster_clear(&png);
    remove_files(&result, folder);
    evm_render_result_clear(&result);
}

/* g_strstr_len stops at a NUL. */
static const char *find_text(const char *data, gsize size, const char *text)
{
    gsize length = strlen(text);
    for (gsize i = 0; i + length <= size; i++)
        if (memcmp(data + i, text, length) == 0)
            return data + i;
    return NULL;
}

/* Paper: a page of that size, the same bytes each time, its date that of the map. */
static void test_pdf(void)
{
    static const SheetCase sheet = {"a4", "2021-07-05", NULL, 1120, 792, "a4", NULL, NULL};
    char *files[2];
    gsize sizes[2];
    for (int i = 0; i < 2; i++) {
        g_autofree char *folder = g_dir_make_tmp("evmap-golden-XXXXXX", NULL);
        EvmRenderResult result = render(&sheet, folder, EVM_FORMAT_PDF);
        const char *path = g_ptr_array_index(result.paths, 0);
        g_assert_true(g_str_has_suffix(path, "afghanistan-2021-07-05-a4.pdf"));
        g_assert_true(g_file_get_contents(path, &files[i], &sizes[i], NULL));
        remove_files(&result, folder);
        evm_render_result_clear(&result);
    }
    g_assert_cmpuint(sizes[0], ==, sizes[1]);
    g_assert_true(memcmp(files[0], files[1], sizes[0]) == 0);
    g_assert_true(g_str_has_prefix(files[0], "%PDF-1.5"));
    g_assert_nonnull(find_text(files[0], sizes[0], "(20210705000000Z)"));
    g_assert_nonnull(find_text(files[0], sizes[0], "/MediaBox [ 0 0 840 594 ]"));
    g_free(files[0]);
    g_free(files[1]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    tools = evm_tools_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/golden/sheet/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_sheet);
    }
    g_test_add_func("/golden/sheet/pdf", test_pdf);
    int status = g_test_run();
    evm_tools_free(tools);
    return status;
}
