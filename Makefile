# Each target sets up what it needs. The set-up lives in .venv and is made anew when a lock file changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes

# Material prints a notice of its end of life at every build; docs/decisions/ says what we do about it.
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := hooks

.PHONY: site serve check rules new diff paths review schema addresses release links compile finish bench test lint lock clean

site: $(VENV)/.site
	@$(BIN)/mkdocs build --strict

serve: $(VENV)/.site
	@$(BIN)/mkdocs serve --dev-addr 127.0.0.1:8000

# On another day: make check ON=2027-06-01. For GitHub's annotations: make check FORMAT=github
check: $(VENV)/.site
	@$(BIN)/python -m guidetrees check $(if $(ON),--on "$(ON)") $(if $(FORMAT),--format "$(FORMAT)")

# What a rule asks, with an example: make rules RULE=no-cycles. Without RULE: the ids of all rules.
rules: $(VENV)/.site
	@$(BIN)/python -m guidetrees rules $(if $(RULE),"$(RULE)")

# What is given stands in the environment, so that the shell reads no spaces, quotes or signs in it.
new: override export TREE := $(value TREE)
new: $(VENV)/.site
	@$(BIN)/python -m guidetrees new -- "$$TREE"

diff: override export BASE := $(value BASE)
diff: $(VENV)/.site
	@$(BIN)/python -m guidetrees diff -- "$$BASE"

# What the documents for review say, as files in review/: every way through the trees as a table, and Markdown.
paths review: $(VENV)/.site
	@$(BIN)/python -m guidetrees $@

# What editors know of the trees, of contacts, updates and the guide's sections: decision_trees/_schema/.
schema: $(VENV)/.site
	@$(BIN)/python -m guidetrees schema

# Before a version is published: its addresses are kept from then on, and make check tells when one would be lost.
addresses: $(VENV)/.site
	@$(BIN)/python -m guidetrees addresses

# The archive for operations: what is committed, with checksums and a bill of what built it. In release/.
release: $(VENV)/.site
	@$(BIN)/python -m guidetrees release

# Which links to other sites are dead or have moved: the only command that asks other hosts for anything.
links: $(VENV)/.site
	@$(BIN)/python -m guidetrees links $(if $(FORMAT),--format "$(FORMAT)")

# The project as Markdown and files from which any site builder makes the site: compiled/, or make compile TO=…
compile: export TO := $(value TO)
compile: $(VENV)/.site
	@$(BIN)/python -m guidetrees compile $(if $(TO),--to "$$TO")

# What the hook does to pages, done to the site that another builder has made of it: make finish SITE=compiled/site
finish: override export SITE := $(value SITE)
finish: $(VENV)/.site
	@$(BIN)/python -m guidetrees finish -- "$$SITE"

# How long builds of large guides take, beside other builders, and a search in the largest: minutes.
# make bench BENCH="--sizes 500 --turns 5"
bench: $(VENV).bench/.bench $(VENV)/.test
	@PYTHONPATH=hooks:tests $(VENV).bench/bin/python -m bench $(BENCH)
	@PYTHONPATH=hooks:tests $(BIN)/python -m bench.searches

test: $(VENV)/.test lint
	@$(BIN)/python tests/browser.py
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: $(VENV)/.test
	@$(BIN)/ruff check hooks tests
	@$(BIN)/ruff format --check hooks tests
	@$(BIN)/mypy hooks tests

# The lock files carry hashes and no index address.
lock: $(VENV)/.test
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group test $(LOCK) --output-file requirements-test.lock
	$(BIN)/uv pip compile pyproject.toml --group bench $(LOCK) --output-file requirements-bench.lock

LOCK := --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade --quiet

clean:
	rm -rf $(VENV) $(VENV).bench site

$(VENV)/.site: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --requirement requirements.lock
	@touch $@

$(VENV).bench/.bench: requirements-bench.lock
	@echo "Setting up the benchmark …"
	@$(PYTHON) -m venv --clear $(VENV).bench
	@$(VENV).bench/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement $<
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.site
	@echo "Setting up the tests …"
	@$(PIP) --requirement requirements-test.lock
	@touch $@
