#include "scene/development_list.h"

#include <string.h>

#include "scene/markers.h"
#include "scene/symbols.h"
#include "scene/typeset.h"
#include "scene/words.h"

enum { BODY_LINES_MAX = 3, COLUMNS_MAX = 2 };
/* Columns are at least this wide, in px at type 1. */
static const double COLUMN_EM = 270, GUTTER_EM = 32;

/* One entry, measured and ready to be drawn. */
typedef struct {
    char *head, *date, *body, *credit;
    double height_px, date_width_px;
} Entry;

typedef struct {
    EvmParagraph head, body, source, date;
    double indent_px; /* of text, beside the number */
    double gap_px;    /* between entries */
} Styles;

static EvmParagraph make_style(const EvmColumn *column, double size, double least, EvmWeight weight,
                               EvmColor color, unsigned lines)
{
    EvmFont font = evm_column_compute_font(column, size, least, weight);
    return (EvmParagraph){
        .font = font, .color = color, .leading_px = 1.28 * font.size_px, .max_lines = lines};
}

static Styles compute_styles(const EvmColumn *column)
{
    const EvmTheme *theme = column->request->theme;
    Styles styles = {
        .head = make_style(column, 13.5, 9, EVM_WEIGHT_SEMIBOLD, theme->ink, 1),
        .body = make_style(column, 13, 8.8, EVM_WEIGHT_REGULAR, theme->ink_soft, BODY_LINES_MAX),
        .source = make_style(column, 11, 8, EVM_WEIGHT_REGULAR, theme->ink_faint, 1),
        .date = make_style(column, 12, 8.5, EVM_WEIGHT_REGULAR, theme->ink_faint, 1)};
    styles.indent_px = 1.85 * styles.head.font.size_px;
    styles.gap_px = 0.45 * styles.head.font.size_px;
    return styles;
}

static const EvmEvent *find_event(const EvmSheetRequest *request, const EvmDevelopment *it,
                                  guint place)
{
    int32_t event = g_array_index(it->places, EvmDevelopmentPlace, place).event;
    return event < 0 ? NULL : &request->state->join->events->items[event];
}

static const char *find_province_name(const EvmSheetRequest *request, const EvmDevelopment *it)
{
    return it->province < 0
               ? ""
               : evm_words_find_province(request->language,
                                         &request->universe->gazetteer->provinces[it->province]);
}

static const char *find_name(const EvmSheetRequest *request, const EvmDevelopment *it, guint place)
{
    int32_t district = g_array_index(it->places, EvmDevelopmentPlace, place).district;
    if (district >= 0)
        return evm_words_find_district(request->language,
                                       &request->universe->gazetteer->districts[district]);
    const EvmEvent *event = find_event(request, it, place);
    return event && event->district[0] != '\0' ? event->district : find_province_name(request, it);
}

static bool is_named_like_province(const EvmSheetRequest *request, const EvmDevelopment *it)
{
    const EvmGazetteer *gazetteer = request->universe->gazetteer;
    int32_t district = g_array_index(it->places, EvmDevelopmentPlace, 0).district;
    if (district >= 0 && it->province >= 0 &&
        strcmp(gazetteer->districts[district].name, gazetteer->provinces[it->province].name) == 0)
        return true;
    return strcmp(find_name(request, it, 0), find_province_name(request, it)) == 0;
}

/* "Panjwayi, Kandahar", or "Badakhshan: 13 districts". */
static char *format_head(const EvmSheetRequest *request, const EvmDevelopment *it)
{
    const char *province = find_province_name(request, it), *name = find_name(request, it, 0);
    if (it->places->len > 1 && it->province >= 0 &&
        g_array_index(it->places, EvmDevelopmentPlace, 0).district >= 0)
        return evm_language_format_count(request->language, EVM_MESSAGE_DEVELOPMENT_DISTRICTS,
                                         it->places->len, "province", province, NULL);
    if (it->places->len > 1)
        return g_strdup(province[0] != '\0' ? province : name);
    if (province[0] == '\0' || is_named_like_province(request, it))
        return g_strdup(name);
    return evm_language_format(request->language, EVM_MESSAGE_NAME_WITH_PROVINCE, "name", name,
                               "province", province, NULL);
}

/* How many names fit into the room, when `more` of it is kept for "and 3 more". */
static guint count_names(const EvmColumn *column, const EvmDevelopment *it, const EvmFont *font,
                         double room_px)
{
    double used = 0, more = 7 * font->size_px;
    for (guint i = 0; i < it->places->len; i++) {
        const char *name = find_name(column->request, it, i);
        bool is_last = i + 1 == it->places->len;
        used +=
            evm_builder_compute_extents(column->builder, font, name).width_px + 0.6 * font->size_px;
        if (used > room_px - (is_last ? 0 : more))
            return MAX(i, 1);
    }
    return it->places->len;
}

