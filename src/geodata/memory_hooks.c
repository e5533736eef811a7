#include <stdio.h>
#include <string.h>

#include "geodata/shapefile.h"

/* shapelib 1.5 hands no user data to its hooks: what is being opened, and its last complaint, are
 * known to the thread. */
static _Thread_local const EvmShapefile *opened;
static _Thread_local char complaint[256];

typedef struct {
    const EvmInputFile *file;
    size_t position;
} MemoryFile;

static SAFile open_memory(const char *name, const char *access)
{
    (void)access;
    const char *extension = strrchr(name, '.');
    const EvmInputFile *file = NULL;
    if (extension && strcmp(extension, ".shp") == 0)
        file = opened->shp;
    else if (extension && strcmp(extension, ".shx") == 0)
        file = opened->shx;
    else if (extension && strcmp(extension, ".dbf") == 0)
        file = opened->dbf;
    if (!file)
        return NULL;
    MemoryFile *memory = g_new0(MemoryFile, 1);
    memory->file = file;
    return (SAFile)(void *)memory;
}

static SAOffset read_memory(void *to, SAOffset size, SAOffset count, SAFile handle)
{
    MemoryFile *memory = (MemoryFile *)(void *)handle;
    if (size == 0 || memory->position > memory->file->size)
        return 0;
    SAOffset whole = MIN(count, (memory->file->size - memory->position) / size);
    memcpy(to, memory->file->data + memory->position, whole * size);
    memory->position += whole * size;
    return whole;
}

static SAOffset write_nothing(void *from, SAOffset size, SAOffset count, SAFile handle)
{
    (void)from, (void)size, (void)count, (void)handle;
    return 0;
}

static SAOffset seek_memory(SAFile handle, SAOffset offset, int whence)
{
    MemoryFile *memory = (MemoryFile *)(void *)handle;
    if (whence == SEEK_CUR)
        offset += memory->position;
    else if (whence == SEEK_END)
        offset += memory->file->size;
    memory->position = offset;
    return 0;
}

static SAOffset tell_memory(SAFile handle)
{
    return ((MemoryFile *)(void *)handle)->position;
}

static int flush_nothing(SAFile handle)
{
    (void)handle;
    return 0;
}

static int close_memory(SAFile handle)
{
    g_free(handle);
    return 0;
}

static int remove_nothing(const char *name)
{
    (void)name;
    return -1;
}

static void keep_complaint(const char *message)
{
    g_strlcpy(complaint, message, sizeof complaint);
    g_strdelimit(complaint, "\r\n", ' ');
}

static double parse_number(const char *text)
{
    return g_ascii_strtod(text, NULL);
}

static SAHooks memory_hooks = {
    .FOpen = open_memory,
    .FRead = read_memory,
    .FWrite = write_nothing,
    .FSeek = seek_memory,
    .FTell = tell_memory,
    .FFlush = flush_nothing,
    .FClose = close_memory,
    .Remove = remove_nothing,
    .Error = keep_complaint,
    .Atof = parse_number,
};

static void report(const EvmInputFile *file, GError **error)
{
    evm_shapefile_add_error(file, error, "shapelib cannot read it: %s",
                            complaint[0] ? complaint : "no reason given");
}

/* The names are only looked at for what stands behind the dot. */
SHPHandle evm_shapefile_alloc_shp(const EvmShapefile *shapefile, GError **error)
{
    opened = shapefile;
    complaint[0] = '\0';
    SHPHandle shp = SHPOpenLL("memory.shp", "rb", &memory_hooks);
    opened = NULL;
    if (!shp)
        report(shapefile->shp, error);
    return shp;
}

DBFHandle evm_shapefile_alloc_dbf(const EvmShapefile *shapefile, GError **error)
{
    opened = shapefile;
    complaint[0] = '\0';
    DBFHandle dbf = DBFOpenLL("memory.dbf", "rb", &memory_hooks);
    opened = NULL;
    if (!dbf)
        report(shapefile->dbf, error);
    return dbf;
}
