#include <glib.h>

#include "events/words.h"

static void test_kinds_have_one_word_each(void)
{
    static const char *const WORDS[] = {"control",   "contested", "clash",   "withdrawal",
                                        "surrender", "border",    "capital", "other"};
    for (int i = 0; i < EVM_KIND_COUNT; i++) {
        EvmKind kind;
        g_assert_cmpstr(evm_kind_format((EvmKind)i), ==, WORDS[i]);
        g_assert_true(evm_kind_parse(WORDS[i], &kind));
        g_assert_cmpint(kind, ==, i);
        g_assert_true(evm_kind_is_claim(kind) == (i < 2));
    }
}

static void test_unknown_kind_is_refused(void)
{
    EvmKind kind = EVM_KIND_BORDER;
    g_assert_false(evm_kind_parse("battle", &kind));
    g_assert_false(evm_kind_parse("", &kind));
    g_assert_false(evm_kind_parse("control ", &kind));
    g_assert_cmpint(kind, ==, EVM_KIND_BORDER);
    g_assert_true(evm_kind_parse("CLASH", &kind));
    g_assert_cmpint(kind, ==, EVM_KIND_CLASH);
}

static void test_precision_and_confidence_have_words(void)
{
    g_assert_cmpstr(evm_precision_format(EVM_PRECISION_DAY), ==, "day");
    g_assert_cmpstr(evm_precision_format(EVM_PRECISION_STATUS), ==, "status");
    g_assert_cmpstr(evm_precision_format(EVM_PRECISION_WEEK), ==, "week");
    g_assert_cmpstr(evm_precision_format(EVM_PRECISION_MONTH), ==, "month");
    g_assert_cmpstr(evm_precision_format(EVM_PRECISION_MID_WEEK), ==, "mid-week");
    g_assert_cmpstr(evm_precision_format(EVM_PRECISION_MID_MONTH), ==, "mid-month");
    g_assert_cmpstr(evm_precision_format(EVM_PRECISION_SPAN), ==, "span");
    g_assert_cmpstr(evm_confidence_format(EVM_CONFIDENCE_LOW), ==, "low");
    g_assert_cmpstr(evm_confidence_format(EVM_CONFIDENCE_MEDIUM), ==, "medium");
    g_assert_cmpstr(evm_confidence_format(EVM_CONFIDENCE_HIGH), ==, "high");
}

static void test_tag_is_matched_whole(void)
{
    EvmEvent event = {.tags = "night; seq:1 ;n_sources:2"};
    g_assert_true(evm_event_has_tag(&event, "night"));
    g_assert_true(evm_event_has_tag(&event, "seq:1"));
    g_assert_true(evm_event_has_tag(&event, "n_sources:2"));
    g_assert_false(evm_event_has_tag(&event, "seq"));
    g_assert_false(evm_event_has_tag(&event, "seq:12"));
    g_assert_false(evm_event_has_tag(&event, "eq:1"));
    g_assert_false(evm_event_has_tag(&event, ""));
    event.tags = "";
    g_assert_false(evm_event_has_tag(&event, "night"));
    event.tags = " ;; ;";
    g_assert_false(evm_event_has_tag(&event, "night"));
    event.tags = "two words;x";
    g_assert_true(evm_event_has_tag(&event, "two words"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/events/words/kinds_have_one_word_each", test_kinds_have_one_word_each);
    g_test_add_func("/events/words/unknown_kind_is_refused", test_unknown_kind_is_refused);
    g_test_add_func("/events/words/precision_and_confidence_have_words",
                    test_precision_and_confidence_have_words);
    g_test_add_func("/events/words/tag_is_matched_whole", test_tag_is_matched_whole);
    return g_test_run();
}
