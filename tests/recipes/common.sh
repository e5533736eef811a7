# shellcheck shell=bash
# Shared by the tests of recipes, which source it with the program as $1: a folder to work in, a
# timeline made by one process to compare with.

program=$(readlink -f -- "$1")
recipes=$(dirname -- "$(readlink -f -- "$0")")/../../docs/recipes
work=$(mktemp -d)
timeline=(--from 2021-07-01 --to 2021-07-08 --size 640x480)

skip() {
    echo "skipped: $*"
    exit 77
}

fail() {
    echo "FAILED: $*"
    exit 1
}

make_one() {
    "$program" timeline "${timeline[@]}" -q --out "$work/one" || fail "evmap timeline"
}

# Journals say which process made which frame: they differ.
check_same() { # FOLDER
    diff -r --exclude='.evmap-*' "$work/one" "$1" || fail "$1 is not what one process makes"
    [ -e "$1/index.json" ] || fail "$1 has no index"
}
