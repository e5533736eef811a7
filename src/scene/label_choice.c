#include "scene/label_choice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NONE = -1, STAGES = 20, TRIES_A_LABEL = 20, POLISH_ROUNDS = 8 };
static const double FIRST_TEMPERATURE = 2, COOLING = 0.75;

/* A candidate among those of all labels. */
typedef struct {
    size_t label;
    EvmLabelCandidate *candidate;
    double left, right; /* px that it reaches */
} Place;

typedef struct {
    const EvmLabelChoice *choices;
    size_t count;
    Place *places;
    size_t place_count;
    size_t *first; /* of each label's places; one more at the end */
    /* The places that place p cannot go with: rivals[ends[p - 1]] up to rivals[ends[p]]. */
    size_t *rivals, *ends;
    int64_t *chosen; /* each label's place, or NONE */
    double energy;   /* what is lost by it */
    uint64_t random;
} Search;

/* Marsaglia's xorshift64 (2003). */
static uint64_t next_random(Search *search)
{
    search->random ^= search->random << 13;
    search->random ^= search->random >> 7;
    search->random ^= search->random << 17;
    return search->random;
}

static double next_share(Search *search)
{
    return (double)(next_random(search) >> 11) / 9007199254740992.0;
}

static void collect_places(Search *search)
{
    search->first = g_new(size_t, search->count + 1);
    for (size_t i = 0; i < search->count; i++) {
        search->first[i] = search->place_count;
        search->place_count += search->choices[i].candidates->len;
    }
    search->first[search->count] = search->place_count;
    search->places = g_new(Place, search->place_count + 1);
    for (size_t i = 0; i < search->count; i++)
        for (size_t p = search->first[i]; p < search->first[i + 1]; p++) {
            EvmLabelCandidate *candidate = &g_array_index(search->choices[i].candidates,
                                                          EvmLabelCandidate, p - search->first[i]);
            const EvmRect *box = &candidate->box.box;
            double middle = box->x_px + box->width_px / 2;
            double half = candidate->box.angle_deg == 0 ? box->width_px / 2
                                                        : hypot(box->width_px, box->height_px) / 2;
            /* Farther off no other point matters. */
            double air = search->choices[i].beside ? 2 * box->height_px : 0;
            search->places[p] = (Place){i, candidate, middle - half - air, middle + half + air};
        }
}

static int compare_left(const void *pa, const void *pb, void *user)
{
    const Place *places = user;
    size_t a = *(const size_t *)pa, b = *(const size_t *)pb;
    double difference = places[a].left - places[b].left;
    return difference != 0 ? (difference < 0 ? -1 : 1) : (a > b) - (a < b);
}

typedef struct {
    size_t a, b;
} Pair;

/* Farther off it neither lies on the place nor seems to be named by it. */
static bool is_far(const Place *place, const EvmPointLabel *other)
{
    const EvmTurnedBox *box = &place->candidate->box;
    double height = box->box.height_px, middle = box->box.y_px + height / 2;
    double half = box->angle_deg == 0 ? height / 2 : (place->right - place->left) / 2;
    EvmPoint at = other->point;
    return at.x_px + other->radius_px < place->left || at.x_px - other->radius_px > place->right ||
           fabs(at.y_px - middle) > half + 2 * height + other->radius_px;
}

/* The place is on the other label's dot, or seems to be its. */
static bool spoils(const Search *search, const Place *place, const Place *other)
{
    const EvmPointLabel *own = search->choices[place->label].beside;
    const EvmPointLabel *point = search->choices[other->label].beside;
    EvmTurnedBox box = place->candidate->box;
    return point && !is_far(place, point) &&
           (evm_turned_box_has_overlap(box,
                                       (EvmTurnedBox){evm_point_label_compute_dot(point), 0}) ||
            (own && evm_point_label_is_astray(own, box.box, point->point)));
}

static bool is_rival(const Search *search, const Place *a, const Place *b)
{
    return a->label != b->label &&
           (evm_turned_box_has_overlap(a->candidate->box, b->candidate->box) ||
            spoils(search, a, b) || spoils(search, b, a));
}

/* All pairs of places that cannot both be chosen, of different labels: a sweep from left to right.
 */
static GArray *find_pairs(const Search *search)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    g_autofree size_t *order = g_new(size_t, search->place_count + 1);
    for (size_t i = 0; i < search->place_count; i++)
        order[i] = i;
    g_qsort_with_data(order, (gint)search->place_count, sizeof *order, compare_left,
                      search->places);
    for (size_t i = 0; i < search->place_count; i++) {
        const Place *a = &search->places[order[i]];
        for (size_t k = i + 1; k < search->place_count; k++) {
            const Place *b = &search->places[order[k]];
            if (b->left >= a->right)
                break;
            Pair pair = {order[i], order[k]};
            if (is_rival(search, a, b))
                g_array_append_val(pairs, pair);
        }
    }
    return pairs;
}

