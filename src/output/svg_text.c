#include "output/svg_text.h"

#include <math.h>
#include <string.h>

#include "base/input_file.h"
#include "base/text.h"

#define PREFIX_BLANK "m00000000-"

void evm_svg_init(EvmSvg *svg, GString *out)
{
    *svg = (EvmSvg){out, out->len, g_array_new(FALSE, FALSE, sizeof(gsize)), NULL};
}

void evm_svg_write_id(EvmSvg *svg, const char *id)
{
    g_array_append_val(svg->prefixes, svg->out->len);
    g_string_append_len(svg->out, PREFIX_BLANK, EVM_SVG_PREFIX_CHARS);
    evm_text_write_xml(svg->out, id);
}

void evm_svg_add(EvmSvg *svg, const EvmSvg *other)
{
    for (guint i = 0; i < other->prefixes->len; i++) {
        gsize at = svg->out->len + g_array_index(other->prefixes, gsize, i);
        g_array_append_val(svg->prefixes, at);
    }
    g_string_append_len(svg->out, other->out->str, (gssize)other->out->len);
}

void evm_svg_commit(EvmSvg *svg)
{
    char hex[EVM_SHA256_TEXT_SIZE];
    evm_sha256_compute(svg->out->str + svg->start, svg->out->len - svg->start, hex);
    for (guint i = 0; i < svg->prefixes->len; i++)
        memcpy(svg->out->str + g_array_index(svg->prefixes, gsize, i) + 1, hex, 8);
}

void evm_svg_clear(EvmSvg *svg)
{
    g_array_unref(svg->prefixes);
    *svg = (EvmSvg){0};
}

static long to_tenths(double px)
{
    return lrint(px * 10);
}

/* A number in its shortest form, `value` counting the last of `decimals` digits. Written backwards,
 * ending before `end`; returns the first character. */
static char *format_number(char *end, long value, int decimals, bool *has_point)
{
    unsigned long rest = value < 0 ? 0ul - (unsigned long)value : (unsigned long)value;
    char *p = end;
    *has_point = false;
    for (; decimals > 0; decimals--, rest /= 10) {
        if (*has_point || rest % 10 != 0) {
            *--p = (char)('0' + rest % 10);
            *has_point = true;
        }
    }
    if (*has_point)
        *--p = '.';
    if (rest == 0 && !*has_point)
        *--p = '0';
    for (; rest > 0; rest /= 10)
        *--p = (char)('0' + rest % 10);
    if (value < 0)
        *--p = '-';
    return p;
}

void evm_svg_write_decimal(GString *out, long value, int decimals)
{
    char buffer[32], *end = buffer + sizeof buffer;
    bool has_point;
    char *start = format_number(end, value, decimals, &has_point);
    g_string_append_len(out, start, end - start);
}

void evm_svg_write_number(GString *out, double px)
{
    evm_svg_write_decimal(out, to_tenths(px), 1);
}

void evm_svg_write_length(GString *out, const char *name, double px)
{
    g_string_append_c(out, ' ');
    g_string_append(out, name);
    g_string_append(out, "=\"");
    evm_svg_write_number(out, px);
    g_string_append_c(out, '"');
}

void evm_svg_write_attribute(GString *out, const char *name, const char *text)
{
    if (!text)
        return;
    g_string_append_c(out, ' ');
    g_string_append(out, name);
    g_string_append(out, "=\"");
    evm_text_write_xml(out, text);
    g_string_append_c(out, '"');
}

void evm_svg_write_color(GString *out, const char *name, EvmColor color)
{
    char text[EVM_COLOR_TEXT_SIZE];
    evm_svg_write_attribute(out, name, evm_color_format(color, text));
    if (color.a < 255)
        g_string_append_printf(out, " %s-opacity=\".%03u\"", name, color.a * 1000u / 255);
}

void evm_svg_write_size(GString *out, const EvmScene *scene)
{
    evm_svg_write_length(out, "width", scene->width_px);
    evm_svg_write_length(out, "height", scene->height_px);
    g_string_append(out, " viewBox=\"0 0 ");
    evm_svg_write_number(out, scene->width_px);
    g_string_append_c(out, ' ');
    evm_svg_write_number(out, scene->height_px);
    g_string_append_c(out, '"');
}

