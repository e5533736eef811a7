/* Where a key file says something: GKeyFile does not tell. */
#ifndef EVM_STYLE_KEY_LINES_H
#define EVM_STYLE_KEY_LINES_H

/* The line of `text` on which `key` (NULL: the group itself) stands, behind line `after`; 0:
 * nowhere. */
unsigned evm_key_line_find(const char *text, const char *group, const char *key, unsigned after);

#endif
