#include "leave_out.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "base/csv_reader.h"
#include "base/text.h"

enum { FILE_COUNT = 3, COLUMNS = 10 };

/* What is written anew: these columns, and in the rows of the district without its names. */
static const struct {
    const char *name, *pcode;
    LeaveOutWhat from; /* what the rows of the district are changed for */
    const char *columns[COLUMNS];
    const char *names[COLUMNS];
} FILES[FILE_COUNT] = {
    {"aliases.csv", "pcode", LEAVE_OUT_ALIASES, {"alias", "province", "pcode"}, {"alias"}},
    {"gazetteer.csv",
     "pcode",
     LEAVE_OUT_NAMES,
     {"pcode", "province", "province_pcode", "district", "name_fa", "name_ps", "lon", "lat",
      "population"},
     {"district", "name_fa", "name_ps"}},
    {"capitals.csv",
     "district_pcode",
     LEAVE_OUT_NAMES,
     {"province_pcode", "capital", "district_pcode", "lon", "lat"},
     {"capital"}},
};

struct LeaveOut {
    const char *geodata;
    char *folder, *pcode;
    LeaveOutWhat what;
    EvmCsvTable *tables[FILE_COUNT];
    EvmGazetteer *gazetteer;
};

static bool is_written(const char *name)
{
    for (size_t i = 0; i < FILE_COUNT; i++)
        if (g_str_equal(FILES[i].name, name))
            return true;
    return !g_str_has_suffix(name, ".csv");
}

/* All others are links to the true files. */
static bool link_files(const LeaveOut *leave_out, GError **error)
{
    const char *name;
    GDir *dir = g_dir_open(leave_out->geodata, 0, error);
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *from = g_build_filename(leave_out->geodata, name, NULL);
        g_autofree char *to = g_build_filename(leave_out->folder, name, NULL);
        if (!is_written(name) && symlink(from, to) != 0)
            g_error("%s cannot be linked", to);
    }
    if (dir)
        g_dir_close(dir);
    return dir != NULL;
}

LeaveOut *leave_out_new(const char *geodata, GError **error)
{
    LeaveOut *leave_out = g_new0(LeaveOut, 1);
    leave_out->geodata = geodata;
    leave_out->folder = g_dir_make_tmp("evmap-leave-out-XXXXXX", error);
    bool done = leave_out->folder && link_files(leave_out, error);
    for (size_t i = 0; done && i < FILE_COUNT; i++) {
        g_autofree char *path = g_build_filename(geodata, FILES[i].name, NULL);
        leave_out->tables[i] = evm_csv_table_load(path, error);
        done = leave_out->tables[i] != NULL;
    }
    if (!done)
        g_clear_pointer(&leave_out, leave_out_free);
    return leave_out;
}

static void clear_folder(const char *folder)
{
    const char *name;
    GDir *dir = g_dir_open(folder, 0, NULL);
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        (void)g_unlink(path);
    }
    if (dir)
        g_dir_close(dir);
    (void)g_rmdir(folder);
}

void leave_out_free(LeaveOut *leave_out)
{
    if (leave_out->folder)
        clear_folder(leave_out->folder);
    for (size_t i = 0; i < FILE_COUNT; i++)
        evm_csv_table_free(leave_out->tables[i]);
    evm_gazetteer_free(leave_out->gazetteer);
    g_free(leave_out->folder);
    g_free(leave_out->pcode);
    g_free(leave_out);
}

/* A name of the district is its P-code instead, which no spelling comes near. */
static void append_row(GString *out, const LeaveOut *leave_out, size_t file, size_t row)
{
    const EvmCsvTable *table = leave_out->tables[file];
    int code = evm_csv_table_find_column(table, FILES[file].pcode);
    bool is_changed = leave_out->what >= FILES[file].from &&
                      g_str_equal(evm_csv_table_at(table, row, code), leave_out->pcode);
    for (size_t i = 0; FILES[file].columns[i]; i++) {
        const char *name = FILES[file].columns[i];
        const char *text =
            is_changed && g_strv_contains(FILES[file].names, name)
                ? leave_out->pcode
                : evm_csv_table_at(table, row, evm_csv_table_find_column(table, name));
        g_string_append_c(out, i > 0 ? ',' : '\n');
        evm_text_write_csv(out, text);
    }
}

static bool write_file(const LeaveOut *leave_out, size_t file, GError **error)
{
    g_autofree char *path = g_build_filename(leave_out->folder, FILES[file].name, NULL);
    g_autofree char *header = g_strjoinv(",", (char **)(uintptr_t)FILES[file].columns);
    g_autoptr(GString) out = g_string_new(header);
    for (size_t row = 0; row < evm_csv_table_count(leave_out->tables[file]); row++)
        append_row(out, leave_out, file, row);
    return g_file_set_contents(path, out->str, (gssize)out->len, error);
}

const EvmGazetteer *leave_out_find(LeaveOut *leave_out, LeaveOutWhat what, const char *pcode,
                                   GError **error)
{
    if (leave_out->gazetteer && what == leave_out->what && g_str_equal(leave_out->pcode, pcode))
        return leave_out->gazetteer;
    evm_gazetteer_free(leave_out->gazetteer);
    g_free(leave_out->pcode);
    leave_out->gazetteer = NULL;
    leave_out->pcode = g_strdup(pcode);
    leave_out->what = what;
    bool done = true;
    for (size_t i = 0; done && i < FILE_COUNT; i++)
        done = write_file(leave_out, i, error);
    if (done)
        leave_out->gazetteer = evm_gazetteer_load(leave_out->folder, error);
    return leave_out->gazetteer;
}
