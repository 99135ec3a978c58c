"""The package's public names, module by module, from the map in course_utils/__init__.py."""

import inspect
from importlib import import_module

import course_utils

INTRO = """\
The package
===========

Everything below comes with ``from course_utils import …``. The docstrings are those that
``help(…)`` shows.

"""


def lay_out(folder):
    """Write a page for each module, and one that lists them."""
    folder.mkdir()
    names = {module: names.split() for module, names in course_utils._MAP.items()}
    for module, public in names.items():
        (folder / f"{module}.rst").write_text(page(module, public), encoding="utf-8")
    index = [INTRO, *map(item, names), ".. toctree::\n   :hidden:\n", *(f"   {n}" for n in names)]
    (folder / "index.rst").write_text("\n".join(index) + "\n", encoding="utf-8")


def item(module):
    """A line of the list: a module's name, and what it says first."""
    says = inspect.getdoc(import_module(f"course_utils.{module}")).split("\n\n")[0]
    return f":doc:`{module}`\n   {' '.join(says.split())}\n"


def page(module, names):
    """A module's page: what it is for, then each public name."""
    parts = [module, "=" * len(module), ""]
    for home, own in homes(import_module(f"course_utils.{module}"), names):
        parts += [f".. automodule:: {home.__name__}", ""]
        parts += [entry(home, name) for name in own]
    return "\n".join(parts) + "\n"


def homes(home, names):
    """(module, public names) of a module, and of each module that is itself a public name."""
    inner = [getattr(course_utils, name) for name in names]
    inner = [thing for thing in inner if inspect.ismodule(thing)]
    yield home, getattr(home, "__all__", [] if inner else names)
    for group in inner:
        own = inspect.getmembers(group, inspect.isfunction)
        yield group, [n for n, f in own if f.__module__ == group.__name__ and n[0] != "_"]


def entry(home, name):
    """The directive for a function, a class, or a value of some type."""
    thing, full = getattr(home, name), f"{home.__name__}.{name}"
    if inspect.isclass(thing):
        return f".. autoclass:: {full}\n   :members:\n"
    if inspect.isroutine(thing):
        return f".. autofunction:: {full}\n"
    return f".. py:data:: {name}\n   :module: {home.__name__}\n   :type: {type(thing).__name__}\n"
