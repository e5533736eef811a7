/* The gazetteer as it is for a district that nobody has looked at, and for one that it does not
 * know. */
#ifndef EVM_BENCH_LEAVE_OUT_H
#define EVM_BENCH_LEAVE_OUT_H

#include "gazetteer/gazetteer.h"

typedef enum {
    LEAVE_OUT_NOTHING,
    LEAVE_OUT_ALIASES, /* the district has its own names alone */
    LEAVE_OUT_NAMES,   /* and not even those */
} LeaveOutWhat;

typedef struct LeaveOut LeaveOut;

/* `geodata` is borrowed. */
LeaveOut *leave_out_new(const char *geodata, GError **error);
void leave_out_free(LeaveOut *leave_out);
/* Without those of that district; borrowed until the next call. NULL on an error. */
const EvmGazetteer *leave_out_find(LeaveOut *leave_out, LeaveOutWhat what, const char *pcode,
                                   GError **error);

#endif
