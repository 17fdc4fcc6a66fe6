# contract-builder: one command each to see it work, to check it, to renew its locks.
# Everything is installed in .venv, from locks with hashes; nothing is installed for the whole
# machine except, for `make test`, the programs that .ci/install-test-tools names first.

SHELL := /bin/bash
VENV ?= .venv
PYTHON ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
DEMO_PROFILE := profiles/chu-demonstration.yaml
PYTEST_WORKERS ?= 2

.PHONY: aide demo test lock sbom audit clean
.DEFAULT_GOAL := aide

aide:
	@echo "make demo   installe le logiciel dans $(VENV) et produit le contrat de démonstration dans output/"
	@echo "make test   installe ce que les essais demandent, puis lance toutes les vérifications"
	@echo "make lock   renouvelle les verrous des dépendances Python et npm"
	@echo "make sbom   écrit la liste de tout ce dont le logiciel est fait (CycloneDX) dans dist/"
	@echo "make audit  cherche les failles connues des dépendances verrouillées (demande le réseau)"
	@echo "make clean  supprime $(VENV), node_modules et les fichiers de travail des outils"

demo: $(VENV)/.runtime
	@$(BIN)/cpom build $(DEMO_PROFILE) --out output

test: $(VENV)/.development
	@.ci/install-test-tools $(BIN)/python
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(PYTEST_WORKERS)

$(BIN)/python:
	@PYTHON="$(PYTHON)" .ci/create-venv $(VENV)

# The stamps are newer than the locks that they stand for, so a second call installs nothing.
$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installation des dépendances (requirements.lock)…"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.runtime
	@echo "Installation des outils d’essai (requirements-dev.lock)…"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

# --universal: one lock for Python 3.11 and later on every platform.
UV_COMPILE = build/lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-config --quiet --custom-compile-command "make lock" $(UV_OPTIONS)

lock: | build/lock/bin/uv
	$(UV_COMPILE) --group build --output-file requirements.lock
	$(UV_COMPILE) --group dev --all-extras --constraint requirements.lock --output-file requirements-dev.lock
	npm install --package-lock-only --no-audit --no-fund

build/lock/bin/uv:
	@PYTHON="$(PYTHON)" .ci/create-venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check -qq install uv

sbom: $(VENV)/.runtime
	@$(BIN)/python hatch_build.py dist/contract-builder.cdx.json

# Advisories change every day: the tool that asks for them is the newest, in its own environment.
audit: | build/audit/bin/pip-audit
	@known=0; \
	build/audit/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
		--requirement requirements.lock --requirement requirements-dev.lock $(AUDIT_OPTIONS) || known=1; \
	npm audit || known=1; \
	[[ $$known = 0 ]] || echo "Une faille est connue, ou un service d’avis n’a pas répondu : voir ci-dessus." >&2; \
	exit $$known

build/audit/bin/pip-audit:
	@PYTHON="$(PYTHON)" .ci/create-venv build/audit
	@build/audit/bin/python -m pip --disable-pip-version-check -qq install pip-audit

clean:
	rm -rf $(VENV) node_modules build dist .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache
