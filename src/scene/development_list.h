/* The list of the latest developments: number, place, date, a line or three, sources. */
#ifndef EVM_SCENE_DEVELOPMENT_LIST_H
#define EVM_SCENE_DEVELOPMENT_LIST_H

#include "scene/column.h"
#include "scene/developments.h"

/* The least height of a list that is worth its place, at this column's type. */
double evm_development_list_compute_least_px(const EvmColumn *column);

/* As many as find room, in one column or in two where it is wide; how many more there are stands
 * below them. Numbers those that the map shows. */
void evm_development_list_draw(EvmColumn *column, EvmDevelopments *developments);

#endif
