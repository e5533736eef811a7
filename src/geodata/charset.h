/* Character sets of .dbf files. */
#ifndef EVM_GEODATA_CHARSET_H
#define EVM_GEODATA_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

enum { EVM_CHARSET_SIZE = 32 };

/* iconv's name of what a .cpg says: "UTF-8", "1256", "ANSI 1256", "CP1256", "88591", "ISO 8859-6",
 * "Big5". False when it says nothing that iconv could know. */
bool evm_charset_parse_cpg(const char *text, size_t size, char charset[EVM_CHARSET_SIZE]);

/* iconv's name for a language driver (byte 29 of a .dbf), or NULL. Source: the table of shapelib's
 * and GDAL's readers. 0x57, which shapelib writes into every file, says nothing. */
const char *evm_charset_find_driver(unsigned driver);

#endif
