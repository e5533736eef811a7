#include "timeline/pile.h"

#include <string.h>

#include "base/limits.h"

/* So few claims are kept without a look at them; so many neighbours are compared with each; so many
 * days of a window stand together. */
enum { FIRST_COMPACTION = 32, MOST_NEIGHBOURS = 256, BLOCK_DAYS = 32 };

typedef struct {
    EvmPileClaim *items;
    size_t count, capacity, compact_at;
} List;

/* What may matter to the state that one question asks for. */
typedef struct {
    List claims;
    bool has_best;
    EvmPileClaim best; /* the one that would decide now */
    int32_t let_go;    /* the latest effective day of claims in force that were not kept */
    int32_t keep_from; /* claims from this day on are kept, whatever decides */
} Answer;

/* The strongest claims that say one thing. */
typedef struct {
    EvmControl control;
    List claims;
    bool is_full; /* claims weaker than the last that was kept do not count any more */
    EvmPileClaim weakest;
} Evidence;

struct EvmPile {
    const EvmNeeds *needs;
    Answer answers[EVM_NEEDS_QUESTIONS_MAX];
    GArray *evidence;       /* of Evidence */
    EvmPileClaim **windows; /* the strongest claim of each day, in blocks; of the first day and all
                               before it on the first */
    int32_t first_day, day_count;
    GArray *mentions; /* of EvmPileClaim: the weakest that names each actor, as holder or before */
    EvmPileClaim dated; /* the weakest behind flips_from that dates a change */
    List always;
};

static EvmDate find_first_day(const EvmNeeds *needs)
{
    bool has_flips = !evm_date_is_none(needs->flips_from);
    if (evm_date_is_none(needs->history_from))
        return needs->flips_from;
    if (has_flips && needs->flips_from.days < needs->history_from.days)
        return needs->flips_from;
    return needs->history_from;
}

EvmPile *evm_pile_new(const EvmNeeds *needs)
{
    EvmPile *pile = g_new0(EvmPile, 1);
    EvmDate first = find_first_day(needs);
    pile->needs = needs;
    pile->evidence = g_array_new(FALSE, FALSE, sizeof(Evidence));
    pile->mentions = g_array_new(FALSE, FALSE, sizeof(EvmPileClaim));
    for (size_t i = 0; i < EVM_NEEDS_QUESTIONS_MAX; i++) {
        pile->answers[i].let_go = INT32_MIN;
        pile->answers[i].keep_from = INT32_MAX;
    }
    if (evm_date_is_none(first) || needs->to.days < first.days ||
        (int64_t)needs->to.days - first.days > EVM_LIMIT_SERIES_DAYS)
        return pile;
    pile->first_day = first.days;
    pile->day_count = needs->to.days - first.days + 1;
    pile->windows = g_new0(EvmPileClaim *, (size_t)(pile->day_count / BLOCK_DAYS + 1));
    return pile;
}

void evm_pile_free(EvmPile *pile)
{
    if (!pile)
        return;
    for (size_t i = 0; i < EVM_NEEDS_QUESTIONS_MAX; i++)
        g_free(pile->answers[i].claims.items);
    for (guint i = 0; i < pile->evidence->len; i++)
        g_free(g_array_index(pile->evidence, Evidence, i).claims.items);
    for (int32_t i = 0; pile->windows && i <= pile->day_count / BLOCK_DAYS; i++)
        g_free(pile->windows[i]);
    g_free(pile->windows);
    g_array_unref(pile->evidence);
    g_array_unref(pile->mentions);
    g_free(pile->always.items);
    g_free(pile);
}

/* The order of evm_claim_compute_order. */
static int compare(const EvmPileClaim *a, const EvmPileClaim *b)
{
    if (evm_claim_find_ground(&a->claim, &b->claim) != EVM_GROUND_ROW)
        return evm_claim_compute_order(&a->claim, &b->claim);
    return a->row.order < b->row.order ? -1 : a->row.order > b->row.order;
}

static int compare_claims(const void *a, const void *b, void *user)
{
    (void)user;
    return compare(a, b);
}

