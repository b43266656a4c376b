# make run     try the bot in a browser, or serve Telegram where .env has BOT_TOKEN
# make test    all tests
# make soak    the faults and the hostile updates at full length, some fifteen minutes
# make check   ruff, mypy, import-linter, the index, all tests
# make lock    resolve the dependencies again (needs uv)
# make audit   known vulnerabilities of what is locked, where a database of them can be reached
#
# Each does all it needs: Python 3.11 or newer and make are enough on a fresh clone.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --quiet --disable-pip-version-check install --require-hashes

.PHONY: run setup test check lint types layers index lock audit bench soak

run: $(VENV)/.run-done
	$(BIN)/python -m bot run

setup: $(VENV)/.dev-done

test: setup
	$(BIN)/python -m pytest

check: lint types layers
	$(BIN)/python -m bot index --check
	$(MAKE) test

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

layers: setup
	$(BIN)/lint-imports

index: setup
	$(BIN)/python -m bot index

bench: setup
	$(BIN)/python -m tests.benchmarks

soak: setup
	SOAK=1 $(BIN)/python -m pytest tests/integration/test_faults.py tests/integration/test_hostile.py
	SOAK_UPDATES=1000 $(BIN)/python -m pytest --log-cli-level=INFO \
	  tests/functional/test_store_faults.py

audit: setup
	$(BIN)/python .ci/audit.py

lock:
	uv pip compile --quiet --universal --generate-hashes --no-annotate --python-version 3.11 \
	  --custom-compile-command "make lock" pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-annotate --python-version 3.11 \
	  --custom-compile-command "make lock" pyproject.toml --group dev \
	  --output-file requirements-dev.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-done: requirements.lock | $(VENV)/bin/python
	test -e $(VENV)/.dev-done || $(PIP) --requirement requirements.lock
	touch $@

$(VENV)/.dev-done: requirements-dev.lock requirements.lock | $(VENV)/bin/python
	$(PIP) --requirement requirements-dev.lock
	touch $@ $(VENV)/.run-done
