/* Runs the examples of docs/control.md: indented blocks of a CSV header, rows about one district,
 * and lines "= QUESTION: ANSWER". */
#include "tests/unit/timeline/fixture.h"

enum { EXAMPLES_AT_LEAST = 18, ANSWERS_AT_LEAST = 39 };

typedef struct {
    Fixture fixture;
    EvmQuestion question;
} Asked;

static int parse_days(const char *word)
{
    guint64 days;
    g_assert_true(g_ascii_string_to_unsigned(word, 10, 0, 3650, &days, NULL));
    return (int)days;
}

static void parse_option(Asked *asked, const char *option, const char *value)
{
    EvmQuestion *question = &asked->question;
    GError *error = NULL;
    if (strcmp(option, "--date") == 0)
        question->date = day(value);
    else if (strcmp(option, "--as-known-on") == 0)
        question->known = day(value);
    else if (strcmp(option, "--dispute-window") == 0)
        question->dispute_window_days = parse_days(value);
    else if (strcmp(option, "--stale-after") == 0)
        question->stale_after_days = parse_days(value);
    else if (strcmp(option, "--baseline") == 0)
        evm_join_resolve_baseline(asked->fixture.join, value, &question->baseline, &error);
    else
        g_error("the documentation asks with '%s'", option);
    g_assert_no_error(error);
}

static char *format_answer(const Asked *asked)
{
    const EvmJoin *join = asked->fixture.join;
    EvmState *state = evm_state_compute(join, &asked->question);
    int32_t district = evm_gazetteer_find_pcode(asked->fixture.gazetteer, "AF2704");
    const EvmHolding *holding = &state->holdings[district];
    GString *answer = g_string_new(evm_control_format(join, holding->control));
    if (holding->doubt != EVM_DOUBT_NONE)
        g_string_append_printf(answer, ", %s: %s", evm_doubt_format(holding->doubt),
                               evm_control_format(join, holding->other));
    if (holding->doubt == EVM_DOUBT_CHANGING) {
        char from[EVM_DATE_TEXT_SIZE], to[EVM_DATE_TEXT_SIZE];
        g_string_append_printf(answer, " %s %s", evm_date_format(holding->from, from),
                               evm_date_format(holding->to, to));
    }
    if (holding->is_stale)
        g_string_append(answer, ", stale");
    evm_state_free(state);
    return g_string_free(answer, FALSE);
}

/* "= --date 2021-07-03 --as-known-on 2021-07-01: unassessed" */
static void check_answer(const char *csv, const char *line)
{
    Asked asked = {.fixture = fixture_of(csv), .question = EVM_QUESTION_ON(EVM_DATE_NONE)};
    const char *colon = strstr(line, ": ");
    g_assert_nonnull(colon);
    g_autofree char *words = g_strndup(line + 2, (gsize)(colon - line - 2));
    g_auto(GStrv) parts = g_strsplit(words, " ", -1);
    for (size_t i = 0; parts[i]; i += 2) {
        g_assert_nonnull(parts[i + 1]);
        parse_option(&asked, parts[i], parts[i + 1]);
    }
    g_autofree char *answer = format_answer(&asked);
    g_autofree char *seen = g_strdup_printf("= %s: %s", words, answer);
    if (strcmp(seen, line) != 0)
        g_test_message("rows:\n%s", csv);
    g_assert_cmpstr(seen, ==, line);
    fixture_free(&asked.fixture);
}

static void examples_of_the_documentation_hold(void)
{
    g_autofree char *text = NULL;
    unsigned examples = 0, answers = 0;
    GError *error = NULL;
    g_file_get_contents(EVM_TEST_SOURCE_DIR "/docs/control.md", &text, NULL, &error);
    g_assert_no_error(error);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GString) csv = g_string_new(NULL);
    for (char **line = lines; *line; line++) {
        if (!g_str_has_prefix(*line, "    ")) {
            g_string_truncate(csv, 0);
            continue;
        }
        const char *content = *line + 4;
        if (content[0] == '=') {
            check_answer(csv->str, content);
            answers++;
            continue;
        }
        examples += csv->len == 0;
        g_string_append_printf(csv, "%s%s\n", content,
                               csv->len ? ",Kandahar,Panjwayi" : ",province,district");
    }
    g_assert_cmpuint(examples, >=, EXAMPLES_AT_LEAST);
    g_assert_cmpuint(answers, >=, ANSWERS_AT_LEAST);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/timeline/documented/examples_of_the_documentation_hold",
                    examples_of_the_documentation_hold);
    return g_test_run();
}
