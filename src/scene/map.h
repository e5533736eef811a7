/* Boundaries on the page: simplified to what the page can show, projected, fitted into a frame.
 * Does not depend on the date, so one map serves every frame of a timeline. */
#ifndef EVM_SCENE_MAP_H
#define EVM_SCENE_MAP_H

#include <glib.h>

#include "projection/projection.h"
#include "scene/scene.h"
#include "timeline/universe.h"

/* Geodata whose points are also known on the page. */
typedef struct {
    const EvmGeodata *geodata; /* simplified; owned by the EvmMap */
    EvmPoint *points;          /* one a point of geodata, px of the page */
    EvmPath *paths;            /* one an area: its rings, closed; of the request's arena, if any */
} EvmMapPart;

typedef struct {
    const EvmUniverse *universe; /* borrowed */
    EvmRect frame;               /* px of the page: the map is clipped to it */
    EvmProjection *projection;   /* owned */
    EvmMapPoint center;          /* on the map plane, in the middle of the frame */
    double m_per_px;
    EvmMapPart districts, neighbours; /* neighbours.geodata NULL without a file */
    bool is_window;                   /* a window of the country fills the frame */
    bool is_cut;                      /* a counted area reaches out of it */
    EvmGeodata *owned[2];
    EvmArena *arena; /* of the paths, when it is the map's own */
} EvmMap;

typedef struct {
    const EvmUniverse *universe;  /* its counted areas fill the frame */
    const EvmExtent *window;      /* NULL; or what fills it instead, without margin */
    const EvmGeodata *neighbours; /* NULL: none */
    const char *crs;              /* NULL: Albers for the counted areas */
    EvmRect frame;
    double margin_px;    /* kept free inside the frame */
    double tolerance_px; /* of the simplification */
    EvmArena *arena;     /* where areas' paths are put, to outlive the map; NULL: its own */
} EvmMapRequest;

/* EVM_ERROR_USAGE when the window shows no counted area. */
EvmMap *evm_map_compute(const EvmMapRequest *request, GError **error);
void evm_map_free(EvmMap *map);

/* False when the point has no place on the map plane. */
bool evm_map_find_point(const EvmMap *map, EvmLonLat place, EvmPoint *out);

/* True when a district reaches into the box, or fills it. */
bool evm_map_has_district(const EvmMap *map, EvmRect box);
/* The same of one district's area. */
bool evm_map_has_area(const EvmMap *map, size_t area, EvmRect box);
/* True for the country itself among its neighbours. */
bool evm_map_is_home(const EvmArea *area);

/* True for the arcs to take. */
typedef bool (*EvmArcFilter)(const EvmArc *arc, const void *user);
/* The chosen arcs, each once, as an open path; points in `arena`. */
EvmPath evm_map_compute_arc_path(const EvmMapPart *part, EvmArcFilter filter, const void *user,
                                 EvmArena *arena);

#endif
