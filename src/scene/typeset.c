#include "scene/typeset.h"

#include <string.h>

static bool fits(const EvmBuilder *builder, const EvmFont *font, const char *text, double width_px)
{
    return evm_builder_compute_extents(builder, font, text).width_px <= width_px;
}

static double word_width(const EvmBuilder *builder, const EvmFont *font, const char *text,
                         size_t length)
{
    g_autofree char *word = g_strndup(text, length);
    return evm_builder_compute_extents(builder, font, word).width_px;
}

/* The bytes of the first line: as many words as fit, at least one. Words are measured one by one:
 * measuring every beginning of the line would shape the text many times over. */
static size_t line_length(const EvmBuilder *builder, const EvmFont *font, const char *text,
                          double width_px)
{
    double space = evm_builder_compute_extents(builder, font, " ").width_px;
    size_t taken = strcspn(text, " ");
    double used = word_width(builder, font, text, taken);
    while (text[taken] != '\0') {
        size_t next = strcspn(text + taken + 1, " ");
        used += space + word_width(builder, font, text + taken + 1, next);
        if (used > width_px)
            break;
        taken += 1 + next;
    }
    return taken;
}

/* Adds every line to `lines` when given; returns how many there are. */
static unsigned break_lines(const EvmBuilder *builder, const EvmParagraph *style, const char *text,
                            double width_px, GPtrArray *lines)
{
    unsigned count = 0;
    while (*text != '\0') {
        count++;
        double room = width_px - (count == 1 ? style->indent_px : 0);
        size_t length = line_length(builder, &style->font, text, room);
        if (style->max_lines && count == style->max_lines)
            length = strlen(text);
        if (lines)
            g_ptr_array_add(lines, g_strndup(text, length));
        text += length;
        text += strspn(text, " ");
    }
    return count;
}

unsigned evm_paragraph_count_lines(const EvmBuilder *builder, const EvmParagraph *style,
                                   const char *text, double width_px)
{
    return break_lines(builder, style, text, width_px, NULL);
}

char *evm_text_compute_fitted(const EvmBuilder *builder, const EvmFont *font, const char *text,
                              double width_px)
{
    if (fits(builder, font, text, width_px))
        return g_strdup(text);
    g_autoptr(GString) cut = g_string_new(text);
    while (cut->len > 0) {
        g_string_truncate(cut,
                          (gsize)(g_utf8_find_prev_char(cut->str, cut->str + cut->len) - cut->str));
        g_autofree char *candidate = g_strconcat(cut->str, "…", NULL);
        if (fits(builder, font, candidate, width_px))
            return g_steal_pointer(&candidate);
    }
    return g_strdup("");
}

double evm_paragraph_draw(EvmBuilder *builder, const EvmParagraph *style, const char *text,
                          double x_px, double y_px, double width_px)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    break_lines(builder, style, text, width_px, lines);
    double ascent = evm_builder_compute_extents(builder, &style->font, "x").ascent_px;
    for (guint i = 0; i < lines->len; i++) {
        double indent = i == 0 ? style->indent_px : 0;
        g_autofree char *line = evm_text_compute_fitted(
            builder, &style->font, g_ptr_array_index(lines, i), width_px - indent);
        evm_builder_add_text(builder, line, (EvmPoint){x_px + indent, y_px + ascent},
                             EVM_ANCHOR_START, style->font, style->color);
        y_px += style->leading_px;
    }
    return y_px;
}
