/* All that pictures of a scene are made from, as bytes to be hashed: two scenes whose bytes are the
 * same give the same files. */
#ifndef EVM_PIPELINE_SCENE_KEY_H
#define EVM_PIPELINE_SCENE_KEY_H

#include <glib.h>

#include "scene/scene.h"

enum {
    EVM_SCENE_FIXED = 1, /* layers and outlines that are the same on all sheets of a timeline too */
    EVM_SCENE_IDS = 2    /* also what only formats with ids and titles show, as SVG does */
};

/* Appends what `parts` say. Points that are the very same in memory as those of `like`, in an item
 * at the same place, are named and not repeated: the key must hold that scene's own, too. NULL:
 * none. */
void evm_scene_write_key(const EvmScene *scene, const EvmScene *like, unsigned parts, GString *out);

#endif
