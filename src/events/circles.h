/* Circles among links from node to node. */
#ifndef EVM_EVENTS_CIRCLES_H
#define EVM_EVENTS_CIRCLES_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t from, to; /* nodes, from 0 */
} EvmLink;

/* Numbers the nodes so that two have the same number when links lead from each to the other. The
 * caller owns what is returned, one number a node. */
uint32_t *evm_circles_compute(const EvmLink *links, size_t link_count, size_t node_count);

#endif
