# gofar: `make demo` to try it, `make test` to prove it. Everything lands in .venv, .neo4j, .verapdf
# and node_modules, all ignored by git; a second run starts at once.

VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTEST_ARGS ?=
UV ?= uv

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench docs lock

help:
	@echo "make demo    install, load the fictional network, start the app and print its address"
	@echo "make test    install what the tests need and run them, real Neo4j and Chromium included"
	@echo "make check   formatting, lint, types, import direction, dependencies, spelling"
	@echo "make bench   measure both stores and the engine"
	@echo "make docs    write the reference tables from the code again"
	@echo "make setup   install everything for development, run nothing"
	@echo "make lock    resolve the lock files again after a change of pyproject.toml (needs uv)"

demo: $(VENV)/.run web/static/vendor/LICENCES.txt
	@$(BIN)/python -m gofar demo --serve

test: setup
	@$(BIN)/python scripts/test_needs.py
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .
	$(BIN)/codespell

bench: setup
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.coalitions
	@$(BIN)/python -m bench.rounds
	@$(BIN)/python -m bench.rehearsal
	@$(BIN)/python -m bench.capability
	@$(BIN)/python -m bench.board
	@$(BIN)/python -m bench.matching
	@$(BIN)/python -m bench.structure
	@$(BIN)/python -m bench.report_forms
	@$(BIN)/python -m bench.periodic

docs: $(VENV)/.dev
	@$(BIN)/python scripts/docs.py

setup: $(VENV)/.dev web/static/vendor/LICENCES.txt

# The first interpreter that is new enough and can make environments; `make PYTHON=… demo` overrules.
$(BIN)/python:
	@for candidate in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
	  if $$candidate -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making the environment in $(VENV) with $$($$candidate --version) ..."; \
	    exec $$candidate -m venv --clear $(VENV); \
	  fi; \
	done; \
	echo "gofar needs Python 3.11 or newer with its venv module; found: $$($(or $(PYTHON),python3) --version 2>&1)." >&2; \
	echo "On Debian or Ubuntu: sudo apt-get install python3 python3-venv. Elsewhere: install Python, then run make again." >&2; \
	exit 1

$(VENV)/.run: requirements-run.lock pyproject.toml | $(BIN)/python
	@echo "Installing what gofar needs ..."
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-run.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements.lock $(VENV)/.run
	@echo "Installing what development needs ..."
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

web/static/vendor/LICENCES.txt: package-lock.json scripts/vendor.py | $(VENV)/.run
	@$(BIN)/python scripts/vendor.py

COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--only-binary :all: --custom-compile-command "make lock" pyproject.toml
lock:
	$(COMPILE) --group setup --extra dev --output-file requirements.lock
	$(COMPILE) --group setup --constraint requirements.lock --output-file requirements-run.lock
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url \
		--only-binary :all: --custom-compile-command "make lock" --group node \
		--output-file requirements-node.lock
	npm install --package-lock-only --omit-lockfile-registry-resolved
