#!/bin/sh
# Installs a Flockwork worker, with the Java it needs, from the coordinator that served this script.
#   install.sh [LINK | -]               installs or upgrades; LINK (or FLOCKWORK_JOIN, or with - standard input) joins a grid
#   install.sh --uninstall [--purge]    removes it; --purge: also the worker's identity and data
# As an ordinary user into the home folder; as root into /opt/flockwork, for a user of its own. It asks nothing.
set -eu

version='@VERSION@'
archive='@ARCHIVE@'
sha256='@SHA256@'
system='@SYSTEM@'
machine='@MACHINE@'
url='@URL@'
pin='@PIN@'

fail() {
    echo "flockwork: $*" >&2
    exit 1
}

say() {
    echo "flockwork: $*"
}

# Where everything goes.
choose_places() {
    if [ "$(id -u)" = 0 ]; then
        base=/opt/flockwork
        bin=/usr/local/bin
        home=/var/lib/flockwork
        units=/etc/systemd/system
        umask 022
    else
        [ -n "${HOME:-}" ] && [ -d "$HOME" ] || fail "there is no home folder to install into (HOME)"
        base=$HOME/.local/share/flockwork
        bin=$HOME/.local/bin
        home=${FLOCKWORK_HOME:-$HOME/.flockwork}
        units=$HOME/.config/systemd/user
        umask 077
    fi
    root=$base/$version
    unit=$units/flockwork.service
}

check_machine() {
    [ "$(uname -s)" = "$system" ] && [ "$(uname -m)" = "$machine" ] ||
        fail "this grid's coordinator has Flockwork for $system on $machine, and this is $(uname -s) on $(uname -m); build it from its sources here"
    for tool in curl tar gzip; do
        command -v "$tool" >/dev/null || fail "$tool is needed and not there"
    done
}

# Over TLS with the one public key that the pin names; without a pin, with an authority this machine trusts.
fetch() {
    if [ -n "$pin" ]; then
        curl -fsS -k --pinnedpubkey "$pin" --retry 3 -o "$2" "$url/$1"
    else
        curl -fsS --retry 3 -o "$2" "$url/$1"
    fi
}

hash_of() {
    if command -v sha256sum >/dev/null; then
        sha256sum "$1"
    else
        shasum -a 256 "$1"
    fi | cut -c 1-64
}

# Fetches, checks, unpacks and tries it in a folder aside, which then gets its place in one step.
install_version() {
    if [ -e "$root/.complete" ]; then
        say "$version is there already"
        return
    fi
    mkdir -p "$base"
    rm -rf "$base"/.new-*
    aside=$base/.new-$$
    trap 'rm -rf "$aside"' EXIT
    trap 'exit 143' HUP INT TERM
    mkdir "$aside"
    say "fetching $archive"
    fetch "dist/$archive" "$aside/archive" || fail "$url did not give it; nothing was installed"
    [ "$(hash_of "$aside/archive")" = "$sha256" ] ||
        fail "what $url gave is not what it should be (SHA-256); nothing was installed"
    tar -xzof "$aside/archive" -C "$aside"
    "$aside/flockwork-$version/runtime/bin/java" -version >/dev/null 2>&1 ||
        fail "its Java does not run on this machine, which perhaps has another C library; nothing was installed"
    # The service's user reads it, whatever the coordinator's umask was.
    [ "$(id -u)" != 0 ] || chmod -R u+rwX,go+rX,go-w "$aside/flockwork-$version"
    rm -rf "$root"
    mv "$aside/flockwork-$version" "$root"
    rm -rf "$aside"
    # Its processes start in half the time with these; where they cannot be made, it works without.
    FLOCKWORK_HOME=$root "$root/flockwork" prepare || say "it will start a little slower than it could"
    : >"$root/.complete"
    say "installed $version in $root"
}

link_version() {
    ln -sfn "$version" "$base/current"
    mkdir -p "$bin"
    ln -sfn "$base/current/flockwork" "$bin/flockwork"
    case :$PATH: in
        *":$bin:"*) ;;
        *) say "$bin is not in your PATH; the command is $bin/flockwork" ;;
    esac
}

