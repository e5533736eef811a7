/* Whether the colours of the themes are told apart: by everybody, by people with each of the three
 * colour-vision deficiencies, and on a grey photocopy. And whether text is legible. */
#include <glib.h>
#include <math.h>

#include "style/signs.h"

typedef struct {
    double x, y, z;
} Triple; /* linear red, green, blue, or L*, a*, b* */

/* ---- CIEDE2000: Sharma, Wu and Dalal 2005, with their names ---- */

static double hue_deg(double b, double a)
{
    double hue = a == 0 && b == 0 ? 0 : atan2(b, a) * 180 / G_PI;
    return hue < 0 ? hue + 360 : hue;
}

static double rad(double deg)
{
    return deg * G_PI / 180;
}

static double mean_hue_deg(double h1, double h2, double product)
{
    if (product == 0)
        return h1 + h2;
    if (fabs(h1 - h2) <= 180)
        return (h1 + h2) / 2;
    return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}

static double hue_step_deg(double h1, double h2, double product)
{
    double step = product == 0 ? 0 : h2 - h1;
    return step > 180 ? step - 360 : step < -180 ? step + 360 : step;
}

static double ciede2000(Triple one, Triple two)
{
    double c_mean = (hypot(one.y, one.z) + hypot(two.y, two.z)) / 2;
    double g = 0.5 * (1 - sqrt(pow(c_mean, 7) / (pow(c_mean, 7) + pow(25, 7))));
    double a1 = (1 + g) * one.y, a2 = (1 + g) * two.y;
    double c1 = hypot(a1, one.z), c2 = hypot(a2, two.z), c = (c1 + c2) / 2;
    double h1 = hue_deg(one.z, a1), h2 = hue_deg(two.z, a2);
    double h = mean_hue_deg(h1, h2, c1 * c2);
    double t = 1 - 0.17 * cos(rad(h - 30)) + 0.24 * cos(rad(2 * h)) + 0.32 * cos(rad(3 * h + 6)) -
               0.20 * cos(rad(4 * h - 63));
    double l = (one.x + two.x) / 2 - 50;
    double s_l = 1 + 0.015 * l * l / sqrt(20 + l * l), s_c = 1 + 0.045 * c, s_h = 1 + 0.015 * c * t;
    double turn = 30 * exp(-pow((h - 275) / 25, 2));
    double r = -sin(rad(2 * turn)) * 2 * sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7)));
    double dl = (two.x - one.x) / s_l, dc = (c2 - c1) / s_c;
    double dh = 2 * sqrt(c1 * c2) * sin(rad(hue_step_deg(h1, h2, c1 * c2) / 2)) / s_h;
    return sqrt(dl * dl + dc * dc + dh * dh + r * dc * dh);
}