static void keep(List *list, const EvmPileClaim *claim)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity * 3 / 2 + 4;
        list->items = g_renew(EvmPileClaim, list->items, list->capacity);
    }
    list->items[list->count++] = *claim;
}

static void sort(List *list)
{
    g_qsort_with_data(list->items, (int)list->count, sizeof *list->items, compare_claims, NULL);
}

/* ---- states ---- */

/* Claims that took effect before this day cannot count any more, if `best` decides. */
static int32_t first_day_that_counts(const Answer *answer, const EvmQuestion *question)
{
    if (!answer->has_best)
        return INT32_MIN;
    return MIN(answer->keep_from,
               answer->best.claim.begin.days - MAX(question->dispute_window_days, 0));
}

void evm_pile_add_knowledge(EvmPile *pile, const EvmPile *before)
{
    for (size_t i = 0; i < pile->needs->question_count; i++)
        pile->answers[i].keep_from =
            first_day_that_counts(&before->answers[i], &pile->needs->questions[i]);
}

/* Whether the stronger of the two stands for the other: what state.c asks of claims that lose is
 * the same of both. */
static bool is_alike(const EvmPileClaim *pa, const EvmPileClaim *pb)
{
    const EvmClaim *a = &pa->claim, *b = &pb->claim;
    return a->begin.days == b->begin.days && a->known.days == b->known.days &&
           a->withdrawn.days == b->withdrawn.days && (a->sequence > 0) == (b->sequence > 0) &&
           evm_control_is_equal(a->control, b->control) &&
           evm_control_is_equal(a->before, b->before) && pa->source == pb->source;
}

/* Whether a stronger claim of that day says the same. */
static bool is_said_again(const List *list, size_t i)
{
    size_t end = MIN(list->count, i + MOST_NEIGHBOURS);
    for (size_t j = i + 1; j < end; j++) {
        if (list->items[i].claim.effective.days != list->items[j].claim.effective.days)
            return false;
        if (is_alike(&list->items[i], &list->items[j]))
            return true;
    }
    return false;
}

/* Lets go of what cannot count any more, and of all but the strongest of those that say the same.
 */
static void compact(Answer *answer, const EvmQuestion *question)
{
    List *list = &answer->claims;
    int32_t first = first_day_that_counts(answer, question);
    size_t count = 0;
    sort(list);
    for (size_t i = 0; i < list->count; i++) {
        int32_t day = list->items[i].claim.effective.days;
        if (day < first)
            answer->let_go = MAX(answer->let_go, day);
        else if (!is_said_again(list, i))
            list->items[count++] = list->items[i];
    }
    list->count = count;
    list->compact_at = 2 * count + FIRST_COMPACTION;
}

static void add_to_answer(Answer *answer, const EvmQuestion *question, const EvmPileClaim *claim)
{
    int32_t day = claim->claim.effective.days;
    if (claim->claim.begin.days > question->date.days ||
        !evm_claim_is_in_force(&claim->claim, question))
        return;
    if (day < first_day_that_counts(answer, question)) {
        answer->let_go = MAX(answer->let_go, day);
        return;
    }
    if (day <= question->date.days && (!answer->has_best || compare(claim, &answer->best) > 0)) {
        answer->best = *claim;
        answer->has_best = true;
    }
    keep(&answer->claims, claim);
    if (answer->claims.count >= MAX(answer->claims.compact_at, FIRST_COMPACTION))
        compact(answer, question);
}

/* ---- evidence ---- */

static Evidence *find_evidence(EvmPile *pile, EvmControl control)
{
    for (guint i = 0; i < pile->evidence->len; i++) {
        Evidence *evidence = &g_array_index(pile->evidence, Evidence, i);
        if (evm_control_is_equal(evidence->control, control))
            return evidence;
    }
    Evidence new = {.control = control};
    g_array_append_val(pile->evidence, new);
    return &g_array_index(pile->evidence, Evidence, pile->evidence->len - 1);
}

