#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json_writer.h"
#include "cli/build_id.h"
#include "cli/messages.h"
#include "cli/run.h"
#include "cli/sheet_request.h"
#include "cli/verbs.h"

enum { BAR_CELLS = 24, REDRAW_US = 50000 };

/* What is said while frames are made. */
typedef struct {
    const EvmCliOptions *options;
    GString *listed; /* of a dry run */
    gint64 begin_us, drawn_us;
    bool is_terminal, has_bar;
} Progress;

static const char *find_word(const EvmFrameReport *report, bool is_dry)
{
    if (report->error)
        return "failed";
    if (report->is_kept)
        return "kept";
    return is_dry ? "missing" : "made";
}

static void write_json(const Progress *progress, const EvmFrameReport *report)
{
    EvmJson json;
    char date[EVM_DATE_TEXT_SIZE];
    g_autoptr(GString) text = g_string_new(NULL);
    evm_json_init_compact(&json, text);
    evm_json_write_object_start(&json);
    evm_json_write_key(&json, "date");
    evm_json_write_string(&json, evm_date_format(report->date, date));
    evm_json_write_key(&json, "name");
    evm_json_write_string(&json, report->name);
    evm_json_write_key(&json, "state");
    evm_json_write_string(&json, find_word(report, progress->options->is_dry));
    evm_json_write_key(&json, "bytes");
    evm_json_write_int(&json, (int64_t)report->bytes);
    evm_json_write_key(&json, "done");
    evm_json_write_int(&json, (int64_t)report->done);
    evm_json_write_key(&json, "total");
    evm_json_write_int(&json, (int64_t)report->total);
    if (report->error) {
        evm_json_write_key(&json, "error");
        evm_json_write_string(&json, report->error->message);
    }
    evm_json_write_object_end(&json);
    fprintf(stderr, "%s\n", text->str);
}

static void write_whole_json(const char *name, bool is_kept)
{
    EvmJson json;
    g_autoptr(GString) text = g_string_new(NULL);
    evm_json_init_compact(&json, text);
    evm_json_write_object_start(&json);
    evm_json_write_key(&json, "name");
    evm_json_write_string(&json, name);
    evm_json_write_key(&json, "state");
    evm_json_write_string(&json, is_kept ? "kept" : "making");
    evm_json_write_object_end(&json);
    fprintf(stderr, "%s\n", text->str);
}

/* "[######------------------] 31/107 frames, 412 a second, 1 s left", over the line before. */
static void draw_bar(Progress *progress, const EvmFrameReport *report)
{
    gint64 now = g_get_monotonic_time();
    if (report->done < report->total && now - progress->drawn_us < REDRAW_US)
        return;
    char cells[BAR_CELLS + 1];
    size_t filled = BAR_CELLS * report->done / report->total;
    for (size_t i = 0; i < BAR_CELLS; i++)
        cells[i] = i < filled ? '#' : '-';
    cells[BAR_CELLS] = '\0';
    double seconds = MAX(1e-6, (double)(now - progress->begin_us) / 1e6);
    double rate = (double)report->done / seconds;
    fprintf(stderr, "\r\033[K[%s] %zu/%zu frames, %.0f a second, %.0f s left", cells, report->done,
            report->total, rate, (double)(report->total - report->done) / rate);
    fflush(stderr);
    progress->drawn_us = now;
    progress->has_bar = true;
}

static void end_bar(Progress *progress)
{
    if (progress->has_bar)
        fputs("\r\033[K", stderr);
    progress->has_bar = false;
}

/* Encoding a film takes longer than all its frames. */
static void report_whole(void *user, const char *name, bool is_kept)
{
    Progress *progress = user;
    const EvmCliOptions *options = progress->options;
    if (options->has_json_progress) {
        write_whole_json(name, is_kept);
    } else if (options->is_verbose) {
        g_autofree char *text = g_strdup_printf("%s %s", name, is_kept ? "kept" : "…");
        evm_message_write_note(text);
    } else if (progress->is_terminal && !options->is_quiet && !is_kept) {
        fprintf(stderr, "\r\033[Kmaking %s…", name);
        fflush(stderr);
        progress->has_bar = true;
    }
}

static void write_line(const EvmFrameReport *report, bool is_dry)
{
    g_autofree char *text =
        g_strdup_printf("%s %s, %zu bytes", report->name, find_word(report, is_dry), report->bytes);
    evm_message_write_note(text);
}

