#!/usr/bin/env bash
# Regenerates the stubs into a temporary folder and compares them with the committed ones.
set -euo pipefail
cd "$(dirname "$0")/.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
scripts/protos.sh "$fresh"
if ! diff -r -q --exclude=__pycache__ --exclude=py.typed "$fresh/aislides" protos/src/aislides; then
  echo "The stubs differ from the contracts: run 'make protos' and commit protos/src." >&2
  exit 1
fi
echo "protos-check: the committed stubs are what the contracts say."
