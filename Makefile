# Everything that a person types; `make help` lists it.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python

.PHONY: help setup demo test lint bench lock clean
help:
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: $(VENV)/.installed  ## the environment and the database
	@$(RUN) manage.py migrate --verbosity 0
	@$(RUN) manage.py index_names --json > /dev/null

demo: $(VENV)/.installed  ## the site with demonstration data on http://127.0.0.1:8000 (PORT= changes it)
	@HTTPS=$${HTTPS:-0} exec $(RUN) manage.py demo --port $(PORT)

test: $(VENV)/.installed-dev  ## everything needed, then the whole test suite (ARGS= goes to pytest)
	@CHROMIUM=$$(sh tests/chromium.sh) && export CHROMIUM && $(BIN)/pytest $(ARGS)

lint: $(VENV)/.installed-dev  ## style and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@# mypy reads the settings, but no database; and it ends without the clean-up that would stop an embedded one.
	@DATABASE_URL=postgresql://nobody@127.0.0.1/none $(BIN)/mypy

bench: $(VENV)/.installed-dev  ## measurements; they never decide whether a test passes
	@$(RUN) -m bench

lock:  ## pin every dependency anew (needs pip-tools)
	pip-compile -q --upgrade --generate-hashes --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.txt requirements.in
	pip-compile -q --upgrade --generate-hashes --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --allow-unsafe -o requirements-dev.txt requirements-dev.in

clean:  ## remove what the others made, the embedded database with all that is in it too
	@# A server whose folder vanished would live on for a minute, and take the socket of its successor with it.
	@if [ -f .local/postgres/postmaster.pid ]; then pid=$$(head -n 1 .local/postgres/postmaster.pid); \
		kill -INT $$pid && while kill -0 $$pid 2>/dev/null; do sleep 0.1; done; fi
	rm -rf $(VENV) .local .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Still Held needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt $(VENV)/bin/python
	@echo "Installing what the site needs (a minute, once) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Installing what tests and linters need (once) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
