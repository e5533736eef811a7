#include "cli/options.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/option_parts.h"
#include "pipeline/render.h"

typedef bool (*Setter)(EvmCliOptions *options, const char *value, GError **error);

typedef struct {
    const char *name;    /* without the dashes */
    char letter;         /* 0: none */
    unsigned verbs;      /* EVM_FOR_… */
    const char *operand; /* NULL: a switch */
    const char *help;
    Setter set;
} Option;

bool evm_cli_refuse(GError **error, const char *format, const char *value)
{
    g_autofree char *safe = evm_text_format_terminal(value);
    GString *message = g_string_new(format);
    g_string_replace(message, "%s", safe, 1);
    g_set_error_literal(error, EVM_ERROR, EVM_ERROR_USAGE, message->str);
    g_string_free(message, TRUE);
    return false;
}

static bool set_date(EvmCliOptions *options, const char *value, GError **error)
{
    return evm_date_parse(value, &options->date) ||
           evm_cli_refuse(error, "--date '%s' is no day: write it as 2021-07-05", value);
}

static bool set_events(EvmCliOptions *options, const char *value, GError **error)
{
    (void)error;
    g_ptr_array_add(options->events, g_strdup(value));
    return true;
}

static bool set_area(EvmCliOptions *options, const char *value, GError **error)
{
    g_auto(GStrv) names = g_strsplit(value, ",", -1);
    for (char **name = names; *name; name++) {
        g_strstrip(*name);
        if (**name == '\0')
            return evm_cli_refuse(
                error, "--area '%s' has an empty name: write --area Kunduz,Takhar", value);
        g_ptr_array_add(options->provinces, g_strdup(*name));
    }
    return true;
}

static bool set_string(char **slot, const char *value)
{
    g_free(*slot);
    *slot = g_strdup(value);
    return true;
}

static bool set_geodata(EvmCliOptions *options, const char *value, GError **error)
{
    if (!g_str_has_suffix(value, ".shp"))
        return evm_cli_refuse(error, "--geodata '%s' is no shapefile: name the .shp", value);
    return set_string(&options->geodata, value);
}

static bool set_district(EvmCliOptions *options, const char *value, GError **error)
{
    (void)error;
    return set_string(&options->district, value);
}

static bool set_out(EvmCliOptions *options, const char *value, GError **error)
{
    if (value[0] == '\0')
        return evm_cli_refuse(error, "--out '%s' names no folder", value);
    return set_string(&options->out, value);
}

static bool set_province(EvmCliOptions *options, const char *value, GError **error)
{
    (void)error;
    return set_string(&options->province, value);
}

static bool set_universe(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"398", "401", "421", NULL};
    static const EvmUniverseKind kinds[] = {EVM_UNIVERSE_398, EVM_UNIVERSE_401, EVM_UNIVERSE_421};
    for (unsigned i = 0; known[i]; i++)
        if (strcmp(known[i], value) == 0) {
            options->universe = kinds[i];
            return true;
        }
    return evm_cli_refuse_word(error, "--universe", value, known);
}

static bool set_aliases(EvmCliOptions *options, const char *value, GError **error)
{
    (void)error;
    return set_string(&options->aliases, value);
}

static bool set_write_aliases(EvmCliOptions *options, const char *value, GError **error)
{
    if (strcmp(value, "-") == 0)
        return evm_cli_refuse(error, "--write-aliases '%s' is no file: name one to fill in", value);
    return set_string(&options->write_aliases, value);
}

static bool set_crs(EvmCliOptions *options, const char *value, GError **error)
{
    (void)error;
    return set_string(&options->crs, value);
}

/* Says which of the known words was meant. */
bool evm_cli_refuse_word(GError **error, const char *option, const char *value,
                         const char *const *known)
{
    const char *nearest = evm_text_find_nearest(value, known);
    g_autofree char *all = g_strjoinv(", ", (char **)known);
    g_autofree char *safe = evm_text_format_terminal(value);
    if (nearest)
        g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE, "%s knows no '%s': did you mean '%s'?",
                    option, safe, nearest);
    else
        g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE, "%s knows no '%s', only: %s", option, safe,
                    all);
    return false;
}

