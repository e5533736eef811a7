#include "scene/symbols.h"

#include "scene/key_line.h"
#include "scene/markers.h"
#include "scene/parts.h"
#include "scene/words.h"

/* Above the first line, in sizes of the font. */
static const double AIR = 0.5;

typedef struct {
    EvmKind kind;
    EvmMessage message;
} Shape;

static const Shape shapes[] = {
    {EVM_KIND_CLASH, EVM_MESSAGE_LEGEND_CLASH},
    {EVM_KIND_BORDER, EVM_MESSAGE_LEGEND_BORDER},
    {EVM_KIND_CAPITAL, EVM_MESSAGE_LEGEND_CAPITAL_REPORT},
};

static EvmKeyLine line_new(const EvmColumn *column)
{
    return (EvmKeyLine){.builder = column->builder,
                        .font = evm_column_compute_font(column, 13, 8.5, EVM_WEIGHT_REGULAR),
                        .color = column->request->theme->ink_soft,
                        .left_px = column->box.x_px,
                        .width_px = column->box.width_px,
                        .x_px = column->box.x_px,
                        .y_px = column->y_px};
}

static bool has_change(const EvmSheetRequest *request)
{
    const EvmUniverse *universe = request->universe;
    for (size_t area = 0; area < universe->geodata->area_count; area++) {
        int32_t district = universe->area_district[area];
        if (universe->is_counted[area] && district >= 0 && request->changes->is_changed[district])
            return true;
    }
    return false;
}

/* "changed in the last 7 days" */
static char *format_changed(const EvmSheetRequest *request)
{
    const EvmChanges *changes = request->changes;
    g_autofree char *days =
        evm_words_format_count(request->language, (size_t)(changes->to.days - changes->from.days));
    return evm_language_format(request->language, EVM_MESSAGE_LEGEND_CHANGED, "days", days, NULL);
}

static const char *find_capital(const EvmSheetRequest *request)
{
    return evm_language_at(request->language, EVM_MESSAGE_LEGEND_CAPITAL);
}

static const char *find_covering(const EvmSheetRequest *request)
{
    return evm_language_at(request->language, EVM_MESSAGE_LEGEND_CAPITAL_COVERING);
}

static const char *find_schematic(const EvmSheetRequest *request)
{
    return evm_language_at(request->language, EVM_MESSAGE_LEGEND_SCHEMATIC);
}

double evm_symbols_compute_height_px(const EvmColumn *column)
{
    const EvmSheetRequest *request = column->request;
    EvmKeyLine line = line_new(column);
    g_autofree char *changed = format_changed(request);
    const char *labels[4];
    EvmColor color;
    size_t count = 0;
    if (evm_capital_is_any(request))
        labels[count++] = find_capital(request);
    if (request->legend || has_change(request))
        labels[count++] = changed;
    if (evm_schematic_is_any(request))
        labels[count++] = find_schematic(request);
    if (evm_capital_find_holder_color(request, &color))
        labels[count++] = find_covering(request);
    unsigned lines = evm_key_line_count(&line, labels, count);
    return lines > 0 ? AIR * line.font.size_px + lines * evm_key_line_compute_leading_px(&line.font)
                     : 0;
}

static EvmPoint middle_of(EvmRect box)
{
    return (EvmPoint){box.x_px + box.width_px / 2, box.y_px + box.height_px / 2};
}

static void draw_covering(EvmKeyLine *line, const EvmSheetRequest *request)
{
    EvmColor color;
    if (!evm_capital_find_holder_color(request, &color))
        return;
    EvmPoint middle = middle_of(evm_key_line_compute_swatch(line, find_covering(request)));
    evm_capital_dot_draw(line->builder, request, middle, false);
    evm_capital_holder_draw(line->builder, request, middle, false, color);
    evm_key_line_draw(line, find_covering(request));
}

void evm_symbols_draw(EvmColumn *column)
{
    const EvmSheetRequest *request = column->request;
    EvmKeyLine line = line_new(column);
    line.y_px += AIR * line.font.size_px;
    if (evm_capital_is_any(request)) {
        EvmRect box = evm_key_line_compute_swatch(&line, find_capital(request));
        evm_capital_dot_draw(column->builder, request, middle_of(box), false);
        evm_key_line_draw(&line, find_capital(request));
    }
    if (has_change(request)) {
        g_autofree char *changed = format_changed(request);
        EvmRect box = evm_key_line_compute_swatch(&line, changed);
        evm_changed_swatch_draw(column->builder, request, box);
        evm_key_line_draw(&line, changed);
    }
    if (evm_schematic_is_any(request)) {
        EvmRect box = evm_key_line_compute_swatch(&line, find_schematic(request));
        evm_builder_add_rect(column->builder, box, EVM_COLOR_NONE)->stroke =
            evm_schematic_find_stroke(request);
        evm_key_line_draw(&line, find_schematic(request));
    }
    draw_covering(&line, request);
    column->y_px += evm_symbols_compute_height_px(column);
}

bool evm_shape_is_special(EvmKind kind)
{
    for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++)
        if (shapes[i].kind == kind)
            return true;
    return false;
}

static bool has_kind(const EvmDevelopments *developments, EvmKind kind)
{
    for (size_t i = 0; i < developments->shown; i++)
        if (developments->items[i].kind == kind && developments->items[i].number > 0)
            return true;
    return false;
}

double evm_shapes_compute_height_px(const EvmColumn *column)
{
    EvmKeyLine line = line_new(column);
    return AIR * line.font.size_px + evm_key_line_compute_leading_px(&line.font);
}

void evm_shapes_draw(EvmColumn *column, const EvmDevelopments *developments)
{
    const EvmSheetRequest *request = column->request;
    EvmKeyLine line = line_new(column);
    bool is_any = false;
    line.y_px += AIR * line.font.size_px;
    for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++) {
        const char *label = evm_language_at(request->language, shapes[i].message);
        if (!has_kind(developments, shapes[i].kind))
            continue;
        EvmRect box = evm_key_line_compute_swatch(&line, label);
        evm_shape_draw(column->builder, request, middle_of(box), 0.42 * box.height_px,
                       shapes[i].kind);
        evm_key_line_draw(&line, label);
        is_any = true;
    }
    column->y_px += is_any ? evm_shapes_compute_height_px(column) : 0;
}
