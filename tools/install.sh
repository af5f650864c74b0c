#!/usr/bin/env bash
# Install what `make demo` or `make test` misses: Debian's packages, and a virtual environment
# that sees the system's Python (and so QGIS's bindings).
#
#   bash tools/install.sh demo|test
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:?demo or test}

# proj-bin: inside a virtual environment pyproj finds its data beside that program.
run=(python3-qgis python3-gdal python3-shapely python3-pyproj proj-bin python3-venv)
test=(qgis chromium poppler-utils nodejs npm xvfb xauth postgresql postgresql-postgis)
# Qt 6 beside QGIS's Qt 5: what QGIS 4 will ask of names and forms is tried with it.
test+=(python3-pyqt6 pyqt6-dev-tools)
wanted=("${run[@]}")
[ "$what" = test ] && wanted+=("${test[@]}")

# A program that is there already, whoever installed it, is not installed again.
have() {
    case $1 in
        nodejs) command -v node >/dev/null ;;
        npm) command -v npm >/dev/null ;;
        *) dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed' ;;
    esac
}

mkdir -p build
missing=()
for package in "${wanted[@]}"; do have "$package" || missing+=("$package"); done
if [ ${#missing[@]} -gt 0 ]; then
    if ! command -v apt-get >/dev/null; then
        echo "Missing: ${missing[*]}. Install them with your system's packages, then call make again." >&2
        exit 1
    fi
    root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "Run as root, or install sudo: apt-get must install ${missing[*]}." >&2; exit 1; }
        root=(sudo)
    fi
    echo "Installing from Debian: ${missing[*]}"
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >build/install.log 2>&1 ||
        { tail -n 20 build/install.log >&2; exit 1; }
fi

if [ ! -x build/venv/bin/python ]; then
    /usr/bin/python3 -m venv --system-site-packages build/venv
fi
pip=(build/venv/bin/python -m pip install --quiet --disable-pip-version-check)
"${pip[@]}" -r tools/requirements-run.txt
# The plugin itself finds these libraries in build/vendor when it runs from a checkout.
if [ tools/requirements-run.txt -nt build/vendor/.done ] ||
    [ tools/requirements-vendor.txt -nt build/vendor/.done ]; then
    rm -rf build/vendor
    "${pip[@]}" --no-deps --target build/vendor -r tools/requirements-vendor.txt
    touch build/vendor/.done
fi
if [ "$what" = test ]; then
    "${pip[@]}" -r tools/requirements-test.txt
fi