/* The pairs of Sharma, Wu and Dalal 2005, table 1. */
static const struct {
    Triple one, two;
    double difference;
} published[] = {
    {{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
    {{50, 3.1571, -77.2803}, {50, 0, -82.7485}, 2.8615},
    {{50, 2.8361, -74.0200}, {50, 0, -82.7485}, 3.4412},
    {{50, -1.3802, -84.2814}, {50, 0, -82.7485}, 1.0000},
    {{50, -1.1848, -84.8006}, {50, 0, -82.7485}, 1.0000},
    {{50, -0.9009, -85.5211}, {50, 0, -82.7485}, 1.0000},
    {{50, 0, 0}, {50, -1, 2}, 2.3669},
    {{50, -1, 2}, {50, 0, 0}, 2.3669},
    {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0009}, 7.1792},
    {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0010}, 7.1792},
    {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0011}, 7.2195},
    {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0012}, 7.2195},
    {{50, -0.0010, 2.4900}, {50, 0.0009, -2.4900}, 4.8045},
    {{50, -0.0010, 2.4900}, {50, 0.0010, -2.4900}, 4.8045},
    {{50, -0.0010, 2.4900}, {50, 0.0011, -2.4900}, 4.7461},
    {{50, 2.5, 0}, {50, 0, -2.5}, 4.3065},
    {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
    {{50, 2.5, 0}, {61, -5, 29}, 22.8977},
    {{50, 2.5, 0}, {56, -27, -3}, 31.9030},
    {{50, 2.5, 0}, {58, 24, 15}, 19.4535},
    {{50, 2.5, 0}, {50, 3.1736, 0.5854}, 1.0000},
    {{50, 2.5, 0}, {50, 3.2972, 0}, 1.0000},
    {{50, 2.5, 0}, {50, 1.8634, 0.5757}, 1.0000},
    {{50, 2.5, 0}, {50, 3.2592, 0.3350}, 1.0000},
    {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
    {{63.0109, -31.0961, -5.8663}, {62.8187, -29.7946, -4.0864}, 1.2630},
    {{61.2901, 3.7196, -5.3901}, {61.4292, 2.2480, -4.9620}, 1.8731},
    {{35.0831, -44.1164, 3.7933}, {35.0232, -40.0716, 1.5901}, 1.8645},
    {{22.7233, 20.0904, -46.6940}, {23.0331, 14.9730, -42.5619}, 2.0373},
    {{36.4612, 47.8580, 18.3852}, {36.2715, 50.5065, 21.2231}, 1.4146},
    {{90.8027, -2.0831, 1.4410}, {91.1528, -1.6435, 0.0447}, 1.4441},
    {{90.9257, -0.5406, -0.9208}, {88.6381, -0.8985, -0.7239}, 1.5381},
    {{6.7747, -0.2908, -2.4247}, {5.8714, -0.0985, -2.2286}, 0.6377},
    {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082},
};

static void ciede2000_agrees_with_the_published_pairs(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(published); i++) {
        double there = ciede2000(published[i].one, published[i].two);
        double back = ciede2000(published[i].two, published[i].one);
        g_assert_cmpfloat_with_epsilon(there, published[i].difference, 0.5e-4);
        g_assert_cmpfloat_with_epsilon(back, published[i].difference, 0.5e-4);
    }
}

/* ---- eyes and copiers ---- */

typedef enum { EYE_NORMAL, EYE_PROTAN, EYE_DEUTAN, EYE_TRITAN, EYE_COPIER, EYE_COUNT } Eye;

static const char *const eye_names[] = {"normal", "protan", "deutan", "tritan", "grey"};

/* Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB; the copier sees luminance. */
static const double matrices[EYE_COUNT][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779},
     {-0.078411, 0.930809, 0.147602},
     {0.004733, 0.691367, 0.303900}},
    {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}},
};

