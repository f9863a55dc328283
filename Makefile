# Everything a person or CI does here, by name. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
QUESTION ?= How did departure delays develop in 2013, and which airports and airlines drive them?
PYTEST := .venv/bin/python -m pytest
SOURCES := services/runtime/src services/genie_svc/src services/llm_svc/src services/orchestrator_svc/src \
           gateway/src local_workspace/src analyst/src clients/python/src cli/src

.PHONY: help setup deps demo up up-all test test-runtime test-genie test-llm test-orchestrator test-gateway \
        test-local integration coverage gallery bench chaos protos protos-check breaking fmt lint lock fonts check clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

setup: ## make .venv hold exactly what the lock says (idempotent)
	@scripts/setup.sh

deps: ## install Chromium for the browser tests (uses apt; needs root)
	@scripts/deps.sh

demo: setup ## a question becomes a deck in out/, with no account
	@$(PY) -m aislides_cli generate "$(QUESTION)" --output out/departure-delays-2013.html

up: setup ## all services in one process; Ctrl-C drains
	@$(PY) -m aislides_cli up

up-all: setup ## the five services as five processes; Ctrl-C drains
	@$(PY) -m aislides_cli up --processes

test: setup ## all tests; says which groups are left out on this machine
	@scripts/test.sh

test-runtime test-genie test-llm test-orchestrator test-gateway test-local: setup
	@$(PYTEST) $(subst test-runtime,services/runtime/tests,$(subst test-genie,services/genie_svc/tests,$(subst \
	  test-llm,services/llm_svc/tests,$(subst test-orchestrator,services/orchestrator_svc/tests,$(subst \
	  test-gateway,gateway/tests,$(subst test-local,local_workspace/tests,$@))))))

integration: setup ## real services together, on loopback
	@$(PYTEST) tests

coverage: setup ## all tests with line coverage, held at 85 %
	@scripts/test.sh --coverage

gallery: setup ## look at every deck of the gallery in Chromium (minutes; CI looks at some)
	@AISLIDES_GALLERY=all $(PYTEST) -q services/orchestrator_svc/tests/visual

bench: setup ## a measurement, such as: make bench B=spine
	@test -n "$(B)" || { echo "name one: make bench B=<$$(cd bench && ls *.py | sed s/.py// | paste -sd'|')>"; exit 2; }
	@$(PY) bench/$(B).py

chaos: setup ## the long crash suite: at least 50 kill -9, SQLite and PostgreSQL
	@PYTHONPATH=tests $(PY) -m chaos --kills 50

protos: setup ## regenerate the stubs from the contracts
	@scripts/protos.sh

protos-check: setup ## fail when the stubs are not what the contracts say
	@scripts/protos-check.sh

breaking: setup ## fail when the contracts break what main promised
	@scripts/breaking.sh

fmt: setup ## format and sort
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format . && cd protos && ../.venv/bin/buf format -w

lint: setup ## ruff, mypy --strict, import rules, buf lint
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@.venv/bin/mypy $(SOURCES)
	@.venv/bin/lint-imports
	@cd protos && ../.venv/bin/buf lint && ../.venv/bin/buf format -d --exit-code

fonts: setup ## fetch the embedded fonts and measure them anew (needs npm)
	@scripts/fonts.sh

lock: setup ## resolve requirements/*.txt anew
	@PATH=$$PWD/.venv/bin:$$PATH scripts/lock.sh

check: lint protos-check breaking coverage ## everything CI runs, with line coverage held

clean: ## remove what was made here, but no deck
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