static char *join_names(const EvmSheetRequest *request, const EvmDevelopment *it, guint count)
{
    guint all = it->places->len;
    char *list = g_strdup(find_name(request, it, 0));
    for (guint i = 1; i < count; i++) {
        g_autofree char *before = list;
        list = evm_language_format(request->language,
                                   i + 1 == all ? EVM_MESSAGE_LIST_LAST : EVM_MESSAGE_LIST,
                                   "before", before, "next", find_name(request, it, i), NULL);
    }
    if (count == all)
        return list;
    g_autofree char *shown = list;
    return evm_language_format_count(request->language, EVM_MESSAGE_NAMES_MORE, all - count,
                                     "names", shown, NULL);
}

static EvmMessage find_sentence(const EvmDevelopment *it)
{
    static const EvmMessage messages[EVM_KIND_COUNT] = {
        [EVM_KIND_CONTROL] = EVM_MESSAGE_DEVELOPMENT_TAKEN,
        [EVM_KIND_CONTESTED] = EVM_MESSAGE_DEVELOPMENT_CONTESTED,
        [EVM_KIND_CLASH] = EVM_MESSAGE_DEVELOPMENT_CLASH,
        [EVM_KIND_WITHDRAWAL] = EVM_MESSAGE_DEVELOPMENT_WITHDRAWAL,
        [EVM_KIND_SURRENDER] = EVM_MESSAGE_DEVELOPMENT_SURRENDER,
        [EVM_KIND_BORDER] = EVM_MESSAGE_DEVELOPMENT_BORDER,
        [EVM_KIND_CAPITAL] = EVM_MESSAGE_DEVELOPMENT_CAPITAL,
        [EVM_KIND_OTHER] = EVM_MESSAGE_DEVELOPMENT_OTHER,
    };
    return it->is_retaken ? EVM_MESSAGE_DEVELOPMENT_RETAKEN : messages[it->kind];
}

/* Headlines are in English: other languages have a sentence of their own instead. */
static const char *find_headline(const EvmSheetRequest *request, const EvmDevelopment *it)
{
    const EvmEvent *event = find_event(request, it, 0);
    bool is_english = strcmp(evm_language_find_slug(request->language), "en") == 0;
    return is_english && it->places->len == 1 && event && event->headline[0] != '\0'
               ? event->headline
               : NULL;
}

/* "The Taliban took Nesh and Miyanshin." */
static char *format_sentence(const EvmColumn *column, const EvmDevelopment *it, const EvmFont *font,
                             double width_px)
{
    const EvmSheetRequest *request = column->request;
    double room = (BODY_LINES_MAX - 0.25) * width_px - 9 * font->size_px;
    g_autofree char *names = join_names(request, it, count_names(column, it, font, room));
    EvmMessage sentence = find_sentence(it);
    if (it->kind != EVM_KIND_CONTROL)
        return evm_language_format(request->language, sentence, "names", names, NULL);
    const char *actor = request->state->join->actors[it->after.actor];
    return evm_language_format_actor(request->language, sentence, actor, "actor",
                                     evm_language_find_actor(request->language, actor), "names",
                                     names, NULL);
}

/* A headline takes for granted who took what: "Capital overrun." */
static char *format_body(const EvmColumn *column, const EvmDevelopment *it, const EvmFont *font,
                         double width_px)
{
    const char *headline = find_headline(column->request, it);
    if (headline && !evm_kind_is_claim(it->kind))
        return g_strdup(headline);
    char *sentence = format_sentence(column, it, font, width_px);
    if (!headline)
        return sentence;
    g_autofree char *before = sentence;
    return g_strdup_printf("%s %s", before, headline);
}

static bool has_source(const GPtrArray *sources, const char *source)
{
    for (guint i = 0; i < sources->len; i++)
        if (strcmp(sources->pdata[i], source) == 0)
            return true;
    return false;
}

/* The first source, and how many more there are; "" when none is named. */
static char *format_source(const EvmSheetRequest *request, const EvmDevelopment *it)
{
    g_autoptr(GPtrArray) sources = g_ptr_array_new();
    for (guint i = 0; i < it->places->len; i++) {
        const EvmEvent *event = find_event(request, it, i);
        if (event && event->source[0] != '\0' && !has_source(sources, event->source))
            g_ptr_array_add(sources, (gpointer)(uintptr_t)event->source);
    }
    if (sources->len <= 1)
        return g_strdup(sources->len == 1 ? sources->pdata[0] : "");
    return evm_language_format_count(request->language, EVM_MESSAGE_SOURCES_MORE, sources->len - 1,
                                     "sources", sources->pdata[0], NULL);
}

