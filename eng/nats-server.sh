#!/usr/bin/env bash
# Prints the path of a usable nats-server, fetching one when needed. See usage() below.
set -euo pipefail

usage() {
    cat <<'USAGE'
usage: eng/nats-server.sh [VERSION]

Prints, on stdout, the path of a nats-server; all else goes to stderr.

VERSION  2.15 (the default: 2.15 or newer), another minor such as 2.10 (exactly that minor),
         or a full version such as 2.12.1 (exactly that one).

The first of these that has the version wins:
  1. $NATS_SERVER, the path of a nats-server
  2. nats-server on PATH
  3. what was fetched before, in artifacts/nats-server/VERSION
  4. on Debian, the archive that apt uses here (nothing is installed, root is not needed)
  5. the official release archive, checked against its SHA256SUMS

Environment:
  NATS_SERVER           a nats-server to use when its version fits
  NATS_SERVER_CACHE     where fetched servers are kept; default artifacts/nats-server
  NATS_SERVER_RELEASES  a mirror of the official releases; when set, step 4 is left out
USAGE
}

readonly default_minor=2.15
readonly debian_keyrings=/usr/share/keyrings/debian-archive-keyring
readonly releases=${NATS_SERVER_RELEASES:-https://github.com/nats-io/nats-server/releases/download}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root
readonly cache=${NATS_SERVER_CACHE:-$root/artifacts/nats-server}

case ${1:-} in
    -h | --help) usage && exit 0 ;;
esac
readonly wanted=${1:-$default_minor}
if [[ $# -gt 1 || ! $wanted =~ ^[0-9]+\.[0-9]+(\.[0-9]+)?$ ]]; then
    usage >&2
    exit 2
fi

tried=()
scratch=

say() { printf 'nats-server.sh: %s\n' "$*" >&2; }
note() { tried+=("$*") && say "$*"; }
# shellcheck disable=SC2317 # called by the trap
clean_up() { [[ -z $scratch ]] || rm -rf "$scratch"; }
trap clean_up EXIT

# The version of a nats-server, such as 2.15.1; empty when it does not run.
version_of() { "$1" --version 2>/dev/null | sed -n 's/^nats-server: v//p' || true; }

fits() {
    local version=$1
    case $version in
        '') return 1 ;;
        "$wanted" | "$wanted".*) return 0 ;;
    esac
    [[ $wanted == "$default_minor" ]] && newer_than_default "$version"
}

