# Strongroom. `make help` lists what can be done; everything here needs only Python 3.11 or newer and make.
PYTHON ?= python3
BIN := .venv/bin
XDIST ?= 2
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help installed env run reset demo status verify test lint types imports unit journeys attacks postgres web web-test browser screens figures bench lock openapi diagrams alerts dashboards dashboards-check dashboards-charts clean

help: ## list what can be done
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## install, start and seed the whole bank, then print the address and the demo logins (Ctrl-C stops it)
	@$(PYTHON) cli/start.py run

reset: ## delete the stopped bank's data: the next start is a first start (refuses while the bank runs)
	@$(PYTHON) cli/start.py reset --yes

demo: installed ## play registration, login, opening, deposit and transfer against the running bank
	@$(BIN)/python -m cli demo

status: installed ## ask every process of the running bank how it is
	@$(BIN)/python -m cli status

verify: installed ## check every store of the bank, running or stopped, and name the first bad row
	@$(BIN)/python -m cli verify

# What only reads takes turns on two cores; what runs a bank has the machine to itself.
TOGETHER := $(if $(filter output-sync,$(.FEATURES)),-j2 --output-sync=target)
test: env ## everything that must pass: lint, types, imports, scripts, manifests, the web app, unit tests, journeys, browser tests, attacks, all on PostgreSQL, alerts, dashboards
	@total=$$(date +%s); \
	for stage in "checks web-test" unit journeys attacks browser postgres alerts dashboards-check; do \
		begun=$$(date +%s); \
		echo "== $$stage"; \
		$(MAKE) --no-print-directory $(TOGETHER) $$stage || { echo "== $$stage failed after $$(( $$(date +%s) - begun )) s"; exit 1; }; \
		echo "== $$stage passed in $$(( $$(date +%s) - begun )) s"; \
	done; \
	echo "== make test passed in $$(( $$(date +%s) - total )) s"

# The environment, as the bank runs in it and with the tools of the checks. An unchanged lock means nothing to do.
installed:
	@$(PYTHON) cli/start.py env

env:
	@$(PYTHON) cli/start.py env --dev

lint: env ## style: ruff's rules and its format; no dead code (vulture)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/vulture

types: env ## mypy --strict over services, gateway, cli and shared
	@$(BIN)/mypy

imports: env ## who may import whom (import-linter), and every package declared (deptry)
	@PYTHONPATH=. $(BIN)/lint-imports --no-logo
	@$(BIN)/deptry .

# Their stores lie in memory where it has room: they are about what is written, not about how long a disk takes for it.
SCRATCH := $(shell [ -w /dev/shm ] && [ "$$(df -kP /dev/shm | awk 'END {print $$4}')" -gt 4000000 ] && echo TMPDIR=/dev/shm)
unit: env ## the tests that need no running bank, on two cores
	@$(SCRATCH) $(BIN)/pytest -q -n $(XDIST) --ignore=tests/journeys --ignore=tests/browser --ignore=tests/attacks --ignore=tests/containers

journeys: env ## the tests on real processes: two banks beside each other, then what compares times, alone
	@$(BIN)/pytest -q -n $(XDIST) --dist loadfile -m "not alone" tests/journeys
	@$(BIN)/pytest -q -p no:xdist -m alone tests/journeys

web: installed ## build the web app into frontend/dist, unless a fresh build lies there
	@$(BIN)/python -m cli.web_app build

web-test: env ## the web app: style, dead code, types, drift from the API document, unit tests, budgets
	@$(BIN)/python -m cli.web_app check

CHROMIUM := $(or $(shell command -v chromium),$(shell command -v chromium-browser))
browser: env ## the web app in a real Chromium against a running bank, every screen and every way to pay: two beside each other, then what measures, alone
	@if [ -n "$(CHROMIUM)" ]; then \
		$(BIN)/python -m cli.web_app packages && $(BIN)/python -m cli.web_app build && \
		CHROMIUM="$(CHROMIUM)" $(BIN)/pytest -q -n $(XDIST) --dist loadfile -m "not alone" tests/browser && \
		CHROMIUM="$(CHROMIUM)" $(BIN)/pytest -q -p no:xdist -m alone tests/browser; \
	elif [ "$$ALLOW_NO_CHROMIUM" = 1 ]; then \
		echo "1 lane left out: no Chromium on this machine (ALLOW_NO_CHROMIUM=1)"; \
	else \
		echo "Chromium is not on this machine: apt-get install chromium, or ALLOW_NO_CHROMIUM=1"; exit 1; \
	fi

