#include <math.h>
#include <string.h>

#include "scene/parts.h"
#include "scene/typeset.h"
#include "scene/words.h"

/* The longest of 1, 2, 5 times a power of ten km that is at most `most_km`. */
static double round_length_km(double most_km)
{
    double power = pow(10, floor(log10(most_km)));
    static const double steps[] = {5, 2, 1};
    for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++)
        if (steps[i] * power <= most_km)
            return steps[i] * power;
    return power;
}

static EvmFont note_font(const EvmSheetRequest *request, double size, EvmWeight weight)
{
    return (EvmFont){weight, false, MAX(size * request->layout->type, 8), 0, EVM_TYPE_BODY};
}

/* The first lower or upper corner that no district reaches into. */
EvmRect evm_scale_bar_compute_box(const EvmSheetRequest *request)
{
    const EvmRect *frame = &request->map->frame;
    double margin = request->layout->margin_px, type = request->layout->type;
    EvmRect box = {0, 0, 0.2 * frame->width_px + 50 * type, 40 * type};
    double left = frame->x_px + margin;
    double right = frame->x_px + frame->width_px - box.width_px - 0.5 * margin;
    double top = frame->y_px + 12 * type;
    double bottom = frame->y_px + frame->height_px - box.height_px - 12 * type;
    const EvmPoint corners[] = {{left, bottom}, {right, bottom}, {left, top}, {right, top}};
    for (size_t i = 0; i < G_N_ELEMENTS(corners); i++) {
        box.x_px = corners[i].x_px;
        box.y_px = corners[i].y_px;
        if (!evm_map_has_district(request->map, box))
            return box;
    }
    return (EvmRect){left, bottom, box.width_px, box.height_px};
}

void evm_scale_bar_draw(EvmBuilder *builder, const EvmSheetRequest *request)
{
    if (evm_builder_add_layer_of(builder, request->like, "scale-bar"))
        return;
    EvmRect box = evm_scale_bar_compute_box(request);
    double m_per_px = request->map->m_per_px, type = request->layout->type;
    double length_km = round_length_km(0.18 * request->map->frame.width_px * m_per_px / 1000);
    double length_px = length_km * 1000 / m_per_px;
    double y = box.y_px + box.height_px - 6 * type, tick = 6 * type;
    EvmFont font = note_font(request, 12, EVM_WEIGHT_REGULAR);
    EvmStroke stroke = {.color = request->theme->ink_soft, .width_px = 1.4 * request->layout->line};
    evm_builder_add_layer(builder, "scale-bar",
                          evm_language_at(request->language, EVM_MESSAGE_LAYER_SCALE));
    evm_builder_add_line(builder, (EvmPoint){box.x_px, y}, (EvmPoint){box.x_px + length_px, y},
                         stroke);
    for (int i = 0; i <= 2; i++) {
        double x = box.x_px + i * length_px / 2;
        evm_builder_add_line(builder, (EvmPoint){x, y - tick}, (EvmPoint){x, y}, stroke);
    }
    bool is_whole = length_km >= 1;
    g_autofree char *length = is_whole ? evm_language_format_number(request->language, length_km)
                                       : g_strdup_printf("%g", length_km);
    g_autofree char *zero = evm_language_format_number(request->language, 0);
    g_autofree char *text =
        evm_language_format(request->language, EVM_MESSAGE_SCALE_KM, "length", length, NULL);
    evm_builder_add_text(builder, zero, (EvmPoint){box.x_px, y - tick - 4 * type}, EVM_ANCHOR_START,
                         font, request->theme->ink_soft);
    evm_builder_add_text(builder, text, (EvmPoint){box.x_px + length_px, y - tick - 4 * type},
                         EVM_ANCHOR_MIDDLE, font, request->theme->ink_soft);
}

/* A map as known on an earlier day must say so. */
static char *format_date_line(const EvmSheetRequest *request, const char *date)
{
    EvmDate known = request->state->question.known;
    if (known.days == EVM_KNOWN_NOW.days)
        return evm_language_format(request->language, EVM_MESSAGE_DATE_LINE, "date", date, NULL);
    g_autofree char *day = evm_language_format_date(request->language, known);
    return evm_language_format(request->language, EVM_MESSAGE_DATE_LINE_KNOWN, "date", date,
                               "known", day, NULL);
}

static EvmFont date_font(double size_px)
{
    return (EvmFont){EVM_WEIGHT_SEMIBOLD, false, size_px, 0, EVM_TYPE_BODY};
}

