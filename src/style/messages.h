/* Every sentence and word of the sheet, by the key that it has in a language file. The first column
 * is the constant EVM_MESSAGE_…, the second the key in [messages]. {…} are filled in.
 *
 * A key that ends in "*" is a counted one: a language file has one line for each of its plural
 * forms, "changed.one=…" and "changed.other=…". */
#ifndef EVM_STYLE_MESSAGES_H
#define EVM_STYLE_MESSAGES_H

#define EVM_MESSAGES(M)                                                                            \
    M(COUNTRY, "country")                                                                          \
    M(TITLE, "title")                           /* {area} */                                       \
    M(TITLE_DATED, "title-dated")               /* {area} {date} */                                \
    M(TITLE_KNOWN, "title-known")               /* {title} {known} */                              \
    M(DATE_LINE, "date-line")                   /* {date} */                                       \
    M(DATE_LINE_KNOWN, "date-line-known")       /* {date} {known}: as known on a day */            \
    M(PERIOD, "period")                         /* {from} {to} */                                  \
    M(PERIOD_SOME, "period-some")               /* {from} {to} {count} {total} */                  \
    M(COURSE, "course")                         /* {total} {rows}: what became of them */          \
    M(COURSE_PART, "course-part")               /* {control} {before} {after} */                   \
    M(DATE, "date")                             /* {day} {month} {year} */                         \
    M(DATE_BOTH, "date-both")                   /* {date} {other}: in both calendars */            \
    M(LIST, "list")                             /* {before} {next}: all but the last */            \
    M(LIST_LAST, "list-last")                   /* {before} {next} */                              \
    M(NAME_WITH_PROVINCE, "name-with-province") /* {name} {province} */                            \
    M(HOLDS, "holds")                           /* {actor} {count} {total} */                      \
    M(HOLDS_ALSO, "holds-also")                 /* {actor} {count} */                              \
    M(HOLDS_OTHERS, "holds-others")             /* {count} */                                      \
    M(HOLDS_NOBODY, "holds-nobody")             /* {total} */                                      \
    M(ASSUMED, "assumed")                       /* {text} {count} */                               \
    M(SUMMARY_CONTESTED, "summary-contested")   /* {count} */                                      \
    M(SUMMARY_UNASSESSED, "summary-unassessed") /* {count} */                                      \
    M(SUMMARY_PART, "summary-part")             /* {before} {next}: parts of the first sentence */ \
    M(SUMMARY_UNCHANGED, "summary-unchanged")   /* {days} */                                       \
    M(SUMMARY_CHANGED, "summary-changed*")      /* {count} {days} */                               \
    M(SUMMARY_BUSIEST, "summary-busiest")       /* {changed} {count} {province} */                 \
    M(SUMMARY, "summary")                       /* {holdings} {changes} */                         \
    M(CONTROL_CONTESTED, "control-contested")                                                      \
    M(CONTROL_UNASSESSED, "control-unassessed")                                                    \
    M(LEGEND_TITLE, "legend-title")                                                                \
    M(LEGEND_DISTRICTS, "legend-districts")                                                        \
    M(LEGEND_SHARE, "legend-share")                                                                \
    M(LEGEND_AREA, "legend-area")                                                                  \
    M(LEGEND_ALL, "legend-all")                                                                    \
    M(TABLE_DAY, "table-day")                                                                      \
    M(TABLE_PROVINCE, "table-province")                                                            \
    M(LEGEND_CHANGING, "legend-changing")                                                          \
    M(LEGEND_DISPUTED, "legend-disputed")                                                          \
    M(LEGEND_ASSUMED, "legend-assumed")                                                            \
    M(LEGEND_BANDS, "legend-bands")     /* the same, where a paler colour would be another's */    \
    M(LEGEND_PALER, "legend-paler")     /* where bands would be too fine */                        \
    M(LEGEND_STALE, "legend-stale")     /* {days} */                                               \
    M(LEGEND_CHANGED, "legend-changed") /* {days} */                                               \
    M(LEGEND_CAPITAL, "legend-capital")                                                            \
    M(LEGEND_CAPITAL_COVERING, "legend-capital-covering")                                          \
    M(LEGEND_SCHEMATIC, "legend-schematic")                                                        \
    M(LEGEND_CLASH, "legend-clash")                                                                \
    M(LEGEND_BORDER, "legend-border")                                                              \
    M(LEGEND_CAPITAL_REPORT, "legend-capital-report")                                              \
    M(DEVELOPMENTS_TITLE, "developments-title") /* {date} */                                       \
    M(DEVELOPMENTS_NONE, "developments-none")                                                      \
    M(DEVELOPMENTS_MORE, "developments-more*")         /* {count}: that found no room */           \
    M(DEVELOPMENT_DISTRICTS, "development-districts*") /* {province} {count} */                    \
    M(DEVELOPMENT_BY, "development-by") /* {date}: the last of those on which it may have been */  \
    M(DEVELOPMENT_UNMAPPED, "development-unmapped")                                                \
    M(DEVELOPMENT_TAKEN, "development-taken")           /* {actor} {names} */                      \
    M(DEVELOPMENT_RETAKEN, "development-retaken")       /* {actor} {names} */                      \
    M(DEVELOPMENT_CONTESTED, "development-contested")   /* {names} */                              \
    M(DEVELOPMENT_CLASH, "development-clash")           /* {names} */                              \
    M(DEVELOPMENT_WITHDRAWAL, "development-withdrawal") /* {names} */                              \
    M(DEVELOPMENT_SURRENDER, "development-surrender")   /* {names} */                              \
    M(DEVELOPMENT_BORDER, "development-border")         /* {names} */                              \
    M(DEVELOPMENT_CAPITAL, "development-capital")       /* {names} */                              \
    M(DEVELOPMENT_OTHER, "development-other")           /* {names} */                              \
    M(NAMES_MORE, "names-more*")                        /* {names} {count} */                      \
    M(CHART_TITLE, "chart-title")                                                                  \
    M(READING, "reading")                                                                          \
    M(READING_CONTESTED, "reading-contested")                                                      \
    M(READING_UNASSESSED, "reading-unassessed")                                                    \
    M(READING_BANDS, "reading-bands")                                                              \
    M(SCALE_KM, "scale-km")          /* {length} */                                                \
    M(SOURCES, "sources")            /* {sources} */                                               \
    M(SOURCES_MORE, "sources-more*") /* {sources} {count} */                                       \
    M(SOURCES_WHERE, "sources-where")                                                              \
    M(SOURCES_EMPTY, "sources-empty") /* the whole sentence: nothing is claimed */                 \
    M(SOURCES_NONE, "sources-none")                                                                \
    M(SOURCES_BETWEEN, "sources-between") /* {before} {next} */                                    \
    M(NOTES, "notes") /* {count} {boundaries} {credits} {projection} {software} */                 \
    M(BOUNDARIES_FROM, "boundaries-from") /* {file} */                                             \
    M(CREDITS_NONE, "credits-none")                                                                \
    M(SHARES_DRAWN, "shares-drawn")     /* {boundaries} {count} */                                 \
    M(SHARES_UNDRAWN, "shares-undrawn") /* {boundaries} {count} */                                 \
    M(NOTES_OUTSIDE, "notes-outside*")  /* {count}: that found no room */                          \
    M(NOTES_OLD, "notes-old")           /* {notes} {date} */                                       \
    M(NOTES_CUT, "notes-cut")           /* {notes} {area} */                                       \
    M(NOTES_BASELINE, "notes-baseline") /* {notes} {actor} */                                      \
    M(PROJECTION_ALBERS, "projection-albers")                                                      \
    M(ALT_TEXT, "alt-text")       /* {title} {summary} */                                          \
    M(DESCRIPTION, "description") /* {title} {summary} {counts} {total} {boundaries} */            \
    M(DESCRIPTION_COUNT, "description-count")   /* {control} {count} */                            \
    M(DISTRICT, "district")                     /* {name} {control} */                             \
    M(DISTRICT_REPORTED, "district-reported")   /* {name} {control} {date} */                      \
    M(DISTRICT_CHANGED, "district-changed")     /* {district} */                                   \
    M(DISTRICT_SCHEMATIC, "district-schematic") /* {name} */                                       \
    M(LAYER_SCHEMATIC, "layer-schematic")                                                          \
    M(LAYER_DOUBT, "layer-doubt")                                                                  \
    M(LAYER_TITLE, "layer-title")                                                                  \
    M(LAYER_LEGEND, "layer-legend")                                                                \
    M(LAYER_DEVELOPMENTS, "layer-developments")                                                    \
    M(LAYER_NUMBERS, "layer-numbers")                                                              \
    M(LAYER_STALE, "layer-stale")                                                                  \
    M(LAYER_SYMBOLS, "layer-symbols")                                                              \
    M(LAYER_CHART, "layer-chart")                                                                  \
    M(LAYER_NOTES, "layer-notes")                                                                  \
    M(LAYER_SCALE, "layer-scale")                                                                  \
    M(DEGREES_EAST, "degrees-east")                                                                \
    M(DEGREES_WEST, "degrees-west")                                                                \
    M(DEGREES_NORTH, "degrees-north")                                                              \
    M(DEGREES_SOUTH, "degrees-south")                                                              \
    M(NORTH, "north")                                                                              \
    M(LAYER_GRATICULE, "layer-graticule")                                                          \
    M(LAYER_NORTH, "layer-north")                                                                  \
    M(LAYER_LOCATOR, "layer-locator")                                                              \
    M(LAYER_CAPITALS, "layer-capitals")                                                            \
    M(LAYER_NAMES, "layer-names")                                                                  \
    M(LAYER_NEIGHBOURS, "layer-neighbours")                                                        \
    M(LAYER_CONTEXT, "layer-context")                                                              \
    M(LAYER_DISTRICTS, "layer-districts")                                                          \
    M(LAYER_PROVINCE_BORDERS, "layer-province-borders")                                            \
    M(LAYER_COUNTRY_BORDER, "layer-country-border")                                                \
    M(LAYER_CHANGED, "layer-changed")

#define EVM_MESSAGE_CONSTANT(name, key) EVM_MESSAGE_##name,
typedef enum { EVM_MESSAGES(EVM_MESSAGE_CONSTANT) EVM_MESSAGE_COUNT } EvmMessage;
#undef EVM_MESSAGE_CONSTANT

#endif
