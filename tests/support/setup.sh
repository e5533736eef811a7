# shellcheck shell=sh
# Set-up shared by ./evmap and tests/run, which source it with $root set. It talks on stderr only:
# stdout belongs to the program.

: "${root:?}"
program=$root/build/release/evmap
stamp=$root/build/release/.set-up

say() {
    printf 'evmap: %s\n' "$*" >&2
}

# True when nothing that the program was made from or with has changed since it was built. The
# package database counts too: a package may have been removed since. The stamp holds the folder's
# name, because the program has it compiled in and a moved folder must be built again.
is_ready() {
    [ -x "$program" ] && [ -r "$stamp" ] && IFS= read -r built_for <"$stamp" || return 1
    [ "$built_for" = "$root" ] || return 1
    # Installed by someone else: only they can bring it up to date.
    [ -w "$root/build/release" ] || return 0
    set -- "$root/src" "$root/CMakeLists.txt" "$root/CMakePresets.json" "$root/docs/packages.txt"
    [ ! -e /var/lib/dpkg/status ] || set -- "$@" /var/lib/dpkg/status
    changed=$(find "$@" -newer "$stamp" -print -quit) && [ -z "$changed" ]
}

# with_lock COMMAND...: one set-up at a time, so that two first runs do not build into each other.
with_lock() {
    mkdir -p "$root/build" || return 1
    (
        if ! flock -n 9; then
            say "another run is setting up; waiting for it…"
            flock 9
        fi
        "$@"
    ) 9>"$root/build/.lock"
}

# logged NAME COMMAND...: quiet in build/NAME.log. Daemons that a package starts must not inherit
# the lock.
logged() {
    log=$root/build/$1.log
    shift
    "$@" >"$log" 2>&1 </dev/null 9>&-
}

show_log() {
    cat "$log" >&2
    say "$1; the log above is also in $log"
    return 1
}

# missing_packages GROUP...: names from docs/packages.txt that are not installed, on one line.
missing_packages() {
    wanted=$(awk -v groups=" $* " 'index(groups, " " $1 " ") { print $2 }' "$root/docs/packages.txt")
    # shellcheck disable=SC2016,SC2086 # the format is dpkg's, and the names are words
    installed=$(dpkg-query -W -f '|${Package} ${db:Status-Status}|' $wanted 2>/dev/null)
    missing=
    for package in $wanted; do
        case $installed in
        *"|$package installed|"*) ;;
        *) missing="$missing${missing:+ }$package" ;;
        esac
    done
    echo "$missing"
}

# A package that stands in the way is the user's: --no-remove stops rather than remove it. Lists
# that cannot be renewed may still do: install decides.
apt_install() {
    "$@" update
    # shellcheck disable=SC2086 # names are words
    "$@" install -y --no-install-recommends --no-remove $missing
}

install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "not a Debian system: taking the packages of docs/packages.txt for granted"
        return 0
    fi
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    set -- env DEBIAN_FRONTEND=noninteractive apt-get -q \
        -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "packages are missing, and only root may install them. Run this as root first:"
            say "    apt-get install --no-install-recommends $missing"
            return 1
        fi
        set -- sudo "$@"
    fi
    say "installing with $([ "$1" = env ] || echo 'sudo ')apt-get: $missing"
    logged install apt_install "$@" || show_log "apt-get could not install: $missing"
}

# build PRESET [TARGET]. The second try is for a cache that no longer fits: the folder was moved,
# or the compiler is gone.
build() {
    if ! logged "configure-$1" cmake -S "$root" --preset "$1"; then
        logged "configure-$1" cmake -S "$root" --preset "$1" --fresh ||
            show_log "CMake could not configure the $1 preset" || return 1
    fi
    logged "build-$1" cmake --build "$root/build/$1" --target "${2:-all}" ||
        show_log "the $1 preset could not be built"
}

# The stamp is as old as the start of the build, so that an edit during the build is seen.
set_up_program() {
    ! is_ready || return 0
    install_packages build run || return 1
    if [ -x "$program" ]; then
        say "bringing the build up to date…"
    else
        say "building (first run only)…"
    fi
    mkdir -p "$root/build/release" && echo "$root" >"$stamp.new" || return 1
    build release evmap && mv "$stamp.new" "$stamp"
}

set_up_tests() {
    install_packages build run test && set_up_program || return 1
    say "building the tests…"
    build dev
}
