#!/usr/bin/env bash
# Run `make test` in a bare chroot of each Debian release, so on each QGIS that it ships:
#
#   sudo bash tools/matrix.sh [bookworm trixie testing]
#
# Chroots are made with debootstrap under $MATRIX (build/matrix by default) and kept; what is
# tested is the last commit. Their logs and a table of results are written beside them.
set -euo pipefail
cd "$(dirname "$0")/.."
suites=("$@")
[ ${#suites[@]} -gt 0 ] || suites=(bookworm trixie testing)
[ "$(id -u)" -eq 0 ] || { echo "debootstrap and chroot want root: call this with sudo." >&2; exit 1; }
command -v debootstrap >/dev/null || apt-get install -y -qq debootstrap
matrix=$(realpath -m "${MATRIX:-build/matrix}")
mkdir -p "$matrix"
mounted=()
unmount() {
    for place in "${mounted[@]}"; do umount "$place" || true; done
    mounted=()
}
trap unmount EXIT

mount_in() { # mount_in CHROOT
    mount -t proc proc "$1/proc" && mounted=("$1/proc" "${mounted[@]}")
    mount --bind /dev "$1/dev" && mounted=("$1/dev" "${mounted[@]}")
    mount -t tmpfs tmpfs "$1/dev/shm" && mounted=("$1/dev/shm" "${mounted[@]}")
}

prepare() { # prepare SUITE CHROOT: a bare Debian with the last commit in /carte
    [ -x "$2/usr/bin/git" ] ||
        debootstrap --variant=minbase --include=ca-certificates,make,git "$1" "$2"
    # A mirror that lags by days still serves for a test.
    echo 'Acquire::Check-Valid-Until "false";' >"$2/etc/apt/apt.conf.d/99mirror"
    cp /etc/resolv.conf "$2/etc/resolv.conf"
    # Behind a proxy that signs with its own authority, the chroot must know that too.
    [ -z "${SSL_CERT_FILE:-}" ] || cp "$SSL_CERT_FILE" "$2/etc/ssl/host.crt"
    rm -rf "$2/carte.git"
    git clone --quiet --bare . "$2/carte.git"
}

inside() { # inside CHROOT COMMAND
    local settings=(HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=dumb)
    [ ! -f "$1/etc/ssl/host.crt" ] || for name in SSL_CERT_FILE PIP_CERT NODE_EXTRA_CA_CERTS; do
        settings+=("$name=/etc/ssl/host.crt")
    done
    for name in http_proxy https_proxy no_proxy; do
        [ -z "${!name:-}" ] || settings+=("$name=${!name}")
    done
    env -i "${settings[@]}" chroot "$1" /bin/bash -c "$2"
}

failed=0
for suite in "${suites[@]}"; do
    chroot=$matrix/$suite log=$matrix/$suite.log
    echo "$suite: preparing" && prepare "$suite" "$chroot" >"$log" 2>&1
    mount_in "$chroot"
    inside "$chroot" 'mkdir -p /carte && cd /carte && git init -q . &&
        git fetch -q /carte.git HEAD && git reset -q --hard FETCH_HEAD &&
        git clean -qxfd -e build -e web/node_modules && make test' >>"$log" 2>&1 && verdict=passed || { verdict=FAILED; failed=1; }
    version=$(inside "$chroot" "dpkg-query -W -f '\${Version}' qgis" 2>/dev/null || echo none)
    counts=$(grep -E '^=+ .*(passed|failed|error).* =+$' "$log" | tail -n 1 | tr -d '=' || true)
    echo "$suite, QGIS ${version%%+*}: $verdict;$counts (${log#"$PWD"/})" | tee -a "$matrix/results.txt"
    unmount
done
exit $failed
