#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "geodata/bytes.h"
#include "geodata/shapefile.h"

enum {
    FILE_CODE = 9994,
    FILE_VERSION = 1000,
    HEADER_BYTES = 100,
    INDEX_ENTRY_BYTES = 8,
    RECORD_HEADER_BYTES = 8,
    NULL_CONTENT_BYTES = 4,
    POLYGON_FIXED_BYTES = 44, /* type, box, number of parts and of points */
    PART_BYTES = 4,
    POINT_BYTES = 16,
};

typedef struct {
    const EvmInputFile *shp, *shx;
    EvmShapeIndex index;
    uint32_t shape_type;
    uint64_t declared_bytes; /* of the .shp */
} Checker;

/* One record, its header left out. */
typedef struct {
    uint32_t number; /* 1-based */
    const char *data;
    uint32_t size;
} Content;

static bool check_header(const EvmInputFile *file, uint64_t *declared_bytes, GError **error)
{
    if (file->size < HEADER_BYTES)
        return evm_shapefile_add_error(file, error, "cut off: %zu bytes are less than a header",
                                       file->size);
    uint32_t code = evm_bytes_parse_be32(file->data, 0);
    if (code != FILE_CODE)
        return evm_shapefile_add_error(
            file, error, "not part of a shapefile: it begins with %u, not %d", code, FILE_CODE);
    *declared_bytes = 2 * (uint64_t)evm_bytes_parse_be32(file->data, 24);
    if (*declared_bytes < HEADER_BYTES || *declared_bytes > file->size)
        return evm_shapefile_add_error(
            file, error, "its header declares %" G_GUINT64_FORMAT " bytes, but the file has %zu",
            *declared_bytes, file->size);
    return true;
}

static const char *shape_type_name(uint32_t type)
{
    switch (type) {
    case SHPT_POINT:
    case SHPT_POINTZ:
    case SHPT_POINTM:
        return "points";
    case SHPT_ARC:
    case SHPT_ARCZ:
    case SHPT_ARCM:
        return "lines";
    case SHPT_MULTIPOINT:
    case SHPT_MULTIPOINTZ:
    case SHPT_MULTIPOINTM:
        return "multipoints";
    case SHPT_MULTIPATCH:
        return "multipatches";
    default:
        return "shapes of no known kind";
    }
}

static bool check_main_header(Checker *checker, EvmDiagnostics *diagnostics, GError **error)
{
    const EvmInputFile *shp = checker->shp;
    if (!check_header(shp, &checker->declared_bytes, error))
        return false;
    checker->shape_type = evm_bytes_parse_le32(shp->data, 32);
    uint32_t type = checker->shape_type;
    if (type != SHPT_POLYGON && type != SHPT_POLYGONZ && type != SHPT_POLYGONM)
        return evm_shapefile_add_error(shp, error, "holds %s (type %u), not polygons",
                                       shape_type_name(type), type);
    uint32_t version = evm_bytes_parse_le32(shp->data, 28);
    if (version != FILE_VERSION)
        evm_shapefile_add_diagnostic(diagnostics, EVM_SEVERITY_WARNING, shp, 0, "odd-shp-version",
                                     NULL, "version %u; read as version %d", version, FILE_VERSION);
    if (shp->size > checker->declared_bytes)
        evm_shapefile_add_diagnostic(diagnostics, EVM_SEVERITY_WARNING, shp, 0, "trailing-bytes",
                                     NULL, "%" G_GUINT64_FORMAT " bytes after the declared end",
                                     shp->size - checker->declared_bytes);
    return true;
}

static bool check_index_header(Checker *checker, GError **error)
{
    const EvmInputFile *shx = checker->shx;
    uint64_t declared_bytes;
    if (!check_header(shx, &declared_bytes, error))
        return false;
    size_t entry_bytes = shx->size - HEADER_BYTES;
    if (declared_bytes != shx->size || entry_bytes % INDEX_ENTRY_BYTES != 0)
        return evm_shapefile_add_error(
            shx, error, "its header declares %" G_GUINT64_FORMAT " bytes, but the file has %zu",
            declared_bytes, shx->size);
    size_t record_count = entry_bytes / INDEX_ENTRY_BYTES;
    if (record_count == 0)
        return evm_shapefile_add_error(shx, error, "lists no polygons");
    checker->index.record_count = (uint32_t)record_count; /* the file's size is limited */
    return true;
}

static bool check_part_table(const Checker *checker, const Content *content, uint32_t part_count,
                             uint32_t point_count, GError **error)
{
    uint32_t previous = 0;
    for (uint32_t part = 0; part < part_count; part++) {
        uint32_t start =
            evm_bytes_parse_le32(content->data, POLYGON_FIXED_BYTES + (size_t)part * PART_BYTES);
        if (start >= point_count || (part == 0 ? start != 0 : start <= previous))
            return evm_shapefile_add_error(checker->shp, error,
                                           "record %u: ring %u starts at vertex %u, which cannot "
                                           "be; the file is damaged",
                                           content->number, part + 1, start);
        previous = start;
    }
    return true;
}