static double find_full_date_px(const EvmSheetRequest *request)
{
    return MAX(20 * request->layout->type, 11);
}

/* Of the line with the date, at its full size. */
static double compute_date_width_px(const EvmSheetRequest *request, EvmDate date)
{
    EvmFont font = date_font(find_full_date_px(request));
    g_autofree char *text = evm_language_format_date_both(request->language, date);
    g_autofree char *line = format_date_line(request, text);
    return request->measure.compute(request->measure.user, &font, line).width_px;
}

/* The widest line that a day of the year has, nearly: months and digits are of different width, and
 * the middle of a month of one calendar lies near the end of one of the other. */
static double find_widest_date_px(const EvmSheetRequest *request)
{
    static const int days[] = {15, 28};
    int year, month, day;
    double widest_px = 0;
    evm_date_format_ymd(request->state->question.date, &year, &month, &day);
    for (month = 1; month <= 12; month++)
        for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
            EvmDate date;
            if (evm_date_parse_ymd(year, month, days[i], &date))
                widest_px = MAX(widest_px, compute_date_width_px(request, date));
        }
    return widest_px;
}

double evm_sheet_compute_date_px(const EvmSheetRequest *request)
{
    static const double MOST_LONGER = 1.5, LEAST = 0.8, SLACK = 0.99;
    double full_px = find_full_date_px(request);
    double room_px = request->layout->regions[EVM_REGION_TITLE].width_px;
    if (compute_date_width_px(request, request->state->question.date) * MOST_LONGER < room_px)
        return full_px;
    double fit = SLACK * room_px / find_widest_date_px(request);
    return fit < LEAST ? full_px : MIN(fit, 1) * full_px;
}

enum { TITLE_LINES_MAX = 3 };

/* Of so many lines as there is room for from `y_px` on, or none. */
static EvmParagraph find_summary_style(const EvmSheetRequest *request, double y_px)
{
    const EvmRect *head = &request->layout->regions[EVM_REGION_TITLE];
    double type = request->layout->type, leading = MAX(23 * type, 13);
    /* The air between lines may lie below the last. */
    double lines = (head->y_px + head->height_px - y_px) / leading + 0.25;
    return (EvmParagraph){.font = {EVM_WEIGHT_REGULAR, false, MAX(17 * type, 10), 0, EVM_TYPE_BODY},
                          .color = request->theme->ink_soft,
                          .leading_px = leading,
                          .max_lines = (unsigned)MAX(0, lines),
                          .is_balanced = true};
}

static EvmParagraph find_title_style(const EvmSheetRequest *request, double title_px)
{
    return (EvmParagraph){.font = {EVM_WEIGHT_BOLD, false, title_px, 0, EVM_TYPE_TITLE},
                          .color = request->theme->ink,
                          .leading_px = 1.2 * title_px,
                          .max_lines = TITLE_LINES_MAX,
                          .is_balanced = true};
}

/* Where more lines than one would take the room of the summary, a title that is little too long for
 * one is set a little smaller. */
static EvmParagraph compute_title_style(const EvmBuilder *builder, const EvmSheetRequest *request,
                                        const char *title, double date_px)
{
    static const double LEAST = 0.72, SLACK = 0.99;
    const EvmRect *head = &request->layout->regions[EVM_REGION_TITLE];
    EvmParagraph full = find_title_style(request, request->layout->title_px);
    double fit =
        SLACK * head->width_px / evm_builder_compute_extents(builder, &full.font, title).width_px;
    if (fit >= SLACK || fit < LEAST)
        return full;
    unsigned lines = evm_paragraph_count_lines(builder, &full, title, head->width_px);
    double below_px = head->y_px + lines * full.leading_px + 1.35 * date_px;
    if (find_summary_style(request, below_px + 6 * request->layout->type).max_lines > 0)
        return full;
    return find_title_style(request, fit * full.font.size_px);
}

