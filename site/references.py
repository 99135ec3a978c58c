"""One page of all that the lessons refer to, by author, with the lessons that do."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import nbformat

SECTION = re.compile(r"^\*\*References\*\*\n+((?:- .*\n?)+)", re.M)
WORK = re.compile(
    r"(?P<who>[A-Z][^;:()*\n]* \(\d{4}\)), \*(?P<title>[^*]+)\*(?:, \[doi:(?P<doi>[^\]]+)\])?"
)
DOIS = tomllib.loads(Path(__file__).with_name("dois.toml").read_text(encoding="utf-8"))


def lay_out(lessons, to):
    """Write references.md."""
    cited = defaultdict(list)  # DOI or title: [(work, link to the lesson)]
    for path in lessons:
        notebook = nbformat.read(path, as_version=4)
        for found in (f for cell in notebook.cells for f in SECTION.finditer(cell.source)):
            for work in WORK.finditer(found[1]):
                link = f"[{path.stem[:2]}](lessons/{path.name})"
                cited[doi_of(work) or work["title"]].append((work, link))
    lines = sorted(shown(*zip(*entries, strict=True)) for entries in cited.values())
    head = "# References\n\nWhat the lessons refer to, by author. Each lesson says what for.\n\n"
    (to / "references.md").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def doi_of(work):
    """The DOI of a work where it is known: the lesson's, or that of the list."""
    return work["doi"] or DOIS.get(work["title"].lower())


def shown(works, links):
    """A line for a work, as the lesson has it that names it in most words."""
    work = max(works, key=lambda work: len(work[0]))
    doi = doi_of(work)
    address = f" [doi:{doi}](<https://doi.org/{doi}>)." if doi else ""
    lessons = "Lesson" if len(set(links)) == 1 else "Lessons"
    where = ", ".join(dict.fromkeys(links))
    return f"- {work['who']}, *{work['title']}*.{address} {lessons} {where}."
