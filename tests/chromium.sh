#!/bin/sh
# Prints the path of the Chromium that the browser tests drive. Root on Debian gets one; others are told how to.
set -eu

found() {
    command -v "${CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome
}

if [ -z "${CHROMIUM:-}" ] && ! found >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests (once) …" >&2
    export DEBIAN_FRONTEND=noninteractive
    { apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium fonts-dejavu-core; } >&2
fi

if [ -n "${CHROMIUM:-}" ] && ! command -v "$CHROMIUM" >/dev/null; then
    echo "CHROMIUM is set to “$CHROMIUM”, which can't be run." >&2
    exit 1
fi
found || {
    echo "The tests need a Chromium: install your system's package (on Debian: apt install chromium), or run CHROMIUM=/path/to/it make test." >&2
    exit 1
}