newer_than_default() {
    local major minor rest
    IFS=. read -r major minor rest <<<"$1"
    ((major > ${default_minor%.*} || (major == ${default_minor%.*} && minor >= ${default_minor#*.})))
}

# Uses a nats-server that is already here, or says why not.
offer() {
    local where=$1 path=$2 version
    version=$(version_of "$path")
    if fits "$version"; then
        printf '%s\n' "$path"
        exit 0
    fi
    note "$where ($path) is passed over: it is ${version:-no nats-server that runs}, not $wanted"
}

print_cached() {
    local path
    for path in "$cache/$wanted/nats-server" "$cache/$wanted/nats-server.exe"; do
        if [[ -x $path ]]; then
            printf '%s\n' "$path"
            exit 0
        fi
    done
}

# Moves a fetched server into the cache by one rename, so that nobody ever sees half a file.
keep() {
    local path=$1 version
    [[ -z $path ]] || chmod +x "$path"
    version=$(version_of "$path")
    if ! fits "$version"; then
        note "what was fetched is ${version:-no nats-server that runs here}, not $wanted"
        return 1
    fi
    mkdir -p "$cache/$wanted"
    mv -f "$path" "$cache/$wanted/${path##*/}"
    say "kept nats-server $version in $cache/$wanted"
    print_cached
}

# Debian ------------------------------------------------------------------------------------------------------------

suite_of() {
    case $wanted in
        2.15 | 2.15.*) echo forky ;;
        2.10 | 2.10.*) echo trixie ;;
    esac
}

# The mirror this machine uses for Debian's main archive: the one its own release comes from. Before the first
# apt-get update there are no index targets, only the addresses that an update would ask.
debian_mirror() {
    local codename mirror
    # shellcheck source=/dev/null
    codename=$(. /etc/os-release && [[ $ID == debian ]] && echo "$VERSION_CODENAME") || return 0
    # shellcheck disable=SC2016 # apt fills these in, not the shell
    mirror=$(apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        awk -v codename="$codename" '$1 == "Debian" && $2 == codename && $3 == "main" && !found++ { print $4 }')
    if [[ -z $mirror ]]; then
        mirror=$(apt-get update --print-uris |
            awk -F"'" -v suffix="/dists/$codename/InRelease" 'index($2, suffix) && !found++ { print substr($2, 1, index($2, suffix)) }')
    fi
    echo "$mirror"
}

# A configuration of our own: the machine's way to the network (proxies, timeouts), and none of its state or hooks.
write_apt_configuration() {
    local directory=$1
    mkdir -p "$directory"/{lists/partial,archives/partial,none}
    touch "$directory/status" "$directory/sources.list"
    apt-config dump | grep '^Acquire::' | grep -v '^Acquire::\(IndexTargets\|Allow\)' >"$directory/apt.conf"
    cat >>"$directory/apt.conf" <<CONF
Dir::Etc::main "/dev/null";
Dir::Etc::parts "$directory/none";
Dir::Etc::sourcelist "$directory/sources.list";
Dir::Etc::sourceparts "$directory/none";
Dir::State "$directory";
Dir::State::status "$directory/status";
Dir::Cache "$directory";
APT::Sandbox::User "root";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
Acquire::Retries "1";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
CONF
}

first_existing() {
    local path
    for path in "$@"; do
        [[ ! -e $path ]] || { echo "$path" && return; }
    done
}

# A suite newer than this machine may be signed with a key that its keyring lacks. The newer keyring is in the
# machine's own suite, signed with a key it has: fetched with the machine's own configuration.
newer_keyring() {
    local directory=$1
    mkdir -p "$directory"
    (cd "$directory" && apt-get -qq download debian-archive-keyring && dpkg-deb -x debian-archive-keyring_*.deb .) >&2 || return 0
    first_existing "$directory$debian_keyrings".{pgp,gpg}
}

update_lists() {
    local directory=$1 mirror=$2 suite=$3 keyring=$4
    [[ -n $keyring ]] || return 1
    echo "deb [signed-by=$keyring] $mirror $suite main" >"$directory/sources.list"
    # apt calls an update that failed a success, unless told otherwise.
    APT_CONFIG=$directory/apt.conf apt-get -qq -o APT::Update::Error-Mode=any update >&2
}

fetch_from_debian() {
    local suite mirror apt=$scratch/apt
    suite=$(suite_of)
    if [[ -z $suite ]]; then
        note "Debian's archive has no suite known to carry $wanted"
        return 1
    fi
    if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
        note "Debian's archive is left out: no apt here"
        return 1
    fi
    mirror=$(debian_mirror)
    if [[ -z $mirror ]]; then
        note "Debian's archive is left out: apt here has no Debian main archive"
        return 1
    fi

    say "fetching nats-server from $mirror, suite $suite"
    write_apt_configuration "$apt"
    if ! update_lists "$apt" "$mirror" "$suite" "$(first_existing "$debian_keyrings".{pgp,gpg})" &&
        ! update_lists "$apt" "$mirror" "$suite" "$(newer_keyring "$scratch/keyring")"; then
        note "Debian's archive at $mirror gave no signed lists of $suite"
        return 1
    fi
    if ! (cd "$scratch" && APT_CONFIG=$apt/apt.conf apt-get -qq download nats-server && dpkg-deb -x nats-server_*.deb debian) >&2; then
        note "Debian's archive at $mirror gave no nats-server from $suite"
        return 1
    fi
    keep "$(first_existing "$scratch"/debian/usr/{sbin,bin}/nats-server)"
}

# The official releases -----------------------------------------------------------------------------------------------

release_version() {
    case $wanted in
        *.*.*) echo "$wanted" ;;
        2.15) echo 2.15.1 ;;
        2.10) echo 2.10.29 ;;
    esac
}

