# Needs make, git and Python 3.11 or later, and nothing else. `make` alone lists what there is.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
SHELL := /bin/sh

# The first of these that is Python 3.11 or later; `make PYTHON=/path/to/python ...` decides otherwise.
PYTHON_IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for candidate in python3 python3.13 python3.12 python3.11 python; do \
	"$$candidate" -c '$(PYTHON_IS_NEW_ENOUGH)' 2>/dev/null && { command -v "$$candidate"; break; }; done)

# Trying it out (`make tui`) and working on it (`make check`) leave nothing outside the checkout: both use .venv, with an
# editable installation. `make install` is for keeps: a folder of its own, where the program stays when the checkout goes.
VENV := .venv
# Where Python does not look: the packages in it are read by tests, and can be imported by nothing.
ATTACKS := $(VENV)/attacks
PREFIX ?= $(HOME)/.local
INSTALL_VENV = $(PREFIX)/share/alloy-assist/venv
BIN = $(PREFIX)/bin

# Every file is checked against the hash in the lock, and nothing is compiled.
PIP_INSTALL := -m pip --disable-pip-version-check --no-input install --quiet
LOCKED := --require-hashes --only-binary :all:

REPO ?= .
PYTEST_ARGS ?= -n 2 --dist worksteal

.PHONY: help tui run install uninstall check lint format-check types imports test fmt lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

tui: $(VENV)/.stamp-runtime ## installs into .venv when needed, and opens the TUI: make tui REPO=/path/to/repository
	@exec $(VENV)/bin/alloy "$(REPO)"

run: tui ## the same as tui

install: ## installs for keeps under ~/.local (or PREFIX), with the commands alloy and alloy-assist
	@$(call make_venv,$(INSTALL_VENV))
	"$(INSTALL_VENV)/bin/python" $(PIP_INSTALL) $(LOCKED) -r requirements/runtime.txt -r requirements/build.txt
	"$(INSTALL_VENV)/bin/python" $(PIP_INSTALL) --no-deps --no-build-isolation --force-reinstall .
	@"$(INSTALL_VENV)/bin/python" -m pip --disable-pip-version-check check --quiet
	@mkdir -p "$(BIN)"
	@ln -sf "$(INSTALL_VENV)/bin/alloy" "$(INSTALL_VENV)/bin/alloy-assist" "$(BIN)/"
	@echo "Installed: $(BIN)/alloy. Run it as: alloy /path/to/repository"
	@case ":$$PATH:" in *":$(BIN):"*) ;; *) echo "$(BIN) is not on your PATH yet: add it, or call $(BIN)/alloy by its full name." ;; esac

uninstall: ## removes what install made
	rm -rf "$(PREFIX)/share/alloy-assist/venv"
	rm -f "$(BIN)/alloy" "$(BIN)/alloy-assist"

check: lint format-check types imports test ## everything that CI runs

lint: $(VENV)/.stamp-dev ## ruff's rules
	$(VENV)/bin/ruff check

format-check: $(VENV)/.stamp-dev ## ruff's formatting, unchanged
	$(VENV)/bin/ruff format --check

types: $(VENV)/.stamp-dev ## mypy --strict
	$(VENV)/bin/mypy

imports: $(VENV)/.stamp-dev ## the dependency directions of pyproject.toml
	$(VENV)/bin/lint-imports

test: $(VENV)/.stamp-dev $(VENV)/.stamp-attacks ## the tests; one of them: make test PYTEST_ARGS='tests/test_guard.py -x'
	ALLOY_ATTACK_SETS="$(ATTACKS)" $(VENV)/bin/python -m pytest $(PYTEST_ARGS)

fmt: $(VENV)/.stamp-dev ## formats, and repairs what ruff can repair
	$(VENV)/bin/ruff check --fix
	$(VENV)/bin/ruff format

# Each later lock is constrained by the earlier one, so that a version is the same in all three. UPGRADE=--upgrade takes
# new versions; without it only what pyproject.toml asks for changes. The attacks stand alone: nothing is ever imported from them.
COMPILE = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--annotation-style line --custom-compile-command 'make lock' $(UPGRADE)
lock: $(VENV)/.stamp-locked ## writes requirements/*.txt anew from pyproject.toml: make lock [UPGRADE=--upgrade]
	$(COMPILE) pyproject.toml --output-file requirements/runtime.txt
	$(COMPILE) --constraints requirements/runtime.txt --group dev pyproject.toml --output-file requirements/dev.txt
	$(COMPILE) --constraints requirements/dev.txt --group build --output-file requirements/build.txt
	$(COMPILE) --no-deps --group attacks --output-file requirements/attacks.txt

