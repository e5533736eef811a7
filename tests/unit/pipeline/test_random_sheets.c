/* Sheets of random states, questions, areas, sizes, layouts and languages: on the scene data, no
 * text over another or over a marker, and nothing out of the page; some of them are also
 * drawn. The seed is fixed. It lays out a thousand sheets; `-m slow` ten thousand. */
#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "pipeline/inputs.h"
#include "pipeline/tools.h"
#include "render/render.h"
#include "scene/sheet.h"
#include "tests/unit/scene/inside.h"

enum {
    SHEETS = 1000,
    SLOW_SHEETS = 10000,
    SHEETS_A_STATE = 20,
    DRAWN_ONE_IN = 10,
    SEED = 20210705
};

static EvmTools *tools;
static EvmFonts *fonts;

/* What a sheet is, for the message when it is wrong. */
typedef struct {
    char *what;
    EvmTextMeasure measure;
    const EvmScene *scene;
} Sheet;

static unsigned faults;

/* All of them are shown, so that one run says what there is to mend. */
static void complain(const Sheet *sheet, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void complain(const Sheet *sheet, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    fprintf(stderr, "%s: %s\n", sheet->what, text); /* not in the locale's letters */
    faults++;
}

/* Four corners, in order, of a box that may be turned. */
typedef struct {
    EvmPoint corners[4];
} Quad;

static Quad quad_of_rect(EvmRect rect)
{
    double right = rect.x_px + rect.width_px, bottom = rect.y_px + rect.height_px;
    return (Quad){
        {{rect.x_px, rect.y_px}, {right, rect.y_px}, {right, bottom}, {rect.x_px, bottom}}};
}

/* The letters' own box, without line spacing: capitals above the baseline, descenders below. */
static Quad quad_of_text(const Sheet *sheet, const EvmText *text)
{
    EvmTextExtents extents = sheet->measure.compute(sheet->measure.user, &text->font, text->string);
    double shift = text->anchor == EVM_ANCHOR_MIDDLE ? 0.5 : text->anchor == EVM_ANCHOR_END ? 1 : 0;
    EvmRect box = {-shift * extents.width_px, -extents.cap_height_px,
                   extents.width_px - text->font.tracking_px,
                   extents.cap_height_px + 0.2 * text->font.size_px};
    Quad quad = quad_of_rect(box);
    double turn = text->angle_deg * G_PI / 180;
    for (int i = 0; i < 4; i++) {
        EvmPoint p = quad.corners[i];
        quad.corners[i] = (EvmPoint){text->at.x_px + p.x_px * cos(turn) - p.y_px * sin(turn),
                                     text->at.y_px + p.x_px * sin(turn) + p.y_px * cos(turn)};
    }
    return quad;
}

static void project(const Quad *quad, EvmPoint axis, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (int i = 0; i < 4; i++) {
        double at = quad->corners[i].x_px * axis.x_px + quad->corners[i].y_px * axis.y_px;
        *low = fmin(*low, at);
        *high = fmax(*high, at);
    }
}

/* True when a line along one of the sides of `a` has the quads on its two sides. */
static bool is_parted_by(const Quad *a, const Quad *b)
{
    for (int i = 0; i < 2; i++) {
        EvmPoint from = a->corners[i], to = a->corners[i + 1];
        EvmPoint axis = {to.x_px - from.x_px, to.y_px - from.y_px};
        double length = hypot(axis.x_px, axis.y_px), a_low, a_high, b_low, b_high;
        project(a, axis, &a_low, &a_high);
        project(b, axis, &b_low, &b_high);
        if (a_high - b_low <= 0.01 * length || b_high - a_low <= 0.01 * length)
            return true;
    }
    return false;
}

static bool overlaps(const Quad *a, const Quad *b)
{
    return !is_parted_by(a, b) && !is_parted_by(b, a);
}

static bool is_inside(EvmRect box, const EvmScene *page)
{
    const double slack = 0.01;
    return box.x_px >= -slack && box.y_px >= -slack &&
           box.x_px + box.width_px <= page->width_px + slack &&
           box.y_px + box.height_px <= page->height_px + slack;
}

/* Around the letters of a text with its halo: its bounds hold the space between lines too. */
static EvmRect find_bounds(const Sheet *sheet, const EvmItem *item)
{
    if (item->type != EVM_ITEM_TEXT)
        return bounds_of(item);
    Quad quad = quad_of_text(sheet, &item->text);
    double left, right, top, bottom, halo = item->text.halo_px;
    project(&quad, (EvmPoint){1, 0}, &left, &right);
    project(&quad, (EvmPoint){0, 1}, &top, &bottom);
    return (EvmRect){left - halo, top - halo, right - left + 2 * halo, bottom - top + 2 * halo};
}

static void check_inside_page(const Sheet *sheet)
{
    for (size_t l = 0; l < sheet->scene->layer_count; l++) {
        const EvmLayer *layer = &sheet->scene->layers[l];
        if (layer->has_clip && !is_inside(layer->clip, sheet->scene))
            complain(sheet, "layer %s leaves the page", layer->id);
        for (size_t i = 0; i < layer->item_count; i++)
            if (!layer->has_clip && !is_inside(find_bounds(sheet, &layer->items[i]), sheet->scene))
                complain(sheet, "item %zu of layer %s leaves the page (%s)", i, layer->id,
                         layer->items[i].type == EVM_ITEM_TEXT ? layer->items[i].text.string : "");
    }
}

typedef struct {
    const EvmText *text;
    Quad quad;
} Placed;

static void check_texts_apart(const Sheet *sheet, const GArray *texts)
{
    for (guint i = 0; i < texts->len; i++)
        for (guint k = i + 1; k < texts->len; k++) {
            const Placed *a = &g_array_index(texts, Placed, i);
            const Placed *b = &g_array_index(texts, Placed, k);
            if (overlaps(&a->quad, &b->quad))
                complain(sheet, "'%s' and '%s' overlap", a->text->string, b->text->string);
        }
}

/* A number may stand in the middle of its own disc. */
static bool is_in_disc(const EvmDisc *disc, const Quad *quad)
{
    EvmPoint a = quad->corners[0], b = quad->corners[2];
    double x = (a.x_px + b.x_px) / 2, y = (a.y_px + b.y_px) / 2;
    return hypot(x - disc->center.x_px, y - disc->center.y_px) < 0.3 * disc->radius_px;
}

static void check_disc(const Sheet *sheet, const GArray *texts, const EvmDisc *disc)
{
    double r = 0.8 * disc->radius_px; /* a square of the disc's area, nearly */
    Quad quad = quad_of_rect((EvmRect){disc->center.x_px - r, disc->center.y_px - r, 2 * r, 2 * r});
    for (guint i = 0; i < texts->len; i++) {
        const Placed *placed = &g_array_index(texts, Placed, i);
        if (!is_in_disc(disc, &placed->quad) && overlaps(&placed->quad, &quad))
            complain(sheet, "'%s' stands on a marker at %.0f, %.0f", placed->text->string,
                     disc->center.x_px, disc->center.y_px);
    }
}

static void check_apart(const Sheet *sheet)
{
    g_autoptr(GArray) texts = g_array_new(FALSE, FALSE, sizeof(Placed));
    for (size_t l = 0; l < sheet->scene->layer_count; l++)
        for (size_t i = 0; i < sheet->scene->layers[l].item_count; i++) {
            const EvmItem *item = &sheet->scene->layers[l].items[i];
            if (item->type != EVM_ITEM_TEXT || item->text.string[0] == '\0')
                continue;
            Placed placed = {&item->text, quad_of_text(sheet, &item->text)};
            g_array_append_val(texts, placed);
        }
    check_texts_apart(sheet, texts);
    for (size_t l = 0; l < sheet->scene->layer_count; l++)
        for (size_t i = 0; i < sheet->scene->layers[l].item_count; i++)
            if (sheet->scene->layers[l].items[i].type == EVM_ITEM_DISC)
                check_disc(sheet, texts, &sheet->scene->layers[l].items[i].disc);
}

static void check_drawing(const Sheet *sheet, double scale)
{
    EvmRaster raster;
    GError *error = NULL;
    g_assert_true(evm_raster_init(&raster, sheet->scene, fonts, scale, 2, &error));
    g_assert_no_error(error);
    evm_raster_clear(&raster);
}

static const char *pick(GRand *random, const char *const *words)
{
    return words[g_rand_int_range(random, 0, (gint32)g_strv_length((char **)words))];
}

/* Of the first `count` actors. */
static const char *pick_actor(GRand *random, gint32 count)
{
    static const char *const actors[] = {"Taliban",
                                         "Government",
                                         "ISKP",
                                         "Resistance",
                                         "Junbish",
                                         "Jamiat",
                                         "Wahdat",
                                         "Local militia",
                                         "Uprising forces of the north",
                                         "HIG",
                                         "IMU"};
    return actors[g_rand_int_range(random, 0, MIN(count, (gint32)G_N_ELEMENTS(actors)))];
}

/* Claims of random actors on random districts, most of them in a few weeks, so that sheets with
 * anything from none to hundreds of changes come about. */
static char *write_events(GRand *random, const EvmGazetteer *gazetteer)
{
    static const char *const kinds[] = {"control",   "control", "control",
                                        "contested", "clash",   NULL};
    g_autoptr(GString) csv = g_string_new("date,pcode,kind,actor,source,headline\n");
    static const gint32 mosts[] = {1, 30, 300, 3000};
    gint32 count = g_rand_int_range(random, 0, mosts[g_rand_int_range(random, 0, 4)]);
    gint32 actor_count = g_rand_int_range(random, 2, 16); /* past the end: all of them */
    for (gint32 i = 0; i < count; i++) {
        gint32 d = g_rand_int_range(random, 0, (gint32)gazetteer->district_count);
        gint32 day = g_rand_int_range(random, 1, 29), month = g_rand_int_range(random, 6, 8);
        const char *actor = pick_actor(random, actor_count);
        g_string_append_printf(csv, "2021-%02d-%02d,%s,%s,%s,Source %d,%s\n", month, day,
                               gazetteer->districts[d].pcode, pick(random, kinds), actor, i % 7,
                               i % 3 ? "District centre fell on Sunday night after a long fight"
                                     : "");
    }
    char *path = NULL;
    GError *error = NULL;
    int fd = g_file_open_tmp("evmap-random-XXXXXX.csv", &path, &error);
    g_assert_no_error(error);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, csv->str, (gssize)csv->len, &error));
    return path;
}

