# 归流 Guiliu. Every chore is one word; `make help` lists them.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help

help: ## list the chores
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

run: $(VENV)/run web/dist/index.html ## set everything up and serve on http://127.0.0.1:8000
	@exec $(BIN)/guiliu run

test: $(VENV)/dev web/dist/index.html ## every test, with its own databases
	@test ! -e web/dist/index.html || web/build npm test --silent
	@$(BIN)/python -m pytest -n $(or $(TEST_PROCESSES),3) --dist loadfile --no-loadscope-reorder -rs

check: $(VENV)/dev ## format, lint, strict types, import contracts, house rules
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest -q -p no:cacheprovider tests/house

check-web: $(VENV)/dev ## format, lint and strict types of the pages
	@$(BIN)/python -m docs.reference.openapi >web/openapi.json
	@web/build npm run --silent schema
	@web/build npm run --silent lint
	@web/build npm run --silent types

bench: $(VENV)/dev ## measure; prints every bar of the design as a ratio where it can
	@$(BIN)/python -m bench $(PARTS)

format: $(VENV)/dev ## put code into its one format
	@$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format -q .

lock: $(VENV)/dev ## pin the newest versions that pyproject.toml allows
	@$(BIN)/pip install -q uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --extra embedded pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --extra embedded --extra dev pyproject.toml -o requirements-dev.lock

clean: ## remove what was made here (never the data folder)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info web/dist

WEB_SOURCES := $(shell find web \( -name node_modules -o -name dist \) -prune -o -type f ! -name openapi.json ! -name schema.d.ts -print)

# Without a way to get Node the server runs without its pages, and says so.
web/dist/index.html: $(WEB_SOURCES) | $(VENV)/run
	@echo "构建网页 / building the pages …"
	@web/build || echo "网页没有构建成，只提供接口 / the pages could not be built; only the interface is served" >&2

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run: requirements.lock | $(VENV)/bin/python
	@echo "安装依赖 / installing dependencies …"
	@$(BIN)/pip install -q --require-hashes --no-deps -r requirements.lock
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: requirements-dev.lock | $(VENV)/bin/python
	@echo "安装依赖 / installing dependencies …"
	@$(BIN)/pip install -q --require-hashes --no-deps -r requirements-dev.lock
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $(VENV)/run $@

.PHONY: help run test check check-web bench format lock clean