/* "by 31 July 2021" where the day of a report is not sure. */
static char *format_day(const EvmSheetRequest *request, const EvmDevelopment *it)
{
    bool is_sure = true;
    for (guint i = 0; i < it->places->len; i++) {
        const EvmEvent *event = find_event(request, it, i);
        is_sure = is_sure &&
                  (!event || evm_event_begin_at(event).days == evm_event_effective_at(event).days);
    }
    char *date = evm_language_format_date(request->language, it->date);
    if (is_sure)
        return date;
    g_autofree char *last = date;
    return evm_language_format(request->language, EVM_MESSAGE_DEVELOPMENT_BY, "date", last, NULL);
}

static bool is_on_map(const EvmSheetRequest *request, const EvmDevelopment *it)
{
    for (guint i = 0; i < it->places->len; i++)
        if (evm_marker_is_on_map(request, g_array_index(it->places, EvmDevelopmentPlace, i)))
            return true;
    return false;
}

/* Below the text: the source, and that the small dot before it is none of the map's. */
static char *format_credit(const EvmSheetRequest *request, const EvmDevelopment *it)
{
    char *source = format_source(request, it);
    const char *note = evm_language_at(request->language, EVM_MESSAGE_DEVELOPMENT_UNMAPPED);
    if (is_on_map(request, it))
        return source;
    g_autofree char *named = source;
    return named[0] == '\0' ? g_strdup(note)
                            : evm_language_format(request->language, EVM_MESSAGE_SOURCES_BETWEEN,
                                                  "before", named, "next", note, NULL);
}

static Entry compute_entry(const EvmColumn *column, const Styles *styles, const EvmDevelopment *it)
{
    const EvmSheetRequest *request = column->request;
    double width = column->box.width_px - styles->indent_px;
    Entry entry = {.head = format_head(request, it),
                   .date = format_day(request, it),
                   .body = format_body(column, it, &styles->body.font, width),
                   .credit = format_credit(request, it)};
    unsigned lines = evm_paragraph_count_lines(column->builder, &styles->body, entry.body, width);
    entry.date_width_px =
        evm_builder_compute_extents(column->builder, &styles->date.font, entry.date).width_px;
    entry.height_px = styles->head.leading_px + lines * styles->body.leading_px +
                      (entry.credit[0] != '\0' ? styles->source.leading_px : 0);
    return entry;
}

static void clear_entry(Entry *entry)
{
    g_free(entry->head);
    g_free(entry->date);
    g_free(entry->body);
    g_free(entry->credit);
}

/* A number, or a small dot for what has no place on the map. */
static void draw_bullet(const EvmColumn *column, const Styles *styles, const EvmDevelopment *it)
{
    double radius = 0.62 * styles->head.font.size_px;
    EvmPoint center = {column->box.x_px + radius + 0.5,
                       column->y_px + 0.5 * styles->head.leading_px};
    if (it->number > 0)
        evm_number_draw(column->builder, column->request, center, radius, it->kind, it->number);
    else
        evm_builder_add_disc(column->builder, (EvmDisc){center, 0.3 * radius},
                             column->request->theme->ink_faint);
}

/* Somewhat smaller where it would be cut off otherwise. */
static EvmParagraph fit_head(const EvmColumn *column, const Styles *styles, const Entry *entry,
                             double width_px)
{
    static const double LEAST = 0.84;
    EvmParagraph style = styles->head;
    double needed = evm_builder_compute_extents(column->builder, &style.font, entry->head).width_px;
    style.font.size_px *= CLAMP(width_px / MAX(needed, 1), LEAST, 1);
    return style;
}

static void draw_entry(EvmColumn *column, const Styles *styles, const Entry *entry,
                       const EvmDevelopment *it)
{
    double x = column->box.x_px + styles->indent_px;
    double width = column->box.width_px - styles->indent_px;
    double right = column->box.x_px + column->box.width_px;
    double ascent = evm_builder_compute_extents(column->builder, &styles->head.font, "x").ascent_px;
    draw_bullet(column, styles, it);
    evm_builder_add_text(column->builder, entry->date, (EvmPoint){right, column->y_px + ascent},
                         EVM_ANCHOR_END, styles->date.font, styles->date.color);
    double head_px = width - entry->date_width_px - styles->gap_px;
    EvmParagraph head = fit_head(column, styles, entry, head_px);
    double y = evm_paragraph_draw(column->builder, &head, entry->head, x, column->y_px, head_px);
    y = evm_paragraph_draw(column->builder, &styles->body, entry->body, x, y, width);
    if (entry->credit[0] != '\0')
        y = evm_paragraph_draw(column->builder, &styles->source, entry->credit, x, y, width);
    column->y_px = y + styles->gap_px;
}

