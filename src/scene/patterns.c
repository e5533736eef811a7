/* The marks of actors that no theme knows, made of two sets of bands: where both are, or where one
 * of them is. No sign of a single direction: those say something of the evidence. */
#include "scene/parts.h"

typedef struct {
    EvmStripes first, second; /* px at 1600x1200 */
    bool is_both;             /* marks where both are */
} Recipe;

static const Recipe recipes[EVM_PATTERN_COUNT] = {
    [EVM_PATTERN_DOTS] = {{0, 7, 2.8}, {90, 7, 2.8}, true},
    [EVM_PATTERN_GRID] = {{0, 8, 1.1}, {90, 8, 1.1}, false},
    [EVM_PATTERN_DASHES] = {{0, 6, 2}, {90, 13, 8.5}, true},
    [EVM_PATTERN_LATTICE] = {{45, 7, 1.1}, {-45, 7, 1.1}, false},
    [EVM_PATTERN_DIAMONDS] = {{45, 9, 5.2}, {-45, 9, 5.2}, true},
};

static EvmStripes scale(EvmStripes stripes, double line)
{
    return (EvmStripes){stripes.angle_deg, stripes.period_px * line, stripes.width_px * line};
}

void evm_pattern_draw(EvmBuilder *builder, const EvmSheetRequest *request, EvmPattern pattern,
                      const EvmPath *path, EvmColor color)
{
    if (pattern == EVM_PATTERN_NONE)
        return;
    const Recipe *recipe = &recipes[pattern];
    double line = MAX(request->layout->line, EVM_HATCH_MIN_LINE);
    EvmStripes first = scale(recipe->first, line), second = scale(recipe->second, line);
    EvmArena *arena = evm_builder_find_arena(builder);
    EvmPath marks = evm_stripes_compute(arena, path, &first);
    if (recipe->is_both)
        marks = evm_stripes_compute(arena, &marks, &second);
    else
        evm_builder_add_path(builder, evm_stripes_compute(arena, path, &second), color);
    evm_builder_add_path(builder, marks, color);
}

const EvmSign *evm_control_find_sign(const EvmSheetRequest *request, EvmControl control)
{
    return control.kind == EVM_CONTROL_HELD ? &request->signs[control.actor] : NULL;
}