clean: ## removes .venv, caches and built files
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
	find alloy_assist archaeology store prompts fixtures tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than what it was made from exactly when nothing needs installing. When the Python that .venv was made
# with is gone, the stamps say nothing.
$(shell [ -x $(VENV)/bin/python ] || rm -f $(VENV)/.stamp-*)

$(VENV)/.stamp-runtime: requirements/runtime.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@if [ -e $(VENV)/.stamp-dev ]; then $(MAKE) --no-print-directory $(VENV)/.stamp-dev; else \
		echo "Installing into $(VENV) ..." && \
		$(VENV)/bin/python $(PIP_INSTALL) $(LOCKED) -r requirements/runtime.txt -r requirements/build.txt && \
		$(call install_editable); fi
	@touch $@

$(VENV)/.stamp-locked: requirements/dev.txt | $(VENV)/bin/python
	@echo "Installing into $(VENV) ..."
	@$(VENV)/bin/python $(PIP_INSTALL) $(LOCKED) -r requirements/dev.txt
	@touch $@

$(VENV)/.stamp-dev: $(VENV)/.stamp-locked pyproject.toml
	@$(call install_editable)
	@touch $@

$(VENV)/.stamp-attacks: requirements/attacks.txt | $(VENV)/bin/python
	@rm -rf "$(ATTACKS)"
	@$(VENV)/bin/python $(PIP_INSTALL) $(LOCKED) --no-deps --no-compile --target "$(ATTACKS)" -r requirements/attacks.txt
	@touch $@

$(VENV)/bin/python:
	@$(call make_venv,$(VENV))

# pip check: what pyproject.toml asks for is what the locks gave.
define install_editable
$(VENV)/bin/python $(PIP_INSTALL) --no-deps --no-build-isolation --editable . && \
$(VENV)/bin/python -m pip --disable-pip-version-check check --quiet
endef

# Debian's Python comes without what makes virtual environments (python3-venv); when virtualenv or pip is there, it will do:
# that pip installs the locked requirements from outside, and another pip is among them.
define make_venv
set -e; \
if [ -z "$(PYTHON)" ]; then \
	echo "alloy-assist needs Python 3.11 or later, and none was found." >&2; \
	echo "  Found: $$(python3 --version 2>/dev/null || echo 'no python3')." >&2; \
	echo "  Install one (on Debian 12: apt-get install python3 python3-venv), or name one: make PYTHON=/path/to/python3.11 ..." >&2; \
	exit 1; \
fi; \
if ! "$(PYTHON)" -c '$(PYTHON_IS_NEW_ENOUGH)'; then \
	echo "alloy-assist needs Python 3.11 or later; $(PYTHON) is $$("$(PYTHON)" --version 2>&1)." >&2; \
	exit 1; \
fi; \
if [ ! -x "$(1)/bin/python" ] || ! "$(1)/bin/python" -c '$(PYTHON_IS_NEW_ENOUGH)' || ! "$(1)/bin/python" -c 'import pip' 2>/dev/null; then \
	rm -rf "$(1)"; \
	if "$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null; then \
		"$(PYTHON)" -m venv "$(1)"; \
	elif "$(PYTHON)" -c 'import virtualenv' 2>/dev/null; then \
		"$(PYTHON)" -m virtualenv --quiet "$(1)"; \
	elif "$(PYTHON)" -c 'import venv, pip' 2>/dev/null; then \
		"$(PYTHON)" -m venv --without-pip "$(1)" && \
		"$(PYTHON)" -m pip --disable-pip-version-check --no-input --python "$(1)/bin/python" install --quiet \
			$(LOCKED) -r requirements/runtime.txt; \
	else \
		echo "$(PYTHON) can make no virtual environment: its venv module is incomplete." >&2; \
		echo "  On Debian and Ubuntu: apt-get install python3-venv" >&2; \
		exit 1; \
	fi; \
fi
endef