int evm_cli_find_word(const char *option, const char *value, const char *const *known,
                      GError **error)
{
    for (int i = 0; known[i]; i++)
        if (strcmp(known[i], value) == 0)
            return i;
    evm_cli_refuse_word(error, option, value, known);
    return -1;
}

static bool set_formats(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"png", "svg", "pdf", "csv", "geojson", NULL};
    static const unsigned flags[] = {EVM_FORMAT_PNG, EVM_FORMAT_SVG, EVM_FORMAT_PDF, EVM_FORMAT_CSV,
                                     EVM_FORMAT_GEOJSON};
    g_auto(GStrv) words = g_strsplit(value, ",", -1);
    options->formats = 0;
    if (!*words)
        return evm_cli_refuse(error, "--formats '%s' names no format", value);
    for (char **word = words; *word; word++) {
        int index = evm_cli_find_word("--formats", g_strstrip(*word), known, error);
        if (index < 0)
            return false;
        options->formats |= flags[index];
    }
    return true;
}

static bool set_svg(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"text", "outlined", NULL};
    if (strcmp(value, "text") != 0 && strcmp(value, "outlined") != 0)
        return evm_cli_refuse_word(error, "--svg", value, known);
    options->is_outlined = strcmp(value, "outlined") == 0;
    return true;
}

static bool parse_side(const char *text, double *out)
{
    return evm_text_parse_number(text, out) && *out >= 1 && *out <= 1e6 &&
           *out == (double)(unsigned)*out;
}

static bool set_size(EvmCliOptions *options, const char *value, GError **error)
{
    g_auto(GStrv) sides = g_strsplit(value, "x", -1);
    if (g_strv_length(sides) == 2 && parse_side(sides[0], &options->width_px) &&
        parse_side(sides[1], &options->height_px))
        return true;
    return evm_cli_refuse(error, "--size '%s' is no size in whole px: write it as 1600x1200",
                          value);
}

static bool set_scale(EvmCliOptions *options, const char *value, GError **error)
{
    double scale;
    if (!evm_text_parse_number(value, &scale) || scale < 0.1 || scale > 20)
        return evm_cli_refuse(error, "--scale '%s' is no number from 0.1 to 20", value);
    options->scale = scale;
    return true;
}

static bool set_format(EvmCliOptions *options, const char *value, GError **error)
{
    static const char *const known[] = {"text", "csv", "json", NULL};
    for (unsigned i = 0; known[i]; i++) {
        if (strcmp(known[i], value) != 0)
            continue;
        options->table = (EvmTableFormat)i;
        return options->has_table = true;
    }
    return evm_cli_refuse_word(error, "--format", value, known);
}

static bool set_quiet(EvmCliOptions *options, const char *value, GError **error)
{
    (void)value, (void)error;
    return options->is_quiet = true;
}

static bool set_verbose(EvmCliOptions *options, const char *value, GError **error)
{
    (void)value, (void)error;
    return options->is_verbose = true;
}

static bool set_help(EvmCliOptions *options, const char *value, GError **error)
{
    (void)value, (void)error;
    return options->wants_help = true;
}