/* The strongest only, and one more, which tells that there are more. */
static void cut_evidence(Evidence *evidence)
{
    enum { MOST = EVM_EVIDENCE_ROWS + 1 };
    List *list = &evidence->claims;
    if (list->count < MOST)
        return;
    sort(list);
    memmove(list->items, list->items + list->count - MOST, MOST * sizeof *list->items);
    list->count = MOST;
    evidence->weakest = list->items[0];
    evidence->is_full = true;
}

static void add_evidence(EvmPile *pile, const EvmPileClaim *claim)
{
    const EvmQuestion *question = &pile->needs->questions[0];
    if (claim->claim.effective.days > question->date.days ||
        !evm_claim_is_in_force(&claim->claim, question))
        return;
    Evidence *evidence = find_evidence(pile, claim->claim.control);
    if (evidence->is_full && compare(claim, &evidence->weakest) < 0)
        return;
    keep(&evidence->claims, claim);
    if (evidence->claims.count == 2 * EVM_EVIDENCE_ROWS)
        cut_evidence(evidence);
}

/* ---- days ---- */

/* NULL: nothing was claimed that day. */
static const EvmPileClaim *winner_at(const EvmPile *pile, int32_t day)
{
    const EvmPileClaim *block = pile->windows[day / BLOCK_DAYS];
    return block && block[day % BLOCK_DAYS].row.size > 0 ? &block[day % BLOCK_DAYS] : NULL;
}

static void add_to_window(EvmPile *pile, const EvmPileClaim *claim)
{
    int32_t day = MAX(claim->claim.effective.days, pile->first_day) - pile->first_day;
    EvmPileClaim **block = &pile->windows[day / BLOCK_DAYS];
    if (!*block)
        *block = g_new0(EvmPileClaim, BLOCK_DAYS);
    EvmPileClaim *winner = &(*block)[day % BLOCK_DAYS];
    if (winner->row.size == 0 || compare(claim, winner) > 0)
        *winner = *claim;
}

static void add_mention(EvmPile *pile, EvmControl actor, const EvmPileClaim *claim)
{
    if (actor.kind != EVM_CONTROL_HELD)
        return;
    for (guint i = 0; i < pile->mentions->len; i++) {
        EvmPileClaim *known = &g_array_index(pile->mentions, EvmPileClaim, i);
        if (!evm_control_is_equal(known->claim.control, actor))
            continue;
        if (compare(claim, known) < 0)
            *known = *claim;
        known->claim.control = actor;
        return;
    }
    g_array_append_val(pile->mentions, *claim);
    g_array_index(pile->mentions, EvmPileClaim, pile->mentions->len - 1).claim.control = actor;
}

static void add_to_days(EvmPile *pile, const EvmPileClaim *claim)
{
    const EvmNeeds *needs = pile->needs;
    EvmQuestion question = {.known = needs->known};
    if (claim->claim.effective.days > needs->to.days ||
        !evm_claim_is_in_force(&claim->claim, &question))
        return;
    add_to_window(pile, claim);
    if (evm_date_is_none(needs->flips_from))
        return;
    add_mention(pile, claim->claim.control, claim);
    add_mention(pile, claim->claim.before, claim);
    if (claim->is_dated && claim->claim.effective.days > needs->flips_from.days &&
        (pile->dated.row.size == 0 || compare(claim, &pile->dated) < 0))
        pile->dated = *claim;
}

/* A row, and the one that wins its day: what is kept of a day must not decide it in its stead. */
static void append_with_winner(const EvmPile *pile, GArray *rows, const EvmPileClaim *claim)
{
    int32_t day = claim->claim.effective.days - pile->first_day;
    g_array_append_val(rows, claim->row);
    if (day >= 0 && day < pile->day_count && winner_at(pile, day))
        g_array_append_val(rows, winner_at(pile, day)->row);
}

static void append_rows(const EvmPile *pile, GArray *rows, const List *list)
{
    for (size_t i = 0; i < list->count; i++)
        append_with_winner(pile, rows, &list->items[i]);
}

