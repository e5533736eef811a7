/* How things look: colours by actor, line widths, fonts, the words and picture of who publishes.
 * Each theme is one key file (docs/themes.md describes it); light, dark and print are built in,
 * others are read from a file. Constant once loaded. */
#ifndef EVM_STYLE_THEME_H
#define EVM_STYLE_THEME_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/input_file.h"
#include "style/color.h"
#include "style/logo.h"

typedef struct {
    char *name;
    EvmColor color;
} EvmActorColor;

typedef enum { EVM_SCRIPT_LATIN, EVM_SCRIPT_ARABIC, EVM_SCRIPT_COUNT } EvmScript;
/* The heading of the sheet, and all other text. */
typedef enum { EVM_TYPE_BODY, EVM_TYPE_TITLE, EVM_TYPE_COUNT } EvmType;

typedef struct {
    char *family;  /* of a heading, empty: as of the body */
    unsigned line; /* of the theme's file that names it; 0: a built-in theme does */
} EvmThemeFont;

/* In one language. */
typedef struct {
    char *slug; /* "fa", as evm_language_find_slug */
    char *text;
} EvmCredit;

/* Widths are px at a 1600x1200 sheet; the sheet scales them. */
typedef struct {
    char *name, *slug; /* "light"; the slug is for file names */
    EvmInputFile file; /* what it was read from; path NULL: built in */
    char *credit;      /* a sentence below the notes; empty: none */
    GArray *credits;   /* EvmCredit: of languages that have one of their own */
    char *logo_path;   /* as it can be opened; empty: none */
    EvmLogo logo;
    EvmThemeFont fonts[EVM_TYPE_COUNT][EVM_SCRIPT_COUNT];
    char *font_folder;    /* of the theme's own font files, as it can be opened; empty: none */
    EvmColor page;        /* behind everything */
    EvmColor ink;         /* titles, labels */
    EvmColor ink_soft;    /* second lines */
    EvmColor ink_faint;   /* notes, province names */
    EvmColor rule;        /* thin rules between blocks */
    EvmColor land;        /* neighbouring countries */
    EvmColor land_border; /* between them */
    EvmColor land_label;
    EvmColor water;
    EvmColor context; /* districts outside the chosen area */
    EvmColor unassessed;
    EvmColor contested, contested_hatch;
    EvmColor district_border;
    EvmColor province_border;
    EvmColor country_border;
    EvmColor changed_border, changed_halo;
    EvmColor halo; /* of text */
    double district_border_px, province_border_px, country_border_px, changed_border_px;
    double changed_halo_px, land_border_px, contested_hatch_px;
    double stale_hatch_px, schematic_border_px, graticule_px, leader_px;
    GArray *actors; /* EvmActorColor: those that keep their colour */
    GArray *others; /* EvmColor: for the rest */
} EvmTheme;

/* `name` is that of a built-in theme or the path of a key file, which may start from a built-in
 * one. Errors: EVM_ERROR_USAGE for a name that is neither, with the nearest; EVM_ERROR_INPUT with
 * file and line for a key that is unknown or a value that is none, or a logo that is no PNG.
 * Whether the fonts are there is asked by who opens them (render/render.h). */
EvmTheme *evm_theme_load(const char *name, GError **error);
void evm_theme_free(EvmTheme *theme); /* NULL is fine */

const char *const *evm_theme_find_built_in(void); /* names, NULL-terminated */

/* Appends the whole theme as a key file: loading that gives the same theme. */
void evm_theme_write(const EvmTheme *theme, GString *out);

/* The sentence below the notes in the language of that slug; empty: none. Borrowed. */
const char *evm_theme_find_credit(const EvmTheme *theme, const char *slug);

/* The family of a script, never empty. Borrowed from the theme. */
const EvmThemeFont *evm_theme_find_font(const EvmTheme *theme, EvmType type, EvmScript script);

/* The paler ground below the lines that mark old evidence, for a fill. The lines have the fill's
 * own colour, or for contested districts that of their two which is seen better on the ground. */
EvmColor evm_theme_compute_stale(const EvmTheme *theme, EvmColor fill);
EvmColor evm_theme_find_contested_stale(const EvmTheme *theme);

/* The fill of districts held by `actor`, ASCII case-blind, or NULL: evm_signs_compute gives others
 * theirs. */
const EvmColor *evm_theme_find_actor(const EvmTheme *theme, const char *actor);

#endif
