#include "tests/unit/timeline/fixture.h"

#define P "Kandahar,Panjwayi"
#define PCODE "AF2704"

/* The change of Panjwayi in the week to 2021-07-05, or NULL. */
static const EvmChange *find_change(const Fixture *f, EvmChanges **changes)
{
    *changes = evm_changes_compute(f->join, &EVM_QUESTION_ON(day("2021-06-28")),
                                   &EVM_QUESTION_ON(day("2021-07-05")));
    int32_t district = evm_gazetteer_find_pcode(f->gazetteer, PCODE);
    for (size_t i = 0; i < (*changes)->count; i++)
        if ((*changes)->items[i].district == (uint32_t)district) {
            g_assert_true((*changes)->is_changed[district]);
            return &(*changes)->items[i];
        }
    g_assert_false((*changes)->is_changed[district]);
    return NULL;
}

static void check(const char *rows, const char *before, const char *after)
{
    Fixture f = fixture_new(rows);
    EvmChanges *changes;
    const EvmChange *change = find_change(&f, &changes);
    if (!after) {
        g_assert_null(change);
    } else {
        g_assert_nonnull(change);
        g_assert_cmpstr(evm_control_format(f.join, change->before), ==, before);
        g_assert_cmpstr(evm_control_format(f.join, change->after), ==, after);
    }
    evm_changes_free(changes);
    fixture_free(&f);
}

static void control_that_differs_is_a_change(void)
{
    check("1,2021-06-01,,,," P ",control,Government,,,,,\n"
          "2,2021-07-04,,,," P ",control,Taliban,,,,,\n",
          "Government", "Taliban");
}

static void repeated_claim_is_no_change(void)
{
    check("1,2021-06-01,,,," P ",control,Taliban,,,,,\n"
          "2,2021-07-04,,,," P ",control,Taliban,Government,,,,\n",
          NULL, NULL);
}

static void lost_and_retaken_in_the_week_is_no_change(void)
{
    check("1,2021-06-01,,,," P ",control,Government,,,,,\n"
          "2,2021-07-02,,,," P ",control,Taliban,,,,,\n"
          "3,2021-07-04,,,," P ",control,Government,,,,,\n",
          NULL, NULL);
}

static void first_dated_claim_is_a_change_from_what_it_names(void)
{
    check("1,2021-06-01,,,,Kandahar,Daman,control,Government,,,,,\n"
          "2,2021-07-04,,,," P ",control,Taliban,Government,,,,\n",
          "Government", "Taliban");
}

static void first_claim_from_contested_is_a_change(void)
{
    check("1,2021-07-04,,,," P ",control,Taliban,Contested,,,,\n", "contested", "Taliban");
}

static void first_mention_in_a_status_list_is_no_change(void)
{
    check("1,2021-07-04,,status,," P ",control,Taliban,,,,,\n", NULL, NULL);
}

static void change_on_the_first_day_of_the_week_is_outside(void)
{
    check("1,2021-06-28,,,," P ",control,Taliban,Government,,,,\n", NULL, NULL);
}

static void first_claim_that_changes_nothing_is_no_change(void)
{
    check("1,2021-06-01,,,,Kandahar,Daman,control,Government,,,,,\n"
          "2,2021-07-04,,,," P ",control,Government,Government,,,,\n",
          NULL, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/timeline/changes/" #name, name)
    ADD(control_that_differs_is_a_change);
    ADD(repeated_claim_is_no_change);
    ADD(lost_and_retaken_in_the_week_is_no_change);
    ADD(first_dated_claim_is_a_change_from_what_it_names);
    ADD(first_claim_from_contested_is_a_change);
    ADD(first_mention_in_a_status_list_is_no_change);
    ADD(change_on_the_first_day_of_the_week_is_outside);
    ADD(first_claim_that_changes_nothing_is_no_change);
    return g_test_run();
}
