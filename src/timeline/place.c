#include "timeline/place.h"

#include "gazetteer/match_cache.h"
#include "geodata/point_index.h"

/* So few are looked for in one area after the other: an index takes as long to make as some hundred
 * of them. */
enum { FEW_POINTS = 300 };

struct EvmPlaceFinder {
    const EvmGazetteer *gazetteer;
    EvmPointSource points;
    EvmMatchCache *names;
    size_t asked;         /* areas of so many points */
    EvmPointIndex *index; /* NULL while they are few */
};

EvmPlaceFinder *evm_place_finder_new(const EvmGazetteer *gazetteer, const EvmPointSource *points)
{
    EvmPlaceFinder *finder = g_new0(EvmPlaceFinder, 1);
    finder->gazetteer = gazetteer;
    if (points)
        finder->points = *points;
    finder->names = evm_match_cache_new(gazetteer);
    return finder;
}

void evm_place_finder_free(EvmPlaceFinder *finder)
{
    if (!finder)
        return;
    evm_match_cache_free(finder->names);
    evm_point_index_free(finder->index);
    g_free(finder);
}

static int32_t find_area(EvmPlaceFinder *finder, EvmLonLat point)
{
    const EvmGeodata *geodata = finder->points.geodata;
    if (finder->index)
        return evm_point_index_find(finder->index, point);
    if (++finder->asked == FEW_POINTS)
        finder->index = evm_point_index_new(geodata);
    for (size_t area = 0; area < geodata->area_count; area++)
        if (evm_area_is_inside(geodata, area, point))
            return (int32_t)area;
    return -1;
}

static int32_t find_district(EvmPlaceFinder *finder, EvmLonLat point)
{
    int32_t area = find_area(finder, point);
    return area < 0 ? -1 : finder->points.area_district[area];
}

/* The point lies in a district that the name may mean. */
static bool is_candidate(const EvmMatch *match, int32_t district)
{
    for (unsigned i = 0; i < match->candidate_count; i++)
        if (match->candidates[i] == district)
            return true;
    return false;
}

static void use_point(EvmPlace *place, bool is_named)
{
    enum { SCORE_POINT = 90 };
    EvmMatch *match = &place->match;
    bool decides = match->how == EVM_MATCH_NONE || (match->how == EVM_MATCH_AMBIGUOUS &&
                                                    is_candidate(match, place->point_district));
    if (place->point_district < 0 || !decides)
        return;
    place->disagrees = is_named && (match->how == EVM_MATCH_NONE || match->cause != EVM_CAUSE_NONE);
    match->how = EVM_MATCH_POINT;
    match->district = place->point_district;
    match->score = SCORE_POINT;
}

/* A district without a polygon of its own cannot be compared with a point. */
static bool has_polygon(const EvmPlaceFinder *finder, int32_t district)
{
    int32_t area = finder->points.district_area[district];
    return area >= 0 && (size_t)area < finder->points.geodata->area_count;
}

EvmPlace evm_place_finder_resolve(EvmPlaceFinder *finder, const EvmEvent *event)
{
    EvmPlaceQuery query = {event->pcode, event->district, event->province, event->date};
    bool is_named = event->district[0] != '\0' || event->pcode[0] != '\0';
    EvmPlace place = {.match = *evm_match_cache_resolve(finder->names, &query),
                      .point_district = -1};
    if (!event->has_point || !finder->points.geodata)
        return place;
    place.point_district = find_district(finder, (EvmLonLat){event->lon_deg, event->lat_deg});
    if (place.match.district < 0)
        use_point(&place, is_named);
    else
        place.disagrees = place.match.district != place.point_district &&
                          has_polygon(finder, place.match.district);
    return place;
}
