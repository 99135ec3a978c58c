# Two commands matter: `make lab` to learn, `make test` to check everything.
# They need Python 3.11 or newer, git and make; what else they need goes into .venv.

VENV   := .venv
PYTHON := $(VENV)/bin/python
# The first Python on this machine that runs and is new enough.
FOUND   = $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell \
            $(name) -c 'import sys; sys.version_info < (3, 11) or print("$(name)")' 2>/dev/null)))
TESTS   = tests
EXERCISES = $(notdir $(wildcard solutions/*))
# nbgrader calls alembic, which lies beside it.
NBGRADER = PATH="$(abspath $(VENV)/bin):$$PATH" $(PYTHON) -m nbgrader

.DEFAULT_GOAL := help
.PHONY: help lab test lint lessons exercises grade bench bench-widgets clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Without a display it prints the address; in a container one is often root.
LAB_OPTIONS = $(if $(DISPLAY)$(WAYLAND_DISPLAY)$(filter Darwin,$(shell uname)),,--no-browser) \
              $(if $(filter 0,$(shell id -u)),--allow-root)

lab: $(VENV)/lab.stamp  ## open the course in JupyterLab
	$(PYTHON) -m jupyterlab $(LAB_OPTIONS) --LabApp.default_url=/lab/tree/lessons/00_start_here.ipynb

test: $(VENV)/test.stamp lint  ## run all that CI runs
	$(PYTHON) -m pytest $(TESTS)
	$(PYTHON) -m pytest --nbval --nbval-sanitize-with tests/notebooks/nbval_sanitize.cfg --nbval-cell-timeout 120 lessons

lint: $(VENV)/test.stamp  ## check the form of code and notebooks
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check

lessons: $(VENV)/test.stamp  ## run every lesson from a clean kernel and store its outputs
	$(PYTHON) tests/authoring/store_outputs.py lessons/*.ipynb

exercises: $(VENV)/lab.stamp  ## generate practice numbers and exercises/ from solutions/
	$(PYTHON) tests/authoring/practice_numbers.py
	for name in $(EXERCISES); do $(NBGRADER) generate_assignment $$name --force --no-db || exit 1; done

grade: $(VENV)/lab.stamp  ## grade submitted/ and write feedback/
	for name in $(EXERCISES); do $(NBGRADER) autograde $$name && $(NBGRADER) generate_feedback $$name || exit 1; done

bench: $(VENV)/bench.stamp  ## measure speed, as ratios within one run
	$(PYTHON) tests/benchmarks/bench_training.py

bench-widgets: $(VENV)/test.stamp  ## measure the race beside interact with inline pictures
	$(PYTHON) tests/benchmarks/bench_widgets.py

clean:  ## remove .venv and what tools leave behind
	rm -rf $(VENV) .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp for each set of packages, so that a second call installs nothing.
$(VENV)/lab.stamp: EXTRA =
$(VENV)/test.stamp: EXTRA = [test]
$(VENV)/bench.stamp: EXTRA = [bench]
$(VENV)/%.stamp: pyproject.toml constraints.txt | $(PYTHON)
	@if command -v uv >/dev/null; then \
	  uv pip install --python $(PYTHON) --constraint constraints.txt --editable '.$(EXTRA)'; \
	else \
	  $(PYTHON) -m pip install --quiet --constraint constraints.txt --editable '.$(EXTRA)'; \
	fi
	@touch $@

$(PYTHON):
	@if command -v uv >/dev/null; then \
	  uv venv --python '>=3.11,<3.14' $(VENV); \
	else \
	  [ -n '$(FOUND)' ] || { \
	    echo 'This course needs Python 3.11 or newer, and there is none on your PATH.'; \
	    echo 'Install one (on Debian and Ubuntu: sudo apt install python3 python3-venv) and try again.'; \
	    exit 1; }; \
	  $(FOUND) -m venv $(VENV) || { rm -rf $(VENV); \
	    echo 'On Debian and Ubuntu a virtual environment needs one more package:'; \
	    echo '  sudo apt install python3-venv'; exit 1; }; \
	fi
