#include "gazetteer/distance.h"

#include <glib.h>
#include <string.h>

#include "gazetteer/letters.h"

/* Letters that are confused at one price; every two of a group. */
typedef struct {
    const char *letters;
    uint8_t cost;
} Group;

/* Cheaper groups last: they have the last word. */
static const Group SOUND_GROUPS[] = {
    {"bpwf", 12}, {"td", 8},  {"bp", 8},    {"mn", 12}, {"sz", 8}, {"c$s", 8}, {"jc", 10},
    {"gj", 10},   {"hx", 10}, {"kqgx&", 6}, {"kq", 3},  {"g&", 4}, {"x&", 6},  {"zj", 5},
    {"cx", 10},   {"jy", 10}, /* German */
    {"AIUEO", 7}, {"wUO", 4}, {"yIE", 4},   {"IE", 3},  {"UO", 2}, {"AE", 4},  {"AO", 4},
};

/* Signs of letters.c. Shapes first (they differ by dots alone), then sounds. */
static const Group LETTER_GROUPS[] = {
    {"bpt9ny", 10}, {"jCHxQJ", 7}, {"dD1", 7},  {"rRz45", 8}, {"sS7", 9}, {"62", 9},   {"83", 9},
    {"eG", 7},      {"fq", 9},     {"kg", 5},   {"ae", 6},    {"hH", 3},  {"s69", 3},  {"z123", 3},
    {"t8", 3},      {"tT", 2},     {"dD", 2},   {"rR", 2},    {"nN", 2},  {"57xg", 7}, {"7S", 4},
    {"54z", 5},     {"QCs", 5},    {"JjzD", 6}, {"wy", 12},   {"ah", 8},
};

/* Digits may stand with any class that is as dear as they are. */
static const char *const SOUND_CLASSES[EVM_CLASS_COUNT] = {"bpf",   "td",          "mn", "szc$j",
                                                           "kqg&x", "l0123456789", "r",  "AIUEOwy"};
static const char *const LETTER_CLASSES[EVM_CLASS_COUNT] = {
    "l", "m", "rR", "bpnN", "tT8", "kgfq", "aweyG", "jCHxQJ57S4z123dDs69h"};

static void init_plain(EvmCosts *costs)
{
    memset(costs->replace, EVM_COST_SLIP, sizeof costs->replace);
    memset(costs->gap, EVM_COST_SLIP, sizeof costs->gap);
    for (unsigned i = 0; i < G_N_ELEMENTS(costs->gap); i++)
        costs->replace[i][i] = 0;
}

static void add_group(EvmCosts *costs, const Group *group)
{
    for (const char *a = group->letters; *a; a++)
        for (const char *b = group->letters; *b; b++)
            if (a != b)
                costs->replace[(unsigned char)*a][(unsigned char)*b] = group->cost;
}

static void set_gaps(EvmCosts *costs, const char *letters, uint8_t cost)
{
    for (; *letters; letters++)
        costs->gap[(unsigned char)*letters] = cost;
}

/* What it costs at least to write a letter of the class for one that is not of it, or to leave one
 * out. */
static uint8_t compute_least(const EvmCosts *costs, uint8_t group)
{
    unsigned least = UINT8_MAX;
    for (unsigned a = 0; a < G_N_ELEMENTS(costs->classes); a++) {
        if (costs->classes[a] != group)
            continue;
        least = MIN(least, costs->gap[a]);
        for (unsigned b = 0; b < G_N_ELEMENTS(costs->classes); b++)
            if (costs->classes[b] != group)
                least = MIN(least, costs->replace[a][b]);
    }
    return (uint8_t)least;
}

static void init_classes(EvmCosts *costs, const char *const *classes)
{
    memset(costs->classes, EVM_CLASS_COUNT, sizeof costs->classes);
    for (uint8_t group = 0; group < EVM_CLASS_COUNT; group++)
        for (const char *letter = classes[group]; *letter; letter++)
            costs->classes[(unsigned char)*letter] = group;
    for (uint8_t group = 0; group < EVM_CLASS_COUNT; group++)
        costs->least[group] = compute_least(costs, group);
}