static void collect_rivals(Search *search)
{
    GArray *pairs = find_pairs(search);
    search->ends = g_new0(size_t, search->place_count + 1);
    search->rivals = g_new(size_t, 2 * pairs->len + 1);
    for (guint i = 0; i < pairs->len; i++) {
        search->ends[g_array_index(pairs, Pair, i).a]++;
        search->ends[g_array_index(pairs, Pair, i).b]++;
    }
    for (size_t p = 1; p < search->place_count; p++)
        search->ends[p] += search->ends[p - 1];
    g_autofree size_t *next = g_new(size_t, search->place_count + 1);
    for (size_t p = 0; p < search->place_count; p++)
        next[p] = p == 0 ? 0 : search->ends[p - 1];
    for (guint i = 0; i < pairs->len; i++) {
        Pair pair = g_array_index(pairs, Pair, i);
        search->rivals[next[pair.a]++] = pair.b;
        search->rivals[next[pair.b]++] = pair.a;
    }
    g_array_free(pairs, TRUE);
}

/* What a label loses in a place. */
static double loss_at(const Search *search, size_t label, int64_t place)
{
    return place == NONE ? search->choices[label].weight : search->places[place].candidate->cost;
}

static bool is_chosen(const Search *search, size_t place)
{
    return search->chosen[search->places[place].label] == (int64_t)place;
}

/* By how much the loss grows when the label goes there and its rivals leave. */
static double loss_of_move(const Search *search, size_t label, int64_t place)
{
    double loss = loss_at(search, label, place) - loss_at(search, label, search->chosen[label]);
    if (place == NONE)
        return loss;
    for (size_t r = place == 0 ? 0 : search->ends[place - 1]; r < search->ends[place]; r++) {
        size_t rival = search->rivals[r];
        if (is_chosen(search, rival))
            loss += loss_at(search, search->places[rival].label, NONE) -
                    search->places[rival].candidate->cost;
    }
    return loss;
}

static void move(Search *search, size_t label, int64_t place, double loss)
{
    search->chosen[label] = place;
    search->energy += loss;
    if (place == NONE)
        return;
    for (size_t r = place == 0 ? 0 : search->ends[place - 1]; r < search->ends[place]; r++)
        if (is_chosen(search, search->rivals[r]))
            search->chosen[search->places[search->rivals[r]].label] = NONE;
}

/* Moves every label to where it helps most, in turn, until nothing helps. */
static void polish(Search *search)
{
    bool has_moved = true;
    for (unsigned round = 0; has_moved && round < POLISH_ROUNDS; round++) {
        has_moved = false;
        for (size_t label = 0; label < search->count; label++)
            for (size_t p = search->first[label]; p < search->first[label + 1]; p++) {
                double loss = loss_of_move(search, label, (int64_t)p);
                if (loss >= -1e-9)
                    continue;
                move(search, label, (int64_t)p, loss);
                has_moved = true;
            }
    }
}

static void try_move(Search *search, double temperature)
{
    size_t label = next_random(search) % search->count;
    size_t own = search->first[label + 1] - search->first[label];
    if (own == 0)
        return;
    int64_t place = (int64_t)(search->first[label] + next_random(search) % own);
    if (search->chosen[label] == place)
        return;
    double loss = loss_of_move(search, label, place);
    if (loss <= 0 || next_share(search) < exp(-loss / temperature))
        move(search, label, place, loss);
}

/* Leaves the best that was met in search->chosen. */
static void anneal(Search *search)
{
    size_t size = search->count * sizeof *search->chosen;
    g_autofree int64_t *best = g_memdup2(search->chosen, size);
    double least = search->energy, temperature = FIRST_TEMPERATURE;
    for (unsigned stage = 0; stage < STAGES; stage++, temperature *= COOLING)
        for (size_t i = 0; i < TRIES_A_LABEL * search->count; i++) {
            try_move(search, temperature);
            if (search->energy >= least - 1e-9)
                continue;
            least = search->energy;
            memcpy(best, search->chosen, size);
        }
    memcpy(search->chosen, best, size);
    search->energy = least;
}

static void clear(Search *search)
{
    g_free(search->places);
    g_free(search->first);
    g_free(search->rivals);
    g_free(search->ends);
    g_free(search->chosen);
}

void evm_label_choices_compute(EvmLabelChoice *choices, size_t count)
{
    Search search = {.choices = choices, .count = count, .random = 88172645463325252u};
    collect_places(&search);
    collect_rivals(&search);
    search.chosen = g_new(int64_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        search.chosen[i] = NONE;
        search.energy += choices[i].weight;
    }
    polish(&search);
    anneal(&search);
    polish(&search);
    for (size_t i = 0; i < count; i++)
        choices[i].chosen =
            search.chosen[i] == NONE ? NULL : search.places[search.chosen[i]].candidate;
    clear(&search);
}
