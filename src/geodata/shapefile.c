#include "geodata/shapefile.h"

#include <string.h>

#include "base/error.h"
#include "base/limits.h"

enum {
    SHX_HEADER_BYTES = 100,
    SHX_ENTRY_BYTES = 8,
    VERTEX_BYTES = 32, /* x, y, z, m */
    TEXT_BYTES = 1 << 16,
};

bool evm_shapefile_add_error(const EvmInputFile *file, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT, "%s: %s", file->path, message);
    return false;
}

void evm_shapefile_add_diagnostic(EvmDiagnostics *diagnostics, EvmSeverity severity,
                                  const EvmInputFile *file, uint32_t record, const char *code,
                                  const char *hint, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *message = record ? g_strdup_printf("record %u: %s", record, what) : NULL;
    evm_diagnostics_add(diagnostics, &(EvmDiagnostic){
                                         .severity = severity,
                                         .code = code,
                                         .file = file->path,
                                         .message = message ? message : what,
                                         .hint = hint,
                                     });
}

/* "a/b.SHP" and "dbf" give "a/b.DBF", or "a/b.dbf" when only that is there. */
static char *sibling_path(const char *path, const char *extension)
{
    size_t stem = strlen(path) - strlen("shp");
    if (g_ascii_isupper(path[stem])) {
        g_autofree char *upper = g_ascii_strup(extension, -1);
        g_autofree char *sibling = g_strdup_printf("%.*s%s", (int)stem, path, upper);
        if (g_file_test(sibling, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&sibling);
    }
    return g_strdup_printf("%.*s%s", (int)stem, path, extension);
}

static bool load_part(EvmShapefile *shapefile, const EvmInputFile **part, const char *path,
                      size_t limit_bytes, GError **error)
{
    EvmInputFile *file = &shapefile->files[shapefile->file_count];
    if (!evm_input_file_load(file, path, limit_bytes, error))
        return false;
    shapefile->file_count++;
    *part = file;
    return true;
}

static bool load_sibling(EvmShapefile *shapefile, const EvmInputFile **part, const char *extension,
                         bool is_required, size_t limit_bytes, GError **error)
{
    g_autofree char *path = sibling_path(shapefile->shp->path, extension);
    bool is_there = g_file_test(path, G_FILE_TEST_EXISTS);
    if (!is_there && !is_required)
        return true;
    if (!is_there)
        return evm_shapefile_add_error(shapefile->shp, error, "its .%s is missing: expected '%s'",
                                       extension, path);
    return load_part(shapefile, part, path, limit_bytes, error);
}

static bool load_parts(EvmShapefile *shapefile, const char *path, GError **error)
{
    size_t shp_bytes = (size_t)EVM_LIMIT_VERTICES * VERTEX_BYTES;
    size_t shx_bytes = SHX_HEADER_BYTES + (size_t)EVM_LIMIT_AREAS * SHX_ENTRY_BYTES;
    return load_part(shapefile, &shapefile->shp, path, shp_bytes, error) &&
           load_sibling(shapefile, &shapefile->shx, "shx", true, shx_bytes, error) &&
           load_sibling(shapefile, &shapefile->dbf, "dbf", true, EVM_LIMIT_TABLE_BYTES, error) &&
           load_sibling(shapefile, &shapefile->prj, "prj", false, TEXT_BYTES, error) &&
           load_sibling(shapefile, &shapefile->cpg, "cpg", false, TEXT_BYTES, error);
}

bool evm_shapefile_load(EvmShapefile *shapefile, const char *path, GError **error)
{
    *shapefile = (EvmShapefile){0};
    size_t length = strlen(path);
    if (length < 5 || g_ascii_strcasecmp(path + length - 4, ".shp") != 0) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_INPUT,
                    "%s: not a .shp; boundaries are read from shapefiles", path);
        return false;
    }
    if (load_parts(shapefile, path, error))
        return true;
    evm_shapefile_clear(shapefile);
    return false;
}

void evm_shapefile_clear_data(EvmShapefile *shapefile)
{
    for (size_t i = 0; i < shapefile->file_count; i++)
        g_clear_pointer(&shapefile->files[i].data, g_free);
}

void evm_shapefile_clear(EvmShapefile *shapefile)
{
    for (size_t i = 0; i < shapefile->file_count; i++)
        evm_input_file_clear(&shapefile->files[i]);
    *shapefile = (EvmShapefile){0};
}
