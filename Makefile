# The few words that people and CI share. Each makes the environment first, if it is not there.
VENV := .venv
BIN := $(VENV)/bin
UV := UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV=$(VENV) $(BIN)/uv
PYTHON ?= python3
READY := $(VENV)/.ready

# Shared cores: OpenMP threads must sleep soon after they run out of work.
export GOMP_SPINCOUNT := 1000

PEERS := .venv-peers

.PHONY: setup run test check bench soak peers quality

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(UV) pip sync --require-hashes requirements.lock
	$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

run: setup
	$(BIN)/callworth demo

test: setup
	$(BIN)/python -m pytest --numprocesses 2

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup
	$(BIN)/python -m benchmarks

soak: setup
	$(BIN)/python -m pytest -m soak

# An environment of its own: what callworth is measured against is none of its requirements.
peers: $(PEERS)/.ready

$(PEERS)/.ready: requirements.lock benchmarks/peers.lock pyproject.toml
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV=$(PEERS) $(PEERS)/bin/uv pip install --require-hashes -r requirements.lock -r benchmarks/peers.lock
	UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV=$(PEERS) $(PEERS)/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

quality: peers
	$(PEERS)/bin/python -m benchmarks quality