screens: env web ## draw every screen into docs/screens: desktop, dark, 390 pixels wide
	@CHROMIUM="$(CHROMIUM)" $(BIN)/python -m tests.browser.screens $(SCREENS)

attacks: env ## tokens, roles, fields, paths, framings and thousands of generated requests against a real bank on this machine
	@$(BIN)/pytest -q -p no:xdist tests/attacks

postgres: env ## the same tests with every store on a real PostgreSQL, and three replicas of the ledger on one
	@if $(BIN)/python -c 'from tests.builders.postgres import binaries; binaries()' 2>/dev/null; then \
		$(SCRATCH) STRONGROOM_TEST_STORES=postgres $(BIN)/pytest -q -n $(XDIST) --ignore=tests/journeys --ignore=tests/browser --ignore=tests/attacks --ignore=tests/containers && \
		STRONGROOM_TEST_STORES=postgres $(BIN)/pytest -q -p no:xdist tests/journeys/test_money_is_safe.py \
			tests/journeys/test_ledger_commands.py tests/journeys/test_replicas.py; \
	elif [ "$$ALLOW_NO_POSTGRES" = 1 ]; then \
		echo "1 lane left out: no PostgreSQL server on this machine (ALLOW_NO_POSTGRES=1)"; \
	else \
		echo "PostgreSQL's server is not on this machine: apt-get install postgresql, or ALLOW_NO_POSTGRES=1"; exit 1; \
	fi

alerts: env ## the alerts on their faults (promtool), configurations and routes (amtool)
	@if command -v promtool >/dev/null && command -v amtool >/dev/null; then \
		promtool check config --syntax-only monitoring/prometheus/compose.yml && \
		promtool check rules monitoring/prometheus/rules/*.yml && \
		promtool test rules monitoring/prometheus/rules/tests/*.yml && \
		amtool check-config monitoring/alertmanager/alertmanager.yml && \
		$(BIN)/python -m tests.monitoring.configurations; \
	elif [ "$$ALLOW_NO_PROMETHEUS" = 1 ]; then \
		echo "1 lane left out: no promtool or amtool on this machine (ALLOW_NO_PROMETHEUS=1)"; \
	else \
		echo "promtool and amtool are not on this machine: apt-get install prometheus prometheus-alertmanager, or ALLOW_NO_PROMETHEUS=1"; exit 1; \
	fi

dashboards: installed ## write Grafana's dashboards from cli/dashboards
	@$(BIN)/python -m cli.dashboards

dashboards-check: env ## every panel on a live Prometheus that scrapes a real bank under load; an empty one fails
	@$(BIN)/python -m tests.monitoring

dashboards-charts: env ## the same, and draw what the panels showed into docs/monitoring
	@$(BIN)/python -m tests.monitoring --charts

figures: env ## measure start, memory, recovery after kill -9 and the way of a fact, and print them (a few minutes)
	@$(BIN)/python -m tests.figures
	@$(BIN)/python -m tests.day_figures

bench: env ## load on the whole bank beside pgbench, a plain variant and the raw limit; writes docs/benchmarks (QUICK=1: two minutes)
	@$(BIN)/python -m tests.benchmark $(if $(QUICK),--quick)

COMPILE = $(BIN)/uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate $(UPGRADE)
CUTS := run gateway identity accounts transactions support notifications dev

lock: env ## resolve requirements/*.in again into the hashed locks (UPGRADE=--upgrade takes newer versions)
	@$(COMPILE) requirements/all.in -o requirements/all.lock
	@for cut in $(CUTS); do \
		$(COMPILE) -c requirements/all.lock requirements/$$cut.in -o requirements/$$cut.lock || exit 1; \
	done
	@echo "locked: all $(CUTS)"

openapi: installed ## write the merged OpenAPI document of the gateway
	@$(BIN)/python -m cli openapi

diagrams: installed ## draw one ER diagram per service from its tables into docs/diagrams
	@$(BIN)/python -m cli.diagrams

clean: ## delete the environment and what tools left behind; the bank's data stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find services gateway cli shared tests -name __pycache__ -type d -prune -exec rm -rf {} +

include deploy/deploy.mk
