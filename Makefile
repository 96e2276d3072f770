# One command from clone to a working site (`make run`) or a finished test run (`make test`).
# Needs Python 3.11 or newer and make; everything else goes into .venv/ and .data/ beside this file.

PYTHON ?= python3
DATA_DIR ?= .data
WORKERS ?= 2
SHELL := /bin/sh
python := .venv/bin/python
peers := $(DATA_DIR)/peers
# The first of these that is installed drives the browser tests.
browsers := chromium chromium-browser google-chrome google-chrome-stable
BENCHES ?= plan_page joint_editing keystroke lost_edits plan_files workforce_import upload_screen seeded_faults \
    mutated_files canaries kill_points killed_workers lost_queue profile disclosure_attack

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench worker beat vendor

help:
	@echo 'make run      the site with its demonstration, at http://127.0.0.1:$${PORT:-8000}/ (Ctrl-C stops it)'
	@echo 'make test     all tests, those in a browser included'
	@echo 'make setup    only .venv/ with everything that requirements.txt pins'
	@echo 'make lint     style, formatting, migrations and settings'
	@echo 'make bench    how fast it is, alone and with fifty people at once, whether edits get lost, and files; with figures'
	@echo 'make worker   a background worker, as in production (WORKERS=$(WORKERS) processes)'
	@echo 'make beat     the clock that starts scheduled work, as in production (run exactly one)'
	@echo 'make vendor   for maintainers: compile the stylesheet and script that are committed in static/vendor'

# Nothing is installed again while requirements.txt says what it said when .venv/ was last filled.
setup:
	@$(python) -c '' 2>/dev/null && cmp -s requirements.txt .venv/installed.txt && exit 0; \
	say() { echo "make setup: $$*" >&2; }; \
	if ! command -v "$(PYTHON)" >/dev/null 2>&1; then \
	    say 'Python is missing: there is no command "$(PYTHON)" on this machine.'; \
	    say 'Install it (Debian, Ubuntu: sudo apt-get install python3 python3-venv), or name yours: make setup PYTHON=python3.12'; \
	    exit 1; \
	fi; \
	if ! "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	    say "This needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" -V 2>&1)."; \
	    say 'If a newer one is installed, name it: make setup PYTHON=python3.12'; \
	    exit 1; \
	fi; \
	if ! "$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null; then \
	    say 'Python is here, but the part of it that makes virtual environments is not.'; \
	    say 'Debian and Ubuntu keep it in a package of its own: sudo apt-get install python3-venv'; \
	    exit 1; \
	fi; \
	if ! .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    "$(PYTHON)" -m venv --clear .venv || { say 'The folder .venv could not be made here; the reason is above.'; exit 1; }; \
	fi; \
	say 'Installing what requirements.txt names into .venv (once; a minute or two)'; \
	rm -f .venv/installed.txt; \
	if ! $(python) -m pip install --disable-pip-version-check --no-input --retries 2 -r requirements.txt \
	        > .venv/install.log 2>&1; then \
	    grep '^ERROR' .venv/install.log | head -n 3 >&2; \
	    say 'The packages could not be installed. Is this machine connected to the internet (or to a mirror that pip knows)?'; \
	    say 'All that pip said is in .venv/install.log. Run the same command again when it is mended.'; \
	    exit 1; \
	fi; \
	cp requirements.txt .venv/installed.txt

run: setup
	@exec $(python) manage.py run

test: setup
	@for name in $(browsers); do command -v $$name >/dev/null 2>&1 && found=yes; done; \
	if [ -z "$$found" ]; then \
	    echo 'make test: The tests of whole journeys need Chromium or Chrome, and none is installed.' >&2; \
	    echo 'make test: Debian, Ubuntu: sudo apt-get install chromium fonts-liberation. Then run make test again.' >&2; \
	    exit 1; \
	fi
	@exec $(python) -m pytest -n 2 --dist worksteal $(PYTEST_ARGS) tests

lint: setup
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) manage.py makemigrations --check --dry-run
	$(python) manage.py check

bench: setup $(if $(WITHOUT_PEER),,$(peers)/installed.txt)
	@for one in $(BENCHES); do \
	    echo "--- $$one"; \
	    if [ $$one = workforce_import ] && [ -n "$(WITHOUT_PEER)" ]; then without=--without-peer; else without=; fi; \
	    DATA_DIR="$(DATA_DIR)" $(python) -m tests.bench.$$one --json "$(DATA_DIR)/bench/$$one.json" $$without || exit 1; \
	done

# What the project is compared with and does not use has an environment of its own.
$(peers)/installed.txt: tests/bench/peers.txt | setup
	@say() { echo "make bench: $$*" >&2; }; \
	say 'Installing what tests/bench/peers.txt names into $(peers) (once)'; \
	mkdir -p "$(DATA_DIR)"; \
	if ! { $(python) -m venv "$(peers)" && "$(peers)/bin/python" -m pip install --disable-pip-version-check --no-input \
	        --retries 2 -r tests/bench/peers.txt; } > "$(DATA_DIR)/peers.log" 2>&1; then \
	    say 'It could not be installed, so there is nothing to compare with. All that pip said is in $(DATA_DIR)/peers.log.'; \
	    say 'To measure without it: make bench WITHOUT_PEER=yes'; \
	    exit 1; \
	fi; \
	cp tests/bench/peers.txt "$(peers)/installed.txt"

worker: setup
	@exec $(python) -m celery -A config worker --loglevel INFO --concurrency $(WORKERS)

beat: setup
	@mkdir -p "$(DATA_DIR)"
	@exec $(python) -m celery -A config beat --loglevel INFO --pidfile= --schedule "$(DATA_DIR)/beat-schedule"

vendor:
	static/vendor/govuk/build.sh
