#include <math.h>

#include "projection/crs.h"

typedef struct {
    double south_deg, north_deg; /* standard parallels */
    double center_lat_deg, center_lon_deg;
} Albers;

/* Standard parallels a sixth of the height from the edges: Deetz and Adams, Elements of Map
 * Projection, 1934, p. 91. */
static Albers compute_albers(EvmExtent extent)
{
    double sixth_deg = (extent.max.lat_deg - extent.min.lat_deg) / 6;
    return (Albers){
        .south_deg = extent.min.lat_deg + sixth_deg,
        .north_deg = extent.max.lat_deg - sixth_deg,
        .center_lat_deg = (extent.min.lat_deg + extent.max.lat_deg) / 2,
        .center_lon_deg = (extent.min.lon_deg + extent.max.lon_deg) / 2,
    };
}

/* The locale has no say in the decimal point. */
static const char *format_number(double value, const char *format, char *buffer, int size)
{
    return g_ascii_formatd(buffer, size, format, value);
}

/* Four decimals: the parameters printed on the map are those that were used. */
char *evm_albers_format(EvmExtent extent)
{
    Albers albers = compute_albers(extent);
    char south[32], north[32], lat[32], lon[32];
    return g_strdup_printf(
        "+proj=aea +lat_1=%s +lat_2=%s +lat_0=%s +lon_0=%s +datum=WGS84 +units=m",
        format_number(albers.south_deg, "%.4f", south, sizeof south),
        format_number(albers.north_deg, "%.4f", north, sizeof north),
        format_number(albers.center_lat_deg, "%.4f", lat, sizeof lat),
        format_number(albers.center_lon_deg, "%.4f", lon, sizeof lon));
}

static const char *hemisphere(double lat_deg)
{
    return lat_deg < 0 ? "S" : "N";
}

char *evm_albers_format_name(EvmExtent extent)
{
    Albers albers = compute_albers(extent);
    char south[32], north[32];
    format_number(fabs(albers.south_deg), "%.1f", south, sizeof south);
    format_number(fabs(albers.north_deg), "%.1f", north, sizeof north);
    const char *one = hemisphere(albers.south_deg), *other = hemisphere(albers.north_deg);
    if (one == other)
        return g_strdup_printf("Albers equal-area conic, %s° and %s° %s", south, north, one);
    return g_strdup_printf("Albers equal-area conic, %s° %s and %s° %s", south, one, north, other);
}