static void write_failure(Progress *progress, const EvmFrameReport *report)
{
    g_autoptr(GError) error = g_error_copy(report->error);
    end_bar(progress);
    g_prefix_error(&error, "%s: ", report->name);
    evm_message_write_error(error);
}

static void report_frame(void *user, const EvmFrameReport *report)
{
    Progress *progress = user;
    const EvmCliOptions *options = progress->options;
    if (options->is_dry && !report->is_kept)
        g_string_append_printf(progress->listed, "%s\n", report->name);
    if (options->has_json_progress)
        write_json(progress, report);
    else if (report->error)
        write_failure(progress, report);
    else if (options->is_verbose)
        write_line(report, options->is_dry);
    else if (progress->is_terminal && !options->is_quiet)
        draw_bar(progress, report);
}

/* Frames by their names, then the files that are made of them. */
static bool write_listed(const EvmTimelineResult *result, const Progress *progress, GError **error)
{
    for (guint i = 0; i < result->whole_paths->len; i++) {
        g_autofree char *name = g_path_get_basename(result->whole_paths->pdata[i]);
        g_string_append_printf(progress->listed, "%s\n", name);
    }
    if (result->index_path)
        g_string_append(progress->listed, "index.json\n");
    return evm_result_write(progress->listed, error);
}

static bool write_result(const EvmCliOptions *options, const EvmTimelineResult *result,
                         const Progress *progress, GError **error)
{
    if (options->is_dry)
        return write_listed(result, progress, error);
    if (options->is_quiet)
        return true;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < result->whole_paths->len; i++)
        g_string_append_printf(text, "%s\n", (const char *)result->whole_paths->pdata[i]);
    if (result->index_path)
        g_string_append_printf(text, "%s\n", result->index_path);
    return evm_result_write(text, error);
}

/* Pages about the whole period need no frames. */
static unsigned compute_formats(const EvmCliOptions *options)
{
    bool has_pages = options->has_series || options->has_chart || options->has_multiples;
    return options->formats || has_pages ? options->formats : EVM_FORMAT_PNG;
}

static void report_counts(const EvmCliOptions *options, const EvmTimelineResult *result)
{
    if (options->is_quiet || options->is_dry || options->has_json_progress ||
        compute_formats(options) == 0)
        return;
    g_autofree char *failed =
        result->failed
            ? g_strdup_printf(", %zu failed: films and index.json wait for them", result->failed)
            : g_strdup("");
    g_autofree char *text =
        g_strdup_printf("%zu frame%s: %zu made, %zu there already%s", result->frames,
                        result->frames == 1 ? "" : "s", result->made, result->kept, failed);
    evm_message_write_note(text);
}

/* What would pass for part of this timeline. */
static void report_left(const EvmTimelineRequest *request, const EvmTimelineResult *result)
{
    const char *folder = request->sheet.out_folder;
    guint count = result->left ? result->left->len : 0;
    for (guint i = 0; result->links && i < result->links->len; i++) {
        g_autofree char *text = g_strdup_printf(
            "%s/%s still shows a frame that index.json does not list: remove the link, or write "
            "that format too",
            folder, (const char *)result->links->pdata[i]);
        evm_message_write_warning(text);
    }
    if (count == 0)
        return;
    g_autofree char *text = g_strdup_printf(
        "%u file%s in %s %s of another timeline, not in index.json, the first %s: remove %s, or "
        "choose another --out",
        count, count == 1 ? "" : "s", folder, count == 1 ? "is" : "are",
        (const char *)result->left->pdata[0], count == 1 ? "it" : "them");
    evm_message_write_warning(text);
}

static int run_timeline(const EvmCliOptions *options, EvmTimelineRequest *request,
                        const EvmInputs *inputs, EvmTools *tools)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) listed = g_string_new(NULL);
    Progress progress = {options, listed, g_get_monotonic_time(), 0, isatty(STDERR_FILENO), false};
    EvmTimelineResult result;
    request->report = report_frame;
    request->report_whole = report_whole;
    request->user = &progress;
    evm_cli_report_data(options, inputs);
    evm_cli_report_age(options, inputs, request->to);
    bool done = options->is_merge
                    ? evm_timeline_merge_write(request, inputs, tools, &result, &error)
                    : evm_timeline_write(request, inputs, tools, &result, &error);
    end_bar(&progress);
    if (done) {
        evm_cli_report_unplaced(options, result.unplaced);
        if (!options->is_quiet)
            evm_cli_report_outside(inputs, result.outside);
        if (!options->is_quiet)
            report_left(request, &result);
        report_counts(options, &result);
        done = write_result(options, &result, &progress, &error);
    }
    bool has_failed = result.failed > 0, has_missing = evm_cli_report_missing(result.missing);
    evm_timeline_result_clear(&result);
    if (!done)
        return evm_message_write_error(error);
    if (has_failed)
        return EVM_EXIT_OUTPUT;
    return evm_inputs_count_lost(inputs) || has_missing ? EVM_EXIT_DATA : EVM_EXIT_DONE;
}