release_platform() {
    local os arch
    case $(uname -s) in
        Linux) os=linux ;;
        Darwin) os=darwin ;;
        MINGW* | MSYS* | CYGWIN*) os=windows ;;
    esac
    case $(uname -m) in
        x86_64 | amd64) arch=amd64 ;;
        aarch64 | arm64) arch=arm64 ;;
        armv7*) arch=arm7 ;;
        i?86) arch=386 ;;
    esac
    [[ -z ${os:-} || -z ${arch:-} ]] || echo "$os-$arch"
}

download() { curl -fsSL --connect-timeout 5 --max-time 300 -o "$2" "$1" >&2; }
sha256() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1; }

fetch_release() {
    local version platform name archive expected
    version=$(release_version)
    platform=$(release_platform)
    if [[ -z $version || -z $platform ]]; then
        note "the official releases are left out: ask for a full version (on $(uname -sm))"
        return 1
    fi

    name=nats-server-v$version-$platform
    archive=$name.tar.gz
    [[ $platform != windows-* ]] || archive=$name.zip
    say "fetching $releases/v$version/$archive"
    if ! download "$releases/v$version/SHA256SUMS" "$scratch/SHA256SUMS" ||
        ! download "$releases/v$version/$archive" "$scratch/$archive"; then
        note "$releases/v$version/$archive could not be fetched"
        return 1
    fi

    expected=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$scratch/SHA256SUMS")
    if [[ -z $expected || $(sha256 "$scratch/$archive") != "$expected" ]]; then
        note "$releases/v$version/$archive is refused: its checksum is not the one in SHA256SUMS"
        return 1
    fi
    if [[ $archive == *.zip ]]; then
        unzip -q "$scratch/$archive" -d "$scratch" >&2
    else
        tar -xzf "$scratch/$archive" -C "$scratch" >&2
    fi
    keep "$(first_existing "$scratch/$name"/nats-server{,.exe})"
}

give_up() {
    local command version
    version=$(release_version)
    command="go install github.com/nats-io/nats-server/v2@${version:+v}${version:-latest}"
    case $(uname -s) in
        Linux) [[ -z $(suite_of) ]] || command="sudo apt-get install nats-server   (Debian $(suite_of)), or $command" ;;
        Darwin) command="brew install nats-server" ;;
        MINGW* | MSYS* | CYGWIN*) command="winget install NATSAuthors.NATSServer" ;;
    esac
    {
        echo "No nats-server $wanted. Tried:"
        printf '  - %s\n' "${tried[@]}"
        echo "Get one with: $command"
        echo "then put it on PATH, or its path in NATS_SERVER."
    } >&2
    exit 1
}

[[ -z ${NATS_SERVER:-} ]] || offer "\$NATS_SERVER" "$NATS_SERVER"
on_path=$(command -v nats-server || true)
[[ -z $on_path ]] || offer "nats-server on PATH" "$on_path"
print_cached

mkdir -p "$cache"
if command -v flock >/dev/null; then
    # Of several that come at once, one fetches and the others find it in the cache.
    exec 9>"$cache/.lock"
    flock 9
    print_cached
fi
scratch=$(mktemp -d "$cache/.fetch.XXXXXX")
if [[ -n ${NATS_SERVER_RELEASES:-} ]]; then
    note "Debian's archive is left out: NATS_SERVER_RELEASES is set"
else
    fetch_from_debian || true
fi
fetch_release || true
give_up
