"""Ends a test run with one sentence on what was left out, and the command that installs it.

A lesson whose metadata say `"needs": "torch"` is left out where torch is missing.
"""

import importlib.util
import json
import os

TOOLS = {  # a word of the reason for skipping: the package, and what it is needed for
    "bubblewrap": ("bubblewrap", "the sandbox of grading"),
    "Chromium": ("chromium", "pages in a browser"),
    "PostgreSQL": ("postgresql", "a gradebook on a server"),
    "npm": ("npm", "the formulas of the site"),
}


def sentence(reasons):
    """One sentence on the skipped tests, from the reason of each; "" if nothing was skipped."""
    if not reasons:
        return ""
    needed = [tool for word, tool in TOOLS.items() if any(word in reason for reason in reasons)]
    told = "1 test was left out" if len(reasons) == 1 else f"{len(reasons)} tests were left out"
    if needed:
        packages = " and ".join(f"{package} ({what})" for package, what in needed)
        command = f"sudo apt install {' '.join(package for package, _ in needed)}"
        told += f" for want of {packages}; on Debian and Ubuntu `{command}` brings them"
    others = {reason for reason in reasons if not any(word in reason for word in TOOLS)}
    return ". ".join([told, *(reason.rstrip(".") for reason in sorted(others))]) + "."


def missing(notebook):
    """The package that a notebook needs and that is not installed, or None."""
    card = json.loads(notebook.read_text(encoding="utf-8"))["metadata"].get("ravine", {})
    needed = card.get("needs")
    if needed is None or importlib.util.find_spec(needed):
        return None
    assert "CI" not in os.environ, f"CI runs {notebook.name}: install {needed}"
    return needed


def pytest_ignore_collect(collection_path):
    if collection_path.suffix == ".ipynb" and missing(collection_path):
        return True
    return None


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.getreports("skipped")
    # A report of a skipped test holds (file, line, reason).
    reasons = [r.longrepr[2].removeprefix("Skipped: ") for r in skipped if r.longrepr]
    if said := sentence(reasons):
        terminalreporter.write_line(said)