static EvmTimelineRequest compute_request(const EvmCliOptions *options)
{
    EvmTimelineRequest request = {
        .sheet = evm_cli_compute_sheet(options),
        .to = options->to,
        .step = options->step,
        .films = options->films,
        .has_series = options->has_series,
        .has_chart = options->has_chart,
        .has_multiples = options->has_multiples,
        .frames_per_s = options->frames_per_s,
        .hold_s = options->hold_s,
        .fade_s = options->fade_s,
        .shard = options->shard,
        .shards = options->shards,
        .build = evm_cli_find_build(),
        .is_dry = options->is_dry,
        .is_lossy = options->is_lossy,
    };
    request.sheet.formats = compute_formats(options);
    request.sheet.out_folder = options->out ? options->out : "out/timeline";
    request.sheet.language = options->languages->pdata[0];
    return request;
}

/* --events takes the words behind it for files too. */
static bool has_merge_as_file(const EvmCliOptions *options)
{
    const GPtrArray *events = options->events;
    for (guint i = 0; i < events->len; i++)
        if (events->pdata[i] && strcmp(events->pdata[i], "merge") == 0 &&
            !g_file_test("merge", G_FILE_TEST_EXISTS))
            return true;
    return false;
}

/* Of options that do not go together; NULL: none. */
static const char *find_fault(const EvmCliOptions *options)
{
    enum {
        GIF_MOST_PER_S = 50, /* its frames last hundredths of a second, two at least */
        FADE_MOST_PER_S = 12
    };
    if (options->languages->len > 1)
        return "--lang of a timeline is one language";
    if (has_merge_as_file(options))
        return "merge stands right behind timeline, else it is taken for a file of --events";
    if (options->shards > 1 && compute_formats(options) == 0)
        return "a shard makes frames alone: add a format of frames to --formats, as png";
    if (options->is_merge && options->shards > 1)
        return "merge is of all shards: leave out --shard";
    if (options->is_lossy && !(compute_formats(options) & EVM_FORMAT_PNG))
        return "--lossy-palette is for PNG frames: add png to --formats";
    if (options->films & EVM_FILM_GIF && options->frames_per_s > GIF_MOST_PER_S)
        return "a gif shows 50 frames a second at most: give a lower --fps";
    if (options->fade_s > 0 && options->frames_per_s > FADE_MOST_PER_S)
        return "--fade is for films of 12 frames a second at most: give a lower --fps";
    if (options->fade_s * options->frames_per_s > 0.9)
        return "--fade takes more than nine tenths of a frame's time: give a lower --fps";
    return NULL;
}

/* Better said before all frames are drawn. A shard makes no film. */
static bool has_encoder(const EvmCliOptions *options, GError **error)
{
    g_autofree char *path = g_find_program_in_path("ffmpeg");
    if (options->films == 0 || options->shards > 1 || path)
        return true;
    g_set_error(error, EVM_ERROR, EVM_ERROR_OUTPUT,
                "films are made by ffmpeg, which is not installed: apt-get install ffmpeg");
    return false;
}

int evm_cmd_timeline(const EvmCliOptions *options, const char *const *args)
{
    (void)args;
    g_autoptr(GError) error = NULL;
    const char *fault = find_fault(options);
    if (fault)
        return evm_message_write_usage(fault, "timeline");
    EvmTimelineRequest request = compute_request(options);
    EvmInputsRequest wanted = evm_cli_options_compute_inputs(options);
    wanted.wants_neighbours = true;
    if (!evm_timeline_is_feasible(&request, &error) || !has_encoder(options, &error))
        return evm_message_write_error(error);
    EvmTools *tools = evm_tools_new(options->theme);
    EvmInputs *inputs = evm_cli_load_inputs(options, &wanted, &error);
    if (inputs)
        request.sheet.question = evm_cli_options_compute_question(options, inputs, options->from);
    int status =
        inputs ? run_timeline(options, &request, inputs, tools) : evm_message_write_error(error);
    evm_inputs_free(inputs);
    evm_tools_free(tools);
    return status;
}
