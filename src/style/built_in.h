/* The key files of src/style, as they stand in the program: made by built_in.cmake. */
#ifndef EVM_STYLE_BUILT_IN_H
#define EVM_STYLE_BUILT_IN_H

/* The text of the file of that base name ("fr.ini"), or NULL. */
const char *evm_built_in_find(const char *name);

#endif
