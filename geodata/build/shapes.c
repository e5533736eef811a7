#include "shapes.h"

#include <shapefil.h>
#include <string.h>

#include "table.h"

/* The date of the gazetteer, in the .dbf headers: the clock would make every build differ. */
enum { DBF_YEAR = 2021 - 1900, DBF_MONTH = 11, DBF_DAY = 17 };

static const char WGS84[] =
    "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\","
    "SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],"
    "UNIT[\"Degree\",0.0174532925199433]]";

struct EvmShapeWriter {
    char *path; /* without extension */
    SHPHandle shp;
    DBFHandle dbf;
    const EvmField *fields;
};

static bool fail(const EvmShapeWriter *writer, GError **error, const char *what)
{
    g_set_error(error, EVM_BUILD_ERROR, EVM_BUILD_ERROR_DATA, "%s: %s", writer->path, what);
    return false;
}

static bool write_projection(const EvmShapeWriter *writer, GError **error)
{
    g_autofree char *path = g_strconcat(writer->path, ".prj", NULL);
    return g_file_set_contents(path, WGS84, -1, error);
}

static bool add_fields(EvmShapeWriter *writer, GError **error)
{
    for (const EvmField *field = writer->fields; field->name; field++)
        if (DBFAddNativeFieldType(writer->dbf, field->name, field->type, field->width,
                                  field->decimals) < 0)
            return fail(writer, error, "cannot add a .dbf field");
    return true;
}

EvmShapeWriter *evm_shape_writer_new(const char *folder, const char *name, const EvmField *fields,
                                     GError **error)
{
    g_autoptr(EvmShapeWriter) writer = g_new0(EvmShapeWriter, 1);

    writer->path = g_build_filename(folder, name, NULL);
    writer->fields = fields;
    writer->shp = SHPCreate(writer->path, SHPT_POLYGON);
    /* shapelib writes the second argument to the .cpg. */
    writer->dbf = DBFCreateEx(writer->path, "UTF-8");
    if (!writer->shp || !writer->dbf) {
        fail(writer, error, "cannot create the shapefile");
        return NULL;
    }
    DBFSetLastModifiedDate(writer->dbf, DBF_YEAR, DBF_MONTH, DBF_DAY);
    if (!write_projection(writer, error) || !add_fields(writer, error))
        return NULL;
    return g_steal_pointer(&writer);
}

static bool write_values(EvmShapeWriter *writer, int record, const char *const *values,
                         GError **error)
{
    for (int i = 0; writer->fields[i].name; i++) {
        const EvmField *field = &writer->fields[i];
        bool ok;
        if (field->type == 'C')
            ok = strlen(values[i]) <= (size_t)field->width &&
                 DBFWriteStringAttribute(writer->dbf, record, i, values[i]);
        else if (values[i][0] == '\0')
            ok = DBFWriteNULLAttribute(writer->dbf, record, i);
        else
            ok = DBFWriteDoubleAttribute(writer->dbf, record, i, g_ascii_strtod(values[i], NULL));
        if (!ok) {
            g_autofree char *what =
                g_strdup_printf("'%s' does not fit in field %s", values[i], field->name);
            return fail(writer, error, what);
        }
    }
    return true;
}

static SHPObject *create_polygon(const EvmTopology *topology, const GPtrArray *rings)
{
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) x = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) y = g_array_new(FALSE, FALSE, sizeof(double));

    for (unsigned i = 0; i < rings->len; i++) {
        g_autoptr(GArray) trace = evm_topology_trace(topology, rings->pdata[i]);
        g_array_append_val(starts, x->len);
        for (unsigned k = 0; k < trace->len; k++) {
            EvmVertex vertex = g_array_index(trace, EvmVertex, k);
            double lon = vertex.x_mdeg / 1000.0, lat = vertex.y_mdeg / 1000.0;
            g_array_append_val(x, lon);
            g_array_append_val(y, lat);
        }
    }
    return SHPCreateObject(SHPT_POLYGON, -1, (int)starts->len, &g_array_index(starts, int, 0), NULL,
                           (int)x->len, &g_array_index(x, double, 0), &g_array_index(y, double, 0),
                           NULL, NULL);
}

bool evm_shape_writer_write(EvmShapeWriter *writer, const EvmTopology *topology,
                            const GPtrArray *rings, const char *const *values, GError **error)
{
    if (rings->len == 0)
        return fail(writer, error, "polygon without rings");
    SHPObject *object = create_polygon(topology, rings);
    int record = SHPWriteObject(writer->shp, -1, object);

    SHPDestroyObject(object);
    if (record < 0)
        return fail(writer, error, "cannot write a polygon");
    return write_values(writer, record, values, error);
}

void evm_shape_writer_free(EvmShapeWriter *writer)
{
    if (!writer)
        return;
    if (writer->shp)
        SHPClose(writer->shp);
    if (writer->dbf)
        DBFClose(writer->dbf);
    g_free(writer->path);
    g_free(writer);
}
