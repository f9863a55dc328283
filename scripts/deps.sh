#!/usr/bin/env bash
# Installs what the browser tests need from the system's packages: Chromium.
set -euo pipefail
if command -v chromium >/dev/null; then
  echo "chromium is there: $(chromium --version 2>/dev/null | head -1)"
  exit 0
fi
command -v apt-get >/dev/null || { echo "Install Chromium with your system's package manager." >&2; exit 1; }
sudo=$([ "$(id -u)" = 0 ] || echo sudo)
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null
chromium --version
