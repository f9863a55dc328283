#!/usr/bin/env bash
# Writes requirements/*.txt: third-party packages only, with hashes, no registry host.
# dev.txt is resolved first; every image's lock is constrained by it, so versions never diverge.
# Pass --upgrade to move to newer versions on purpose.
set -euo pipefail
cd "$(dirname "$0")/.."
local_packages=(protos runtime genie llm orchestrator gateway local-workspace analyst client cli)
omit=()
for name in "${local_packages[@]}"; do omit+=(--no-emit-package "aislides-$name"); done
lock() { # output source...
  local output=$1; shift
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-annotate --custom-compile-command "make lock" "${omit[@]}" -o "requirements/$output" "$@"
}
lock dev.txt pyproject.toml --group dev ${1:+"$1"}
lock genie.txt services/genie_svc/pyproject.toml -c requirements/dev.txt
lock llm.txt services/llm_svc/pyproject.toml -c requirements/dev.txt
lock orchestrator.txt services/orchestrator_svc/pyproject.toml -c requirements/dev.txt
lock gateway.txt gateway/pyproject.toml -c requirements/dev.txt
lock local-workspace.txt local_workspace/pyproject.toml -c requirements/dev.txt
lock bootstrap.txt - <<<uv
lock build.txt - <<<hatchling
lock cli.txt cli/pyproject.toml -c requirements/dev.txt
# Without hashes, for installers that also build our projects from the tree (Databricks Apps).
sed -e 's/ *\\$//' -e '/^ *--hash/d' requirements/cli.txt > requirements/app.txt
