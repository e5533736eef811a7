/* Integers as the three files write them: the .shp and .shx headers mix both byte orders. */
#ifndef EVM_GEODATA_BYTES_H
#define EVM_GEODATA_BYTES_H

#include <stddef.h>
#include <stdint.h>

static inline uint32_t evm_bytes_at(const char *data, size_t offset)
{
    return (unsigned char)data[offset];
}

static inline uint32_t evm_bytes_parse_be32(const char *data, size_t offset)
{
    return evm_bytes_at(data, offset) << 24 | evm_bytes_at(data, offset + 1) << 16 |
           evm_bytes_at(data, offset + 2) << 8 | evm_bytes_at(data, offset + 3);
}

static inline uint32_t evm_bytes_parse_le32(const char *data, size_t offset)
{
    return evm_bytes_at(data, offset + 3) << 24 | evm_bytes_at(data, offset + 2) << 16 |
           evm_bytes_at(data, offset + 1) << 8 | evm_bytes_at(data, offset);
}

static inline uint32_t evm_bytes_parse_le16(const char *data, size_t offset)
{
    return evm_bytes_at(data, offset + 1) << 8 | evm_bytes_at(data, offset);
}

#endif
