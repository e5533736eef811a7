#include "timeline/state.h"

EvmState *evm_state_compute(const EvmJoin *join, EvmDate date)
{
    size_t count = join->gazetteer->district_count;
    EvmState *state = g_new0(EvmState, 1);
    state->join = join;
    state->date = date;
    state->holdings = g_new0(EvmHolding, count);
    for (size_t d = 0; d < count; d++) {
        EvmHolding *holding = &state->holdings[d];
        holding->claim = -1;
        /* Claims are sorted so that the last one in force decides. */
        for (size_t c = join->first_claim[d]; c < join->first_claim[d + 1]; c++) {
            if (join->claims[c].effective.days > date.days)
                break;
            *holding = (EvmHolding){join->claims[c].control, (int32_t)c};
        }
    }
    return state;
}

void evm_state_free(EvmState *state)
{
    if (!state)
        return;
    g_free(state->holdings);
    g_free(state);
}
