#include "base/text.h"
#include "cli/run.h"
#include "cli/verbs.h"
#include "output/table.h"
#include "scene/words.h"
#include "timeline/flips.h"

typedef struct {
    const EvmCliOptions *options;
    const EvmInputs *inputs;
    const EvmFlips *all, *net;
    bool is_period; /* or else one day, as known on two */
} Comparison;

static int64_t net_of(const EvmBalance *balance)
{
    return (int64_t)balance->gained - (int64_t)balance->lost;
}

static void add_balance(EvmTable *table, const Comparison *it, const char *control,
                        const EvmBalance *balance)
{
    evm_table_add_text(table, control);
    evm_table_add_int(table, (int64_t)balance->start);
    if (it->is_period)
        evm_table_add_int(table, balance->assessed);
    evm_table_add_int(table, (int64_t)balance->gained);
    if (it->is_period)
        evm_table_add_int(table, (int64_t)balance->retaken);
    evm_table_add_int(table, (int64_t)balance->lost);
    evm_table_add_int(table, net_of(balance));
    evm_table_add_int(table, (int64_t)balance->end);
}

/* One row a control. */
static void fill_sums(EvmTable *table, const Comparison *it)
{
    static const struct {
        const char *key, *title;
        bool is_of_periods;
    } columns[] = {{"control", "Control", false},  {"start", "Start", false},
                   {"assessed", "Assessed", true}, {"gained", "Gained", false},
                   {"retaken", "Retaken", true},   {"lost", "Lost", false},
                   {"net", "Net", false},          {"end", "End", false}};
    const EvmJoin *join = it->inputs->join;
    bool is_text = it->options->table == EVM_TABLE_TEXT;
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        if (it->is_period || !columns[i].is_of_periods)
            evm_table_add_column(table, columns[i].key, columns[i].title);
    for (size_t i = 0; i < it->all->balance_count; i++) {
        const EvmBalance *balance = &it->all->balances[i];
        const char *label = is_text ? evm_control_format_label(join, balance->control)
                                    : evm_control_format(join, balance->control);
        add_balance(table, it, label, balance);
    }
}

static const EvmEvent *event_of(const Comparison *it, int32_t claim)
{
    return claim < 0 ? NULL : &it->inputs->events->items[it->inputs->join->claims[claim].event];
}

static void add_flip(EvmTable *table, const Comparison *it, const EvmFlip *flip)
{
    const EvmJoin *join = it->inputs->join;
    const EvmDistrict *district = &it->inputs->gazetteer->districts[flip->district];
    const EvmEvent *before = event_of(it, flip->before_claim), *after = event_of(it, flip->claim);
    char date[EVM_DATE_TEXT_SIZE];
    evm_table_add_text(table, evm_date_format(flip->day, date));
    evm_table_add_text(table, district->pcode);
    evm_table_add_text(table, district->name);
    evm_table_add_text(table, it->inputs->gazetteer->provinces[district->province].name);
    evm_table_add_text(table, evm_control_format(join, flip->before));
    evm_table_add_text(table, evm_control_format(join, flip->after));
    evm_table_add_text(table, flip->is_retaken ? "yes" : "no");
    evm_table_add_text(table, before ? before->id : "");
    evm_table_add_text(table, after ? after->id : "");
    evm_table_add_text(table, after ? after->source : "");
    evm_table_add_text(table, after ? after->url : "");
}

/* One row a change. */
static void fill_flips(EvmTable *table, const Comparison *it)
{
    static const char *const columns[] = {"date",   "pcode",  "district", "province",
                                          "before", "after",  "retaken",  "before_event",
                                          "event",  "source", "url"};
    const EvmFlips *flips = it->options->list == EVM_LIST_NET ? it->net : it->all;
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++)
        evm_table_add_column(table, columns[i], columns[i]);
    for (size_t i = 0; i < flips->count; i++)
        add_flip(table, it, &flips->items[i]);
}

static void write_table(const Comparison *it, GString *out,
                        void (*fill)(EvmTable *table, const Comparison *it))
{
    EvmTable *table = evm_table_new();
    fill(table, it);
    evm_table_write(table, it->options->table, out);
    evm_table_free(table);
}

static EvmDate versus_of(const EvmCliOptions *options)
{
    return evm_date_is_none(options->versus) ? EVM_KNOWN_NOW : options->versus;
}

