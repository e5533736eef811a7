#include "scene/typeset.h"

#include <string.h>

static bool fits(const EvmBuilder *builder, const EvmFont *font, const char *text, double width_px)
{
    return evm_builder_compute_extents(builder, font, text).width_px <= width_px;
}

static bool is_number(const char *word, size_t length)
{
    for (const char *p = word; p < word + length; p = g_utf8_next_char(p))
        if (!g_unichar_isdigit(g_utf8_get_char(p)))
            return false;
    return length > 0;
}

/* Of the number that the word begins with, behind a bracket or not: "(2021", "1er", "20),". */
static unsigned count_digits(const char *word)
{
    unsigned count = 0;
    for (word += *word == '('; g_unichar_isdigit(g_utf8_get_char(word)); count++)
        word = g_utf8_next_char(word);
    return count;
}

static bool is_day_or_year(unsigned digits, unsigned other_digits)
{
    return digits == 4 && other_digits >= 1 && other_digits <= 2;
}

/* The bytes of a date, "5 July 2021" or "2021 July 5", at the beginning; 0: none stands there. */
static size_t date_length(const char *text)
{
    size_t month = strcspn(text, " ");
    month += text[month] == ' ';
    size_t last = month + strcspn(text + month, " ");
    last += text[last] == ' ';
    unsigned before = count_digits(text), after = count_digits(text + last);
    return is_day_or_year(before, after) || is_day_or_year(after, before)
               ? last + strcspn(text + last, " ")
               : 0;
}

/* The bytes of a number that ends its phrase, "9;" or "153.", at the beginning; 0: none does. */
static size_t last_number_length(const char *text)
{
    size_t length = strcspn(text, " "), digits = 0;
    while (g_unichar_isdigit(g_utf8_get_char(text + digits)))
        digits = (size_t)(g_utf8_next_char(text + digits) - text);
    if (digits == 0 || digits == length)
        return 0;
    for (const char *p = text + digits; p < text + length; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            return 0;
    return length;
}

/* The bytes of the first word with what must not stand on another line: "7 days" is not torn
 * apart, nor is a date, nor "the government 9;". */
static size_t unit_length(const char *text)
{
    size_t length = date_length(text);
    if (length > 0)
        return length;
    length = strcspn(text, " ");
    size_t number = text[length] == ' ' ? last_number_length(text + length + 1) : 0;
    if (number > 0)
        return length + 1 + number;
    for (size_t word = 0; text[length] == ' ' && is_number(text + word, length - word);) {
        word = length + 1;
        length = word + strcspn(text + word, " ");
    }
    return length;
}

/* A text whose words are measured once, however often it is broken into lines. */
typedef struct {
    const EvmBuilder *builder;
    const EvmFont *font;
    const char *text;
    double space_px;
    double *widths_px; /* of the unit that begins at that byte; negative: not measured yet */
} Measured;

static void measured_init(Measured *measured, const EvmBuilder *builder, const EvmFont *font,
                          const char *text)
{
    size_t length = strlen(text);
    *measured = (Measured){.builder = builder,
                           .font = font,
                           .text = text,
                           .space_px = evm_builder_compute_extents(builder, font, " ").width_px,
                           .widths_px = g_new(double, length + 1)};
    for (size_t i = 0; i <= length; i++)
        measured->widths_px[i] = -1;
}

static void measured_clear(Measured *measured)
{
    g_free(measured->widths_px);
}

static double unit_width(const Measured *measured, size_t at, size_t length)
{
    double *width_px = &measured->widths_px[at];
    if (*width_px < 0) {
        g_autofree char *unit = g_strndup(measured->text + at, length);
        *width_px = evm_builder_compute_extents(measured->builder, measured->font, unit).width_px;
    }
    return *width_px;
}

/* The bytes of the first line from `start` on: as many words as fit, at least one. Words are
 * measured one by one: measuring every beginning of the line would shape the text many times over.
 */
static size_t line_length(const Measured *measured, size_t start, double width_px)
{
    const char *text = measured->text + start;
    size_t taken = unit_length(text);
    double used = unit_width(measured, start, taken);
    if (used > width_px)
        return strcspn(text, " ");
    while (text[taken] != '\0') {
        size_t next = unit_length(text + taken + 1);
        used += measured->space_px + unit_width(measured, start + taken + 1, next);
        if (used > width_px)
            break;
        taken += 1 + next;
    }
    return taken;
}

/* Adds every line to `lines` when given; returns how many there are. `max_lines` 0: any number. */
static unsigned break_lines(const Measured *measured, double indent_px, unsigned max_lines,
                            double width_px, GPtrArray *lines)
{
    const char *text = measured->text;
    unsigned count = 0;
    for (size_t at = 0; text[at] != '\0';) {
        count++;
        double room = width_px - (count == 1 ? indent_px : 0);
        size_t length = line_length(measured, at, room);
        if (max_lines && count == max_lines)
            length = strlen(text + at);
        if (lines)
            g_ptr_array_add(lines, g_strndup(text + at, length));
        at += length;
        at += strspn(text + at, " ");
    }
    return count;
}

unsigned evm_paragraph_count_lines(const EvmBuilder *builder, const EvmParagraph *style,
                                   const char *text, double width_px)
{
    Measured measured;
    measured_init(&measured, builder, &style->font, text);
    unsigned count = break_lines(&measured, style->indent_px, style->max_lines, width_px, NULL);
    measured_clear(&measured);
    return count;
}

/* The least width, to a pixel, in which the text takes no more lines than in `width_px`; text that
 * must be cut takes all of it. */
static double find_balanced_width(const Measured *measured, const EvmParagraph *style,
                                  double width_px)
{
    unsigned lines = break_lines(measured, style->indent_px, 0, width_px, NULL);
    bool is_cut = style->max_lines && lines > style->max_lines;
    double too_narrow = lines > 1 && !is_cut ? 0 : width_px, enough = width_px;
    while (enough - too_narrow > 1) {
        double middle = (too_narrow + enough) / 2;
        if (break_lines(measured, style->indent_px, 0, middle, NULL) > lines)
            too_narrow = middle;
        else
            enough = middle;
    }
    return enough;
}

static GPtrArray *find_lines(const EvmBuilder *builder, const EvmParagraph *style, const char *text,
                             double width_px)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    Measured measured;
    measured_init(&measured, builder, &style->font, text);
    double line_px =
        style->is_balanced ? find_balanced_width(&measured, style, width_px) : width_px;
    break_lines(&measured, style->indent_px, style->max_lines, line_px, lines);
    measured_clear(&measured);
    return lines;
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
    g_autoptr(GPtrArray) lines = find_lines(builder, style, text, width_px);
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
