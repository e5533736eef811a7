/* Cairo numbers its surfaces, clips and masks through the whole process, so that the same map
 * written twice differs, and two maps in one page share ids. The text cairo wrote is copied with
 * the ids numbered anew. It holds no words of ours: labels are outlines. */
#include <string.h>

#include "base/error.h"
#include "output/output.h"
#include "output/svg_text.h"

typedef struct {
    EvmSvg svg;
    GHashTable *numbers; /* cairo's id -> ours, counted from 1 */
} Copy;

static void write_renumbered(Copy *copy, const char *name, size_t length)
{
    g_autofree char *key = g_strndup(name, length);
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(copy->numbers, key));
    if (number == 0) {
        number = g_hash_table_size(copy->numbers) + 1;
        g_hash_table_insert(copy->numbers, g_steal_pointer(&key), GUINT_TO_POINTER(number));
    }
    char id[16];
    g_snprintf(id, sizeof id, "%u", number);
    evm_svg_write_id(&copy->svg, id);
}

/* Cairo writes six decimals; two are a 9,600th of an inch. */
static const char *copy_number(GString *out, const char *p)
{
    bool is_negative = *p == '-';
    long millionths = 0;
    for (p += is_negative; g_ascii_isdigit(*p); p++)
        millionths = millionths * 10 + (*p - '0');
    millionths *= 1000000;
    long place = 100000;
    if (*p == '.')
        for (p++; g_ascii_isdigit(*p); p++, place /= 10)
            millionths += (*p - '0') * place;
    long hundredths = (millionths + 5000) / 10000;
    evm_svg_write_decimal(out, is_negative ? -hundredths : hundredths, 2);
    return p;
}

static const char *copy_path_data(GString *out, const char *p)
{
    while (*p != '"' && *p != '\0') {
        if (*p == '-' || g_ascii_isdigit(*p))
            p = copy_number(out, p);
        else
            g_string_append_c(out, *p++);
    }
    return p;
}

static const char *const references[] = {" id=\"", "url(#", "xlink:href=\"#"};

/* The length of the text at `p` after which an id follows, or 0. */
static size_t reference_at(const char *p)
{
    for (size_t i = 0; i < G_N_ELEMENTS(references); i++)
        if (g_str_has_prefix(p, references[i]))
            return strlen(references[i]);
    return 0;
}

static void copy_body(Copy *copy, const char *p)
{
    GString *out = copy->svg.out;
    while (*p != '\0') {
        size_t plain = strcspn(p, " ux");
        g_string_append_len(out, p, (gssize)plain);
        p += plain;
        size_t length = reference_at(p);
        if (length == 0 && g_str_has_prefix(p, " d=\"")) {
            g_string_append_len(out, p, 4);
            p = copy_path_data(out, p + 4);
        } else if (length > 0) {
            size_t name = strcspn(p + length, "\")");
            g_string_append_len(out, p, (gssize)length);
            write_renumbered(copy, p + length, name);
            p += length + name;
        } else if (*p != '\0') {
            g_string_append_c(out, *p++);
        }
    }
}

/* In px: a bare number is one, and cairo 1.16 may write pt. */
static void write_root(EvmSvg *svg, const EvmScene *scene)
{
    g_string_append(svg->out, "<svg xmlns=\"http://www.w3.org/2000/svg\""
                              " xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
    evm_svg_write_size(svg->out, scene);
    evm_svg_write_role(svg, &scene->info);
    g_string_append(svg->out, ">\n");
    evm_svg_write_info(svg, &scene->info);
}

static const char *find_body(const char *cairo_svg)
{
    const char *root = strstr(cairo_svg, "<svg ");
    const char *end = root ? strchr(root, '>') : NULL;
    return end ? end + 1 : NULL;
}

bool evm_svg_outlined_write(const EvmScene *scene, EvmFonts *fonts, GString *out, GError **error)
{
    GString *drawn = g_string_new(NULL);
    bool is_done = evm_scene_draw_cairo_svg(scene, fonts, drawn, error);
    const char *body = is_done ? find_body(drawn->str) : NULL;
    if (is_done && !body)
        g_set_error(error, EVM_ERROR, EVM_ERROR_INTERNAL, "cairo wrote no SVG");
    if (body) {
        Copy copy = {.numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
        evm_svg_init(&copy.svg, out);
        write_root(&copy.svg, scene);
        copy_body(&copy, body);
        evm_svg_commit(&copy.svg);
        evm_svg_clear(&copy.svg);
        g_hash_table_destroy(copy.numbers);
    }
    g_string_free(drawn, TRUE);
    return body != NULL;
}
