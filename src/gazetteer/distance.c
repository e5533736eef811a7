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
    {"bpwf", 12}, {"td", 8},    {"bp", 8}, {"mn", 12}, {"sz", 8}, {"c$s", 8}, {"jc", 10},
    {"hx", 8},    {"kqgx&", 6}, {"kq", 3}, {"g&", 4},  {"x&", 6}, {"zj", 5},  {"AIUEO", 7},
    {"wUO", 4},   {"yIE", 4},   {"IE", 3}, {"UO", 2},  {"AE", 4}, {"AO", 4},
};

/* Signs of letters.c. Shapes first (they differ by dots alone), then sounds. */
static const Group LETTER_GROUPS[] = {
    {"bpt9ny", 10}, {"jCHxQJ", 7}, {"dD1", 7},  {"rRz45", 8}, {"sS7", 9}, {"62", 9},   {"83", 9},
    {"eG", 7},      {"fq", 9},     {"kg", 5},   {"ae", 6},    {"hH", 3},  {"s69", 3},  {"z123", 3},
    {"t8", 3},      {"tT", 2},     {"dD", 2},   {"rR", 2},    {"nN", 2},  {"57xg", 7}, {"7S", 4},
    {"54z", 5},     {"QCs", 5},    {"JjzD", 6}, {"wy", 12},   {"ah", 8},
};

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

void evm_costs_init_sounds(EvmCosts *costs)
{
    init_plain(costs);
    for (size_t i = 0; i < G_N_ELEMENTS(SOUND_GROUPS); i++)
        add_group(costs, &SOUND_GROUPS[i]);
    set_gaps(costs, "AIUEO", 7);
    set_gaps(costs, "wy", 9);
    set_gaps(costs, "h", 6);
}

void evm_costs_init_letters(EvmCosts *costs)
{
    init_plain(costs);
    for (size_t i = 0; i < G_N_ELEMENTS(LETTER_GROUPS); i++)
        add_group(costs, &LETTER_GROUPS[i]);
    set_gaps(costs, "awy", 6);
    set_gaps(costs, "he", 8);
}

typedef struct {
    const EvmCosts *costs;
    const char *a, *b;
    unsigned rows[3][EVM_NAME_LETTERS + 2]; /* of the last letters of a, by length of b */
} Alignment;

static unsigned gap_at(const Alignment *alignment, char letter)
{
    return alignment->costs->gap[letter & 0x7F];
}

static unsigned cell_at(const Alignment *alignment, unsigned i, unsigned j)
{
    const char *a = alignment->a, *b = alignment->b;
    const unsigned *above = alignment->rows[(i - 1) % 3], *row = alignment->rows[i % 3];
    unsigned best = above[j - 1] + alignment->costs->replace[a[i - 1] & 0x7F][b[j - 1] & 0x7F];
    best = MIN(best, above[j] + gap_at(alignment, a[i - 1]));
    best = MIN(best, row[j - 1] + gap_at(alignment, b[j - 1]));
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        best = MIN(best, alignment->rows[(i - 2) % 3][j - 2] + EVM_COST_SLIP);
    return best;
}

unsigned evm_costs_compute_distance(const EvmCosts *costs, const char *a, const char *b,
                                    unsigned limit)
{
    Alignment alignment = {.costs = costs, .a = a, .b = b};
    unsigned a_length = (unsigned)strlen(a), b_length = (unsigned)strlen(b);
    for (unsigned j = 0; j < b_length; j++)
        alignment.rows[0][j + 1] = alignment.rows[0][j] + gap_at(&alignment, b[j]);
    for (unsigned i = 1; i <= a_length; i++) {
        unsigned *row = alignment.rows[i % 3];
        unsigned least = row[0] = alignment.rows[(i - 1) % 3][0] + gap_at(&alignment, a[i - 1]);
        for (unsigned j = 1; j <= b_length; j++) {
            row[j] = cell_at(&alignment, i, j);
            least = MIN(least, row[j]);
        }
        if (least > limit)
            return limit + 1;
    }
    return MIN(alignment.rows[a_length % 3][b_length], limit + 1);
}