static const Option table[] = {
    {"date", 0, EVM_FOR_DAY, "YYYY-MM-DD", "the day whose end the map shows (required)", set_date},
    {"date", 0, EVM_FOR_CHANGES, "YYYY-MM-DD", "one day, as known on two others", set_date},
    {"date", 0, EVM_FOR_PLACES, "YYYY-MM-DD", "the day of P-codes that changed their meaning",
     set_date},
    {"versus", 0, EVM_FOR_CHANGES, "YYYY-MM-DD",
     "with --date and --as-known-on: as known on this other day; default: now", evm_cli_set_versus},
    {"list", 0, EVM_FOR_CHANGES, "all|net|sums",
     "every change, what they come to for a district, or for an actor; default: all",
     evm_cli_set_list},
    {"from", 0, EVM_FOR_PERIOD, "YYYY-MM-DD", "the first day", evm_cli_set_from},
    {"to", 0, EVM_FOR_PERIOD, "YYYY-MM-DD", "the last day", evm_cli_set_to},
    {"step", 0, EVM_FOR_TIMELINE, "day|week|month|change",
     "which days get a frame: change is every day on which a district is held otherwise than the "
     "day "
     "before; default: day",
     evm_cli_set_step},
    {"by", 0, EVM_FOR_STATUS, "province|district",
     "a row a province, or a district with its doubt and events; default: province",
     evm_cli_set_rows},
    {"by", 0, EVM_FOR_SERIES, "district|area|population", "what to count; default: district",
     evm_cli_set_by},
    {"area", 0, EVM_FOR_RENDER | EVM_FOR_STATUS | EVM_FOR_PERIOD, "PROVINCE[,…]",
     "only these provinces (may be repeated); the others stay as context", set_area},
    {"bbox", 0, EVM_FOR_SHEET, "W,S,E,N",
     "what the map shows, in degrees (66.5,36,71,38.5); what is counted stays the same",
     evm_cli_set_window},
    {"as-known-on", 0, EVM_FOR_CLAIMS, "YYYY-MM-DD",
     "only what had been reported by then; default: all", evm_cli_set_known},
    {"dispute-window", 0, EVM_FOR_CLAIMS, "DAYS|off",
     "how near in time contradicting sources make a dispute; default: 3",
     evm_cli_set_dispute_window},
    {"stale-after", 0, EVM_FOR_CLAIMS, "DAYS|off",
     "mark districts whose last evidence is older; default: off", evm_cli_set_stale_after},
    {"baseline", 0, EVM_FOR_CLAIMS, "ACTOR|none",
     "who holds districts that nobody claimed, as in --baseline government; default: none",
     evm_cli_set_baseline},
    {"events", 0, EVM_FOR_ALL, "FILE…",
     "event tables (CSV); - is standard input; default: the shipped events of 2021", set_events},
    {"preset", 0, EVM_FOR_ALL, "native|acled|ucdp|gtd",
     "whose columns the event tables have; default: recognised by the header", evm_cli_set_preset},
    {"map", 0, EVM_FOR_ALL, "THEIRS=OURS[,…]",
     "a column of the event tables and what it is to evmap, as in --map ort=district",
     evm_cli_set_map},
    {"date-order", 0, EVM_FOR_ALL, "dmy|mdy|ymd",
     "how to read 05/07/2021; default: as the whole column settles it; ymd: refuse all but "
     "2021-07-05",
     evm_cli_set_date_order},
    {"calendar", 0, EVM_FOR_ALL, "gregorian|solar-hijri",
     "of the dates in the event tables; default: gregorian", evm_cli_set_calendar},
    {"delimiter", 0, EVM_FOR_ALL, "comma|semicolon|tab",
     "between cells; default: the commonest in the header", evm_cli_set_delimiter},
    {"encoding", 0, EVM_FOR_ALL, "NAME",
     "utf-8, utf-16le, utf-16be, windows-1256 or iso-8859-1; default: by the first bytes, or utf-8",
     evm_cli_set_encoding},
    {"geodata", 0, EVM_FOR_ALL, "FILE",
     "district boundaries (.shp); default: the shipped 398 districts", set_geodata},
    {"universe", 0, EVM_FOR_ALL | EVM_FOR_PLACES, "398|401|421",
     "which districts are counted: those of 2014, the P-codes of 2021, those with the temporary "
     "ones; default: those that the file draws",
     set_universe},
    {"aliases", 0, EVM_FOR_ALL | EVM_FOR_PLACES, "FILE",
     "your own names of places (CSV: alias, province, pcode); they come first", set_aliases},
    {"write-aliases", 0, EVM_FOR_CHECK, "FILE",
     "write the names that joined nothing, ready to fill in for --aliases", set_write_aliases},
    {"out", 0, EVM_FOR_RENDER, "FOLDER", "where to write; default: out", set_out},
    {"out", 0, EVM_FOR_TIMELINE, "FOLDER", "where to write; default: out/timeline", set_out},
    {"layout", 0, EVM_FOR_SHEET, "NAME",
     "landscape, portrait, square, story, card, film, thumbnail, a4 or a3; default: by the size",
     evm_cli_set_layout},
    {"lang", 0, EVM_FOR_TIMELINE, "en|fa|ps|fr",
     "language of the sheets, or a language file; "
     "default: en",
     evm_cli_set_languages},
    {"lang", 0, EVM_FOR_RENDER, "en,fa,ps,fr",
     "language of the sheet, one map each, or a language file; default: en", evm_cli_set_languages},
    {"theme", 0, EVM_FOR_SHEET | EVM_FOR_THEME, "light|dark|print|FILE",
     "colours, lines, credit and logo of the sheet; default: light", evm_cli_set_theme},
    {"formats", 0, EVM_FOR_RENDER, "png,svg,pdf,csv,geojson",
     "what to write; default: png,svg, or pdf for a4 and a3", set_formats},
    {"formats", 0, EVM_FOR_TIMELINE, "png,svg,pdf,…",
     "and csv,geojson of every frame; series, chart, multiples: the whole period; films: mp4, "
     "webm, "
     "webp, gif; default: png",
     evm_cli_set_frame_formats},
    {"lossy-palette", 0, EVM_FOR_TIMELINE, NULL,
     "PNG frames of 256 colours: small files, edges a little coarser", evm_cli_set_lossy_palette},
    {"fps", 0, EVM_FOR_TIMELINE, "N", "frames a second in films; default: 4", evm_cli_set_fps},
    {"fade", 0, EVM_FOR_TIMELINE, "SECONDS",
     "how long a film's frames fade into each other; default: 0, a cut", evm_cli_set_fade},
    {"hold", 0, EVM_FOR_TIMELINE, "SECONDS",
     "how much longer a film's last frame stays; default: 3", evm_cli_set_hold},
    {"svg", 0, EVM_FOR_RENDER, "text|outlined",
     "outlined: also an SVG with its text as outlines, for print; default: text", set_svg},
    {"size", 0, EVM_FOR_SHEET, "WxH", "of the sheet in px; default: the layout's, 1600x1200",
     set_size},
    {"scale", 0, EVM_FOR_SHEET, "N", "pixels a px in the PNG; default: 1", set_scale},
    {"crs", 0, EVM_FOR_SHEET, "CRS",
     "projection, as PROJ writes it (EPSG:32642); default: Albers for the area", set_crs},
    {"graticule", 0, EVM_FOR_SHEET, NULL, "draw meridians and parallels", evm_cli_set_graticule},
    {"district", 0, EVM_FOR_EXPLAIN, "NAME", "the district to explain, or its P-code (required)",
     set_district},
    {"province", 0, EVM_FOR_PLACES | EVM_FOR_EXPLAIN, "PROVINCE",
     "where the places are, if it is known", set_province},
    {"format", 0,
     EVM_FOR_STATUS | EVM_FOR_PLACES | EVM_FOR_EXPLAIN | EVM_FOR_SERIES | EVM_FOR_CHANGES,
     "text|csv|json", "of the table; default: text", set_format},
    {"jobs", 0, EVM_FOR_TIMELINE, "N",
     "threads; the files do not depend on it; default: all "
     "processors",
     evm_cli_set_jobs},
    {"shard", 0, EVM_FOR_TIMELINE, "K/N",
     "only every N-th frame from the K-th on; evmap timeline merge then writes the index",
     evm_cli_set_shard},
    {"dry-run", 0, EVM_FOR_TIMELINE, NULL, "list what would be made, and make nothing",
     evm_cli_set_dry_run},
    {"progress", 0, EVM_FOR_TIMELINE, "auto|json",
     "json: one JSON object a frame on standard error; default: a bar on a terminal",
     evm_cli_set_progress},
    {"quiet", 'q', EVM_FOR_ALL, NULL, "say nothing but errors", set_quiet},
    {"verbose", 'v', EVM_FOR_ALL, NULL, "say what was assumed and left out", set_verbose},
    {"help", 'h', EVM_FOR_ALL | EVM_FOR_PLACES | EVM_FOR_THEME, NULL, "show this and stop",
     set_help},
};

