#include "cli/run.h"

#include "base/text.h"
#include "cli/messages.h"
#include "cli/progress.h"
#include "cli/verbs.h"

enum { SHOWN_LOST_ROWS = 10 };

EvmInputs *evm_cli_load_inputs(const EvmCliOptions *options, EvmInputsRequest *request,
                               GError **error)
{
    EvmProgress progress;
    evm_progress_init(&progress, options->is_quiet);
    request->event_options.progress = evm_progress_write;
    request->event_options.user = &progress;
    EvmInputs *inputs = evm_inputs_load(request, error);
    evm_progress_clear(&progress);
    return inputs;
}

/* A province that was found although nobody spells it so. */
static void report_area(const EvmCliOptions *options, const EvmGazetteer *gazetteer)
{
    for (guint i = 0; i < options->provinces->len; i++) {
        const char *name = g_ptr_array_index(options->provinces, i); /* the last is NULL */
        if (!name || evm_gazetteer_has_province(gazetteer, name))
            continue;
        int32_t province = evm_gazetteer_find_province(gazetteer, name);
        g_autofree char *safe = evm_text_format_terminal(name);
        g_autofree char *text =
            g_strdup_printf("--area '%s' is read as %s", safe, gazetteer->provinces[province].name);
        evm_message_write_note(text);
    }
}

void evm_cli_report_data(const EvmCliOptions *options, const EvmInputs *inputs)
{
    const EvmDiagnostics *list = inputs->diagnostics;
    if (!options->is_quiet)
        report_area(options, inputs->gazetteer);
    evm_diagnostics_write(list, EVM_SEVERITY_ERROR, SHOWN_LOST_ROWS);
    if (options->is_verbose) {
        evm_diagnostics_write(list, EVM_SEVERITY_WARNING, G_MAXSIZE);
        evm_diagnostics_write(list, EVM_SEVERITY_NOTE, G_MAXSIZE);
        return;
    }
    /* Those about places outside are told by the verbs that draw. */
    size_t warnings = evm_diagnostics_count_severity(list, EVM_SEVERITY_WARNING) -
                      inputs->join->fate_counts[EVM_FATE_OUTSIDE];
    if (warnings == 0 || options->is_quiet)
        return;
    g_autofree char *text =
        g_strdup_printf("%zu warning%s about the data: -v shows %s", warnings,
                        warnings == 1 ? "" : "s", warnings == 1 ? "it" : "them");
    evm_message_write_note(text);
}

/* Of the claims that count by then; EVM_DATE_NONE: there is none. */
static EvmDate find_last_day(const EvmJoin *join, const EvmQuestion *question)
{
    EvmDate last = EVM_DATE_NONE;
    for (size_t i = 0; i < join->claim_count; i++) {
        EvmDate day = join->claims[i].effective;
        if (day.days <= question->date.days && evm_claim_is_in_force(&join->claims[i], question) &&
            (evm_date_is_none(last) || day.days > last.days))
            last = day;
    }
    return last;
}

static char *format_age(const EvmJoin *join, const EvmQuestion *question)
{
    EvmDate date = question->date, first = join->first_day, last = find_last_day(join, question);
    bool is_early = !evm_date_is_none(first) && date.days < first.days;
    bool is_old = !evm_date_is_none(last) && date.days - last.days > EVM_OLD_DAYS;
    g_autofree char *day =
        is_early || is_old ? evm_date_format_long(is_early ? first : last) : NULL;
    if (is_early)
        return g_strdup_printf("the first claim is of %s, %d day%s after: none counts by then", day,
                               first.days - date.days, first.days - date.days == 1 ? "" : "s");
    if (is_old)
        return g_strdup_printf(
            "the last claim is of %s, %d days before: what has changed since is not known", day,
            date.days - last.days);
    return NULL;
}

void evm_cli_report_age(const EvmCliOptions *options, const EvmInputs *inputs, EvmDate date)
{
    EvmQuestion question = evm_cli_options_compute_question(options, inputs, date);
    g_autofree char *message = options->is_quiet ? NULL : format_age(inputs->history, &question);
    if (message)
        evm_message_write_warning(message);
}

int evm_cli_run(const EvmCliOptions *options, const EvmNeeds *needs,
                int (*run)(const EvmCliOptions *options, const EvmInputs *inputs))
{
    g_autoptr(GError) error = NULL;
    EvmInputsRequest request = evm_cli_options_compute_inputs(options);
    request.needs = needs;
    EvmInputs *inputs = evm_cli_load_inputs(options, &request, &error);
    if (!inputs)
        return evm_message_write_error(error);
    evm_cli_report_data(options, inputs);
    int status = run(options, inputs);
    evm_inputs_free(inputs);
    return status;
}

EvmNeeds evm_cli_compute_day_needs(const EvmCliOptions *options)
{
    EvmNeeds needs = EVM_NEEDS_NOTHING;
    needs.questions[needs.question_count++] =
        evm_cli_options_compute_question(options, NULL, options->date);
    return needs;
}

bool evm_cli_check_province(const EvmCliOptions *options, const EvmGazetteer *gazetteer,
                            GError **error)
{
    return !options->province ||
           evm_gazetteer_find_misspelt_province(gazetteer, options->province) >= 0 ||
           evm_gazetteer_resolve_province(gazetteer, options->province, error) >= 0;
}

int evm_cli_write_result(const EvmInputs *inputs, const GString *text)
{
    g_autoptr(GError) error = NULL;
    if (!evm_result_write(text, &error))
        return evm_message_write_error(error);
    return evm_inputs_count_lost(inputs) ? EVM_EXIT_DATA : EVM_EXIT_DONE;
}
