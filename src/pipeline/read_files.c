#include "pipeline/read_files.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

typedef struct {
    dev_t device;
    ino_t inode;
    const char *role; /* "an event table" */
} ReadFile;

struct EvmReadFiles {
    char *folder;  /* where is written */
    GArray *files; /* of ReadFile */
};

/* A shell may have opened standard input from a file. */
static bool find_file(const char *path, struct stat *info)
{
    return strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, info) == 0 : stat(path, info) == 0;
}

static void add_path(EvmReadFiles *files, const char *path, const char *role)
{
    struct stat info;
    if (!path || !find_file(path, &info) || !S_ISREG(info.st_mode))
        return;
    ReadFile file = {info.st_dev, info.st_ino, role};
    g_array_append_val(files->files, file);
}

static void add_files(EvmReadFiles *files, const EvmInputFile *read, size_t count, const char *role)
{
    for (size_t i = 0; i < count; i++)
        add_path(files, read[i].path, role);
}

static void add_data(EvmReadFiles *files, const EvmInputs *inputs)
{
    for (size_t i = 0; i < inputs->events->file_count; i++)
        add_path(files, inputs->events->files[i].path, "an event table");
    add_files(files, inputs->gazetteer->files, inputs->gazetteer->file_count, "a table of names");
    add_files(files, inputs->geodata->files, inputs->geodata->file_count, "a boundary file");
    if (inputs->neighbours)
        add_files(files, inputs->neighbours->files, inputs->neighbours->file_count,
                  "a boundary file");
}

EvmReadFiles *evm_read_files_new(const EvmRenderRequest *request, const EvmInputs *inputs)
{
    EvmReadFiles *files = g_new0(EvmReadFiles, 1);
    files->folder = g_strdup(request->out_folder);
    files->files = g_array_new(FALSE, FALSE, sizeof(ReadFile));
    add_data(files, inputs);
    const EvmInputFile *language = evm_language_find_file(request->language);
    if (language)
        add_path(files, language->path, "a language");
    add_path(files, request->theme->file.path, "a theme");
    add_path(files, request->theme->logo.file.path, "a logo");
    return files;
}

void evm_read_files_free(EvmReadFiles *files)
{
    if (!files)
        return;
    g_array_unref(files->files);
    g_free(files->folder);
    g_free(files);
}

bool evm_read_files_is_free(const EvmReadFiles *files, const char *name, GError **error)
{
    struct stat info;
    g_autofree char *path = g_build_filename(files->folder, name, NULL);
    if (stat(path, &info) != 0)
        return true;
    for (guint i = 0; i < files->files->len; i++) {
        const ReadFile *file = &g_array_index(files->files, ReadFile, i);
        if (file->device != info.st_dev || file->inode != info.st_ino)
            continue;
        g_set_error(error, EVM_ERROR, EVM_ERROR_OUTPUT, "%s: is read as %s: choose another --out",
                    path, file->role);
        return false;
    }
    return true;
}
