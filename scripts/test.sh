#!/usr/bin/env bash
# Runs the tests. Leaves out a group whose tool this machine lacks and says so; with
# AISLIDES_TEST_ALL=1 (as in CI) a missing tool is a failure instead.
set -euo pipefail
cd "$(dirname "$0")/.."
coverage=()
[ "${1:-}" = --coverage ] && { coverage=(--cov --cov-report=term --cov-fail-under=85); shift; }
left_out=()
select="not nothing"
leave_out() { # group, what is missing, how to get it
  if [ -n "${AISLIDES_TEST_ALL:-}" ]; then echo "$2 is missing: $3" >&2; exit 1; fi
  left_out+=("$1 ($2 is missing: $3)")
  select+=" and not $1"
}
command -v chromium >/dev/null || leave_out browser Chromium "run 'make deps'"
command -v npm >/dev/null || leave_out node "Node.js with npm" "install it with your system's package manager"
for group in "${left_out[@]}"; do echo "LEFT OUT: $group"; done
# Whole files go to one of three workers, so that module fixtures are made once and two cores are
# used: many tests wait for processes, browsers and deadlines. In the order of `testpaths`, slow
# files first, not those with most tests: the last one would be waited for.
.venv/bin/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder -m "$select" "${coverage[@]}" "$@"
