#!/bin/sh
# test_build.sh BUILDER GEODATA_DIR: rebuilds geodata/ twice into temporary folders and compares
# every file with the committed one, byte by byte.
set -eu
builder=$1
geodata=$2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/first" "$work/second"
"$builder" "$geodata/source" "$work/first"
(cd "$work/second" && TZ=Asia/Kabul LC_ALL=tr_TR.UTF-8 "$builder" "$geodata/source" .)

status=0
for path in "$work"/first/*; do
    file=$(basename "$path")
    cmp "$path" "$work/second/$file" || status=1
    cmp "$path" "$geodata/$file" || status=1
done

# A builder that takes anything proves nothing: a changed figure must be refused, by file and line.
refuse() {
    cp -r "$geodata/source" "$work/bad"
    sed -i "$2" "$work/bad/$1"
    if "$builder" "$work/bad" "$work/second" 2>"$work/message"; then
        echo "accepted a broken $1: $2" >&2
        status=1
    elif ! grep -q "$3" "$work/message"; then
        echo "unexpected message for $1: $(cat "$work/message")" >&2
        status=1
    fi
    rm -r "$work/bad"
}
refuse outline_arcs.csv '5s/.*/1,70.41,x/' 'outline_arcs.csv:5: '
refuse outline_arcs.csv '3s/.*/1,60.000,33.000/' 'cross or touch'
refuse outline_rings.csv '2s/-953 //' 'outline_rings.csv:2: '
refuse gazetteer.csv '2s/AF0101/AF0102/' 'gazetteer.csv:3: '
refuse aliases.csv '2s/AF[0-9]*/AF9999/' 'aliases.csv:2: '
refuse aliases.csv '2s/^[^,]*/Marja/;2s/,[^,]*,AF[0-9]*,/,Hilmand,AF3002,/' 'temporary district'
refuse aliases.csv '$s/"[^"]*$//;$s/$/"/' 'aliases.csv:'
exit $status
