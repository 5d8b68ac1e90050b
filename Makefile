# First use of any target sets up .venv by itself, from Python 3.11 and pip alone.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV := .venv/bin/uv
BIN := .venv/bin/
# The local chat model (1.1 GB), where no other is configured, comes while the page is up already; once it is there, it is
# kept in step with the lock. Few downloads at once: of those that are cut short nothing is kept.
LOCAL := $(filter local local:%,$(or $(BUDONGI_CHAT_MODEL),local))
EXTRA := $(if $(and $(LOCAL),$(wildcard .venv/lib/python*/site-packages/xllamacpp)),--extra local)
FETCH := env UV_CONCURRENT_DOWNLOADS=2 $(UV) sync --frozen --no-dev --inexact --extra local

# Some containers set it; then every process that `budongi` or a test starts would compile thousands of modules anew.
unexport PYTHONDONTWRITEBYTECODE

# Which tests share a process: tests/conftest.py.
PARALLEL := -n auto --maxprocesses 4

.PHONY: run test check eval perf docs screenshots clean

run: .venv/.run
	$(BIN)budongi up --open $(if $(LOCAL),--fetch-model "$(FETCH)")

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
	$(BIN)budongi eval metamorphic --gate
	$(BIN)budongi eval gate --baseline smoke

perf: .venv/.dev
	$(BIN)budongi ingest --samples
	$(BIN)python -m eval.perf.startup
	$(BIN)python -m eval.perf.turn
	$(BIN)python -m eval.perf.ingest
	$(BIN)python -m eval.perf.search
	$(BIN)python -m eval.perf.peers

# docs/reference, from the code.
docs: .venv/.dev
	$(BIN)python docs/make_reference.py

# The pictures of docs/: the browser tests that look at a page keep what they saw.
screenshots: .venv/.dev
	BUDONGI_TEST_SCREENSHOTS=$(CURDIR)/docs/screenshots $(BIN)pytest tests/e2e

$(UV):
	$(PYTHON) -m venv .venv
	$(BIN)pip install --quiet --disable-pip-version-check uv

.venv/.run: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --no-dev --inexact $(EXTRA)
	touch $@

.venv/.dev: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --inexact --extra local --extra eval --extra slack
	touch $@

clean:
	rm -rf .venv
