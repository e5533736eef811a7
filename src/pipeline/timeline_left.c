/* What another timeline has left in the folder of this one. */
#include <string.h>

#include "pipeline/timeline_parts.h"

enum { INDEX_BYTES = 1 << 30, DAY_LENGTH = EVM_DATE_TEXT_SIZE - 1 };

typedef struct {
    const EvmFrameSet *set;
    char from[EVM_DATE_TEXT_SIZE], to[EVM_DATE_TEXT_SIZE];
    char *period;        /* "2021-05-01-to-2021-08-15" */
    GHashTable *listed;  /* char *: a set */
    GPtrArray *wholes;   /* char *: those of them that are about the whole period */
    GPtrArray *firsts;   /* char *: files of the first frame */
    EvmInputFile before; /* the index that is there; path NULL: none */
} Work;

static void add_firsts(const EvmFrameSet *set, GPtrArray *names)
{
    EvmFormat format;
    const char *ending;
    for (unsigned i = 0; (ending = evm_frame_format_at(i, &format)); i++)
        if (set->request->sheet.formats & format)
            g_ptr_array_add(names, evm_frame_set_format_file(set, 0, ending));
}

static GHashTable *find_listed(const EvmFrameSet *set)
{
    g_autoptr(GPtrArray) names = evm_frame_set_compute_listed(set);
    GHashTable *listed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < names->len; i++)
        g_hash_table_add(listed, g_strdup(names->pdata[i]));
    return listed;
}

static Work work_of(const EvmFrameSet *set)
{
    Work work = {.set = set,
                 .listed = find_listed(set),
                 .wholes = g_ptr_array_new_with_free_func(g_free),
                 .firsts = g_ptr_array_new_with_free_func(g_free)};
    g_autofree char *index =
        g_build_filename(set->request->sheet.out_folder, EVM_TIMELINE_INDEX_NAME, NULL);
    evm_timeline_wholes_add_names(set, work.wholes);
    add_firsts(set, work.firsts);
    evm_date_format(evm_frame_set_at(set, 0), work.from);
    evm_date_format(set->request->to, work.to);
    work.period = g_strconcat(work.from, "-to-", work.to, NULL);
    evm_input_file_load(&work.before, index, INDEX_BYTES, NULL);
    return work;
}

static void work_clear(Work *work)
{
    evm_input_file_clear(&work->before);
    g_hash_table_destroy(work->listed);
    g_ptr_array_unref(work->wholes);
    g_ptr_array_unref(work->firsts);
    g_free(work->period);
}

/* Where `left` has other days than `name` has, all of the period; NULL: it differs in more. `days`
 * are those of `name`. */
static const char *find_days(const Work *work, const char *left, const char *name, const char *days)
{
    const char *at = strstr(name, days);
    size_t length = strlen(days);
    if (!at || strlen(left) != strlen(name))
        return NULL;
    size_t before = (size_t)(at - name);
    const char *first = left + before, *last = first + length - DAY_LENGTH;
    bool is_alike = strncmp(left, name, before) == 0 && strcmp(first + length, at + length) == 0;
    bool is_within =
        strncmp(first, work->from, DAY_LENGTH) >= 0 && strncmp(last, work->to, DAY_LENGTH) <= 0;
    return is_alike && is_within ? first : NULL;
}

static bool has_said(const Work *work, const char *key, const char *value, size_t length)
{
    g_autofree char *pair = g_strdup_printf("\"%s\": \"%.*s\"", key, (int)length, value);
    return work->before.path && strstr(work->before.data, pair) != NULL;
}

/* The last day has a frame whatever the step: when the period has grown it may have none. What the
 * index did not list before has been told when it came to be left. */
static bool was_last(const Work *work, const char *left)
{
    const EvmTimelineRequest *request = work->set->request;
    const char *step = evm_step_format(request->step), *day = NULL;
    bool is_same = has_said(work, "from", work->from, DAY_LENGTH) &&
                   has_said(work, "step", step, strlen(step));
    for (guint i = 0; is_same && !day && i < work->firsts->len; i++)
        day = find_days(work, left, work->firsts->pdata[i], work->from);
    return day &&
           (has_said(work, "to", day, DAY_LENGTH) || !has_said(work, "name", left, strlen(left)));
}

/* About a part of the period: of this timeline, before it grew. */
static bool is_of_a_part(const Work *work, const char *left)
{
    for (guint i = 0; i < work->wholes->len; i++)
        if (find_days(work, left, work->wholes->pdata[i], work->period))
            return true;
    return false;
}

GPtrArray *evm_timeline_left_compute(const EvmFrameSet *set, const EvmFrameFolder *folder)
{
    Work work = work_of(set);
    GPtrArray *left = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) known = evm_frame_folder_compute_names(folder);
    for (guint i = 0; i < known->len; i++) {
        const char *name = known->pdata[i];
        if (!g_hash_table_contains(work.listed, name) && !is_of_a_part(&work, name) &&
            !was_last(&work, name))
            g_ptr_array_add(left, g_strdup(name));
    }
    work_clear(&work);
    return left;
}

GPtrArray *evm_timeline_links_compute(const EvmFrameSet *set, const EvmFrameFolder *folder)
{
    EvmFormat format;
    const char *ending;
    GPtrArray *links = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; (ending = evm_frame_format_at(i, &format)); i++) {
        g_autofree char *link = evm_frame_set_format_link(ending);
        g_autofree char *path = g_build_filename(set->request->sheet.out_folder, link, NULL);
        g_autofree char *target = g_file_read_link(path, NULL);
        if (!(set->request->sheet.formats & format) && target &&
            evm_frame_folder_has(folder, target))
            g_ptr_array_add(links, g_steal_pointer(&link));
    }
    return links;
}
