# Each target sets up what it needs. The set-up is in .venv, and is renewed when a lock file changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GUIDETREES := $(BIN)/python -m guidetrees
PYTEST := $(BIN)/python -m pytest --numprocesses auto
INSTALL := bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
    --no-annotate --no-header --upgrade --quiet

# Material prints a notice of its end of life at every build; docs/decisions/0006 says what we do about it.
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := hooks
# Python keeps its compiled code, also in containers that forbid it: each test worker and program starts faster.
unexport PYTHONDONTWRITEBYTECODE

# Arguments that authors type reach the shell in variables, so that it reads no spaces, quotes or $ in them.
compile: override export TO := $(value TO)
new: override export TREE := $(value TREE)
diff: override export BASE := $(value BASE)
finish: override export SITE := $(value SITE)
counts: override export LOG := $(value LOG)

.PHONY: site serve check rules links new diff schema addresses paths review release counts compile finish quick test lint bench lock clean

# Build ./site, the folder to publish.
site: $(VENV)/.site
	@$(BIN)/mkdocs build --strict

# Serve a live preview on http://127.0.0.1:8000, or on another port: make serve PORT=8001
serve: PORT = 8000
serve: $(VENV)/.site
	@$(BIN)/mkdocs serve --dev-addr "127.0.0.1:$(PORT)"

# Report every problem. On another day: make check ON=2027-06-01. As annotations: make check FORMAT=github
check: $(VENV)/.site
	@$(GUIDETREES) check $(if $(ON),--on "$(ON)") $(if $(FORMAT),--format "$(FORMAT)")

# List the rules, or explain one with an example: make rules RULE=no-cycles
rules: $(VENV)/.site
	@$(GUIDETREES) rules $(if $(RULE),"$(RULE)")

# Report dead and moved links to other sites. The only command that uses the network.
links: $(VENV)/.site
	@$(GUIDETREES) links $(if $(FORMAT),--format "$(FORMAT)")

# Write a new tree to change: make new TREE=my-new-tree
new: $(VENV)/.site
	@$(GUIDETREES) new -- "$$TREE"

# Say what has changed for readers since a revision or a folder: make diff BASE=HEAD~1
diff: $(VENV)/.site
	@$(GUIDETREES) diff -- "$$BASE"

# schema:    Write the schemas that editors use, in decision_trees/_schema/.
# addresses: Add new addresses to the list of published ones. Run it before a version is published.
# paths:     Write every path through the trees as a table, review/paths.csv.
# review:    Write the documents for review as Markdown, review/*.md.
# release:   Make the archive of the last commit's site, in release/.
schema addresses paths review release: $(VENV)/.site
	@$(GUIDETREES) $@

# Count from a server's log how often pages were opened: make counts LOG=/var/log/nginx/access.log FORMAT=csv
counts: $(VENV)/.site
	@$(GUIDETREES) counts $(if $(PREFIX),--prefix "$(PREFIX)") $(if $(FORMAT),--format "$(FORMAT)") -- $$LOG

# Write the project for another site builder, in compiled/: make compile TO=another-folder
compile: $(VENV)/.site
	@$(GUIDETREES) compile $(if $(TO),--to "$$TO")

# Add policies to a site that another builder has built: make finish SITE=compiled/site
finish: $(VENV)/.site
	@$(GUIDETREES) finish -- "$$SITE"

# Check style and types, and run the short tests that need no browser and no built site.
quick: $(VENV)/.test lint
	@$(PYTEST) -m "not browser and not build and not long"

# Check style and types, and run every test.
test: $(VENV)/.test lint
	@$(BIN)/python tests/browser.py
	@$(PYTEST) --dist worksteal

# Check style and types.
lint: $(VENV)/.test
	@$(BIN)/ruff check hooks tests
	@$(BIN)/ruff format --check hooks tests
	@$(BIN)/mypy hooks tests

# Measure builds, saves and searches (ten minutes): make bench BENCH="--sizes 500 --turns 5"
bench: $(VENV).bench/.bench $(VENV)/.test
	@PYTHONPATH=hooks:tests $(VENV).bench/bin/python -m bench $(BENCH)
	@PYTHONPATH=hooks:tests $(VENV).bench/bin/python -m bench.saves
	@PYTHONPATH=hooks:tests $(BIN)/python -m bench.searches

# Renew the lock files. They have hashes and no index address: docs/decisions/0023.
lock: $(VENV)/.test
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group test --output-file requirements-test.lock
	$(COMPILE) --group bench --output-file requirements-bench.lock

# Delete the set-up and the built site.
clean:
	rm -rf $(VENV) $(VENV).bench site

$(VENV)/.site: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(VENV)/$(INSTALL) $<
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.site
	@echo "Setting up the tests …"
	@$(VENV)/$(INSTALL) $<
	@touch $@

$(VENV).bench/.bench: requirements-bench.lock
	@echo "Setting up the benchmark …"
	@$(PYTHON) -m venv --clear $(VENV).bench
	@$(VENV).bench/$(INSTALL) $<
	@touch $@