static void init_options(EvmCliOptions *options)
{
    *options = (EvmCliOptions){
        .date = EVM_DATE_NONE,
        .from = EVM_DATE_NONE,
        .to = EVM_DATE_NONE,
        .versus = EVM_DATE_NONE,
        .known = EVM_KNOWN_NOW,
        .dispute_window_days = EVM_DISPUTE_WINDOW_DAYS,
        .events = g_ptr_array_new_with_free_func(g_free),
        .map = g_ptr_array_new_with_free_func(g_free),
        .provinces = g_ptr_array_new_with_free_func(g_free),
        .names = g_ptr_array_new_with_free_func(g_free),
        .given = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free),
        .scale = 1,
        .frames_per_s = 4,
        .hold_s = 3,
        .shard = 1,
        .shards = 1,
    };
}

void evm_cli_options_clear(EvmCliOptions *options)
{
    g_clear_pointer(&options->events, g_ptr_array_unref);
    g_clear_pointer(&options->map, g_ptr_array_unref);
    g_clear_pointer(&options->provinces, g_ptr_array_unref);
    g_clear_pointer(&options->names, g_ptr_array_unref);
    g_clear_pointer(&options->given, g_hash_table_destroy);
    g_free(options->province);
    g_free(options->district);
    g_free(options->aliases);
    g_free(options->write_aliases);
    g_free(options->geodata);
    g_free(options->out);
    g_free(options->crs);
    g_free(options->layout);
    g_clear_pointer(&options->languages, g_ptr_array_unref);
    g_clear_pointer(&options->theme, evm_theme_free);
    g_free(options->baseline);
    *options = (EvmCliOptions){0};
}

