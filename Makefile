# Two commands: `make serve` shows the site, `make test` runs every check.
# All that is needed besides is Python: Node comes with pip, and a browser with
# the first `make test`.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# The theme speaks of its successor at each start.
export NO_MKDOCS_2_WARNING := 1
# Containers often set it; then each build compiles 700 modules anew.
unexport PYTHONDONTWRITEBYTECODE
INSTALL := @$(PYTHON) install.py
VERIFY := PYTHONPATH=tests:snippets:docs/hooks $(BIN)/python -m verify
# The blocks of a page share what they define, so a file stays in one process.
PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadfile
# What `check` looks at: a page in both languages, and what tests every page.
PAGES = $(wildcard docs/??/$(PAGE).md docs/??/$(PAGE).ipynb)
EACH_PAGE := $(addprefix tests/,test_figures.py test_notebooks.py test_structure.py verify/translations/test_pages.py)

.DEFAULT_GOAL := help
.PHONY: help serve site test check update accept rosetta bench book mutate clean

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*##/make \1 \t/p' Makefile

serve:  ## serve both languages on http://127.0.0.1:8000/, or another PORT=8001, and reload after each change
	$(INSTALL) site
	$(BIN)/mkdocs serve --livereload --dirty --dev-addr 127.0.0.1:$(PORT)

site:  ## build both languages into site/
	$(INSTALL) site
	$(BIN)/mkdocs build --strict

test:  ## run every check
	$(INSTALL) test
	@$(VERIFY).browser
	$(BIN)/ruff check --no-cache
	$(BIN)/ruff format --check --no-cache
	RECEIPTS=build/receipts.json $(BIN)/pytest $(PARALLEL)

check:  ## check one page, in both languages: make check PAGE=gradient_descent
	@[ -n "$(PAGES)" ] || { echo 'There is no page docs/zh/$(PAGE).md; name one: make check PAGE=gradient_descent'; exit 1; }
	$(INSTALL) test
	$(BIN)/ruff check -q --no-cache $(wildcard snippets/$(PAGE) tests/$(PAGE))
	$(BIN)/pytest -q $(PARALLEL) $(filter %.md,$(PAGES)) $(wildcard tests/$(PAGE)) $(EACH_PAGE) \
	  -k "keeps_the_rule or $(PAGE)"

update:  ## write outputs, numbers and figures anew where they are stale; of one chapter with PAGE=gradient_descent
	$(INSTALL) test
	$(VERIFY).update $(PAGE)

accept:  ## record that both languages of a page say the same: make accept PAGE=gradient_descent
	$(INSTALL) test
	$(VERIFY).translations $(PAGE)

rosetta:  ## run the one problem in every framework, each in an environment of its own, and write the record
	$(INSTALL) test
	PYTHONPATH=tests:snippets $(BIN)/python -m rosetta.run

bench:  ## measure a page beside a plain one of the same Markdown
	$(INSTALL) test
	PYTHONPATH=tests $(BIN)/python tests/site/bench.py

book:  ## make a PDF and an archive to read offline, of each language, in build/book/
	$(INSTALL) test
	@$(VERIFY).browser
	PYTHONPATH=tests:docs/publish $(BIN)/python docs/publish/book.py

mutate:  ## plant faults and see whether each is caught: minutes with PAGE=gradient_descent, hours without
	$(INSTALL) test
	$(VERIFY).mutation $(addprefix --page ,$(PAGE))

clean:  ## remove all that the other commands made
	rm -rf .venv node_modules site build .pytest_cache .ruff_cache