/* A third of the whole country, else one to four provinces. */
static EvmInputs *load(GRand *random, const EvmGazetteer *gazetteer)
{
    g_autoptr(GPtrArray) provinces = g_ptr_array_new();
    gint32 count = MAX(0, g_rand_int_range(random, -2, 5));
    for (gint32 i = 0; i < count; i++) {
        const char *name = gazetteer->provinces[g_rand_int_range(random, 0, 34)].name;
        if (!g_ptr_array_find(provinces, name, NULL))
            g_ptr_array_add(provinces, (char *)name);
    }
    g_ptr_array_add(provinces, NULL);
    g_autofree char *events = write_events(random, gazetteer);
    const char *const paths[] = {events, NULL};
    EvmInputsRequest wanted = {.data_folder = EVM_TEST_SOURCE_DIR,
                               .event_paths = paths,
                               .provinces = (const char *const *)provinces->pdata,
                               .wants_neighbours = true};
    GError *error = NULL;
    EvmInputs *inputs = evm_inputs_load(&wanted, &error);
    g_assert_no_error(error);
    g_unlink(events);
    return inputs;
}

static EvmQuestion pick_question(GRand *random)
{
    EvmDate first;
    g_assert_true(evm_date_parse("2021-05-25", &first));
    EvmQuestion question = EVM_QUESTION_ON((EvmDate){first.days + g_rand_int_range(random, 0, 90)});
    if (g_rand_boolean(random))
        question.stale_after_days = g_rand_int_range(random, 5, 60);
    return question;
}