static double linear(uint8_t channel)
{
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double apply_row(const double row[3], Triple rgb)
{
    return CLAMP(row[0] * rgb.x + row[1] * rgb.y + row[2] * rgb.z, 0, 1);
}

static Triple see(EvmColor color, Eye eye)
{
    Triple rgb = {linear(color.r), linear(color.g), linear(color.b)};
    return (Triple){apply_row(matrices[eye][0], rgb), apply_row(matrices[eye][1], rgb),
                    apply_row(matrices[eye][2], rgb)};
}

static double lightness_of(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* CIE L*a*b*, white point D65. */
static Triple lab_of(Triple rgb)
{
    double x = (0.4124564 * rgb.x + 0.3575761 * rgb.y + 0.1804375 * rgb.z) / 0.95047;
    double y = 0.2126729 * rgb.x + 0.7151522 * rgb.y + 0.0721750 * rgb.z;
    double z = (0.0193339 * rgb.x + 0.1191920 * rgb.y + 0.9503041 * rgb.z) / 1.08883;
    double fx = lightness_of(x), fy = lightness_of(y), fz = lightness_of(z);
    return (Triple){116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
}

static double distance(EvmColor a, EvmColor b, Eye eye)
{
    return ciede2000(lab_of(see(a, eye)), lab_of(see(b, eye)));
}

/* ---- the themes ---- */

typedef struct {
    char name[32];
    EvmColor color;
    EvmPattern pattern;
    bool is_hatched;
    EvmColor mark; /* of pattern or hatching */
} Entry;

enum { KNOWN = 3, ENTRIES_MAX = 24 };

static EvmColor color_of(const EvmTheme *theme, const char *actor)
{
    return *evm_theme_find_actor(theme, actor);
}

/* Actors that no theme knows, as many as it has colours for: each of these is given to one. */
static size_t list_others(const EvmTheme *theme, Entry *out)
{
    char *names[ENTRIES_MAX] = {NULL};
    guint count = theme->others->len;
    for (guint i = 0; i < count; i++)
        names[i] = g_strdup_printf("other %u", i);
    g_autofree EvmSign *signs = evm_signs_compute(theme, (const char *const *)names);
    for (guint i = 0; i < count; i++) {
        out[i] =
            (Entry){.color = signs[i].fill, .pattern = signs[i].pattern, .mark = signs[i].mark};
        evm_color_format(signs[i].fill, out[i].name);
        g_free(names[i]);
    }
    return count;
}

/* What can stand together in a legend: contested, what nobody holds, the actors of the shipped
 * events, and others. */
static size_t list_entries(const EvmTheme *theme, Entry out[ENTRIES_MAX])
{
    static const char *const actors[KNOWN] = {"Taliban", "Government", "Resistance(NRF)"};
    out[0] = (Entry){"unassessed", theme->unassessed, EVM_PATTERN_NONE, false, EVM_COLOR_NONE};
    out[1] = (Entry){"contested", theme->contested, EVM_PATTERN_NONE, true, theme->contested_hatch};
    for (size_t i = 0; i < KNOWN; i++) {
        out[2 + i] = (Entry){.color = color_of(theme, actors[i])};
        g_strlcpy(out[2 + i].name, actors[i], sizeof out->name);
    }
    return 2 + KNOWN + list_others(theme, out + 2 + KNOWN);
}

static void for_each_theme(void (*check)(const EvmTheme *theme))
{
    for (const char *const *name = evm_theme_find_built_in(); *name; name++) {
        GError *error = NULL;
        EvmTheme *theme = evm_theme_load(*name, &error);
        g_assert_no_error(error);
        check(theme);
        evm_theme_free(theme);
    }
}

static void assert_apart(const EvmTheme *theme, const Entry *a, const Entry *b, Eye eye,
                         double least)
{
    double found = distance(a->color, b->color, eye);
    if (found < least)
        g_error("theme %s, %s eye: %s and %s are %.1f apart, not %.1f", theme->name, eye_names[eye],
                a->name, b->name, found, least);
}

static bool is_grey(const EvmTheme *theme)
{
    EvmColor color = color_of(theme, "Taliban");
    return color.r == color.g && color.g == color.b;
}

/* CIEDE2000. A theme of greys has fewer steps to give. */
static double least_of(const EvmTheme *theme, Eye eye)
{
    if (eye == EYE_COPIER || is_grey(theme))
        return 7;
    return eye == EYE_NORMAL ? 20 : 10;
}

/* Without colours, they are told by their marks, which are checked below. */
static bool has_other_marks(const Entry *a, const Entry *b)
{
    return a->is_hatched != b->is_hatched || a->pattern != b->pattern;
}

static void check_pairs(const EvmTheme *theme)
{
    Entry entries[ENTRIES_MAX];
    size_t count = list_entries(theme, entries);
    for (Eye eye = EYE_NORMAL; eye < EYE_COUNT; eye++)
        for (size_t i = 0; i < count; i++)
            for (size_t j = i + 1; j < count; j++)
                if (!has_other_marks(&entries[i], &entries[j]) ||
                    (eye != EYE_COPIER && !is_grey(theme)))
                    assert_apart(theme, &entries[i], &entries[j], eye, least_of(theme, eye));
}

static void entries_that_occur_together_are_told_apart_by_every_eye(void)
{
    for_each_theme(check_pairs);
}

static void check_marks(const EvmTheme *theme)
{
    Entry entries[ENTRIES_MAX];
    size_t count = list_entries(theme, entries);
    for (size_t i = 0; i < count; i++) {
        Entry marks = {"marks", entries[i].mark, EVM_PATTERN_NONE, false, EVM_COLOR_NONE};
        if (entries[i].is_hatched || entries[i].pattern != EVM_PATTERN_NONE)
            for (Eye eye = EYE_NORMAL; eye < EYE_COUNT; eye++)
                assert_apart(theme, &marks, &entries[i], eye, 18);
    }
}

static void marks_are_seen_by_every_eye(void)
{
    for_each_theme(check_marks);
}

/* Old evidence is told by lines of the full colour on its paler ground: they have to be seen, and
 * then no pale fill is taken for another one, whatever it is beside. */
static void check_stale(const EvmTheme *theme)
{
    Entry entries[ENTRIES_MAX];
    size_t count = list_entries(theme, entries);
    for (size_t i = 1; i < count; i++) { /* nothing was ever said of what is unassessed */
        Entry ground = {.name = "its pale ground",
                        .color = evm_theme_compute_stale(theme, entries[i].color)};
        Entry lines = entries[i];
        if (lines.is_hatched)
            lines.color = evm_theme_find_contested_stale(theme);
        for (Eye eye = EYE_NORMAL; eye < EYE_COUNT; eye++)
            assert_apart(theme, &lines, &ground, eye, is_grey(theme) ? 10 : 12);
    }
}

static void lines_of_old_evidence_are_seen_by_every_eye(void)
{
    for_each_theme(check_stale);
}

/* What is not assessed is no background: it says that somebody looked. */
static void check_neutrals(const EvmTheme *theme)
{
    Entry unassessed = {.name = "unassessed", .color = theme->unassessed};
    Entry around[] = {{.name = "context", .color = theme->context},
                      {.name = "land", .color = theme->land}};
    for (Eye eye = EYE_NORMAL; eye < EYE_COUNT; eye++)
        for (size_t i = 0; i < G_N_ELEMENTS(around); i++)
            assert_apart(theme, &unassessed, &around[i], eye, 5);
}

static void unassessed_is_not_taken_for_background(void)
{
    for_each_theme(check_neutrals);
}

static void assert_legible(const EvmTheme *theme, const char *what, EvmColor text, EvmColor ground)
{
    double contrast = evm_color_compute_contrast(text, ground);
    if (contrast < 4.5)
        g_error("theme %s: %s has contrast %.2f", theme->name, what, contrast);
}

/* WCAG 2.1 AA: 4.5 for every text. Names on the map stand on their halo, which lets some of the
 * fill through. */
static void check_texts(const EvmTheme *theme)
{
    const EvmColor grounds[] = {theme->page, theme->land, theme->water, theme->context};
    for (size_t i = 0; i < G_N_ELEMENTS(grounds); i++) {
        assert_legible(theme, "text", theme->ink, grounds[i]);
        assert_legible(theme, "soft text", theme->ink_soft, grounds[i]);
        assert_legible(theme, "the name of a neighbour", theme->land_label, grounds[i < 2 ? i : 1]);
    }
    assert_legible(theme, "faint text", theme->ink_faint, theme->page);
    Entry entries[ENTRIES_MAX];
    size_t count = list_entries(theme, entries);
    for (size_t i = 0; i < count; i++) {
        EvmColor ground =
            evm_color_compute_mix(entries[i].color, theme->halo, theme->halo.a / 255.0);
        assert_legible(theme, "a name", theme->ink, ground);
        assert_legible(theme, "the name of a province", theme->ink_soft, ground);
    }
}

static void text_is_legible_on_all_that_it_stands_on(void)
{
    for_each_theme(check_texts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add_func("/style/palette/" #name, name)
    ADD(ciede2000_agrees_with_the_published_pairs);
    ADD(entries_that_occur_together_are_told_apart_by_every_eye);
    ADD(marks_are_seen_by_every_eye);
    ADD(lines_of_old_evidence_are_seen_by_every_eye);
    ADD(unassessed_is_not_taken_for_background);
    ADD(text_is_legible_on_all_that_it_stands_on);
    return g_test_run();
}
