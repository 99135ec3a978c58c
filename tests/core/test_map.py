"""``from course_utils import …``: every name, loaded when it is first used."""

import importlib
import inspect
import json
import re
import subprocess
import sys

import pytest

import course_utils
from course_utils import _HOMES, _MAP, _MODULES

WITHIN = {"apart", "contracts", "kernels", "losses", "shapes"}  # only the package imports them
APART = {"show", "style_of"}  # pictures


def loaded_by(code):
    """Top modules that ``code`` loads in a new Python."""
    code = f"import sys; before = set(sys.modules)\n{code}\n"
    code += "import json; print(json.dumps(sorted(set(sys.modules) - before)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_importing_the_package_loads_nothing_else():
    assert loaded_by("import numpy; before = set(sys.modules); import course_utils") <= {
        "course_utils",
        "json",
        "json.decoder",
        "json.encoder",
        "json.scanner",
        "_json",
    }


@pytest.mark.parametrize(
    ("line", "loads", "spares"),
    [
        ("from course_utils import run, tune, momentum, BEALE, MLP", set(), {"matplotlib"}),
        ("from course_utils import plots", {"matplotlib"}, {"ipywidgets", "anywidget"}),
        ("from course_utils import race", {"anywidget"}, {"nbgrader"}),
        ("import course_utils; course_utils.optimizers.adam", set(), {"matplotlib"}),
    ],
)
def test_what_is_heavy_loads_when_it_is_used(line, loads, spares):
    found = loaded_by(line)
    assert loads <= found and not found & spares


@pytest.mark.parametrize("name", sorted(_HOMES))
def test_every_name_is_what_its_home_defines(name):
    home = importlib.import_module(f"course_utils.{_HOMES[name]}")
    assert getattr(course_utils, name) is getattr(home, name)
    assert name in dir(course_utils) and name in course_utils.__all__


@pytest.mark.parametrize("name", sorted(_MODULES))
def test_modules_are_attributes(name):
    assert getattr(course_utils, name) is importlib.import_module(f"course_utils.{name}")


def test_no_name_hides_a_module_and_none_has_two_homes(root):
    names = [name for names in _MAP.values() for name in names.split()]
    modules = {path.stem for path in (root / "course_utils").glob("[!_]*.py")}
    assert len(names) == len(set(names)) and not set(names) & modules


def test_the_map_is_complete(root):
    files = {path.stem for path in (root / "course_utils").glob("[!_]*.py")}
    assert files - WITHIN <= set(_MODULES)
    for name in files - WITHIN - {"plots", "style"}:
        module = importlib.import_module(f"course_utils.{name}")
        public = {
            key
            for key, value in vars(module).items()
            if key[0] != "_" and getattr(value, "__module__", None) == module.__name__
        }
        assert public <= set(_MAP[name].split()), name


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'momentun'"):
        course_utils.momentun  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'momentun'"):
        from course_utils import momentun  # noqa: F401


@pytest.mark.parametrize(
    "name", [name for name in sorted(_HOMES) if "." not in _HOMES[name] and name not in APART]
)
def test_public_functions_say_what_they_take_and_give(name):
    function = getattr(course_utils, name)
    if inspect.isfunction(function):
        sections = re.findall(r"\n    (\w+)\n    -+\n", function.__doc__)
        assert {"Returns", "Yields"} & set(sections), name
        assert "Parameters" in sections or not inspect.signature(function).parameters, name