/* Half of them by size alone, the others a named layout from half its size to twice. */
static EvmLayout pick_layout(GRand *random, bool is_rtl)
{
    const char *name = NULL;
    double width = g_rand_double_range(random, 480, 2600);
    double height = g_rand_double_range(random, 400, 2000);
    if (g_rand_boolean(random)) {
        name = pick(random, evm_layout_find_names());
        evm_layout_find_size(name, &width, &height);
        double factor = g_rand_double_range(random, 0.6, 2);
        width *= factor;
        height *= factor;
    }
    return evm_layout_compute(name, round(width), round(height), is_rtl);
}

/* Each in its turn. */
static const EvmTheme *next_theme(void)
{
    static EvmTheme *themes[3];
    static size_t count;
    const char *const *names = evm_theme_find_built_in();
    size_t i = count++ % G_N_ELEMENTS(themes);
    if (!themes[i])
        themes[i] = evm_theme_load(names[i], NULL);
    return themes[i];
}

/* A window around a point of the area, now and then; false without. */
static bool pick_window(GRand *random, const EvmInputs *inputs, EvmExtent *window)
{
    EvmExtent all = evm_geodata_compute_extent(inputs->geodata, inputs->universe->is_counted);
    double lon = g_rand_double_range(random, all.min.lon_deg, all.max.lon_deg);
    double lat = g_rand_double_range(random, all.min.lat_deg, all.max.lat_deg);
    double half = g_rand_double_range(random, 0.1, 3);
    bool is_wanted = g_rand_int_range(random, 0, 4) == 0;
    *window = (EvmExtent){{lon - half, lat - half}, {lon + half, lat + half}};
    for (size_t i = 0; is_wanted && i < inputs->geodata->area_count; i++) {
        const EvmExtent *own = &inputs->geodata->areas[i].extent;
        if (inputs->universe->is_counted[i] && own->min.lon_deg < window->max.lon_deg &&
            own->max.lon_deg > window->min.lon_deg && own->min.lat_deg < window->max.lat_deg &&
            own->max.lat_deg > window->min.lat_deg)
            return true;
    }
    return false;
}