# Other versions go, unless something still runs from them.
remove_other_versions() {
    for other in "$base"/*; do
        [ "$other" = "$root" ] || [ -h "$other" ] || [ ! -d "$other" ] && continue
        for exe in /proc/[0-9]*/exe; do
            case $(readlink "$exe" 2>/dev/null) in "$other"/*) continue 2 ;; esac
        done
        rm -rf "$other"
    done
}

make_user() {
    id flockwork >/dev/null 2>&1 ||
        useradd --system --home-dir "$home" --no-create-home --shell /usr/sbin/nologin flockwork ||
        fail "the user flockwork could not be made"
    mkdir -p "$home"
    chown flockwork: "$home"
    chmod 700 "$home"
}

# The link is a secret: it goes into a file of this user's, and out of it as soon as the worker has its identity.
keep_link() {
    [ -n "$link" ] || return 0
    (umask 077 && echo "FLOCKWORK_JOIN=\"$link\"" >"$base/join.env")
}

write_unit() {
    mkdir -p "$units"
    cat >"$unit" <<END
[Unit]
Description=Flockwork worker
Documentation=$url
Wants=network-online.target
After=network-online.target

[Service]
Environment="FLOCKWORK_HOME=$home"
EnvironmentFile=-$base/join.env
ExecStart="$base/current/flockwork" worker
Restart=on-failure
RestartSec=10
SuccessExitStatus=143
# Once it has been revoked, it is not let in again.
RestartPreventExitStatus=77
Nice=15
CPUWeight=20
IOWeight=20
NoNewPrivileges=yes
END
    if [ "$(id -u)" = 0 ]; then
        # Neither namespaces nor /proc are restricted: the sandbox around units makes its own.
        cat >>"$unit" <<END
User=flockwork
Group=flockwork
UMask=0077
ProtectSystem=strict
ReadWritePaths=$home
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectKernelModules=yes
CapabilityBoundingSet=
AmbientCapabilities=
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native

[Install]
WantedBy=multi-user.target
END
    else
        printf '\n[Install]\nWantedBy=default.target\n' >>"$unit"
    fi
}

systemctl_here() {
    if [ "$(id -u)" = 0 ]; then systemctl "$@"; else systemctl --user "$@"; fi
}

systemd_runs() {
    command -v systemctl >/dev/null && systemctl_here show-environment >/dev/null 2>&1
}

start_worker() {
    if [ -z "$link" ] && [ ! -d "$home/worker" ]; then
        say "to join a grid: $bin/flockwork worker --join LINK"
    elif systemd_runs; then
        keep_link
        write_unit
        systemctl_here daemon-reload
        systemctl_here enable flockwork.service >/dev/null 2>&1
        systemctl_here restart flockwork.service
        await_worker
    elif [ "$(id -u)" = 0 ]; then
        say "systemd does not run here; to start it: FLOCKWORK_HOME=$home FLOCKWORK_JOIN=LINK su -m -s /bin/sh flockwork -c '$bin/flockwork worker'"
    else
        say "systemd does not run here for you; to start it: FLOCKWORK_JOIN=LINK $bin/flockwork worker"
    fi
}

await_worker() {
    tries=0
    until "$bin/flockwork" status --dir "$home/worker" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 60 ] || fail "it was started as flockwork.service, but it does not answer; see: systemctl status flockwork"
        sleep 1
    done
    rm -f "$base/join.env"
    say "it runs as flockwork.service; what it does: $bin/flockwork status --dir $home/worker"
}

# What was installed brings the script that removes it; what was only begun has none yet.
uninstall() {
    [ -d "$base" ] || fail "there is nothing in $base to remove"
    if [ -e "$base/current/uninstall.sh" ]; then
        exec sh "$base/current/uninstall.sh" "$@"
    fi
    rm -rf "$base"
    say "removed $base, where an installation was begun"
}

main() {
    choose_places
    link=${FLOCKWORK_JOIN:-}
    unset FLOCKWORK_JOIN
    case ${1:-} in
        --uninstall)
            shift
            uninstall "$@"
            return
            ;;
        -) IFS= read -r link || [ -n "$link" ] || fail "standard input has no link" ;;
        -*) fail "there is no option $1; there is --uninstall" ;;
        ?*) link=$1 ;;
    esac
    case $link in *[!]A-Za-z0-9._:/#=~+[-]*) fail "that is not a link to join a grid with" ;; esac
    check_machine
    [ "$(id -u)" != 0 ] || make_user
    install_version
    link_version
    start_worker
    remove_other_versions
}

# All of the script is here before any of it runs: a broken connection does nothing by half.
main "$@"
