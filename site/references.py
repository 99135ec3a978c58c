"""One page of all that the lessons refer to, by author, with the lessons that do."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import nbformat

SECTION = re.compile(r"^\*\*References\*\*\n+((?:- .*\n?)+)", re.M)
WORK = re.compile(r"(?P<who>[A-Z][^;:()*]* \(\d{4}\)), \*(?P<title>[^*]+)\*")
DOIS = tomllib.loads(Path(__file__).with_name("dois.toml").read_text(encoding="utf-8"))


def lay_out(lessons, to):
    """Write references.md."""
    cited = defaultdict(list)  # a work: links to the lessons
    for path in lessons:
        notebook = nbformat.read(path, as_version=4)
        for found in (f for cell in notebook.cells for f in SECTION.finditer(cell.source)):
            for work in WORK.finditer(found[1]):
                cited[shown(work)].append(f"[{path.stem[:2]}](lessons/{path.name})")
    lines = [f"- {work} Lesson {', '.join(links)}." for work, links in sorted(cited.items())]
    head = "# References\n\nWhat the lessons refer to, by author. Each lesson says what for.\n\n"
    (to / "references.md").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def shown(work):
    """A work with its DOI where that is known."""
    text = f"{work['who']}, *{work['title']}*."
    doi = DOIS.get(work["title"].lower())
    return f"{text} [doi:{doi}](<https://doi.org/{doi}>)." if doi else text
