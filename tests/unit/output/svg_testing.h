/* Reads an SVG the way a strict reader would, and looks for what must not be in it. */
#ifndef EVM_TESTS_UNIT_OUTPUT_SVG_TESTING_H
#define EVM_TESTS_UNIT_OUTPUT_SVG_TESTING_H

#include <glib.h>
#include <stdbool.h>
#include <string.h>

typedef struct {
    GHashTable *ids;        /* of its elements */
    GHashTable *references; /* ids that url(#) and href point to */
    GString *title;         /* the first one */
    GString *texts;         /* all of <text>, a line each */
    GPtrArray *path_titles; /* of <title> inside of items */
    unsigned paths;
} SvgContent;

static const char *const svg_elements[] = {"svg",    "title", "desc",     "rect", "g", "path",
                                           "circle", "text",  "clipPath", "defs", NULL};
static const char *const svg_attributes[] = {"xmlns",
                                             "xmlns:xlink",
                                             "width",
                                             "height",
                                             "viewBox",
                                             "role",
                                             "aria-labelledby",
                                             "aria-describedby",
                                             "font-variant",
                                             "word-spacing",
                                             "aria-label",
                                             "lang",
                                             "id",
                                             "pointer-events",
                                             "x",
                                             "y",
                                             "cx",
                                             "cy",
                                             "r",
                                             "d",
                                             "fill",
                                             "fill-opacity",
                                             "fill-rule",
                                             "stroke",
                                             "stroke-opacity",
                                             "stroke-width",
                                             "stroke-dasharray",
                                             "stroke-linejoin",
                                             "stroke-linecap",
                                             "font-family",
                                             "font-size",
                                             "font-weight",
                                             "font-style",
                                             "letter-spacing",
                                             "text-anchor",
                                             "direction",
                                             "paint-order",
                                             "data-label",
                                             "data-pcode",
                                             "data-control",
                                             "clip-path",
                                             "clip-rule",
                                             "style",
                                             "transform",
                                             NULL};

static inline void svg_add_references(SvgContent *content, const char *value)
{
    for (const char *p = strstr(value, "url("); p; p = strstr(p + 1, "url(")) {
        g_assert_true(g_str_has_prefix(p, "url(#"));
        g_hash_table_add(content->references, g_strndup(p + 5, strcspn(p + 5, ")")));
    }
}

static inline void svg_on_start(GMarkupParseContext *context, const char *element,
                                const char **names, const char **values, void *user, GError **error)
{
    SvgContent *content = user;
    (void)context, (void)error;
    g_assert_true(g_strv_contains(svg_elements, element));
    content->paths += g_str_equal(element, "path");
    for (size_t i = 0; names[i]; i++) {
        g_assert_true(g_strv_contains(svg_attributes, names[i]));
        /* In these a browser looks for addresses; the others are words. */
        if (!g_str_has_prefix(names[i], "data-") && !g_str_equal(names[i], "lang"))
            svg_add_references(content, values[i]);
        if (g_str_equal(names[i], "id"))
            g_assert_true(g_hash_table_add(content->ids, g_strdup(values[i])));
    }
}

static inline void svg_on_text(GMarkupParseContext *context, const char *text, gsize length,
                               void *user, GError **error)
{
    SvgContent *content = user;
    const GSList *stack = g_markup_parse_context_get_element_stack(context);
    const char *element = stack->data, *parent = stack->next ? stack->next->data : "";
    (void)error;
    if (g_str_equal(element, "title") && g_str_equal(parent, "svg"))
        g_string_append_len(content->title, text, (gssize)length);
    else if (g_str_equal(element, "title"))
        g_ptr_array_add(content->path_titles, g_strndup(text, length));
    else if (g_str_equal(element, "text")) {
        g_string_append_len(content->texts, text, (gssize)length);
        g_string_append_c(content->texts, '\n');
    }
}

/* Ends the test when it is not well-formed, or holds an element, an attribute or a reference that
 * evmap has no business writing. */
static inline SvgContent svg_parse(const GString *svg)
{
    static const GMarkupParser parser = {.start_element = svg_on_start, .text = svg_on_text};
    SvgContent content = {
        .ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .references = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .title = g_string_new(NULL),
        .texts = g_string_new(NULL),
        .path_titles = g_ptr_array_new_with_free_func(g_free),
    };
    GError *error = NULL;
    g_assert_true(g_utf8_validate(svg->str, (gssize)svg->len, NULL));
    GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, &content, NULL);
    g_markup_parse_context_parse(context, svg->str, (gssize)svg->len, &error);
    g_assert_no_error(error);
    g_markup_parse_context_end_parse(context, &error);
    g_assert_no_error(error);
    g_markup_parse_context_free(context);
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, content.references);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        g_assert_true(g_hash_table_contains(content.ids, id));
    return content;
}

static inline void svg_content_clear(SvgContent *content)
{
    g_hash_table_unref(content->ids);
    g_hash_table_unref(content->references);
    g_string_free(content->title, TRUE);
    g_string_free(content->texts, TRUE);
    g_ptr_array_unref(content->path_titles);
}

static inline void svg_assert_disjoint(const SvgContent *a, const SvgContent *b)
{
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, a->ids);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        g_assert_false(g_hash_table_contains(b->ids, id));
}

#endif
