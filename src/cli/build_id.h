/* What the program was made from. */
#ifndef EVM_CLI_BUILD_ID_H
#define EVM_CLI_BUILD_ID_H

/* The SHA-256 of all of its source files: another program draws other pictures. */
const char *evm_cli_find_build(void);

#endif