static void append_heading(GString *out, const Comparison *it)
{
    const EvmCliOptions *options = it->options;
    EvmDate versus = versus_of(options);
    bool is_now = versus.days == EVM_KNOWN_NOW.days;
    char a[EVM_DATE_TEXT_SIZE], b[EVM_DATE_TEXT_SIZE], c[EVM_DATE_TEXT_SIZE];
    if (it->is_period)
        g_string_append_printf(out, "From the end of %s to the end of %s\n\n",
                               evm_date_format(options->from, a), evm_date_format(options->to, b));
    else
        g_string_append_printf(out, "%s as known on %s and %s%s\n\n",
                               evm_date_format(options->date, a),
                               evm_date_format(options->known, b), is_now ? "" : "on ",
                               is_now ? "now" : evm_date_format(versus, c));
}

/* "  2021-07-04  Panjwayi in Kandahar: Government to Taliban (a, Radio A), retaken" */
static void append_flip(GString *out, const Comparison *it, const EvmFlip *flip)
{
    const EvmJoin *join = it->inputs->join;
    const EvmDistrict *district = &it->inputs->gazetteer->districts[flip->district];
    const EvmEvent *event = event_of(it, flip->claim);
    char date[EVM_DATE_TEXT_SIZE];
    g_autofree char *day =
        it->is_period ? g_strconcat(evm_date_format(flip->day, date), "  ", NULL) : g_strdup("");
    g_autofree char *line = g_strdup_printf(
        "%s%s in %s: %s to %s%s%s%s%s%s%s", day, district->name,
        it->inputs->gazetteer->provinces[district->province].name,
        evm_control_format_label(join, flip->before), evm_control_format_label(join, flip->after),
        event ? " (" : "", event ? event->id : "", event && event->source[0] ? ", " : "",
        event ? event->source : "", event ? ")" : "", flip->is_retaken ? ", retaken" : "");
    g_autofree char *safe = evm_text_format_terminal(line);
    g_string_append_printf(out, "  %s\n", safe);
}

static void append_flips(GString *out, const Comparison *it)
{
    bool is_net = it->options->list == EVM_LIST_NET;
    const EvmFlips *flips = is_net ? it->net : it->all;
    if (it->is_period)
        g_string_append_printf(out, "\nChanges: %zu; districts that differ at the end: %zu\n",
                               it->all->count, it->net->count);
    else
        g_string_append_printf(out, "\nDistricts that differ: %zu\n", it->all->count);
    for (size_t i = 0; i < flips->count; i++)
        append_flip(out, it, &flips->items[i]);
}

static int write_comparison(const Comparison *it)
{
    g_autoptr(GString) text = g_string_new(NULL);
    bool wants_sums = it->options->list == EVM_LIST_SUMS;
    if (it->options->table == EVM_TABLE_TEXT) {
        append_heading(text, it);
        write_table(it, text, fill_sums);
        if (!wants_sums)
            append_flips(text, it);
    } else {
        write_table(it, text, wants_sums ? fill_sums : fill_flips);
    }
    return evm_cli_write_result(it->inputs, text);
}

static EvmFlips *compute_flips(const Comparison *it)
{
    const EvmCliOptions *options = it->options;
    const EvmInputs *inputs = it->inputs;
    EvmDate first = it->is_period ? options->from : options->date;
    EvmQuestion before = evm_cli_options_compute_question(options, inputs, first), after = before;
    after.known = versus_of(options);
    if (it->is_period)
        return evm_flips_compute(inputs->universe, inputs->join, &before, options->to);
    return evm_flips_compute_corrections(inputs->universe, inputs->join, &before, &after);
}

static int compare(const EvmCliOptions *options, const EvmInputs *inputs)
{
    Comparison it = {
        .options = options, .inputs = inputs, .is_period = evm_date_is_none(options->date)};
    EvmFlips *all = compute_flips(&it), *net = evm_flips_compute_net(all);
    evm_cli_report_age(options, inputs, it.is_period ? options->to : options->date);
    it.all = all;
    it.net = net;
    int status = write_comparison(&it);
    evm_flips_free(net);
    evm_flips_free(all);
    return status;
}

static EvmNeeds compute_needs(const EvmCliOptions *options)
{
    EvmNeeds needs = EVM_NEEDS_NOTHING;
    if (evm_date_is_none(options->date)) {
        needs.known = options->known;
        needs.flips_from = options->from;
        needs.to = options->to;
        return needs;
    }
    needs = evm_cli_compute_day_needs(options);
    needs.questions[needs.question_count] = needs.questions[0];
    needs.questions[needs.question_count++].known = versus_of(options);
    return needs;
}

int evm_cmd_changes(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    EvmNeeds needs = compute_needs(options);
    return evm_cli_run(options, &needs, compare);
}
