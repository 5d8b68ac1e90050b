# First use of any target sets up .venv by itself, from Python 3.11 and pip alone.
PYTHON ?= python3.11
UV := .venv/bin/uv
# The local chat model's extra is taken when no other chat model is configured.
CHAT_MODEL := $(if $(BUDONGI_CHAT_MODEL),$(BUDONGI_CHAT_MODEL),local)
EXTRAS := $(if $(filter local local:%,$(CHAT_MODEL)),--extra local,)
BIN := .venv/bin/

.PHONY: run test check eval perf clean

run: .venv/run
	$(BIN)budongi up --open

test: .venv/dev
	$(MAKE) check
	$(BIN)pytest tests/integration tests/e2e

check: .venv/dev
	$(BIN)ruff format --check .
	$(BIN)ruff check .
	$(BIN)mypy
	$(BIN)lint-imports
	$(BIN)pytest -q tests/unit

eval: .venv/dev
	$(BIN)budongi eval run

perf: .venv/dev
	$(BIN)python -m eval.perf.turn

$(UV):
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet uv

.venv/run: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --no-dev --inexact $(EXTRAS)
	touch $@

.venv/dev: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --inexact --extra local
	touch $@

clean:
	rm -rf .venv
