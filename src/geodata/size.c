#include <math.h>

#include "geodata/geodata.h"

/* Radius of the sphere that has the area of the WGS 84 ellipsoid. */
static const double AUTHALIC_RADIUS_KM = 6371.0072;

/* The integral of sin(latitude) over longitude along an arc: what lies between it and the equator
 * on the unit sphere. Source: Chamberlain and Duquette, "Some algorithms for polygons on a sphere",
 * JPL 2007. Geodetic latitudes are taken for those of the sphere, which makes areas wrong by up to
 * 3 in a thousand, near each other all alike. */
static double sum_arc(const EvmGeodata *geodata, const EvmArc *arc)
{
    const EvmLonLat *points = geodata->points + arc->first;
    double sum = 0, before = sin(points[0].lat_deg * G_PI / 180);
    for (uint32_t i = 1; i < arc->count; i++) {
        double now = sin(points[i].lat_deg * G_PI / 180);
        sum += (points[i].lon_deg - points[i - 1].lon_deg) * G_PI / 180 * (before + now) / 2;
        before = now;
    }
    return sum;
}

double *evm_geodata_compute_areas_km2(const EvmGeodata *geodata)
{
    double *areas = g_new0(double, geodata->area_count + 1);
    for (size_t i = 0; i < geodata->arc_count; i++) {
        const EvmArc *arc = &geodata->arcs[i];
        double sum = sum_arc(geodata, arc) * AUTHALIC_RADIUS_KM * AUTHALIC_RADIUS_KM;
        /* An area on the left is run around counter-clockwise. */
        if (arc->left >= 0)
            areas[arc->left] -= sum;
        if (arc->right >= 0)
            areas[arc->right] += sum;
    }
    return areas;
}
