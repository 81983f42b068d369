# Every command a developer needs. `make` alone lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PY     := $(BIN)/python
STAMP  := $(VENV)/.installed
DIRS   := core plugins tenants tests

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check format bench faults lock clean

help: ## List these commands
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## Create .venv and install everything, pinned and hashed; does nothing the second time

$(STAMP): requirements-dev.txt pyproject.toml .ci/venv
	@PYTHON=$(PYTHON) bash .ci/venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@PYTHONWARNINGS=ignore $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

run: $(STAMP) ## Start everything on this machine: servers, demo data, pages, API, worker (Ctrl-C stops it all)
	@exec $(BIN)/lixiang run

demo: $(STAMP) ## Take real projects through their whole life over HTTP, telling every step
	@$(BIN)/lixiang demo

test: $(STAMP) ## Run the tests (ARGS="-k name" chooses)
	@$(PY) -m pytest $(ARGS)

check: $(STAMP) ## Format, lint, types, import contracts, documentation
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(BIN)/lint-imports
	@$(PY) -m pytest -q tests/contracts

format: $(STAMP) ## Format and fix what can be fixed
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

bench: $(STAMP) ## Measure the hot paths; prints a table
	@for script in bench/*.py; do [ -e "$$script" ] || continue; $(PY) "$$script" || exit 1; done

faults: $(STAMP) ## Kill, freeze and starve an installation and reckon up (ARGS="--seed random --minutes 60" for longer)
	@$(PY) -m tests.faults $(ARGS)

lock: $(STAMP) ## Rewrite both requirements files from pyproject.toml
	@bash .ci/lock $(PY)

clean: ## Remove what tools made; keeps .venv and the data in .lixiang
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .grimp_cache .coverage build dist *.egg-info
	@find $(DIRS) -name __pycache__ -type d -prune -exec rm -rf {} +