static const Option *find_option(const char *name, size_t length, unsigned verb)
{
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
        if (table[i].verbs & verb && strlen(table[i].name) == length &&
            strncmp(table[i].name, name, length) == 0)
            return &table[i];
    return NULL;
}

static const Option *find_letter(char letter, unsigned verb)
{
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
        if (table[i].verbs & verb && table[i].letter == letter && letter)
            return &table[i];
    return NULL;
}

static bool refuse_option(const char *word, size_t length, unsigned verb, GError **error)
{
    const char *known[G_N_ELEMENTS(table) + 1] = {NULL};
    size_t count = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
        if (table[i].verbs & verb)
            known[count++] = table[i].name;
    g_autofree char *name = g_strndup(word, length);
    const char *nearest = evm_text_find_nearest(name, known);
    g_autofree char *safe = evm_text_format_terminal(name);
    g_set_error(error, EVM_ERROR, EVM_ERROR_USAGE, "no option '--%s'%s%s%s", safe,
                nearest ? ": did you mean '--" : "", nearest ? nearest : "", nearest ? "'?" : "");
    return false;
}

/* Reads the option at args[*at], and its value from the same word or the next. */
static bool take_option(EvmCliOptions *options, unsigned verb, const char *const *args, size_t *at,
                        GError **error)
{
    const char *word = args[*at], *value = NULL;
    const Option *option;
    if (word[1] == '-') {
        size_t length = strcspn(word + 2, "=");
        option = find_option(word + 2, length, verb);
        if (!option)
            return refuse_option(word + 2, length, verb, error);
        value = word[2 + length] == '=' ? word + 3 + length : NULL;
    } else {
        option = word[2] == '\0' ? find_letter(word[1], verb) : NULL;
        if (!option)
            return evm_cli_refuse(error, "no option '%s': options are written --name", word);
    }
    if (!option->operand && value)
        return evm_cli_refuse(error, "'%s' takes no value", word);
    if (option->operand && !value) {
        if (!args[*at + 1])
            return evm_cli_refuse(error, "'%s' needs a value behind it", word);
        value = args[++*at];
    }
    if (value && *value == '\0') /* a variable of the shell that is not set */
        return evm_cli_refuse(error, "'--%s' has an empty value", option->name);
    return evm_cli_add_given(options, option->name, value, error) &&
           option->set(options, value, error);
}

static bool refuse_operand(unsigned verb, const char *word, GError **error)
{
    static const char *const known[] = {"merge", NULL};
    EvmDate date;
    if (evm_date_parse(word, &date))
        return evm_cli_refuse(error, "'%s' stands alone: write --date before it", word);
    if (verb & EVM_FOR_TIMELINE)
        return evm_cli_refuse_word(error, "timeline", word, known);
    return evm_cli_refuse(error, "'%s' belongs to no option", word);
}

static void end_array(GPtrArray *array)
{
    if (array->len > 0)
        g_ptr_array_add(array, NULL);
}

bool evm_cli_options_parse(EvmCliOptions *options, unsigned verb, const char *const *args,
                           GError **error)
{
    bool in_events = false; /* --events takes all words up to the next option */
    init_options(options);
    for (size_t i = 0; args[i]; i++) {
        bool is_option = args[i][0] == '-' && args[i][1] != '\0';
        if (!is_option && in_events) {
            g_ptr_array_add(options->events, g_strdup(args[i]));
            continue;
        }
        if (!is_option && verb & (EVM_FOR_PLACES | EVM_FOR_THEME)) {
            g_ptr_array_add(options->names, g_strdup(args[i]));
            continue;
        }
        if (!is_option && verb & EVM_FOR_TIMELINE && strcmp(args[i], "merge") == 0) {
            options->is_merge = true;
            continue;
        }
        if (!is_option)
            return refuse_operand(verb, args[i], error);
        in_events = g_str_has_prefix(args[i], "--events");
        if (!take_option(options, verb, args, &i, error))
            return false;
    }
    end_array(options->events);
    end_array(options->map);
    end_array(options->provinces);
    if (verb & EVM_FOR_SHEET && !options->languages && !options->wants_help &&
        !evm_cli_set_languages(options, "en", error))
        return false;
    if (verb & (EVM_FOR_SHEET | EVM_FOR_THEME) && !options->theme && !options->wants_help &&
        !evm_cli_set_theme(options, "light", error))
        return false;
    return options->wants_help || evm_cli_options_is_complete(options, verb, error);
}

EvmInputsRequest evm_cli_options_compute_inputs(const EvmCliOptions *options)
{
    EvmEventOptions how = options->how;
    how.map = options->map->len ? (const char *const *)options->map->pdata : NULL;
    return (EvmInputsRequest){
        .data_folder = EVMAP_DATA_DIR,
        .event_options = how,
        .event_paths = options->events->len ? (const char *const *)options->events->pdata : NULL,
        .geodata_path = options->geodata,
        .aliases_path = options->aliases,
        .universe = options->universe,
        .baseline = options->baseline,
        .provinces =
            options->provinces->len ? (const char *const *)options->provinces->pdata : NULL,
    };
}

void evm_cli_options_write_help(GString *out, unsigned verb)
{
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        const Option *option = &table[i];
        if (!(option->verbs & verb))
            continue;
        g_autofree char *letter = option->letter ? g_strdup_printf("-%c, ", option->letter) : NULL;
        g_autofree char *flag =
            g_strdup_printf("%s--%s%s%s", letter ? letter : "    ", option->name,
                            option->operand ? " " : "", option->operand ? option->operand : "");
        glong width = g_utf8_strlen(flag, -1);
        g_string_append_printf(out, "  %s%*s%s\n", flag, (int)MAX(2, 29 - width), "", option->help);
    }
}
