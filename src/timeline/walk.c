#include "timeline/walk.h"

/* A day on which the holding of a district may differ from that of the day before. */
typedef struct {
    int32_t day;
    uint32_t district;
} Turn;

static int compare_turns(const void *pa, const void *pb)
{
    const Turn *a = pa, *b = pb;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return a->district < b->district ? -1 : a->district > b->district;
}

static void add_turn(GArray *turns, int32_t after, int32_t day, uint32_t district)
{
    Turn turn = {day, district};
    if (day > after)
        g_array_append_val(turns, turn);
}

static GArray *compute_turns(const EvmJoin *join, const EvmQuestion *question)
{
    GArray *turns = g_array_new(FALSE, FALSE, sizeof(Turn));
    int32_t after = question->date.days;
    for (size_t i = 0; i < join->claim_count; i++) {
        const EvmClaim *claim = &join->claims[i];
        if (!evm_claim_is_in_force(claim, question))
            continue;
        add_turn(turns, after, claim->effective.days, claim->district);
        if (claim->begin.days != claim->effective.days)
            add_turn(turns, after, claim->begin.days, claim->district);
        if (question->stale_after_days > 0)
            add_turn(turns, after, claim->effective.days + question->stale_after_days + 1,
                     claim->district);
    }
    g_array_sort(turns, compare_turns);
    return turns;
}

EvmWalk *evm_walk_new(const EvmJoin *join, const EvmQuestion *question)
{
    EvmWalk *walk = g_new0(EvmWalk, 1);
    walk->state = evm_state_compute(join, question);
    walk->turned = g_new(uint32_t, join->gazetteer->district_count);
    walk->turns = compute_turns(join, question);
    return walk;
}

void evm_walk_compute_next(EvmWalk *walk)
{
    EvmState *state = walk->state;
    int32_t day = ++state->question.date.days;
    walk->turned_count = 0;
    for (; walk->at < walk->turns->len; walk->at++) {
        const Turn *turn = &g_array_index(walk->turns, Turn, walk->at);
        if (turn->day > day)
            return;
        size_t turned = walk->turned_count;
        if (turned > 0 && walk->turned[turned - 1] == turn->district)
            continue;
        walk->turned[walk->turned_count++] = turn->district;
        state->holdings[turn->district] =
            evm_state_compute_holding(state->join, turn->district, &state->question);
    }
}

void evm_walk_free(EvmWalk *walk)
{
    if (!walk)
        return;
    evm_state_free(walk->state);
    g_array_unref(walk->turns);
    g_free(walk->turned);
    g_free(walk);
}