static EvmMap *compute_map(const EvmInputs *inputs, const EvmLayout *layout,
                           const EvmExtent *window)
{
    EvmMapRequest request = {.universe = inputs->universe,
                             .window = window,
                             .neighbours = inputs->neighbours,
                             .frame = evm_layout_find_place(layout, EVM_REGION_MAP),
                             .margin_px = round(22 * layout->type),
                             .tolerance_px = 0.45};
    GError *error = NULL;
    EvmMap *map = evm_map_compute(&request, &error);
    g_assert_no_error(error);
    return map;
}

static void check_sheet(const EvmSheetRequest *request, bool is_drawn)
{
    EvmScene *ground = evm_sheet_compute_ground(request);
    g_autoptr(GPtrArray) unplaced = g_ptr_array_new_with_free_func(g_free);
    EvmScene *names = evm_sheet_compute_names(request, unplaced);
    EvmSheet laid_out = evm_sheet_compute(request, ground, names);
    char date[EVM_DATE_TEXT_SIZE];
    g_autofree char *what =
        g_strdup_printf("%s %gx%g in %s on %s", request->layout->name, request->layout->width_px,
                        request->layout->height_px, evm_language_find_slug(request->language),
                        evm_date_format(request->state->question.date, date));
    Sheet sheet = {what, request->measure, laid_out.scene};
    check_inside_page(&sheet);
    check_apart(&sheet);
    if (is_drawn)
        check_drawing(&sheet, 0.5);
    evm_sheet_clear(&laid_out);
    evm_scene_free(names);
    evm_scene_free(ground);
}

static void draw_sheet(GRand *random, const EvmInputs *inputs, const EvmLanguage *language,
                       bool is_drawn)
{
    EvmQuestion question = pick_question(random), before = question;
    before.date.days -= 7;
    EvmLayout layout = pick_layout(random, evm_language_is_rtl(language));
    EvmExtent window;
    bool has_window = pick_window(random, inputs, &window);
    EvmMap *map = compute_map(inputs, &layout, has_window ? &window : NULL);
    EvmState *state = evm_state_compute(inputs->join, &question);
    EvmChanges *changes = evm_changes_compute(inputs->join, &before, &question);
    const EvmTheme *theme = next_theme();
    g_autofree EvmSign *signs = evm_signs_compute(theme, (const char *const *)inputs->join->actors);
    EvmSheetRequest request = {.universe = inputs->universe,
                               .state = state,
                               .changes = changes,
                               .map = map,
                               .layout = &layout,
                               .theme = theme,
                               .signs = signs,
                               .measure = evm_fonts_compute_measure(fonts),
                               .language = language,
                               .area = inputs->area,
                               .boundaries = "boundaries of 2014, generalised",
                               .credits = "geoBoundaries and OCHA, under CC BY 4.0",
                               .software = "evmap test"};
    check_sheet(&request, is_drawn);
    evm_changes_free(changes);
    evm_state_free(state);
    evm_map_free(map);
}

static void random_sheets_keep_texts_apart_and_on_the_page(void)
{
    GRand *random = g_rand_new_with_seed(SEED);
    GError *error = NULL;
    EvmGazetteer *gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    EvmInputs *inputs = NULL;
    for (unsigned i = 0; i < (g_test_slow() ? SLOW_SHEETS : SHEETS); i++) {
        if (i % SHEETS_A_STATE == 0) {
            evm_inputs_free(inputs);
            inputs = load(random, gazetteer);
        }
        EvmLanguage *language =
            evm_language_load(pick(random, evm_language_find_built_in()), &error);
        g_assert_no_error(error);
        draw_sheet(random, inputs, language, i % DRAWN_ONE_IN == 0);
        evm_language_free(language);
    }
    g_assert_cmpuint(faults, ==, 0);
    evm_inputs_free(inputs);
    evm_gazetteer_free(gazetteer);
    g_rand_free(random);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    GError *error = NULL;
    tools = evm_tools_new(NULL);
    fonts = evm_tools_resolve_fonts(tools, &error);
    g_assert_no_error(error);
    g_test_add_func("/pipeline/random_sheets/texts_apart_and_on_the_page",
                    random_sheets_keep_texts_apart_and_on_the_page);
    int status = g_test_run();
    evm_tools_free(tools);
    return status;
}
