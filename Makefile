# Every command of this project. `make` alone lists them.
.DEFAULT_GOAL := help
# Debian's own Python where it can make environments: it is compiled with profiles (docs/benchmarks.md has what
# that is worth). `make PYTHON=python3` takes whichever comes first.
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' \
  2>/dev/null && echo /usr/bin/)python3
VENV := .venv
BIN := $(VENV)/bin
LIBRARY ?= library

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# A lock file that changed is installed again; otherwise nothing is done. What runs a sentence model
# comes too, unless there is none for this machine.
$(VENV)/ready-run: requirements-meaning.lock requirements.lock pyproject.toml
	@echo "Setting up: a Python environment in $(VENV), from requirements-meaning.lock"
	@PYTHON="$(PYTHON)" sh .ci/environment $(VENV) requirements-meaning.lock || { [ $$? != 2 ] || exit 2; \
	  echo "What runs a sentence model cannot be installed here: search goes by words alone." >&2; \
	  PYTHON="$(PYTHON)" sh .ci/environment $(VENV) requirements.lock; }
	@touch $@

$(VENV)/ready-dev: requirements-dev.lock requirements-meaning.lock requirements.lock pyproject.toml
	@echo "Setting up: a Python environment in $(VENV), from requirements-dev.lock"
	@PYTHON="$(PYTHON)" sh .ci/environment $(VENV) requirements-dev.lock
	@touch $@ $(VENV)/ready-run

.PHONY: meaning
meaning: $(VENV)/ready-run ## fetch the sentence model, which finds answers in other words
	@$(BIN)/hope model fetch

.PHONY: demo
demo: $(VENV)/ready-run ## the bundled sample library, fetched, indexed and served on http://127.0.0.1:8000
	@$(BIN)/hope model fetch --if-possible
	@$(BIN)/hope demo

.PHONY: test
test: $(VENV)/ready-dev ## every test (browser tests are skipped, with the reason, when Chromium is missing)
	@echo "Running every test"
	@$(BIN)/python -m pytest -n 3 --dist loadfile

.PHONY: quick
quick: $(VENV)/ready-dev ## the tests a developer runs all the time
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not slow and not browser"

.PHONY: soak
soak: $(VENV)/ready-dev ## the faults for long: 200 kills, hundreds of swaps, copies during updates, every page in every way, the container
	@HOPE_SOAK=1 HOPE_CHROMIUM=/usr/bin/chromium $(BIN)/python -m pytest -s -q \
	  tests/faults/test_kills.py tests/faults/test_load.py tests/faults/test_backup.py \
	  tests/webapp/api/test_openapi.py tests/webapp/browser/test_axe.py tests/golden/test_golden.py \
	  tests/deploy/test_container.py

.PHONY: cluster
cluster: $(VENV)/ready-dev ## the tests with a real cluster of OpenSearch and an S3 on this machine (JDK 17, Maven)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
	  -r requirements-objects.lock
	@HOPE_CLUSTER=1 $(BIN)/python -m pytest -v -W ignore::ResourceWarning \
	  -W ignore::pytest.PytestUnraisableExceptionWarning tests/cluster tests/indexer/store \
	  tests/indexer/writer/test_together.py

.PHONY: container
container: ## build the container for real and ask its health check (as root, with podman)
	@bash .ci/container

.PHONY: fuzz
fuzz: $(VENV)/ready-dev ## try the readers of untrusted text, SECONDS (60) each
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
	  -r requirements-fuzz.lock || echo "atheris cannot be installed here; going at random"
	@HOPE_MODEL=off nice $(BIN)/python tests/support/fuzz.py all $(or $(SECONDS),60)

.PHONY: audit
audit: ## known vulnerabilities of the pinned versions, where PyPI can be asked
	@sh .ci/audit

.PHONY: lint
lint: $(VENV)/ready-dev ## every static check: ruff, mypy --strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

.PHONY: check
check: lint test ## what CI runs

.PHONY: format
format: $(VENV)/ready-dev ## put the code in its usual form
	@$(BIN)/ruff check --fix -q .
	@$(BIN)/ruff format -q .

.PHONY: messages
messages: $(VENV)/ready-dev ## bring the translations of the site up to date, and say what is left
	@PYTHONPATH=tests/support:. $(BIN)/python tests/support/messages.py

.PHONY: docs
docs: $(VENV)/ready-dev ## bring the tables in the documents up to date that follow from the code
	@PYTHONPATH=tests/support:. $(BIN)/python tests/support/outcome_table.py

.PHONY: bench
bench: $(VENV)/ready-dev ## measure over a library: make bench LIBRARY=path [QUESTIONS=file.jsonl] [QUICK=1] [KEEP=1]
	@PYTHONPATH=tests/support $(BIN)/python tests/benchmarks/bench.py $(LIBRARY) $(QUESTIONS) \
	  $(if $(QUICK),--quick) $(if $(KEEP),--keep)

.PHONY: answers
answers: $(VENV)/ready-dev ## how good answers are: make answers [SETS="golden cut"] [SETTINGS="cover=0 smooth=0"]
	@PYTHONPATH=tests/support:tests/benchmarks $(BIN)/python tests/benchmarks/bench_answers.py \
	  $(addprefix --set=,$(SETS)) $(addprefix --setting=,$(SETTINGS))

.PHONY: load
load: $(VENV)/ready-dev ## fifty people at once, and Datasette beside: make load LIBRARY=path QUESTIONS=file.jsonl
	@PYTHONPATH=tests/support $(BIN)/python tests/benchmarks/bench_load.py $(LIBRARY) $(QUESTIONS)

.PHONY: bench-change
bench-change: $(VENV)/ready-dev ## measure what one changed track among many costs: make bench-change [TALKS="100 1000"]
	@HOPE_MODEL=off PYTHONPATH=tests/support $(BIN)/python tests/benchmarks/bench_change.py $(TALKS)

.PHONY: yt-dlp
yt-dlp: $(VENV)/ready-run ## the newest yt-dlp, and nothing else newer: pinned with its hash, and installed
	@$(BIN)/python .ci/raise_yt_dlp.py
	@grep -A1 '^yt-dlp==' requirements.lock > $(VENV)/yt-dlp.lock
	@! $(BIN)/pip show -q yt-dlp-ejs 2>/dev/null || grep -A1 '^yt-dlp-ejs==' requirements-youtube.lock >> $(VENV)/yt-dlp.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/yt-dlp.lock
	@touch -c $(VENV)/ready-run $(VENV)/ready-dev
	@$(BIN)/hope --version

.PHONY: lock
lock: ## choose the pinned versions again (needs uv)
	@for part in "requirements-dev.lock --group dev --extra meaning --extra youtube --extra owner --extra mcp" \
	    "requirements.lock --group build" \
	    "requirements-meaning.lock --group build --extra meaning" \
	    "requirements-youtube.lock --group build --extra youtube" \
	    "requirements-owner.lock --group build --extra owner" \
	    "requirements-mcp.lock --group build --extra mcp" \
	    "requirements-engine.lock --group build --extra engine" \
	    "requirements-speech.lock --group build --extra speech" \
	    "requirements-store.lock --group build --extra store" \
	    "requirements-objects.lock --group build --extra store --group objects"; do \
	  with=$$([ "$${part%% *}" = requirements-dev.lock ] || echo "-c requirements-dev.lock"); \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml $$with -o $$part; \
	done
