# Everything a person or CI runs. `make run` and `make test` need Python 3.11 and make, and install the rest.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP    := .venv/bin/python -m pip --disable-pip-version-check --quiet
POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/interview_notes

.PHONY: run admin test unit browser check check-content lint format migrations deploy messages share-pictures bench-import bench-pages bench-practice bench-search lock clean

run: .venv/run  ## serve on http://127.0.0.1:8000 (PORT=…), with SQLite and the bundled notes, and work in the background
	@.venv/bin/python manage.py prepare
	@exec .venv/bin/python -m interview_notes.serve

admin: .venv/run  ## create the first curator
	@.venv/bin/python manage.py create_curator

test: unit browser  ## all tests

unit: .venv/dev
	.venv/bin/pytest -q

browser: .venv/dev .venv/system
	.venv/bin/pytest -q tests/browser

check: lint migrations deploy check-content test  ## all that CI runs: the tests on SQLite, and again on PostgreSQL
	TEST_DATABASE_URL=$(POSTGRES_URL) .venv/bin/pytest -q
	TEST_DATABASE_URL=$(POSTGRES_URL) .venv/bin/pytest -q tests/browser

check-content: .venv/dev  ## the bundled notes: both languages whole, code that runs, arithmetic that holds
	.venv/bin/python -m content.checks

lint: .venv/dev .venv/system
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/python tests/messages.py

format: .venv/dev
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format .

migrations: .venv/run
	.venv/bin/python manage.py makemigrations --check --dry-run

deploy: .venv/run
	HTTPS=on .venv/bin/python manage.py check --deploy --fail-level WARNING

messages: .venv/dev .venv/system  ## collect strings into locale/ and compile them
	.venv/bin/python tests/messages.py --write

bench-import: .venv/run  ## what an import costs, as ratios in one run
	BENCH_POSTGRES_URL=$(POSTGRES_URL)_bench .venv/bin/python bench/importing.py

share-pictures: .venv/dev .venv/system  ## draw what stands beside a link to the site where one is shared
	.venv/bin/python tests/share_pictures.py

bench-practice: .venv/run  ## what it costs to say what is due
	BENCH_POSTGRES_URL=$(POSTGRES_URL)_bench .venv/bin/python bench/practising.py

bench-search: .venv/run  ## what a search costs among 20,000 questions
	BENCH_POSTGRES_URL=$(POSTGRES_URL)_bench .venv/bin/python bench/searching.py

bench-pages: .venv/dev .venv/system  ## what a first view of each page costs, beside its budget
	@.venv/bin/python bench/pages.py

lock: .venv/dev  ## pin what pyproject.toml asks for
	.venv/bin/uv pip compile -q pyproject.toml --generate-hashes --universal --python-version 3.11 --no-header -o requirements.txt
	.venv/bin/uv pip compile -q pyproject.toml --extra dev -c requirements.txt --generate-hashes --universal \
		--python-version 3.11 --no-header -o requirements-dev.txt

.venv/run: requirements.txt
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@echo "Installing what the site needs …"
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	@echo "Installing what the tests need …"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

.venv/system: tests/install_system.sh .venv/dev
	@sh tests/install_system.sh
	@touch $@

clean:  ## forget the virtual environment; var/ (database, uploads) stays
	rm -rf .venv
