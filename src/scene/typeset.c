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

static bool is_number(const char *word, size_t length)
{
    for (const char *p = word; p < word + length; p = g_utf8_next_char(p))
        if (!g_unichar_isdigit(g_utf8_get_char(p)))
            return false;
    return length > 0;
}

/* The bytes of the first word, and of the next where it is a number: "7 days" is not torn apart. */
static size_t unit_length(const char *text)
{
    size_t length = strcspn(text, " ");
    for (size_t word = 0; text[length] == ' ' && is_number(text + word, length - word);) {
        word = length + 1;
        length = word + strcspn(text + word, " ");
    }
    return length;
}

/* The bytes of the first line: as many words as fit, at least one. Words are measured one by one:
 * measuring every beginning of the line would shape the text many times over. */
static size_t line_length(const EvmBuilder *builder, const EvmFont *font, const char *text,
                          double width_px)
{
    double space = evm_builder_compute_extents(builder, font, " ").width_px;
    size_t taken = unit_length(text);
    double used = word_width(builder, font, text, taken);
    if (used > width_px)
        return strcspn(text, " ");
    while (text[taken] != '\0') {
        size_t next = unit_length(text + taken + 1);
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

/* The least width, to a pixel, in which the text takes no more lines than in `width_px`; text that
 * must be cut takes all of it. */
static double find_balanced_width(const EvmBuilder *builder, const EvmParagraph *style,
                                  const char *text, double width_px)
{
    EvmParagraph endless = *style;
    endless.max_lines = 0;
    unsigned lines = break_lines(builder, &endless, text, width_px, NULL);
    bool is_cut = style->max_lines && lines > style->max_lines;
    double too_narrow = lines > 1 && !is_cut ? 0 : width_px, enough = width_px;
    while (enough - too_narrow > 1) {
        double middle = (too_narrow + enough) / 2;
        if (break_lines(builder, &endless, text, middle, NULL) > lines)
            too_narrow = middle;
        else
            enough = middle;
    }
    return enough;
}

static char *cut_after(const char *text, long characters)
{
    size_t length = (size_t)(g_utf8_offset_to_pointer(text, characters) - text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return g_strdup_printf("%.*s…", (int)length, text);
}

char *evm_text_compute_fitted(const EvmBuilder *builder, const EvmFont *font, const char *text,
                              double width_px)
{
    if (fits(builder, font, text, width_px))
        return g_strdup(text);
    /* `fitting` characters with "…" are known to fit, `too_many` not to. */
    long fitting = -1, too_many = g_utf8_strlen(text, -1);
    while (too_many - fitting > 1) {
        long middle = fitting + (too_many - fitting) / 2;
        g_autofree char *candidate = cut_after(text, middle);
        if (fits(builder, font, candidate, width_px))
            fitting = middle;
        else
            too_many = middle;
    }
    return fitting < 0 ? g_strdup("") : cut_after(text, fitting);
}

double evm_paragraph_draw(EvmBuilder *builder, const EvmParagraph *style, const char *text,
                          double x_px, double y_px, double width_px)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    double line_width_px =
        style->is_balanced ? find_balanced_width(builder, style, text, width_px) : width_px;
    break_lines(builder, style, text, line_width_px, lines);
    double ascent = evm_builder_compute_extents(builder, &style->font, "x").ascent_px;
    for (guint i = 0; i < lines->len; i++) {
        double indent = i == 0 ? style->indent_px : 0;
        const char *words = g_ptr_array_index(lines, i);
        bool is_last = style->max_lines && i + 1 == style->max_lines;
        g_autofree char *line =
            is_last || !strchr(words, ' ')
                ? evm_text_compute_fitted(builder, &style->font, words, width_px - indent)
                : g_strdup(words); /* so broken that it fits */
        evm_builder_add_text(builder, line, (EvmPoint){x_px + indent, y_px + ascent},
                             EVM_ANCHOR_START, style->font, style->color);
        y_px += style->leading_px;
    }
    return y_px;
}
