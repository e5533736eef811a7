/* libproj, opened when it is first needed. */
#ifndef EVM_PROJECTION_PROJ_LIBRARY_H
#define EVM_PROJECTION_PROJ_LIBRARY_H

#include <glib.h>
#include <proj.h>

/* The functions in use, each with PROJ's own name and type. */
#define EVM_PROJ_FUNCTIONS(X)                                                                      \
    X(proj_context_create)                                                                         \
    X(proj_context_destroy)                                                                        \
    X(proj_context_set_file_finder)                                                                \
    X(proj_context_set_enable_network)                                                             \
    X(proj_context_errno)                                                                          \
    X(proj_context_errno_string)                                                                   \
    X(proj_log_func)                                                                               \
    X(proj_create)                                                                                 \
    X(proj_create_crs_to_crs)                                                                      \
    X(proj_normalize_for_visualization)                                                            \
    X(proj_destroy)                                                                                \
    X(proj_get_type)                                                                               \
    X(proj_get_name)                                                                               \
    X(proj_list_operations)                                                                        \
    X(proj_info)                                                                                   \
    X(proj_angular_input)                                                                          \
    X(proj_angular_output)                                                                         \
    X(proj_crs_get_coordinate_system)                                                              \
    X(proj_cs_get_axis_count)                                                                      \
    X(proj_cs_get_axis_info)                                                                       \
    X(proj_trans_generic)

typedef struct {
#define EVM_PROJ_MEMBER(function) __typeof__(function) *function;
    EVM_PROJ_FUNCTIONS(EVM_PROJ_MEMBER)
#undef EVM_PROJ_MEMBER
} EvmProjLibrary;

/* The same pointer every time, from any thread; never closed. EVM_ERROR_INTERNAL with the loader's
 * reason. */
const EvmProjLibrary *evm_proj_library_load(GError **error);

#endif