/* Title and date; returns where the summary begins. */
static double draw_title(EvmBuilder *builder, const EvmSheetRequest *request, const char *line,
                         double date_px)
{
    const EvmLayout *layout = request->layout;
    const EvmRect *head = &layout->regions[EVM_REGION_TITLE];
    double type = layout->type;
    const EvmLanguage *language = request->language;
    g_autofree char *area =
        evm_words_format_area(language, request->universe->gazetteer, request->area);
    g_autofree char *title = evm_language_format(language, EVM_MESSAGE_TITLE, "area", area, NULL);
    EvmParagraph big = compute_title_style(builder, request, title, date_px);
    EvmParagraph second = {.font = date_font(date_px),
                           .color = request->theme->ink,
                           .leading_px = 1.35 * date_px,
                           .max_lines = 2,
                           .is_balanced = true};
    evm_builder_add_piece(builder, layout, "title",
                          evm_language_at(request->language, EVM_MESSAGE_LAYER_TITLE));
    double y = evm_paragraph_draw(builder, &big, title, head->x_px, head->y_px, head->width_px);
    return evm_paragraph_draw(builder, &second, line, head->x_px, y + 4 * type, head->width_px) +
           2 * type;
}

static void draw_summary(EvmBuilder *builder, const EvmSheetRequest *request,
                         const EvmParagraph *style, const char *summary, double y_px)
{
    const EvmRect *head = &request->layout->regions[EVM_REGION_TITLE];
    if (style->max_lines > 0)
        evm_paragraph_draw(builder, style, summary, head->x_px, y_px, head->width_px);
}

/* With fewer holders by name where their names are long: what follows must not be cut off. */
static char *format_fitting_summary(const EvmBuilder *builder, const EvmSheetRequest *request,
                                    const EvmParagraph *style)
{
    enum { HOLDERS = 2 };
    EvmParagraph uncut = *style;
    double width_px = request->layout->regions[EVM_REGION_TITLE].width_px;
    char *summary = evm_words_format_summary(request->language, request->universe, request->state,
                                             request->changes);
    uncut.max_lines = 0;
    for (size_t holders = HOLDERS; holders > 0; holders--) {
        if (evm_paragraph_count_lines(builder, &uncut, summary, width_px) <= style->max_lines)
            break;
        g_free(summary);
        summary = evm_words_format_short_summary(request->language, request->universe,
                                                 request->state, request->changes, holders);
    }
    return summary;
}

void evm_head_draw(EvmBuilder *builder, const EvmSheetRequest *request)
{
    double date_px = request->date_px > 0 ? request->date_px : evm_sheet_compute_date_px(request);
    g_autofree char *date =
        evm_language_format_date_both(request->language, request->state->question.date);
    g_autofree char *line = format_date_line(request, date);
    double y_px = draw_title(builder, request, line, date_px);
    EvmParagraph style = find_summary_style(request, y_px);
    g_autofree char *summary = format_fitting_summary(builder, request, &style);
    draw_summary(builder, request, &style, summary, y_px);
}

void evm_head_draw_with(EvmBuilder *builder, const EvmSheetRequest *request, const char *line,
                        const char *summary)
{
    double y_px = draw_title(builder, request, line, find_full_date_px(request));
    EvmParagraph style = find_summary_style(request, y_px);
    draw_summary(builder, request, &style, summary, y_px);
}

static const char *find_projection(const EvmSheetRequest *request)
{
    const char *name = evm_projection_format_name(request->map->projection);
    return g_str_has_prefix(name, "Albers equal-area conic, ")
               ? evm_language_at(request->language, EVM_MESSAGE_PROJECTION_ALBERS)
               : name;
}

/* A program and its version stay on one line. */
static char *format_software(const EvmSheetRequest *request)
{
    g_auto(GStrv) words = g_strsplit(request->software ? request->software : "", " ", -1);
    return g_strjoinv("\u00A0", words);
}

/* What is counted, on which boundaries, and how it is drawn. */
static char *format_drawing(const EvmSheetRequest *request)
{
    g_autofree char *software = format_software(request);
    g_autofree char *count = evm_words_format_count(request->language, request->universe->count);
    char *notes =
        evm_language_format(request->language, EVM_MESSAGE_NOTES, "count", count, "boundaries",
                            request->boundaries, "credits", request->credits, "projection",
                            find_projection(request), "software", software, NULL);
    const char *credit =
        evm_theme_find_credit(request->theme, evm_language_find_slug(request->language));
    if (credit[0] == '\0')
        return notes;
    g_autofree char *without = notes;
    return g_strdup_printf("%s %s", without, credit);
}

/* Takes `notes`; before them, what the figures are of where the map does not show it all. */
static char *tell_cut(const EvmSheetRequest *request, char *notes)
{
    if (!request->map->is_cut)
        return notes;
    g_autofree char *before = notes;
    g_autofree char *area =
        evm_words_format_area(request->language, request->universe->gazetteer, request->area);
    return evm_language_format(request->language, EVM_MESSAGE_NOTES_CUT, "notes", before, "area",
                               area, NULL);
}