EvmClassWeights evm_costs_compute_weights(const EvmCosts *costs, const char *key)
{
    EvmClassWeights all = {{0}};
    for (; *key; key++) {
        uint8_t group = costs->classes[*key & 0x7F];
        if (group < EVM_CLASS_COUNT)
            all.of[group] = (uint8_t)MIN(all.of[group] + costs->least[group], EVM_CLASS_MOST);
    }
    return all;
}

unsigned evm_costs_compute_whole(const EvmCosts *costs, const char *key)
{
    unsigned cost = 0;
    for (; *key; key++)
        cost += costs->gap[*key & 0x7F];
    return cost;
}

bool evm_costs_is_confused(const EvmCosts *costs, uint8_t letter)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(costs->gap); i++)
        if (i != letter && costs->replace[letter][i] < EVM_COST_SLIP)
            return true;
    return false;
}

void evm_costs_init_sounds(EvmCosts *costs)
{
    init_plain(costs);
    for (size_t i = 0; i < G_N_ELEMENTS(SOUND_GROUPS); i++)
        add_group(costs, &SOUND_GROUPS[i]);
    set_gaps(costs, "AIUEO", 7);
    set_gaps(costs, "wy", 9);
    set_gaps(costs, "h", 6);
    init_classes(costs, SOUND_CLASSES);
}

void evm_costs_init_letters(EvmCosts *costs)
{
    init_plain(costs);
    for (size_t i = 0; i < G_N_ELEMENTS(LETTER_GROUPS); i++)
        add_group(costs, &LETTER_GROUPS[i]);
    set_gaps(costs, "awy", 6);
    set_gaps(costs, "he", 8);
    init_classes(costs, LETTER_CLASSES);
}

enum { MOST = EVM_NAME_LETTERS + 2 };

/* The letters of b from 1 on, and what it costs to leave each out. */
typedef struct {
    unsigned length;
    uint8_t letters[MOST];
    uint16_t gaps[MOST];
} Columns;

/* Costs of the letters of a up to some one, by how many of b. */
typedef struct {
    uint16_t costs[MOST];
} Line;

static void init_columns(const EvmCosts *costs, const char *b, Columns *columns, Line *first)
{
    unsigned sum = first->costs[0] = 0, j = 0;
    for (; b[j]; j++) {
        uint8_t letter = b[j] & 0x7F;
        columns->letters[j + 1] = letter;
        columns->gaps[j + 1] = costs->gap[letter];
        first->costs[j + 1] = (uint16_t)(sum += costs->gap[letter]);
    }
    columns->length = j;
}

/* The letter of a with the line above it and, for letters swapped, the letter before it and the
 * line above that; `before` is 0 where there is none. Returns the least of the line. */
static unsigned fill_line(const EvmCosts *costs, uint8_t letter, uint8_t before,
                          const Columns *columns, const Line *far_above, const Line *above,
                          Line *line)
{
    const uint8_t *replace = costs->replace[letter];
    unsigned gap = costs->gap[letter], diagonal = above->costs[0], left = diagonal + gap;
    unsigned least = left;
    line->costs[0] = (uint16_t)left;
    for (unsigned j = 1; j <= columns->length; j++) {
        unsigned up = above->costs[j], other = columns->letters[j];
        unsigned best = MIN(diagonal + replace[other], up + gap);
        if (other == before && j > 1 && letter == columns->letters[j - 1])
            best = MIN(best, far_above->costs[j - 2] + (unsigned)EVM_COST_SLIP);
        left = MIN(best, left + columns->gaps[j]);
        line->costs[j] = (uint16_t)left;
        least = MIN(least, left);
        diagonal = up;
    }
    return least;
}

unsigned evm_costs_compute_distance(const EvmCosts *costs, const char *a, const char *b,
                                    unsigned limit)
{
    Columns columns;
    Line lines[3], *far_above = &lines[0], *above = &lines[1], *line = &lines[2];
    uint8_t before = 0;
    init_columns(costs, b, &columns, above);
    for (; *a; a++) {
        uint8_t letter = *a & 0x7F;
        if (fill_line(costs, letter, before, &columns, far_above, above, line) > limit)
            return limit + 1;
        Line *free_line = far_above;
        far_above = above;
        above = line;
        line = free_line;
        before = letter;
    }
    return MIN(above->costs[columns.length], limit + 1);
}
