#include "base/error.h"

G_DEFINE_QUARK(evm - error - quark, evm_error)
