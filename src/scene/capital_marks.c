#include "scene/capital_marks.h"

#include <math.h>
#include <string.h>

#include "scene/parts.h"
#include "scene/words.h"

static double distance_to(const EvmRect *box, EvmPoint point)
{
    double x = fmax(box->x_px - point.x_px, point.x_px - box->x_px - box->width_px);
    double y = fmax(box->y_px - point.y_px, point.y_px - box->y_px - box->height_px);
    return hypot(fmax(x, 0), fmax(y, 0));
}

/* Of the texts that say so the one nearest to the dot: a district may have its capital's name. */
static EvmRect find_name(const EvmScene *names, const char *text, EvmPoint point)
{
    EvmRect found = {0, 0, 0, 0};
    double best = INFINITY;
    for (size_t l = 0; l < names->layer_count; l++)
        for (size_t i = 0; i < names->layers[l].item_count; i++) {
            const EvmItem *item = &names->layers[l].items[i];
            if (item->type != EVM_ITEM_TEXT || strcmp(item->text.string, text) != 0)
                continue;
            double away = distance_to(&item->bounds, point);
            if (away >= best)
                continue;
            best = away;
            found = item->bounds;
        }
    return found;
}

GArray *evm_capital_marks_compute(const EvmSheetRequest *request, const EvmScene *names)
{
    GArray *marks = g_array_new(FALSE, FALSE, sizeof(EvmCapitalMark));
    const EvmGazetteer *gazetteer = request->universe->gazetteer;
    for (size_t i = 0; i < gazetteer->province_count; i++) {
        const EvmProvince *province = &gazetteer->provinces[i];
        EvmCapitalMark mark = {.district = province->capital_district};
        if (!evm_capital_find_point(request, province, &mark.point))
            continue;
        mark.name =
            find_name(names, evm_words_find_capital(request->language, province), mark.point);
        g_array_append_val(marks, mark);
    }
    return marks;
}

void evm_capital_mark_add_air(const EvmCapitalMark *mark, EvmLabelField *field, double dot_px,
                              EvmCapitalAir air)
{
    const EvmRect boxes[] = {
        {mark->point.x_px - dot_px, mark->point.y_px - dot_px, 2 * dot_px, 2 * dot_px}, mark->name};
    for (size_t i = 0; i < G_N_ELEMENTS(boxes); i++)
        if (boxes[i].width_px > 0)
            evm_label_field_add(field, (EvmRect){boxes[i].x_px - air.aside_px,
                                                 boxes[i].y_px - air.above_px,
                                                 boxes[i].width_px + 2 * air.aside_px,
                                                 boxes[i].height_px + 2 * air.above_px});
}
