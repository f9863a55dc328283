#!/usr/bin/env bash
# Compares the contracts with the last commit that landed before this branch (BASE overrides it).
set -euo pipefail
cd "$(dirname "$0")/.."
base=${BASE:-$(git rev-parse --verify --quiet origin/main || git rev-parse --verify --quiet HEAD~1 || true)}
if [ -z "$base" ] || ! git cat-file -e "$base:protos/buf.yaml" 2>/dev/null; then
  echo "breaking: nothing earlier to compare with."
  exit 0
fi
earlier=$(mktemp -d)
trap 'rm -rf "$earlier"' EXIT
git archive "$base" protos | tar -x -C "$earlier"
cd protos
../.venv/bin/buf breaking --against "$earlier/protos"
echo "breaking: nothing that $(git rev-parse --short "$base") promised is broken."
