/* What every sheet of one request has in common, whatever its date. */
#ifndef EVM_PIPELINE_PAGE_H
#define EVM_PIPELINE_PAGE_H

#include "pipeline/render.h"
#include "scene/sheet.h"

typedef struct {
    const EvmRenderRequest *request; /* borrowed, as is `inputs` */
    const EvmInputs *inputs;
    EvmLayout layout;
    EvmMap *map;
    EvmSeries *series;          /* for the chart; NULL: none */
    EvmTally *legend;           /* the rows that the legend has whatever the day; NULL: the day's */
    EvmSign *signs;             /* one an actor of the inputs */
    char *boundaries, *credits; /* words of the sheet */
} EvmPage;

/* Errors as evm_render_is_feasible and evm_map_compute. To be cleared in any case. */
bool evm_page_init(EvmPage *page, const EvmRenderRequest *request, const EvmInputs *inputs,
                   GError **error);
void evm_page_clear(EvmPage *page);

/* What the page's map was made from; borrowed. */
EvmMapRequest evm_page_compute_map_request(const EvmPage *page);

/* The counts that the chart shows, where the layout has one: up to `to`, from the first claim on,
 * but from half a year before the question's day at most and two weeks before `to` at least. */
bool evm_page_compute_series(EvmPage *page, const EvmQuestion *question, EvmDate to,
                             GError **error);

/* What a page about the question's day will ask of the events. */
EvmNeeds evm_page_compute_needs(const EvmQuestion *question);

/* Without `measure`; both are borrowed. */
EvmSheetRequest evm_page_compute_request(const EvmPage *page, const EvmState *state,
                                         const EvmChanges *changes);

/* "afghanistan-2021-07-05-story-fa", of a map of that day; caller frees. */
char *evm_page_format_name(const EvmPage *page, EvmDate date);
/* "afghanistan-2021-05-01-to-2021-08-15-story-fa", of pages about those days; caller frees. */
char *evm_page_format_period(const EvmPage *page, EvmDate from, EvmDate to);

#endif
