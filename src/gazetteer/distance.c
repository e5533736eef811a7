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
static int16_t compute_least(const EvmCosts *costs, uint8_t group)
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
    return (int16_t)least;
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

EvmClassCounts evm_costs_count_classes(const EvmCosts *costs, const char *key)
{
    EvmClassCounts counts = {{0}};
    for (; *key; key++) {
        uint8_t group = costs->classes[*key & 0x7F];
        if (group < EVM_CLASS_COUNT)
            counts.counts[group]++;
    }
    return counts;
}

unsigned evm_costs_compute_whole(const EvmCosts *costs, const char *key)
{
    unsigned cost = 0;
    for (; *key; key++)
        cost += costs->gap[*key & 0x7F];
    return cost;
}

/* Each step of an alignment changes the number of at most one class up and of one class down. */
unsigned evm_costs_compute_bound(const EvmCosts *costs, const EvmClassCounts *a,
                                 const EvmClassCounts *b)
{
    int more = 0, less = 0;
    for (unsigned i = 0; i < EVM_CLASS_COUNT; i++) {
        int cost = (a->counts[i] - b->counts[i]) * costs->least[i];
        more += MAX(cost, 0);
        less += MAX(-cost, 0);
    }
    return (unsigned)MAX(more, less);
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

/* Costs of the letters of a up to some one, by how many of b. */
typedef struct {
    uint16_t costs[MOST];
} Line;

/* The next letter of a, with the line above it and, for letters swapped, the one above that. */
static unsigned fill_line(const EvmCosts *costs, const char *a, const char *b, const Line *above,
                          const Line *far_above, Line *line)
{
    const uint8_t *replace = costs->replace[a[0] & 0x7F];
    unsigned gap = costs->gap[a[0] & 0x7F];
    unsigned least = line->costs[0] = (uint16_t)(above->costs[0] + gap);
    for (unsigned j = 1; b[j - 1]; j++) {
        char letter = b[j - 1];
        unsigned best = above->costs[j - 1] + replace[letter & 0x7F];
        best = MIN(best, above->costs[j] + gap);
        best = MIN(best, line->costs[j - 1] + (unsigned)costs->gap[letter & 0x7F]);
        if (far_above && j > 1 && a[0] == b[j - 2] && a[-1] == letter)
            best = MIN(best, far_above->costs[j - 2] + (unsigned)EVM_COST_SLIP);
        line->costs[j] = (uint16_t)best;
        least = MIN(least, best);
    }
    return least;
}

unsigned evm_costs_compute_distance(const EvmCosts *costs, const char *a, const char *b,
                                    unsigned limit)
{
    Line lines[3];
    size_t b_length = strlen(b);
    lines[0].costs[0] = 0;
    for (size_t j = 0; j < b_length; j++)
        lines[0].costs[j + 1] = (uint16_t)(lines[0].costs[j] + costs->gap[b[j] & 0x7F]);
    size_t i = 0;
    for (; a[i]; i++)
        if (fill_line(costs, a + i, b, &lines[i % 3], i > 0 ? &lines[(i + 2) % 3] : NULL,
                      &lines[(i + 1) % 3]) > limit)
            return limit + 1;
    return MIN(lines[i % 3].costs[b_length], limit + 1);
}
