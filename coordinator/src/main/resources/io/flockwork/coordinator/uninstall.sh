#!/bin/sh
# Removes the Flockwork that this script was installed with. With --purge also the worker's identity and data.
set -eu

fail() {
    echo "flockwork: $*" >&2
    exit 1
}

removed() {
    echo "flockwork: removed $*"
}

base=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)
purge=false
case ${1:-} in
    '') ;;
    --purge) purge=true ;;
    *) fail "there is no option $1; there is --purge" ;;
esac

if [ "$(id -u)" = 0 ]; then
    expected=/opt/flockwork
    bin=/usr/local/bin
    home=/var/lib/flockwork
    unit=/etc/systemd/system/flockwork.service
    control=systemctl
else
    expected=$HOME/.local/share/flockwork
    bin=$HOME/.local/bin
    home=${FLOCKWORK_HOME:-$HOME/.flockwork}
    unit=$HOME/.config/systemd/user/flockwork.service
    control='systemctl --user'
fi
[ "$base" = "$(CDPATH= cd -- "$expected" 2>/dev/null && pwd -P)" ] || fail "$base is not where this user's Flockwork is installed"

if [ -e "$unit" ]; then
    $control disable --now flockwork.service >/dev/null 2>&1 || true
    rm -f "$unit"
    $control daemon-reload >/dev/null 2>&1 || true
    removed "the service $unit"
fi

# What was started by hand runs from files that are about to go.
running() {
    for exe in /proc/[0-9]*/exe; do
        case $(readlink "$exe" 2>/dev/null) in
            "$base"/*)
                pid=${exe#/proc/}
                echo "${pid%/exe}"
                ;;
        esac
    done
}
for pid in $(running); do
    kill "$pid" 2>/dev/null || true
done
tries=0
while [ -n "$(running)" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 20 ] || {
        for pid in $(running); do
            kill -9 "$pid" 2>/dev/null || true
        done
        break
    }
    sleep 0.5
done

if [ "$(readlink "$bin/flockwork" 2>/dev/null)" = "$expected/current/flockwork" ]; then
    rm -f "$bin/flockwork"
    removed "$bin/flockwork"
fi
if $purge && [ "$(id -u)" = 0 ]; then
    rm -rf "$home"
    removed "$home, with the worker's identity"
    if id flockwork >/dev/null 2>&1; then
        userdel flockwork
        removed "the user flockwork"
    fi
elif $purge; then
    # What this user's own commands, or a coordinator, keep beside it is not the worker's.
    rm -rf "$home/worker"
    removed "$home/worker, with the worker's identity"
    rmdir "$home" 2>/dev/null || true
elif [ -d "$home/worker" ]; then
    echo "flockwork: kept $home/worker, with the worker's identity and data; --purge removes it too"
fi
rm -rf "$base"
removed "$base"