void evm_svg_write_info(EvmSvg *svg, const EvmSceneInfo *info)
{
    const char *description = info->description ? info->description : info->alt_text;
    g_string_append(svg->out, "<title id=\"");
    evm_svg_write_id(svg, "name"); /* "title" is a layer */
    g_string_append(svg->out, "\">");
    evm_text_write_xml(svg->out, info->title ? info->title : "");
    g_string_append(svg->out, "</title>\n<desc id=\"");
    evm_svg_write_id(svg, "desc");
    g_string_append(svg->out, "\">");
    evm_text_write_xml(svg->out, description ? description : "");
    g_string_append(svg->out, "</desc>\n");
}

void evm_svg_write_role(EvmSvg *svg, const EvmSceneInfo *info)
{
    g_string_append(svg->out, " role=\"img\" aria-labelledby=\"");
    evm_svg_write_id(svg, "name");
    g_string_append(svg->out, "\" aria-describedby=\"");
    evm_svg_write_id(svg, "desc");
    g_string_append_c(svg->out, '"');
    evm_svg_write_attribute(svg->out, "lang", info->language);
}

static void write_cell(EvmSvg *svg, const char *role, double y_px, const char *text)
{
    g_string_append_printf(svg->out, "<text role=\"%s\"", role);
    evm_svg_write_length(svg->out, "y", y_px);
    g_string_append_c(svg->out, '>');
    evm_text_write_xml(svg->out, text);
    g_string_append(svg->out, "</text>\n");
}

static void write_row(EvmSvg *svg, const EvmSceneTable *table, size_t row, double y_px)
{
    g_string_append(svg->out, "<g role=\"row\">\n");
    for (size_t i = 0; i < table->columns; i++)
        write_cell(svg,
                   row == 0 ? "columnheader"
                   : i == 0 ? "rowheader"
                            : "cell",
                   y_px, table->cells[row * table->columns + i]);
    g_string_append(svg->out, "</g>\n");
}

void evm_svg_write_table(EvmSvg *svg, const EvmScene *scene)
{
    const EvmSceneTable *table = &scene->info.table;
    g_string_append(svg->out, "<g id=\"");
    evm_svg_write_id(svg, "table");
    g_string_append(svg->out, "\" role=\"table\"");
    evm_svg_write_attribute(svg->out, "aria-label", table->caption);
    g_string_append(svg->out, " fill=\"none\" font-size=\"1\" pointer-events=\"none\">\n");
    for (size_t row = 0; row < table->rows; row++)
        write_row(svg, table, row,
                  (double)(row + 1) * scene->height_px / (double)(table->rows + 1));
    g_string_append(svg->out, "</g>\n");
}

typedef struct {
    GString *out;
    long x, y;      /* where the pen is */
    bool is_apart;  /* whatever comes next, it cannot run into the last number */
    bool has_point; /* the last number has one, so that another point begins the next number */
} Pen;

static void write_coordinate(Pen *pen, long tenths)
{
    char buffer[32], *end = buffer + sizeof buffer;
    bool had_point = pen->has_point;
    char *start = format_number(end, tenths, 1, &pen->has_point);
    if (!pen->is_apart && *start != '-' && !(had_point && *start == '.'))
        *--start = ' ';
    g_string_append_len(pen->out, start, end - start);
    pen->is_apart = false;
}

static void write_step(Pen *pen, long x, long y)
{
    write_coordinate(pen, x - pen->x);
    write_coordinate(pen, y - pen->y);
    pen->x = x;
    pen->y = y;
}

static void write_part(Pen *pen, const EvmPoint *points, uint32_t count, bool is_closed)
{
    long start_x = to_tenths(points[0].x_px), start_y = to_tenths(points[0].y_px);
    g_string_append_c(pen->out, 'm');
    pen->is_apart = true;
    write_step(pen, start_x, start_y);
    for (uint32_t i = 1; i < count; i++) {
        long x = to_tenths(points[i].x_px), y = to_tenths(points[i].y_px);
        if (x != pen->x || y != pen->y)
            write_step(pen, x, y);
    }
    if (!is_closed)
        return;
    g_string_append_c(pen->out, 'z');
    pen->x = start_x;
    pen->y = start_y;
}

void evm_svg_write_path_data(GString *out, const EvmPath *path)
{
    Pen pen = {.out = out};
    uint32_t start = 0;
    for (uint32_t part = 0; part < path->part_count; part++) {
        uint32_t end = path->ends[part];
        if (end > start)
            write_part(&pen, path->points + start, end - start, path->is_closed);
        start = end;
    }
}
