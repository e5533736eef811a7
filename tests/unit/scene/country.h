/* The shipped country and its events of 2021, and a measure that needs no fonts. */
#ifndef EVM_TESTS_SCENE_COUNTRY_H
#define EVM_TESTS_SCENE_COUNTRY_H

#include <glib.h>

#include "scene/sheet.h"

/* Letters of half an em: enough to lay out a sheet without fonts. */
static inline EvmTextExtents measure(void *user, const EvmFont *font, const char *text)
{
    (void)user;
    double letters = (double)g_utf8_strlen(text, -1);
    return (EvmTextExtents){letters * (0.5 * font->size_px + font->tracking_px),
                            0.95 * font->size_px, 0.25 * font->size_px, 0.7 * font->size_px};
}

typedef struct {
    EvmGazetteer *gazetteer;
    EvmGeodata *geodata, *neighbours;
    EvmEvents *events;
    EvmJoin *join;
    EvmUniverse *universe;
} Country;

static inline Country country_load(const char *const *provinces)
{
    static const char *const paths[] = {EVM_TEST_SOURCE_DIR "/events/events_2021.csv"};
    GError *error = NULL;
    Country country = {0};
    country.gazetteer = evm_gazetteer_load(EVM_TEST_SOURCE_DIR "/geodata", &error);
    g_assert_no_error(error);
    country.geodata =
        evm_geodata_load(EVM_TEST_SOURCE_DIR "/geodata/afg_districts.shp", NULL, &error);
    g_assert_no_error(error);
    country.neighbours =
        evm_geodata_load(EVM_TEST_SOURCE_DIR "/geodata/neighbours.shp", NULL, &error);
    g_assert_no_error(error);
    country.events = evm_events_load(paths, 1, NULL, NULL, &error);
    g_assert_no_error(error);
    country.join = evm_join_compute(country.events, country.gazetteer, NULL, NULL, &error);
    g_assert_no_error(error);
    country.universe =
        evm_universe_compute(country.geodata, country.gazetteer, provinces, NULL, &error);
    g_assert_no_error(error);
    return country;
}

static inline void country_free(Country *country)
{
    evm_universe_free(country->universe);
    evm_join_free(country->join);
    evm_events_free(country->events);
    evm_geodata_free(country->geodata);
    evm_geodata_free(country->neighbours);
    evm_gazetteer_free(country->gazetteer);
}

#endif
