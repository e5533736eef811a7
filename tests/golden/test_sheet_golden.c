/* Whole sheets, as the program writes them: against the golden pictures, and both SVGs, drawn by
 * librsvg, against the PNG. */
#include <glib/gstdio.h>

#include "pipeline/render.h"
#include "tests/golden/golden.h"
#include "tests/golden/rsvg_raster.h"

typedef struct {
    const char *name; /* of the golden picture */
    const char *date;
    const char *province; /* NULL: the whole country */
    unsigned width, height;
} SheetCase;

static const SheetCase cases[] = {
    {"sheet-1600x1200", "2021-07-05", NULL, 1600, 1200},
    {"sheet-800x600", "2021-07-05", NULL, 800, 600},
    {"sheet-portrait", "2021-08-15", NULL, 1200, 1500},
    {"sheet-badakhshan", "2021-07-05", "Badakhshan", 1200, 900},
    {"sheet-before-anything", "2020-01-01", NULL, 1000, 750},
};

static EvmTools *tools;

/* Writes a sheet into a new folder; the paths are in the order PNG, SVG, outlined SVG, manifest. */
static EvmRenderResult render(const SheetCase *sheet, const char *folder)
{
    const char *const provinces[] = {sheet->province, NULL};
    EvmInputsRequest wanted = {
        .data_folder = EVM_TEST_SOURCE_DIR, .provinces = provinces, .wants_neighbours = true};
    EvmDate day;
    g_assert_true(evm_date_parse(sheet->date, &day));
    EvmRenderRequest request = {.question = EVM_QUESTION_ON(day),
                                .width_px = sheet->width,
                                .height_px = sheet->height,
                                .scale = 1,
                                .formats =
                                    EVM_FORMAT_PNG | EVM_FORMAT_SVG | EVM_FORMAT_SVG_OUTLINED,
                                .out_folder = folder,
                                .software = "evmap",
                                .threads = 2};
    GError *error = NULL;
    EvmRenderResult result;
    EvmInputs *inputs = evm_inputs_load(&wanted, &error);
    g_assert_no_error(error);
    g_assert_true(evm_render_write(&request, inputs, tools, &result, &error));
    g_assert_no_error(error);
    evm_inputs_free(inputs);
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
    EvmRenderResult result = render(sheet, folder);
    g_assert_cmpuint(result.paths->len, ==, 4);
    EvmRaster png = image_load(g_ptr_array_index(result.paths, 0));
    golden_assert(&png, sheet->name);
    /* librsvg rounds the width of every letter to pixels, so lines of real text drift; the map must
     * be where it is in the PNG. */
    assert_svg(g_ptr_array_index(result.paths, 1), &png,
               (ImageTolerance){.level = 64, .largest = 255, .share = 0.012, .difference = 3},
               "sheet-svg");
    assert_svg(g_ptr_array_index(result.paths, 2), &png,
               (ImageTolerance){.level = 64, .largest = 255, .share = 0.001, .difference = 1},
               "sheet-svg-outlined");
    evm_raster_clear(&png);
    remove_files(&result, folder);
    evm_render_result_clear(&result);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    tools = evm_tools_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/golden/sheet/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_sheet);
    }
    int status = g_test_run();
    evm_tools_free(tools);
    return status;
}
