# `make run` and `make test` set up everything they need; `make check` is the gate before a commit.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test proof check fix pictures bench clean help catalogue

help:  ## say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "cookietui needs Python 3.11 or newer; make PYTHON=... names another")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

run: $(READY)  ## open the program on sample profiles
	@$(BIN)/cookietui demo

test: $(READY)  ## all tests but the long proofs
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not proof"

proof: $(READY)  ## the long proofs
	$(BIN)/python -m pytest -n auto --dist loadgroup -m proof

check: $(READY)  ## the gate before a commit
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	for system in linux darwin win32; do $(BIN)/mypy --platform $$system || exit 1; done
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not proof" --cov --cov-report=term

catalogue: $(READY)  ## put the catalogue into the one file that the program reads
	$(BIN)/python -m cookietui.catalogue

fix: $(READY)  ## let ruff put right what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pictures: $(READY)  ## take the pictures of the papers anew
	PYTHONPATH=. $(BIN)/python docs/pictures.py

bench: $(READY)  ## do the same work as others beside them, and compare
	$(BIN)/python -m benchmarks

clean:  ## remove what was set up or built
	rm -rf $(VENV) build dist .coverage* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
