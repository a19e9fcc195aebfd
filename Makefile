# make run   serves the dashboard with its shipped register on http://localhost:8501
# make check runs in two minutes what needs neither a browser nor another program, nor minutes of work
# make test  runs every check, the real browser included
# Both first make their own virtual environment, from locks: each package pinned with the hashes of its files.
# make docs  writes the documentation as a site into site/; to read it: python3 -m http.server --directory site
# make lock  renews the locks from requirements*.txt; make lock UPGRADE=--upgrade takes the newest of what those leave open
# Another Python:  make run PYTHON=python3.13 VENV=.venv-3.13

VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
ADDRESS ?= localhost
PORT ?= 8501
WORKERS ?= 2
SBOM := .venv-sbom
DOCS := .venv-docs

.PHONY: run check test lock lint unit browser office nginx spark bench mutants screenshots sbom docs clean

run: $(VENV)/app
	$(BIN)/streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT)

check: lint
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m "not (browser or office or nginx or spark or slow)"

test: lint unit

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

unit: $(VENV)/dev browser office nginx spark
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

# The system's Chromium, else Debian's package, else Playwright's own.
browser: $(VENV)/dev
	@tools/browser $(BIN)

# LibreOffice and Poppler from Debian's packages, where they can be had.
office:
	@tools/office

# nginx from Debian's packages, where it can be had.
nginx:
	@tools/nginx

# PySpark, where Java is there.
spark: $(VENV)/dev
	@tools/spark $(BIN)

# All that docs/performance.md says, anew; make bench QUICK=--quick compares with the rival in three minutes.
bench: $(VENV)/bench browser
	$(BIN)/python -m benchmarks $(QUICK)

# Which changes of a module no test notices: make mutants MODULE=khoosheh/measures/scope.py [TESTS=tests/measures]
MODULE := khoosheh/money.py
mutants: $(VENV)/mutants
	$(BIN)/python -m tools.mutants $(MODULE) $(TESTS)

screenshots: $(VENV)/dev browser
	$(BIN)/python -m tools.screenshots

# The parts of the app as CycloneDX 1.6, checked against its schema, and their licences. What makes the list, and what the
# checks need, are not among them: the app is installed into an environment of its own.
sbom:
	$(PYTHON) -m venv --clear --without-pip $(SBOM)/app
	$(PYTHON) -m venv --clear $(SBOM)/tool
	$(SBOM)/tool/bin/pip install --quiet --disable-pip-version-check -r requirements-sbom.txt
	$(SBOM)/tool/bin/pip --python $(SBOM)/app/bin/python install --quiet --disable-pip-version-check \
	  --require-hashes -r requirements.lock
	$(SBOM)/tool/bin/cyclonedx-py environment --validate --spec-version 1.6 --output-reproducible \
	  --pyproject pyproject.toml --output-format JSON --output-file sbom.cdx.json $(SBOM)/app/bin/python
	$(SBOM)/app/bin/python -m tools.licences

# The documentation with a reference made of the docstrings; a link that leads nowhere is an error. It reads the code and
# does not run it, so nothing of the app is installed.
docs: $(DOCS)/tool
	NO_MKDOCS_2_WARNING=1 $(DOCS)/bin/mkdocs build --strict

$(DOCS)/tool: requirements-docs.txt
	$(PYTHON) -m venv --clear $(DOCS)
	$(DOCS)/bin/pip install --quiet --disable-pip-version-check -r requirements-docs.txt
	touch $@

$(VENV)/pip:
	$(PYTHON) -m venv $(VENV) || { apt-get update && apt-get install -y python3-venv && $(PYTHON) -m venv $(VENV); }
	touch $@

$(VENV)/app: $(VENV)/pip requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(VENV)/dev: $(VENV)/app requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

$(VENV)/bench: $(VENV)/dev requirements-bench.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	touch $@

$(VENV)/mutants: $(VENV)/dev requirements-mutants.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-mutants.txt
	touch $@

# One lock for every system and Python that pyproject.toml allows; packages that only some need carry a condition.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"

lock: $(VENV)/pip
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-lock.txt
	$(LOCK) $(UPGRADE) requirements.txt --output-file requirements.lock
	$(LOCK) $(UPGRADE) requirements-dev.txt --constraints requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) $(SBOM) $(DOCS) site
