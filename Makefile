# Two commands: `make serve` shows the site, `make test` runs every check.
# All that is needed besides is Python 3.11 or newer: Node comes with pip.

PYTHON ?= python3
CONSTRAINTS ?= constraints.txt
BIN := .venv/bin
# The theme speaks of its successor at each start.
export NO_MKDOCS_2_WARNING := 1
PIP := $(BIN)/python -m pip --disable-pip-version-check
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm --no-audit --no-fund
VERIFY := PYTHONPATH=tests:snippets:docs/hooks $(BIN)/python -m verify
# The blocks of a page share what they define, so a file stays in one process.
PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadfile
# What `check` looks at: a page in both languages, and what tests every page.
PAGES = $(wildcard docs/??/$(PAGE).md docs/??/$(PAGE).ipynb)
EACH_PAGE := $(addprefix tests/,test_figures.py test_notebooks.py test_structure.py verify/translations/test_pages.py)
INPUTS := pyproject.toml constraints.txt package.json package-lock.json

.DEFAULT_GOAL := help
.PHONY: help serve site test check update accept mutate clean

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*##/make \1 \t/p' Makefile

serve: .venv/site  ## serve both languages on http://127.0.0.1:8000/, and reload after each change
	$(BIN)/mkdocs serve --livereload

site: .venv/site  ## build both languages into site/
	$(BIN)/mkdocs build --strict

test: .venv/test  ## run every check
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	RECEIPTS=build/receipts.json $(BIN)/pytest $(PARALLEL)

check: .venv/test  ## check one page, in both languages: make check PAGE=gradient_descent
	@[ -n "$(PAGES)" ] || { echo 'There is no page docs/zh/$(PAGE).md; name one: make check PAGE=gradient_descent'; exit 1; }
	$(BIN)/pytest -q $(PARALLEL) $(filter %.md,$(PAGES)) $(wildcard tests/$(PAGE)) $(EACH_PAGE) \
	  -k "keeps_the_rule or $(PAGE).md or $(PAGE).ipynb or [$(PAGE)] or [$(PAGE)/ or tests/$(PAGE)/"

update: .venv/test  ## write outputs, numbers and figures anew where they are stale; of one chapter with PAGE=gradient_descent
	$(VERIFY).update $(PAGE)

accept: .venv/test  ## record that both languages of a page say the same: make accept PAGE=gradient_descent
	$(VERIFY).translations $(PAGE)

mutate: .venv/test  ## plant faults, one at a time, and see whether each is caught; takes hours
	$(VERIFY).equations.mutate docs/zh/*.md docs/en/*.md
	$(VERIFY).mutation

clean:  ## remove all that the other commands made
	rm -rf .venv node_modules site build *.egg-info .pytest_cache .ruff_cache

# Each stamp says what is installed; it is older than what it was made from
# when something has to be installed anew.

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv

.venv/site: $(INPUTS) | .venv/pyvenv.cfg
	$(PIP) install --quiet --no-compile --constraint $(CONSTRAINTS) .
	$(NPM) ci --omit=dev
	touch $@

.venv/test: .venv/site
	$(PIP) install --quiet --no-compile --constraint $(CONSTRAINTS) '.[test]'
	$(NPM) ci
	touch $@
