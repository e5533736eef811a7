#include "timeline/similar_actors.h"

#include <string.h>

#include "base/text.h"

/* Shorter names are acronyms, of which many differ by one letter. */
enum { LEAST_LETTERS = 5 };

static const char *skip_article(const char *name)
{
    return g_ascii_strncasecmp(name, "the ", 4) == 0 ? name + 4 : name;
}

static bool is_like(const char *a, const char *b)
{
    const char *known[] = {skip_article(b), NULL};
    a = skip_article(a);
    return g_ascii_strcasecmp(a, known[0]) == 0 ||
           (g_utf8_strlen(a, -1) >= LEAST_LETTERS && g_utf8_strlen(b, -1) >= LEAST_LETTERS &&
            evm_text_find_nearest(a, known));
}

/* An earlier one, or one that is known everywhere; NULL: none. */
static const char *find_like(const EvmJoin *join, size_t actor)
{
    static const char *const known[] = {"Government", "Taliban"};
    const char *name = join->actors[actor];
    for (size_t i = 0; i < actor; i++)
        if (is_like(name, join->actors[i]))
            return join->actors[i];
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_ascii_strcasecmp(name, known[i]) == 0)
            return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (is_like(name, known[i]))
            return known[i];
    return NULL;
}

void evm_join_add_actor_diagnostics(const EvmJoin *join, EvmDiagnostics *diagnostics)
{
    const EvmEvents *events = join->events;
    for (size_t i = 0; i < join->actor_count; i++) {
        const char *like = find_like(join, i);
        if (!like)
            continue;
        g_autofree char *name = evm_text_format_terminal(join->actors[i]);
        g_autofree char *other = evm_text_format_terminal(like);
        g_autofree char *message =
            g_strdup_printf("actor '%s' is taken for another than '%s'", name, other);
        evm_diagnostics_add(diagnostics,
                            &(EvmDiagnostic){
                                .severity = EVM_SEVERITY_WARNING,
                                .code = "similar-actor",
                                .file = events->file_count == 1 ? events->files[0].path : NULL,
                                .message = message,
                                .hint = "write one name in all rows if they are one",
                            });
    }
}
