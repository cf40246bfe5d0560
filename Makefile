# Two commands: `make run` to use the portal, `make test` to check it. Everything else is for people who work on it.

SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
# The lock file names everything, so pip has nothing to look for: older ones would take a newer library for one with an extra.
INSTALL := $(BIN)/pip install --disable-pip-version-check --no-input --progress-bar off --require-hashes --no-deps
# One dot for each line that pip says.
DOTS := awk '{printf "."; fflush()} END {print " done"}'

.PHONY: run test lock styles bench clean

run: .venv/run.stamp
	@PORTAL_DEMO=$${PORTAL_DEMO-1} exec $(BIN)/python -m portal run

test: .venv/test.stamp
	@$(BIN)/python -m tests.checks

bench: .venv/test.stamp
	@$(BIN)/python -m bench

.venv/bin/pip:
	@bash .ci/environment $(PYTHON)

.venv/run.stamp: requirements.lock | .venv/bin/pip
	@echo "Installing what the portal needs (about a minute, once) …"
	@set -o pipefail; $(INSTALL) -r requirements.lock | $(DOTS)
	@touch $@

.venv/test.stamp: requirements-dev.lock | .venv/bin/pip
	@echo "Installing what the portal and its tests need (about a minute, once) …"
	@set -o pipefail; $(INSTALL) -r requirements-dev.lock | $(DOTS)
	@touch $@ .venv/run.stamp

lock:
	uv pip compile --universal --generate-hashes --quiet pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --quiet pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

styles:
	bash styles/build.sh

clean:
	rm -rf .venv var
