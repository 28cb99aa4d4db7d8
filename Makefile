# `make demo` and `make test` work from a clean clone: each makes .venv and installs what it
# needs. Override with, for example, PYTHON=python3.12 VENV=/tmp/env RUNS=200.

PYTHON ?= python3
VENV ?= .venv
RUNS ?= 2000
SEED ?= 0
# What strangers may put where the command line reads or prints.
STRANGERS = tests/cli/test_devices.py tests/cli/test_hostile_text.py tests/cli/test_stopping.py
CHAOS_REPORT ?= $(CURDIR)/chaos.jsonl

BIN := $(VENV)/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable
# What a start reads. pip compiles nothing above, for it would compile everything.
STARTS = click llvmlite numba numpy pydantic pybtex rich ruamel scipy
BYTECODE = $(BIN)/python -m compileall -q -j 0 $(addprefix $(VENV)/lib/python*/site-packages/,$(STARTS))
SCENARIOS = $(wildcard scenarios/*/base.yaml scenarios/*/variants/*.yaml)
NOTEBOOKS = $(wildcard notebooks/*.ipynb)
LABS = $(wildcard notebooks/labs/*.ipynb)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test test-all lint types imports doctests scenarios notebooks warm tests slow \
  format bench bench-all mutants chaos golden labs docs clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.demo ## sweep the flagship scenario; table and figures in results/
	$(BIN)/minsksim sweep minsk --runs $(RUNS) --seed $(SEED)

test: lint types imports scenarios tests ## the gate for every change, in minutes; pytest last

test-all: docs doctests notebooks slow ## the rest: documentation, examples, notebooks, and the tests that take long

lint: $(VENV)/.test ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test ## strict types of src/
	$(BIN)/mypy

imports: $(VENV)/.test ## layers and heavy imports
	$(BIN)/lint-imports

doctests: $(VENV)/.test ## every example in a docstring
	$(BIN)/pytest -q -n auto -p plain_numbers --doctest-modules src

scenarios: $(VENV)/.test ## minsksim check on every scenario and variant
	@test -n "$(SCENARIOS)"
	@for file in $(SCENARIOS); do $(BIN)/minsksim check "$$file" || exit $$?; done

notebooks: warm ## run every notebook from a clean kernel
	@test -n "$(NOTEBOOKS)" -a -n "$(LABS)"
	$(BIN)/python notebooks/execute.py $(NOTEBOOKS)
	$(BIN)/python notebooks/execute.py --filled $(LABS)

warm: $(VENV)/.test ## compile beforehand what the tests share
	@$(BIN)/minsksim warm

tests: warm ## the test suite, but for what takes long
	$(BIN)/pytest -n auto -m "not slow"

slow: warm ## what takes long: kills, damage, stolen caches, every compiled form
	$(BIN)/pytest -n auto -m slow

format: $(VENV)/.test ## repair style and format in place
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.test ## speed against plain Mesa on a frozen file, and today's flagship beside it
	$(BIN)/python benchmarks/speed.py

bench-all: bench ## all bars: also C on a frozen file, output at a million runs, growth; half an hour
	$(BIN)/python benchmarks/against_c.py
	$(BIN)/python benchmarks/output.py
	$(BIN)/python benchmarks/output.py --runs 10000000 --points 0 --turns 2
	$(BIN)/python benchmarks/scaling.py

mutants: $(VENV)/.test ## break each rule on purpose; what no test notices (an hour, then cached)
	$(BIN)/python tests/mutation/run.py

chaos: $(VENV)/.test ## kill, damage, starve sweeps for an hour or two; a table; fails if a bar is missed
	@rm -f $(CHAOS_REPORT)
	MINSKSIM_CHAOS=nightly MINSKSIM_CHAOS_REPORT=$(CHAOS_REPORT) \
	  $(BIN)/pytest -n 3 --dist worksteal tests/experiment tests/scenario $(STRANGERS); code=$$?; \
	  $(BIN)/python tests/experiment/figures.py $(CHAOS_REPORT) || code=1; exit $$code

golden: $(VENV)/.test ## rewrite the stored summaries and digests; needs a changelog entry
	$(BIN)/python tests/golden/write.py
	PYTHONPATH=tests $(BIN)/python -m golden.bits

labs: $(VENV)/.test ## write the labs' notebooks and the teacher's edition from their definitions
	$(BIN)/python notebooks/labs/write.py

docs: $(VENV)/.docs ## build the documentation in docs/_build, without a network; a warning fails
	$(BIN)/sphinx-build -E -W --keep-going -b html docs docs/_build

clean: ## remove the environment and caches, never results/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis docs/_build

# The stamps follow pyproject.toml, so a second call installs nothing.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "minsksim needs Python 3.11 or newer; set PYTHON=")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml | $(BIN)/python
	@echo 'installing minsksim into $(VENV); a minute or two, once'
	@$(INSTALL) .
	@$(BYTECODE)
	@touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	@echo 'installing minsksim and its tools into $(VENV); a few minutes, once'
	@$(INSTALL) '.[analysis,distributed,dev]'
	@$(BYTECODE)
	@touch $@ $(VENV)/.demo

$(VENV)/.docs: pyproject.toml | $(BIN)/python
	@echo 'installing minsksim and what builds its documentation into $(VENV); a minute, once'
	@$(INSTALL) '.[docs]'
	@touch $@
