#!/usr/bin/env bash
# Makes render/fonts/ anew: two static weights of Inter (Latin subset) and its licence out of the npm
# package @fontsource/inter, and widths.json, by which all text is measured before it is placed.
# With --check it only tells whether what is committed is what this would make. Needs npm.
set -euo pipefail
cd "$(dirname "$0")/.."
package=@fontsource/inter@5.3.0
folder=services/orchestrator_svc/src/orchestrator_svc/render/fonts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
made=$folder
[ "${1:-}" = --check ] && { made=$work/made; mkdir "$made"; }
npm pack --silent --pack-destination "$work" "$package" >/dev/null  # npm checks the package's integrity
tar -xzf "$work"/*.tgz -C "$work"
for weight in 400 600; do cp "$work/package/files/inter-latin-$weight-normal.woff2" "$made/"; done
cp "$work/package/LICENSE" "$made/LICENSE"
.venv/bin/python -m venv "$work/venv"
VIRTUAL_ENV=$work/venv .venv/bin/uv pip install --quiet fonttools==4.60.1 brotli==1.1.0
"$work/venv/bin/python" services/orchestrator_svc/scripts/font_widths.py "$made"
[ "${1:-}" = --check ] || exit 0
diff -r -x '*.py*' "$made" "$folder" && echo "fonts are what $package gives"
