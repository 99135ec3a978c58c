"""Put one ES module together from files of ``js/`` and what they import."""

import json
import re
from pathlib import Path

from .look import LOOK

JS = Path(__file__).parent / "js"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def bundle(*entries):
    """The text of files and of all they import, each once, what is needed first.

    All files share one scope, so a name at the top of a file is there once in all of them.
    ``look.js`` is not a file: it holds the constants of ``look.py``.
    """
    parts = {}

    def add(name):
        if name in parts:
            return
        parts[name] = ""  # its place is taken once what it needs has been added
        text = _source(name)
        for needed in _IMPORT.findall(text):
            add(needed)
        del parts[name]
        parts[name] = _EXPORT.sub("", _IMPORT.sub("", text))

    for entry in entries:
        add(entry)
    return "\n".join(parts.values())


def styles(entry):
    """The style sheet of the kit and, if there is one, the widget's own."""
    own = JS / entry.replace(".js", ".css")
    files = [JS / "kit.css", *([own] if own.exists() else [])]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _source(name):
    if name == "look.js":
        return f"export const LOOK = {json.dumps(LOOK)};\n"
    return (JS / name).read_text(encoding="utf-8")