/* Takes `notes`; before them, what is not drawn. */
static char *tell_outside(const EvmSheetRequest *request, char *notes)
{
    if (request->outside == 0)
        return notes;
    g_autofree char *before = notes;
    return evm_language_format_count(request->language, EVM_MESSAGE_NOTES_OUTSIDE, request->outside,
                                     "notes", before, NULL);
}

/* The last day of the claims behind the colours; EVM_DATE_NONE: there are none. */
static EvmDate find_latest(const EvmSheetRequest *request)
{
    const EvmUniverse *universe = request->universe;
    EvmDate latest = EVM_DATE_NONE;
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        int32_t claim = evm_universe_holding_at(universe, request->state, area).claim;
        if (!universe->is_counted[area] || claim < 0)
            continue;
        EvmDate day = request->state->join->claims[claim].effective;
        if (evm_date_is_none(latest) || day.days > latest.days)
            latest = day;
    }
    return latest;
}

/* Takes `notes`; before them, that all colours are old: a wrong year would look like any other. */
static char *tell_old(const EvmSheetRequest *request, char *notes)
{
    EvmDate latest = find_latest(request);
    if (evm_date_is_none(latest) ||
        request->state->question.date.days - latest.days <= EVM_OLD_DAYS)
        return notes;
    g_autofree char *before = notes;
    g_autofree char *day = evm_language_format_date(request->language, latest);
    return evm_language_format(request->language, EVM_MESSAGE_NOTES_OLD, "notes", before, "date",
                               day, NULL);
}

/* Takes `notes`; before them, what is assumed. */
static char *tell_baseline(const EvmSheetRequest *request, char *notes)
{
    EvmControl baseline = request->state->question.baseline;
    if (baseline.kind == EVM_CONTROL_UNASSESSED)
        return notes;
    g_autofree char *before = notes;
    return evm_language_format(
        request->language, EVM_MESSAGE_NOTES_BASELINE, "notes", before, "actor",
        evm_words_find_control(request->language, request->state->join, baseline), NULL);
}

static char *format_universe(const EvmSheetRequest *request, bool has_outside)
{
    char *notes = tell_cut(request, format_drawing(request));
    notes = tell_baseline(request, has_outside ? tell_outside(request, notes) : notes);
    return tell_old(request, notes);
}

/* The paragraphs below the map, set for a width. */
typedef struct {
    EvmParagraph style;
    char *reading; /* NULL: none is wanted, or it has no room */
    char *sources, *universe;
    unsigned sources_lines, universe_lines; /* that they have room for */
    bool is_whole;                          /* nothing of the two is cut off */
    double width_px;
} Notes;

static unsigned count_lines(const EvmBuilder *builder, const Notes *notes, const char *text)
{
    return evm_paragraph_count_lines(builder, &notes->style, text, notes->width_px);
}

/* The longest that has room; NULL when none has. */
static char *find_reading(const EvmBuilder *builder, const EvmSheetRequest *request,
                          const Notes *notes, unsigned room)
{
    for (int is_short = 0; is_short < 2; is_short++) {
        g_autofree char *reading = evm_reading_format(request, is_short);
        if (count_lines(builder, notes, reading) <= room)
            return g_steal_pointer(&reading);
    }
    return NULL;
}

/* Disclaimer and credit before sources, of which the manifest has all; both before the reading,
 * which does not come and go with the sources of a timeline's frames. */
static void share_lines(const EvmBuilder *builder, const EvmSheetRequest *request, Notes *notes,
                        unsigned room, bool wants_reading)
{
    unsigned sources = count_lines(builder, notes, notes->sources);
    unsigned universe = count_lines(builder, notes, notes->universe);
    unsigned kept = universe + (request->legend ? MAX(sources, 2) : sources);
    if (wants_reading && kept < room)
        notes->reading = find_reading(builder, request, notes, room - kept);
    notes->is_whole = sources + universe <= room;
    notes->sources_lines = room > universe ? MIN(sources, room - universe) : 1;
    notes->universe_lines = MAX(1, MIN(universe, room - MIN(room, notes->sources_lines)));
}

/* How much of what the data file has, too, is told. */
typedef struct {
    size_t sources;
    bool says_where; /* the claims are listed */
    bool has_outside;
} Wording;

