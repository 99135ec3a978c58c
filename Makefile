# Two commands matter: `make lab` to learn, `make test` to check everything.
# They need Python 3.11 or newer, git and make; what else they need goes into .venv.

VENV   := .venv
PYTHON := $(VENV)/bin/python
# The first Python on this machine that runs and is new enough.
FOUND   = $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell \
            $(name) -c 'import sys; sys.version_info < (3, 11) or print("$(name)")' 2>/dev/null)))
TESTS   = tests lessons
EXERCISES = $(notdir $(wildcard solutions/*))
# nbgrader calls alembic, which lies beside it.
NBGRADER = PATH="$(abspath $(VENV)/bin):$$PATH" $(PYTHON) -m nbgrader
# The tests of one file stay in one process; a notebook is a file.
PYTEST = $(PYTHON) -m pytest --numprocesses 2 --dist loadfile
SUPPORT = tests/support:tests/authoring
NBVAL  = --nbval --nbval-sanitize-with tests/notebooks/nbval_sanitize.cfg --nbval-cell-timeout 240

.DEFAULT_GOAL := help
.PHONY: help lab formgrader test quick lint lessons exercises torch-answers grade site \
        grade-demo rehearse-hub bench bench-grading bench-widgets clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# JupyterLab with the course's defaults before the user's own settings, which stay as they are.
# Without a display it prints the address; in a container one is often root.
JUPYTER = $(abspath jupyter)
LAB = JUPYTER_CONFIG_PATH="$(LAB_CONFIG)$${JUPYTER_CONFIG_PATH:+:$$JUPYTER_CONFIG_PATH}" \
      $(PYTHON) -m jupyterlab \
      $(if $(DISPLAY)$(WAYLAND_DISPLAY)$(filter Darwin,$(shell uname)),,--no-browser) \
      $(if $(filter 0,$(shell id -u)),--allow-root) $(ARGS)

# The course's own notebooks are trusted, so that they move before a cell is run. Their signatures
# lie in .venv, and the user's own are not touched.
TRUST = --NotebookNotary.db_file=$(abspath $(VENV))/signatures.db \
        --NotebookNotary.secret_file=$(abspath $(VENV))/signatures.key

lab: LAB_CONFIG = $(JUPYTER)/common:$(JUPYTER)/learner
lab: $(VENV)/lab.stamp  ## open the course in JupyterLab
	@$(PYTHON) -m nbformat.sign --log-level=WARN $(TRUST) lessons/*.ipynb exercises/*/*.ipynb >/dev/null
	$(LAB) $(TRUST) --LabApp.default_url=/lab/tree/lessons/00_start_here.ipynb

formgrader: LAB_CONFIG = $(JUPYTER)/common
formgrader: $(VENV)/lab.stamp  ## the same with nbgrader's panels, for instructors
	$(LAB) --LabApp.default_url=/lab

test: $(VENV)/test.stamp lint  ## run all that CI runs
	$(PYTEST) $(NBVAL) $(TESTS)

quick: $(VENV)/test.stamp  ## run the tests of the inner loop: the package, pictures, notebooks' form
	$(PYTEST) -q tests/core tests/pictures tests/notebooks tests/project

lint: $(VENV)/test.stamp  ## check the form of code and notebooks, and the list of packages
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m deptry course_utils $(wildcard tests/*/)

lessons: $(VENV)/test.stamp  ## run every lesson from a clean kernel and store its outputs
	$(PYTHON) tests/authoring/store_outputs.py lessons/*.ipynb

exercises: $(VENV)/lab.stamp  ## generate practice numbers and exercises/ from solutions/
	$(PYTHON) tests/authoring/practice_numbers.py
	$(PYTHON) tests/authoring/turn_numbers.py
	for name in $(EXERCISES); do $(NBGRADER) generate_assignment $$name --force --no-db || exit 1; done

torch-answers: $(VENV)/torch.stamp  ## store what torch computes, for tests where it is missing
	$(PYTHON) -m pytest -q --store-torch tests/core tests/exercises

grade: $(VENV)/class.stamp  ## grade submitted/ in parallel, write feedback/ and grades/
	for name in $(EXERCISES); do \
	  ls -d submitted/*/$$name >/dev/null 2>&1 || { echo "Nobody handed in $$name."; continue; }; \
	  $(PYTHON) -m course_utils.grading $$name $(ARGS) && \
	  $(NBGRADER) generate_feedback $$name --force || exit 1; \
	done

grade-demo: $(VENV)/demo.stamp  ## grade a made-up class in _demo/: see it all in a minute
	PYTHONPATH=$(SUPPORT) $(PYTHON) tests/authoring/grade_demo.py

rehearse-hub: $(VENV)/test.stamp  ## a term on a real JupyterHub with five users; as root, takes minutes
	PYTHONPATH=$(SUPPORT) $(PYTHON) tests/rehearsal/rehearse_hub.py

site: $(VENV)/site.stamp  ## build the site for readers in _site/
	$(PYTHON) site/build.py _site

bench: $(VENV)/bench.stamp  ## measure speed, as ratios within one run
	$(PYTHON) tests/benchmarks/bench_training.py

bench-grading: $(VENV)/demo.stamp  ## measure the runner beside nbgrader autograde; takes minutes
	PYTHONPATH=$(SUPPORT) $(PYTHON) tests/benchmarks/bench_grading.py $(ARGS)

bench-widgets: $(VENV)/test.stamp  ## measure the race beside interact with inline pictures
	$(PYTHON) tests/benchmarks/bench_widgets.py

clean:  ## remove .venv and what tools leave behind
	rm -rf $(VENV) .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp for each set of packages, so that a second call installs nothing. CI also has torch,
# to compare the stored answers of torch with new ones, and what builds the site.
comma := ,
$(VENV)/lab.stamp: EXTRA =
$(VENV)/test.stamp: EXTRA = [test$(if $(CI),$(comma)torch$(comma)site$(comma)class)]
$(VENV)/class.stamp: EXTRA = [class]
$(VENV)/demo.stamp: EXTRA = [class,test]
$(VENV)/torch.stamp: EXTRA = [test,torch]
$(VENV)/bench.stamp: EXTRA = [bench]
$(VENV)/site.stamp: EXTRA = [site]
$(VENV)/%.stamp: pyproject.toml constraints.txt | $(PYTHON)
	@echo 'Installing what the course needs into $(VENV): about 600 MB, a minute or two.'
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
