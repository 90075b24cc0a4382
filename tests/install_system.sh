#!/bin/sh
# What the tests need beside Python: a Chromium, Chinese glyphs for it, and gettext. Skips what is there already.
set -eu

wanted=""
command -v chromium >/dev/null || command -v google-chrome >/dev/null || wanted="chromium fonts-noto-cjk"
command -v xgettext >/dev/null || wanted="$wanted gettext"
[ -n "$wanted" ] || exit 0

if command -v apt-get >/dev/null; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo"
    echo "Installing $wanted …"
    $sudo apt-get update -qq
    # shellcheck disable=SC2086 — a list of names
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $wanted >/dev/null
else
    echo "Please install these with your package manager, then run make again: $wanted" >&2
    exit 1
fi
