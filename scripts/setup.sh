#!/usr/bin/env bash
# Makes .venv/ hold exactly what requirements/dev.txt locks, plus our projects in editable form.
# Runs in a moment when nothing changed: the stamp holds the hash of everything that decides.
set -euo pipefail
cd "$(dirname "$0")/.."
projects=(protos services/runtime services/genie_svc services/llm_svc services/orchestrator_svc
          analyst gateway local_workspace clients/python cli)
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
  { echo "Python 3.11 or newer is needed: install it, or name one with PYTHON=/path/to/python3.11" >&2; exit 1; }
stamp=.venv/.setup-stamp
wanted=$(cat scripts/setup.sh requirements/dev.txt requirements/bootstrap.txt "${projects[@]/%//pyproject.toml}" | sha256sum)
[ -x .venv/bin/python ] && [ "$(cat $stamp 2>/dev/null)" = "$wanted" ] && exit 0
echo "Setting up .venv (once; about a minute) ..."
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
editable=(); for project in "${projects[@]}"; do editable+=(-e "$project"); done
export VIRTUAL_ENV=$PWD/.venv
.venv/bin/uv pip sync --quiet --require-hashes requirements/dev.txt
.venv/bin/uv pip install --quiet --require-hashes -r requirements/bootstrap.txt
.venv/bin/uv pip install --quiet --no-deps --no-build-isolation "${editable[@]}"
printf '%s' "$wanted" > "$stamp"
