#include "events/sequence.h"

#include "tests/unit/events/events_testing.h"

/* What the tags order by, and the one of them that orders nothing. */
static void assert_sequence(const char *tags, unsigned number, const char *odd)
{
    EvmEvent event = {.tags = tags};
    g_autofree char *found = evm_sequence_find_odd(tags);
    g_assert_cmpuint(evm_event_sequence_at(&event), ==, number);
    g_assert_cmpstr(found, ==, odd);
}

static void test_a_whole_number_orders(void)
{
    assert_sequence("seq:1", 1, NULL);
    assert_sequence("seq:999999", 999999, NULL);
    assert_sequence("seq:02", 2, NULL);
    assert_sequence("night; seq:2 ;officials", 2, NULL);
    assert_sequence("seq: 2", 2, NULL);
    assert_sequence("SEQ:2", 2, NULL);
    assert_sequence("Seq:2;seq:3", 2, NULL);
}

static void test_anything_else_orders_nothing(void)
{
    assert_sequence("seq:0", 0, "seq:0");
    assert_sequence("seq:", 0, "seq:");
    assert_sequence("seq:;2", 0, "seq:");
    assert_sequence("seq:2a", 0, "seq:2a");
    assert_sequence("seq:2,night", 0, "seq:2,night");
    assert_sequence("seq:2 night ;x", 0, "seq:2 night");
    assert_sequence("seq:-1", 0, "seq:-1");
    assert_sequence("seq:+1", 0, "seq:+1");
    assert_sequence("seq:1.5", 0, "seq:1.5");
    assert_sequence("seq:1000000", 0, "seq:1000000");
    assert_sequence("seq:4294967297", 0, "seq:4294967297");
    assert_sequence("SEQ:x; seq:3", 3, "SEQ:x");
    assert_sequence("seq:seq:3", 0, "seq:seq:3");
}

static void test_other_tags_are_no_sequences(void)
{
    assert_sequence("", 0, NULL);
    assert_sequence(" ; ;", 0, NULL);
    assert_sequence("night;n_seq:2;seq2;sequence:1", 0, NULL);
}

static void test_a_row_with_an_odd_one_is_warned_of(void)
{
    assert_diagnosed("date,kind,district,tags\n"
                     "2021-07-05,contested,Burka,night;seq:2a\n"
                     "2021-07-05,contested,Burka,SEQ:2\n",
                     2,
                     "warning odd-sequence t.csv:2:4 tag 'seq:2a' orders nothing | write seq: and "
                     "a number from 1 to 999999, and ';' between two tags\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/events/sequence/" #name, test_##name)
    ADD(a_whole_number_orders);
    ADD(anything_else_orders_nothing);
    ADD(other_tags_are_no_sequences);
    ADD(a_row_with_an_odd_one_is_warned_of);
    return g_test_run();
}
