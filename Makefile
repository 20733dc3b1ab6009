# The commands of this project; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run test up docs screenshot lock fault-kill bench-parsing bench-gazetteer bench-identity bench-history bench-reading bench-changes bench-eurostat bench-analysis simulate simulate-year-of-pulls simulate-overlap
SHELL := /bin/bash

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s "$$(printf '\t')"

run:  ## set up, run every DAG but review_queue once on the bundled samples, print the headline figures and where the site is
	@bin/setup
	@.venv/bin/citynet run --replay include/samples

test:  ## set up and run every check: format, lint, types, rooms, tests
	@bin/setup dev
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/pytest $(PYTEST)

up:  ## start the whole Airflow on loopback (http://127.0.0.1:8080), DAGs on their schedules; Ctrl-C stops it
	@bin/setup
	@exec .venv/bin/python bin/up

lock:  ## compile requirements*.in to the locks
	@bin/setup
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements.in -o requirements.txt
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements-dev.in -o requirements-dev.txt
	@cp requirements.txt requirements-served.txt
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements-served.in -o requirements-served.txt

docs:  ## write docs/tables.md from the contract
	@bin/setup
	@.venv/bin/python docs/build_tables.py

screenshot:  ## draw docs/img/overview.png from the current release
	@bin/setup dev
	@.venv/bin/python docs/screenshot.py

bench-parsing:  ## what parsing the DAG files costs beyond Airflow
	@bin/setup dev
	@.venv/bin/python benchmarks/dag_parsing.py

bench-gazetteer:  ## time and memory of loading the gazetteer and of resolving names
	@bin/setup dev
	@.venv/bin/python benchmarks/gazetteer.py

NAMES ?= ../shared/reference/labelled_names_dev.csv
bench-identity:  ## how right and how fast names are matched, on a list labelled by hand (NAMES=path)
	@bin/setup dev
	@.venv/bin/python benchmarks/identity.py $(NAMES)

bench-history:  ## what 5 years of weekly lists of 2,000 members cost: one more list, and all anew, beside merges in pandas
	@bin/setup dev
	@.venv/bin/python benchmarks/history.py

bench-eurostat:  ## time and memory of reading a large answer of Eurostat's, beside json+numpy, pyjstat and sdmx1 (installed for this alone)
	@bin/setup dev
	@.venv/bin/python benchmarks/eurostat.py --others

LISTINGS ?= ../shared/reference/listings
bench-reading:  ## how right and how fast unknown membership pages are read, on generated pages (LISTINGS=folder FAMILIES=a,b SHOW=--show)
	@bin/setup dev
	@.venv/bin/python benchmarks/reading.py $(LISTINGS) --families "$(FAMILIES)" $(SHOW)

bench-changes:  ## how right two lists are compared, on pairs of real lists and on lists with known truth (LISTINGS=folder SHOW=--show)
	@bin/setup dev
	@.venv/bin/python benchmarks/changes.py $(LISTINGS) $(SHOW)

simulate:  ## how right history and alerts stay while pages fail, on forty invented networks through five years (some minutes; SHOW=--show)
	@bin/setup dev
	@.venv/bin/python benchmarks/simulate.py $(SHOW)
	@.venv/bin/python benchmarks/simulate.py --no-answers $(SHOW)

bench-analysis:  ## time and memory of counting shared members and of the chance models, beside scipy's bare product and bicm
	@bin/setup dev
	@.venv/bin/python benchmarks/analysis.py

simulate-year-of-pulls:  ## a year of looking twice a day for new figures at a service that fails as Eurostat's has (a minute or two)
	@bin/setup dev
	@.venv/bin/python benchmarks/year_of_pulls.py

simulate-overlap:  ## how often the tests of overlap find what is planted, and what is not, in 400 invented worlds (some minutes; WORLDS=400)
	@bin/setup dev
	@.venv/bin/python benchmarks/simulate_overlap.py $(if $(WORLDS),--worlds $(WORLDS))

fault-kill:  ## kill the run at 20 spread moments, run it again, compare the releases byte for byte (some minutes)
	@bin/setup
	@.venv/bin/python benchmarks/kill_and_rerun.py 20
