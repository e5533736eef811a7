/* aliases.csv is kept by hand; here every row is checked and the rows are put in order. */
#include <stdlib.h>
#include <string.h>

#include "source.h"

enum { ALIAS_NAME, ALIAS_PROVINCE, ALIAS_PCODE, ALIAS_KIND, ALIAS_SOURCE };

static const char COLUMNS[] = "alias,province,pcode,kind,source";
static const char *const KINDS[] = {"spelling", "other_name", "script", "other_province", NULL};

typedef struct {
    const EvmSource *source;
    const EvmTable *table;
    GHashTable *claimed; /* folded name and province -> P-code */
    GHashTable *barred;  /* folded name and province of temporary districts */
} Checker;

static char *make_key(const char *name, const char *province)
{
    g_autofree char *folded = g_utf8_casefold(name, -1);
    return g_strconcat(folded, "\n", province, NULL);
}

/* The gazetteer's own names: an alias may not give one of them to another district. */
static void claim_names(Checker *checker)
{
    const EvmTable *table = checker->source->gazetteer;

    for (unsigned row = 0; row < table->rows->len; row++)
        for (unsigned column = GAZ_DISTRICT; column <= GAZ_NAME_PS; column++)
            g_hash_table_insert(
                checker->claimed,
                make_key(evm_table_at(table, row, column), evm_table_at(table, row, GAZ_PROVINCE)),
                g_strdup(evm_table_at(table, row, GAZ_PCODE)));
}

/* A temporary district is not its parent: its names may not become aliases. One that has a P-code
 * of its own by now is in the gazetteer and may. */
static bool bar_temporary(Checker *checker, GError **error)
{
    g_autoptr(EvmTable) table =
        evm_table_load(checker->source->folder, "temporary_districts.csv",
                       "name,variants,name_fa,name_ps,province,iec_agcho_code,parent_pcode,"
                       "parent_district,population_1398,lat,lon,status,note,source",
                       error);
    if (!table)
        return false;
    for (unsigned row = 0; row < table->rows->len; row++) {
        const char *province = evm_table_at(table, row, 4);
        g_autofree char *own = make_key(evm_table_at(table, row, 0), province);
        if (g_hash_table_contains(checker->claimed, own))
            continue;
        g_autofree char *all =
            g_strjoin("; ", evm_table_at(table, row, 0), evm_table_at(table, row, 1),
                      evm_table_at(table, row, 2), evm_table_at(table, row, 3), NULL);
        g_auto(GStrv) names = g_strsplit(all, "; ", -1);
        for (unsigned i = 0; names[i]; i++)
            if (*names[i])
                g_hash_table_add(checker->barred, make_key(names[i], province));
    }
    return true;
}

static bool check_place(const Checker *checker, unsigned row, GError **error)
{
    const char *province = evm_table_at(checker->table, row, ALIAS_PROVINCE);
    const char *pcode = evm_table_at(checker->table, row, ALIAS_PCODE);
    const char *kind = evm_table_at(checker->table, row, ALIAS_KIND);
    unsigned found;

    if (!evm_source_find_row(checker->source, pcode, &found))
        return evm_table_fail(checker->table, row, error, "no district has the P-code %s", pcode);
    const char *own = evm_table_at(checker->source->gazetteer, found, GAZ_PROVINCE);
    if ((strcmp(own, province) == 0) == (strcmp(kind, "other_province") == 0))
        return evm_table_fail(checker->table, row, error, "%s is in %s, which does not fit kind %s",
                              pcode, own, kind);
    return true;
}

static bool check_name(Checker *checker, unsigned row, GError **error)
{
    const char *alias = evm_table_at(checker->table, row, ALIAS_NAME);
    const char *pcode = evm_table_at(checker->table, row, ALIAS_PCODE);
    char *key = make_key(alias, evm_table_at(checker->table, row, ALIAS_PROVINCE));
    const char *other = g_hash_table_lookup(checker->claimed, key);
    const char *problem = NULL;

    if (*alias == '\0')
        problem = "empty alias";
    else if (other && strcmp(other, pcode) != 0)
        problem = "this name already stands for another district";
    else if (g_hash_table_contains(checker->barred, key))
        problem = "this is a temporary district";
    if (problem) {
        g_free(key);
        return evm_table_fail(checker->table, row, error, "%s: %s", alias, problem);
    }
    g_hash_table_insert(checker->claimed, key, g_strdup(pcode));
    return true;
}

static bool check_row(Checker *checker, unsigned row, GError **error)
{
    const char *kind = evm_table_at(checker->table, row, ALIAS_KIND);

    if (!g_strv_contains(KINDS, kind))
        return evm_table_fail(checker->table, row, error, "unknown kind '%s'", kind);
    const char *source = evm_table_at(checker->table, row, ALIAS_SOURCE);
    if (*source == '\0' || g_str_has_prefix(source, "general reference"))
        return evm_table_fail(checker->table, row, error, "no source that can be looked up");
    return check_place(checker, row, error) && check_name(checker, row, error);
}

static int compare_rows(const void *p, const void *q)
{
    char **a = *(char **const *)p, **b = *(char **const *)q;
    int order = strcmp(a[ALIAS_PCODE], b[ALIAS_PCODE]);

    if (order == 0)
        order = strcmp(a[ALIAS_NAME], b[ALIAS_NAME]);
    return order != 0 ? order : strcmp(a[ALIAS_PROVINCE], b[ALIAS_PROVINCE]);
}

static bool write_sorted(const EvmTable *table, const char *folder, GError **error)
{
    g_autofree gpointer *rows = g_memdup2(table->rows->pdata, table->rows->len * sizeof(gpointer));
    g_autoptr(GString) text = g_string_new(COLUMNS);

    g_string_append_c(text, '\n');
    qsort(rows, table->rows->len, sizeof(gpointer), compare_rows);
    for (unsigned i = 0; i < table->rows->len; i++)
        evm_csv_write_row(text, rows[i]);
    return evm_csv_write_file(folder, "aliases.csv", text, error);
}

bool evm_aliases_write(const EvmSource *source, const char *folder, GError **error)
{
    g_autoptr(EvmTable) table = evm_table_load(source->folder, "aliases.csv", COLUMNS, error);
    if (!table)
        return false;

    Checker checker = {source, table,
                       g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                       g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    claim_names(&checker);
    bool ok = bar_temporary(&checker, error);
    for (unsigned row = 0; ok && row < table->rows->len; row++)
        ok = check_row(&checker, row, error);
    g_hash_table_unref(checker.claimed);
    g_hash_table_unref(checker.barred);
    return ok && write_sorted(table, folder, error);
}
