#!/bin/sh
# A timeline drawn on several hosts by GNU parallel (package parallel). The hosts share the folder
# that the sheets go to, and have the same evmap under the same path.
#
#   parallel.sh HOSTS SHARDS OUT [evmap's options]...
#   parallel.sh desk1,desk2 8 /shared/film --from 2021-05-01 --to 2021-08-15
#
# HOSTS is what --sshlogin takes: host names, ":" for this machine, "4/desk1" for four at a time.
# EVMAP names the program where it is not on the PATH.
set -eu
evmap=${EVMAP:-evmap}
hosts=$1 shards=$2 out=$3
shift 3
# A shard that fails leaves its frames out; --retries tries it again, on another host if there is one.
seq "$shards" | parallel --quote --retries 2 --workdir "$PWD" --sshlogin "$hosts" \
    "$evmap" timeline "$@" --out "$out" --jobs 1 --shard {}/"$shards"
exec "$evmap" timeline merge "$@" --out "$out"
