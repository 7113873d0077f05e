# Everything runs in .venv/ of this folder; the targets make it when it is missing.
#   make demo    the main job on the sample releases; ends by saying where the pages are
#   make test    all tests; those of tools this machine lacks are skipped and say so
#   make check   the gate: ruff, mypy, tests
#   make tools   install what the skipped tests want (Debian packages where permitted, npm packages into .npm/)
#   make bench   measure; docs/performance.md explains the figures
#   make messages  collect the interface's words for its French catalogue (toolkit/editions/locale/)
#   make lock    renew requirements*.lock from pyproject.toml (needs uv)

VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Compiled modules are kept, whatever the surroundings say: without them each of the tests' commands takes seconds more.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test check lint types tools bench messages lock wheel clean
.DEFAULT_GOAL := demo

demo: $(VENV)/.toolkit
	$(BIN)/toolkit build

test: $(VENV)/.dev
	$(BIN)/pytest -n 2 -rs

check: lint types test

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

wheel: $(VENV)/.dev
	$(BIN)/python -m pip wheel -q --no-deps -w dist .

messages: $(VENV)/.dev
	$(BIN)/python -m tests.messages

tools:
	sh tests/install-tools.sh

lock:
	uv lock -q --upgrade
	uv export -q --no-header --no-annotate --no-emit-project --no-dev -o requirements.lock
	uv export -q --no-header --no-annotate --no-emit-project -o requirements-dev.lock

clean:
	rm -rf $(VENV) .npm dist build output .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The newest Python from 3.11 up. Where Debian splits ensurepip off, the system's own pip fills the environment.
$(VENV)/bin/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    rm -rf $(VENV); \
	    $$python -m venv $(VENV) 2>/dev/null && exit 0; \
	    rm -rf $(VENV); \
	    $$python -m venv --without-pip $(VENV) && $$python -m pip --python $(BIN)/python install -q pip && exit 0; \
	    rm -rf $(VENV); \
	    echo "$$python has neither ensurepip nor pip: install one of them (Debian: python3-venv)" >&2; exit 1; \
	  fi; \
	done; echo "Python 3.11 or newer is needed" >&2; exit 1

$(VENV)/.toolkit: requirements.lock pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip # an environment that uv made
	$(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/.toolkit
	$(BIN)/python -m pip install -q --no-deps --require-hashes -r requirements-dev.lock
	@touch $@