/* A claim that agrees with the deciding one, and tells of no time before, settles nothing. */
static bool is_idle(const Answer *answer, const EvmPileClaim *claim)
{
    const EvmPileClaim *best = &answer->best;
    return answer->has_best && claim->row.order != best->row.order &&
           claim->claim.before.kind == EVM_CONTROL_UNASSESSED &&
           evm_control_is_equal(claim->claim.control, best->claim.control);
}

static void append_answer(const EvmPile *pile, GArray *rows, const Answer *answer, int32_t first)
{
    for (size_t i = 0; i < answer->claims.count; i++) {
        const EvmPileClaim *claim = &answer->claims.items[i];
        if (claim->claim.effective.days >= first && !is_idle(answer, claim))
            append_with_winner(pile, rows, claim);
    }
}

/* Who held the district on the first day, and of those that follow the last before each flip and
 * the first behind it. */
static void append_flips(const EvmPile *pile, GArray *rows)
{
    const EvmPileClaim *before = NULL;
    int32_t first = pile->needs->flips_from.days - pile->first_day, before_day = 0;
    for (int32_t day = 0; day < pile->day_count; day++) {
        const EvmPileClaim *winner = winner_at(pile, day);
        if (!winner)
            continue;
        bool is_flip =
            !before || !evm_control_is_equal(before->claim.control, winner->claim.control);
        if (day > first && before && (is_flip || before_day <= first))
            g_array_append_val(rows, before->row);
        if (day > first && is_flip)
            g_array_append_val(rows, winner->row);
        before = winner;
        before_day = day;
    }
    if (before)
        g_array_append_val(rows, before->row);
}

static void append_history(const EvmPile *pile, GArray *history)
{
    const EvmPileClaim *before = NULL;
    for (int32_t day = 0; day < pile->day_count; day++) {
        const EvmPileClaim *winner = winner_at(pile, day);
        if (!winner ||
            (before && evm_control_is_equal(before->claim.control, winner->claim.control)))
            continue;
        g_array_append_val(history, winner->claim);
        before = winner;
    }
}

static void append_evidence(EvmPile *pile, GArray *rows)
{
    if (!pile->answers[0].has_best)
        return;
    Evidence *evidence = find_evidence(pile, pile->answers[0].best.claim.control);
    cut_evidence(evidence);
    append_rows(pile, rows, &evidence->claims);
}

/* ---- all ---- */

void evm_pile_add(EvmPile *pile, const EvmPileClaim *claim)
{
    const EvmNeeds *needs = pile->needs;
    for (size_t i = 0; i < needs->question_count; i++)
        add_to_answer(&pile->answers[i], &needs->questions[i], claim);
    if (needs->wants_evidence)
        add_evidence(pile, claim);
    if (pile->day_count > 0)
        add_to_days(pile, claim);
}

void evm_pile_add_always(EvmPile *pile, const EvmPileClaim *claim)
{
    keep(&pile->always, claim);
}

bool evm_pile_compute(EvmPile *pile, GArray *rows, GArray *history)
{
    const EvmNeeds *needs = pile->needs;
    bool is_whole = true;
    for (size_t i = 0; i < needs->question_count; i++) {
        Answer *answer = &pile->answers[i];
        int32_t first = first_day_that_counts(answer, &needs->questions[i]);
        compact(answer, &needs->questions[i]);
        append_answer(pile, rows, answer, first);
        is_whole &= answer->let_go == INT32_MIN || answer->let_go < first;
    }
    if (needs->wants_evidence)
        append_evidence(pile, rows);
    if (!evm_date_is_none(needs->flips_from))
        append_flips(pile, rows);
    for (guint i = 0; i < pile->mentions->len; i++)
        append_with_winner(pile, rows, &g_array_index(pile->mentions, EvmPileClaim, i));
    if (pile->dated.row.size > 0)
        append_with_winner(pile, rows, &pile->dated);
    if (!evm_date_is_none(needs->history_from))
        append_history(pile, history);
    append_rows(pile, rows, &pile->always);
    return is_whole;
}