static void draw_line(EvmColumn *column, const Styles *styles, const char *text)
{
    EvmParagraph style = styles->source;
    style.font.size_px = styles->date.font.size_px;
    column->y_px = evm_paragraph_draw(column->builder, &style, text, column->box.x_px, column->y_px,
                                      column->box.width_px);
}

static void draw_rest(EvmColumn *column, const Styles *styles, const EvmDevelopments *developments)
{
    size_t rest = developments->count - developments->shown;
    g_autofree char *text = evm_language_format_count(column->request->language,
                                                      EVM_MESSAGE_DEVELOPMENTS_MORE, rest, NULL);
    draw_line(column, styles, text);
}

static void make_columns(const EvmColumn *whole, EvmColumn columns[COLUMNS_MAX], unsigned *count)
{
    double type = whole->request->layout->type, gutter = GUTTER_EM * type;
    *count = whole->box.width_px >= 2 * COLUMN_EM * type + gutter ? 2 : 1;
    double width = (whole->box.width_px - (*count - 1) * gutter) / *count;
    for (unsigned i = 0; i < *count; i++) {
        columns[i] = *whole;
        columns[i].box.x_px += i * (width + gutter);
        columns[i].box.width_px = width;
    }
}

/* False when it does not fit above the reserve. */
static bool draw_next(EvmColumn *column, const Styles *styles, EvmDevelopment *it, unsigned *last,
                      double reserve_px)
{
    Entry entry = compute_entry(column, styles, it);
    bool fits = entry.height_px + reserve_px <= evm_column_compute_room_px(column);
    if (fits) {
        it->number = is_on_map(column->request, it) ? ++*last : 0;
        draw_entry(column, styles, &entry, it);
    }
    clear_entry(&entry);
    return fits;
}

/* For what comes below the last entry: how many more there are, and what the shapes mean. */
static double compute_reserve(const EvmColumn *column, const Styles *styles,
                              const EvmDevelopments *developments)
{
    size_t next = developments->shown;
    bool is_end = next + 1 == developments->count, has_shapes = false;
    for (size_t i = 0; i <= next; i++)
        has_shapes |= evm_shape_is_special(developments->items[i].kind);
    return (is_end ? 0 : 1.4 * styles->source.leading_px) +
           (has_shapes ? evm_shapes_compute_height_px(column) : 0);
}

static void draw_entries(EvmColumn *whole, const Styles *styles, EvmDevelopments *developments)
{
    EvmColumn columns[COLUMNS_MAX];
    unsigned count, at = 0, last = 0;
    make_columns(whole, columns, &count);
    while (developments->shown < developments->count) {
        bool goes_on = at + 1 < count && developments->shown + 1 < developments->count;
        double reserve_px = goes_on ? 0 : compute_reserve(whole, styles, developments);
        if (draw_next(&columns[at], styles, &developments->items[developments->shown], &last,
                      reserve_px))
            developments->shown++;
        else if (++at == count)
            break;
    }
    at = MIN(at, count - 1);
    if (developments->shown < developments->count)
        draw_rest(&columns[at], styles, developments);
    evm_shapes_draw(&columns[at], developments);
    whole->y_px = MAX(columns[0].y_px, columns[at].y_px);
}

double evm_development_list_compute_least_px(const EvmColumn *column)
{
    Styles styles = compute_styles(column);
    return 1.65 * 17 * column->request->layout->type + styles.head.leading_px +
           BODY_LINES_MAX * styles.body.leading_px + 3 * styles.source.leading_px;
}

void evm_development_list_draw(EvmColumn *column, EvmDevelopments *developments)
{
    const EvmSheetRequest *request = column->request;
    Styles styles = compute_styles(column);
    g_autofree char *from =
        evm_language_format_date(request->language, (EvmDate){request->changes->from.days + 1});
    g_autofree char *title =
        evm_language_format(request->language, EVM_MESSAGE_DEVELOPMENTS_TITLE, "date", from, NULL);
    evm_column_draw_heading(column, title);
    if (developments->count == 0)
        draw_line(column, &styles,
                  evm_language_at(request->language, EVM_MESSAGE_DEVELOPMENTS_NONE));
    else
        draw_entries(column, &styles, developments);
}
