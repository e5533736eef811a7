/* Hatching of areas, kept from sheet to sheet of a timeline: a district stays contested or in doubt
 * for weeks. Of one thread. */
#ifndef EVM_SCENE_STRIPE_MEMO_H
#define EVM_SCENE_STRIPE_MEMO_H

typedef struct EvmStripeMemo EvmStripeMemo;

/* Must outlive the sheets that were made with it. */
EvmStripeMemo *evm_stripe_memo_new(void);
void evm_stripe_memo_free(EvmStripeMemo *memo); /* NULL is fine */

#endif