/* Z is required in a PolygonZ; M is optional in both. */
static bool is_content_size(uint32_t shape_type, uint32_t size, uint32_t part_count,
                            uint32_t point_count)
{
    uint64_t base = POLYGON_FIXED_BYTES + (uint64_t)part_count * PART_BYTES +
                    (uint64_t)point_count * POINT_BYTES;
    uint64_t extra = 16 + 8 * (uint64_t)point_count;
    if (shape_type == SHPT_POLYGONZ)
        return size == base + extra || size == base + 2 * extra;
    return size == base || (shape_type == SHPT_POLYGONM && size == base + extra);
}

static bool add_counts(Checker *checker, uint32_t part_count, uint32_t point_count, GError **error)
{
    EvmShapeIndex *index = &checker->index;
    if (point_count > EVM_LIMIT_VERTICES - index->vertex_count) {
        g_set_error(error, EVM_ERROR, EVM_ERROR_LIMIT, "%s: more than the limit of %d vertices",
                    checker->shp->path, EVM_LIMIT_VERTICES);
        return false;
    }
    index->vertex_count += point_count;
    index->ring_count += part_count;
    return true;
}

static bool check_content(Checker *checker, const Content *content, GError **error)
{
    const EvmInputFile *shp = checker->shp;
    uint32_t number = content->number;
    uint32_t type = content->size >= 4 ? evm_bytes_parse_le32(content->data, 0) : UINT32_MAX;
    if (type == SHPT_NULL && content->size == NULL_CONTENT_BYTES)
        return true;
    if (type != checker->shape_type)
        return evm_shapefile_add_error(shp, error,
                                       "record %u: shape type %u in a file of type %u; the file is "
                                       "damaged",
                                       number, type, checker->shape_type);
    if (content->size < POLYGON_FIXED_BYTES)
        return evm_shapefile_add_error(shp, error, "record %u: %u bytes are no polygon", number,
                                       content->size);
    uint32_t part_count = evm_bytes_parse_le32(content->data, 36);
    uint32_t point_count = evm_bytes_parse_le32(content->data, 40);
    if (!is_content_size(type, content->size, part_count, point_count) ||
        (part_count == 0) != (point_count == 0))
        return evm_shapefile_add_error(shp, error,
                                       "record %u: %u bytes cannot hold %u rings and %u vertices; "
                                       "the file is damaged",
                                       number, content->size, part_count, point_count);
    return check_part_table(checker, content, part_count, point_count, error) &&
           add_counts(checker, part_count, point_count, error);
}

/* Records stand one behind the other, so that none is left out of the index. */
static bool check_record(Checker *checker, uint32_t number, uint64_t *offset, GError **error)
{
    const EvmInputFile *shp = checker->shp, *shx = checker->shx;
    size_t entry = HEADER_BYTES + (size_t)(number - 1) * INDEX_ENTRY_BYTES;
    uint64_t listed_offset = 2 * (uint64_t)evm_bytes_parse_be32(shx->data, entry);
    uint64_t listed_bytes = 2 * (uint64_t)evm_bytes_parse_be32(shx->data, entry + 4);
    if (listed_offset != *offset)
        return evm_shapefile_add_error(shx, error,
                                       "entry %u points to byte %" G_GUINT64_FORMAT
                                       ", but record %u is at %" G_GUINT64_FORMAT
                                       "; write the shapefile anew, for example with ogr2ogr",
                                       number, listed_offset, number, *offset);
    uint64_t data_offset = *offset + RECORD_HEADER_BYTES;
    if (data_offset + listed_bytes > checker->declared_bytes)
        return evm_shapefile_add_error(shp, error, "record %u goes beyond the end of the file",
                                       number);
    uint32_t own_number = evm_bytes_parse_be32(shp->data, *offset);
    uint64_t own_bytes = 2 * (uint64_t)evm_bytes_parse_be32(shp->data, *offset + 4);
    if (own_number != number || own_bytes != listed_bytes)
        return evm_shapefile_add_error(shp, error,
                                       "record %u: calls itself record %u of %" G_GUINT64_FORMAT
                                       " bytes, the .shx says %" G_GUINT64_FORMAT,
                                       number, own_number, own_bytes, listed_bytes);
    *offset = data_offset + listed_bytes;
    Content content = {number, shp->data + data_offset, (uint32_t)listed_bytes};
    return check_content(checker, &content, error);
}

bool evm_shape_index_parse(EvmShapeIndex *index, const EvmShapefile *shapefile,
                           EvmDiagnostics *diagnostics, GError **error)
{
    Checker checker = {.shp = shapefile->shp, .shx = shapefile->shx};
    if (!check_main_header(&checker, diagnostics, error) || !check_index_header(&checker, error))
        return false;
    uint64_t offset = HEADER_BYTES;
    for (uint32_t number = 1; number <= checker.index.record_count; number++)
        if (!check_record(&checker, number, &offset, error))
            return false;
    if (offset != checker.declared_bytes)
        return evm_shapefile_add_error(shapefile->shx, error,
                                       "lists %u records, but the .shp has %" G_GUINT64_FORMAT
                                       " bytes more",
                                       checker.index.record_count, checker.declared_bytes - offset);
    *index = checker.index;
    return true;
}
