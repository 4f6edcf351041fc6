# make chat: talk to the bot in the terminal.  make test: all tests.  make check: what CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

.PHONY: chat test check lint types layers faults replicas fuzz audit fallback clean

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Partner Bot needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 2; }
	@echo "Setting up $(VENV) (once) ..." >&2
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]' >&2
	@touch $@

chat: $(INSTALLED)
	@$(BIN)/python run_bot.py chat

test: $(INSTALLED)
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(INSTALLED)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(INSTALLED)
	@$(BIN)/mypy

layers: $(INSTALLED)
	@$(BIN)/lint-imports

check: test lint types layers
	@$(BIN)/python -m pip check
	@$(BIN)/python run_bot.py check

# Faults made on purpose against the real process; writes the table of docs/operating.md.
TIMES ?= 5
AT_ONCE ?= 3
faults: $(INSTALLED)
	@$(BIN)/python tests/faults --times $(TIMES) --at-once $(AT_ONCE)

# Three replicas behind nginx with PostgreSQL and three nodes of OpenSearch, killed under load.
# One folder for all instead: make replicas REPLICAS='--engine whoosh'
replicas: $(INSTALLED)
	@$(BIN)/python tests/replicas $(REPLICAS)

# Inputs made up to reach ever new places of the code; what makes it fail is kept in fuzz/found/.
FUZZ_SECONDS ?= 60
FUZZ_TARGETS ?= $(patsubst fuzz/fuzz_%.py,%,$(wildcard fuzz/fuzz_*.py))
fuzz: $(INSTALLED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[fuzz]'
	@for target in $(FUZZ_TARGETS); do \
	  echo "$$target: $(FUZZ_SECONDS) s"; \
	  nice $(BIN)/python fuzz/fuzz.py $$target $(FUZZ_SECONDS) || exit 1; done

# Known holes in what the bot is built on, where pypi.org can be asked.
AUDIT := .venv-audit
audit:
	@$(PYTHON) -m venv --clear $(AUDIT)
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	@$(AUDIT)/bin/python .ci/audit.py

# The way back, should the chosen Whoosh fail us one day: docs/decisions/0001-whoosh-distribution.md
FALLBACK := .venv-whoosh3
fallback:
	@$(PYTHON) -m venv --clear $(FALLBACK)
	@$(FALLBACK)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@$(FALLBACK)/bin/python -m pip uninstall --quiet --yes Whoosh-Reloaded
	@$(FALLBACK)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps whoosh3==3.54.0
	@$(FALLBACK)/bin/python -m pytest tests/test_engine_promises.py tests/test_library.py tests/test_finding.py

clean:
	rm -rf $(VENV) $(FALLBACK) $(AUDIT) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