static Notes compute_worded(const EvmBuilder *builder, const EvmSheetRequest *request,
                            const EvmNotesContent *content, double width_px, Wording wording)
{
    const EvmLayout *layout = request->layout;
    double type = layout->type, height_px = layout->regions[EVM_REGION_NOTES].height_px;
    Notes notes = {.style = {.font = note_font(request, 11.5, EVM_WEIGHT_REGULAR),
                             .color = request->theme->ink_faint,
                             .leading_px = MAX(15.5 * type, 10.5)},
                   .width_px = width_px};
    notes.sources =
        evm_sources_format_note(request, content->sources, wording.sources, wording.says_where);
    notes.universe = format_universe(request, wording.has_outside);
    share_lines(builder, request, &notes,
                (unsigned)((height_px - 12 * type) / notes.style.leading_px),
                content->wants_reading);
    return notes;
}

static void clear_notes(Notes *notes)
{
    g_free(notes->reading);
    g_free(notes->sources);
    g_free(notes->universe);
}

/* In fewer words where they would be cut off: the disclaimer stands at the end. */
static Notes compute_notes(const EvmBuilder *builder, const EvmSheetRequest *request,
                           const EvmNotesContent *content, double width_px)
{
    static const Wording wordings[] = {
        {5, true, true}, {3, true, true}, {1, true, true}, {1, false, true}, {1, false, false}};
    size_t first = width_px > 1000 * request->layout->type ? 0 : 1;
    for (size_t i = first;; i++) {
        Notes notes = compute_worded(builder, request, content, width_px, wordings[i]);
        if (notes.is_whole || i + 1 == G_N_ELEMENTS(wordings))
            return notes;
        clear_notes(&notes);
    }
}

/* At the end of the notes, in no more than a share of their width. */
static EvmRect compute_logo_box(const EvmSheetRequest *request, double share)
{
    static const double MOST_EM = 46;
    const EvmRect *region = &request->layout->regions[EVM_REGION_NOTES];
    double type = request->layout->type, aspect = request->theme->logo.aspect, top = 12 * type;
    double height = MIN(region->height_px - top, MOST_EM * type);
    double width = MIN(height * aspect, share * region->width_px);
    return (EvmRect){region->x_px + region->width_px - width, region->y_px + top, width,
                     width / aspect};
}

/* The logo gives way to the words: it gets smaller until none of them is cut off. */
static Notes draw_logo(EvmBuilder *builder, const EvmSheetRequest *request,
                       const EvmNotesContent *content)
{
    static const double GAP_EM = 24, shares[] = {0.22, 0.16, 0.12};
    const EvmRect *region = &request->layout->regions[EVM_REGION_NOTES];
    const EvmInputFile *logo = &request->theme->logo.file;
    if (!logo->path)
        return compute_notes(builder, request, content, region->width_px);
    for (size_t i = 0;; i++) {
        EvmRect box = compute_logo_box(request, shares[i]);
        double left_px = box.x_px - GAP_EM * request->layout->type - region->x_px;
        Notes notes = compute_notes(builder, request, content, left_px);
        if (notes.is_whole || i + 1 == G_N_ELEMENTS(shares)) {
            evm_builder_add_image(builder, (EvmImage){box, logo->data, logo->size, logo->sha256});
            return notes;
        }
        clear_notes(&notes);
    }
}

static void draw_paragraphs(EvmBuilder *builder, const Notes *notes, double x_px, double y_px)
{
    const char *texts[] = {notes->reading, notes->sources, notes->universe};
    const unsigned lines[] = {0, notes->sources_lines, notes->universe_lines};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        EvmParagraph style = notes->style;
        style.max_lines = lines[i];
        if (texts[i])
            y_px = evm_paragraph_draw(builder, &style, texts[i], x_px, y_px, notes->width_px);
    }
}

void evm_notes_draw(EvmBuilder *builder, const EvmSheetRequest *request,
                    const EvmNotesContent *content)
{
    const EvmLayout *layout = request->layout;
    const EvmRect *region = &layout->regions[EVM_REGION_NOTES];
    double top = region->y_px + 4 * layout->type;
    evm_builder_add_piece(builder, layout, "notes",
                          evm_language_at(request->language, EVM_MESSAGE_LAYER_NOTES));
    evm_builder_add_line(builder, (EvmPoint){region->x_px, top},
                         (EvmPoint){region->x_px + region->width_px, top},
                         (EvmStroke){.color = request->theme->rule, .width_px = 1});
    Notes notes = draw_logo(builder, request, content);
    draw_paragraphs(builder, &notes, region->x_px, region->y_px + 12 * layout->type);
    clear_notes(&notes);
}
