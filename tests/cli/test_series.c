#include <string.h>

#include "tests/cli/harness.h"

static const char rows[] = "date,province,district,kind,actor\n"
                           "2021-07-02,Kandahar,Panjwai,control,Taliban\n"
                           "2021-07-03,Kandahar,Daman,contested,\n"
                           "2021-07-04,Kandahar,Daman,control,Government\n";

static void one_column_a_control_for_reading(void)
{
    Run run = run_evmap_with(rows, NULL,
                             "series --from 2021-07-01 --to 2021-07-04 --area Kandahar --events -");
    assert_run(run, 0,
               "Date        Taliban  Government  Contested  Not assessed  All\n"
               "2021-07-01        0           0          0            16   16\n"
               "2021-07-02        1           0          0            15   16\n"
               "2021-07-03        1           0          1            14   16\n"
               "2021-07-04        1           1          0            14   16\n",
               "");
}

static void one_row_a_day_and_control_for_programs(void)
{
    Run run = run_evmap_with(rows, NULL,
                             "series --from 2021-07-03 --to 2021-07-04 --area Kandahar "
                             "--events - --format csv");
    assert_run(run, 0,
               "date,control,districts\n"
               "2021-07-03,Taliban,1\n"
               "2021-07-03,Government,0\n"
               "2021-07-03,contested,1\n"
               "2021-07-03,unassessed,14\n"
               "2021-07-04,Taliban,1\n"
               "2021-07-04,Government,1\n"
               "2021-07-04,contested,0\n"
               "2021-07-04,unassessed,14\n",
               "");
}

static void json_has_numbers(void)
{
    Run run = run_evmap_with(rows, NULL,
                             "series --from 2021-07-01 --to 2021-07-01 --events - --format json");
    assert_run(run, 0,
               "[\n  {\n    \"date\": \"2021-07-01\",\n    \"control\": \"unassessed\",\n"
               "    \"districts\": 398\n  }\n]\n",
               "evmap: warning: the first claim is of 2 July 2021, 1 day after: none counts by "
               "then\n");
}

/* Sums the last column of CSV rows that hold `,control,`, in tenths. */
static gint64 sum_of(const char *csv, const char *control, int column)
{
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    gint64 sum = 0;
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) cells = g_strsplit(*line, ",", -1);
        for (char **cell = cells; *cell; cell++)
            if (strcmp(*cell, control) == 0)
                sum += (gint64)(g_ascii_strtod(cells[column], NULL) * 10 + 0.5);
    }
    return sum;
}

/* The shipped events: the series of a day is what status says of it, to the last unit. */
static void series_reconciles_with_status(void)
{
    static const char *const days[] = {"2021-05-01", "2021-06-21", "2021-07-05", "2021-08-15"};
    static const char *const controls[] = {"Taliban", "Government", "contested", "unassessed"};
    static const char *const units[] = {"district", "area", "population"};
    for (size_t d = 0; d < G_N_ELEMENTS(days); d++) {
        Run status = run_evmap("status -q --date %s --format csv", days[d]);
        for (int u = 0; u < 3; u++) {
            Run series = run_evmap("series -q --from %s --to %s --by %s --format csv", days[d],
                                   days[d], units[u]);
            for (size_t c = 0; c < G_N_ELEMENTS(controls); c++)
                g_assert_cmpint(sum_of(series.out, controls[c], 2), ==,
                                sum_of(status.out, controls[c], 3 + u));
            run_clear(&series);
        }
        g_assert_cmpint(sum_of(status.out, "unassessed", 3), >, 0);
        run_clear(&status);
    }
}

static void period_must_be_whole_and_in_order(void)
{
    assert_usage("series", "--to 2021-07-05",
                 "--from is missing: which day? For example --from 2021-07-05");
    assert_usage("series", "--from 2021-07-05",
                 "--to is missing: which day? For example --to 2021-07-05");
    assert_usage("series", "--from 2021-07-06 --to 2021-07-05",
                 "--from 2021-07-06 lies after --to 2021-07-05");
    assert_usage("series", "--from 2021-02-30",
                 "--from '2021-02-30' is no day: write it as 2021-07-05");
    assert_usage("series", "--to soon", "--to 'soon' is no day: write it as 2021-07-05");
    assert_usage("series", "--date 2021-07-05", "no option '--date'");
    assert_usage("series", "--by actor", "--by knows no 'actor', only: district, area, population");
    assert_usage("series", "--by areas", "--by knows no 'areas': did you mean 'area'?");
}

static void period_has_a_limit(void)
{
    Run run = run_evmap_with(rows, NULL, "series --from 1900-01-01 --to 2021-07-05 --events -");
    assert_run(run, 5, "",
               "evmap: error: a series of 44381 days is longer than the limit of 36600\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/cli/series/" #name, name)
    ADD(one_column_a_control_for_reading);
    ADD(one_row_a_day_and_control_for_programs);
    ADD(json_has_numbers);
    ADD(series_reconciles_with_status);
    ADD(period_must_be_whole_and_in_order);
    ADD(period_has_a_limit);
    return finish_tests();
}
