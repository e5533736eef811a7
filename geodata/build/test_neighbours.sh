#!/bin/sh
# test_neighbours.sh GEODATA_DIR: cuts the neighbouring countries again and compares. Exit 77
# (skipped) where node or the npm packages are missing.
set -eu
geodata=$1

if ! command -v node >/dev/null; then
    echo "skipped: node is not installed"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
node "$geodata/build/neighbours/build_neighbours.mjs" "$work"
for path in "$work"/*; do
    cmp "$path" "$geodata/$(basename "$path")"
done
