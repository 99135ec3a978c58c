"""What every notebook of the course keeps to: functions from a notebook to a list of complaints."""

import re
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from urllib.parse import unquote

NUMBER = re.compile(r"(?<![\w.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+−]?\d+)?(?!\w)")
NOT_A_CLAIM = re.compile(
    r"\$\$[\s\S]*?\$\$|\$[^$\n]+\$|`[^`\n]+`|```[\s\S]*?```"  # formulas and code
    r"|^#+ .*$|^\d+\. |[Ll]essons? \d\d|[Pp]art \d"  # headings, lists, places in the course
    r"|^\*\*References[\s\S]*?(?=^\*\*|\Z)|(?:\(|, )(?:1[89]|20)\d\d"  # years of papers
    r"|^- \*\*Minutes:.*$",
    re.MULTILINE,
)

GLOSSARY = Path(__file__).parents[2] / "lessons/glossary.md"


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook):
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def ids_are_chosen(notebook):
    """Ids read like names, and no two are the same."""
    ids = [cell.id for cell in notebook.cells]
    twice = {name for name in ids if ids.count(name) > 1}
    drawn = [n for n in ids if not re.fullmatch(r"[a-z]+\d?([-_][a-z0-9]+)*", n) or len(n) < 3]
    return [f"id {name} occurs twice" for name in twice] + [f"id {n} is no name" for n in drawn]


def cells_are_small(notebook):
    """20 to 35 cells (fewer in a tour of 20 minutes), code at most 15 lines, median at most 5.

    Every line counts, empty ones and those of an alt text too. The median is of the cells whose
    source is in view.
    """
    sizes = {cell.id: len(cell.source.splitlines()) for cell in code_cells(notebook)}
    folded = {c.id for c in notebook.cells if c.metadata.get("jupyter", {}).get("source_hidden")}
    middle = median(size for name, size in sizes.items() if name not in folded)
    count, fewest = len(notebook.cells), 20 if notebook.metadata.ravine.minutes > 20 else 5
    complaints = [] if fewest <= count <= 35 else [f"{count} cells"]
    complaints += [f"{name} has {lines} lines" for name, lines in sizes.items() if lines > 15]
    return complaints + ([f"median of {middle} lines"] if middle > 5 else [])


def card_is_complete(notebook):
    """The first cell is title, one sentence and card; the metadata say the same."""
    card, text = notebook.metadata.get("ravine", {}), notebook.cells[0].source
    form = (
        r"# (?P<title>\d\d · .+)\n\n(?P<sentence>[A-Z][^.\n]+\.)\n\n"
        r"- \*\*You will be able to:\*\* (?P<after>.+)\.\n- \*\*Before this:\*\* .+\.\n"
        r"- \*\*Minutes:\*\* (?P<minutes>\d+)(?:\n\n.+)?"
    )
    found = re.fullmatch(form, text)
    if not found:
        return ["the first cell is not title, one sentence and card"]
    told = {key: str(card.get(key)) for key in ("title", "after", "minutes")}
    return [
        f"{key} is {found[key]!r} in the cell, {text!r} in the metadata"
        for key, text in told.items()
        if found[key] != text
    ]


class _Images(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.alts = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.alts.append(dict(attributes).get("alt") or "")


def alts(notebook):
    return [
        alt
        for output in outputs(notebook)
        for alt in _Images("".join(output.get("data", {}).get("text/html", ""))).alts
    ]


def pictures_have_words(notebook):
    """Every picture has an <img> with an alt text of at least a sentence."""
    pictures = [o for o in outputs(notebook) if "image/png" in o.get("data", {})]
    bare = [o for o in pictures if 'alt="' not in "".join(o.data.get("text/html", ""))]
    empty = [
        alt
        for alt in alts(notebook)
        if len(alt.split()) < 8 or not alt.endswith(".") or alt.startswith("No description")
    ]
    return ["a picture without alt text"] * len(bare) + [f"alt text {alt!r}" for alt in empty]


def outputs_are_stored(notebook):
    """A cell that prints or shows has outputs, and cells were run in order from a new kernel."""
    silent = [
        f"{cell.id} has no stored output"
        for cell in code_cells(notebook)
        if re.search(r"^\s*(print|plots\.show)\(", cell.source, re.MULTILINE) and not cell.outputs
    ]
    counts = [cell.execution_count for cell in code_cells(notebook)]
    in_order = counts == list(range(1, len(counts) + 1))
    return silent + ([] if in_order else [f"executed in the order {counts}"])


def outputs_are_clean(notebook):
    """No error, no warning, no address or path of one machine."""
    complaints = []
    for output in outputs(notebook):
        text = output.get("text", "") or output.get("data", {}).get("text/plain", "")
        if output.output_type == "error" or output.get("name") == "stderr":
            complaints.append(f"{output.output_type} {output.get('ename', '')} {text}")
        complaints += re.findall(r"0x[0-9a-f]{6,}|/(?:tmp|home|root|Users)/\S+", text)
    return complaints


def nothing_of_one_machine(notebook):
    """No widget state, no timestamps, no versions in the metadata."""
    allowed = {"kernelspec", "language_info", "ravine"}
    complaints = [f"metadata {key}" for key in notebook.metadata if key not in allowed]
    if notebook.metadata.get("language_info", {}) != {"name": "python"}:
        complaints.append("language_info holds more than the language")
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        complaints.append("the kernel is not python3")
    timed = [cell.id for cell in notebook.cells if "execution" in cell.metadata]
    kinds = {kind for output in outputs(notebook) for kind in output.get("data", {})}
    complaints += [f"an output of kind {kind}" for kind in kinds if "widget-view" in kind]
    return complaints + [f"{name} has timestamps" for name in timed]


class _Words(HTMLParser):
    """What is read of a prediction where no script runs: options, explanations, the truth."""

    def __init__(self, text):
        super().__init__()
        self.words = ""
        self.feed(text)

    def handle_data(self, text):
        if self.cdata_elem is None:  # not in a script or a style
            self.words += f" {text}"


def predictions(notebook):
    """(text/plain, text/html) of each prediction, asked or revealed."""
    return [
        (output.data["text/plain"], output.data["text/html"])
        for cell in code_cells(notebook)
        for output in cell.outputs
        if re.search(r"predict\.|\.reveal\(", cell.source)
        and "text/html" in output.get("data", {})
        and "image/png" not in output.data  # a picture beside it
    ]


def values(text):
    return {float(number.replace(",", "").replace("−", "-")) for number in NUMBER.findall(text)}


def numbers_are_printed(notebook):
    """Every number in prose, alt texts and predictions is printed by a cell or in the metadata.

    What a prediction asks does not count as printed; the truth that it reveals does.

    ``metadata.ravine.numbers`` tells what each of the others is: number -> words.
    """
    printed = set()
    for output in outputs(notebook):
        data = output.get("data", {})
        words = output.get("text", "") or data.get("text/plain", "")
        if "image/png" not in data and not words.startswith("Predict: "):
            printed |= values(words)
    told = {number for text in notebook.metadata.ravine.numbers for number in values(text)}
    prose = {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "markdown"}
    prose |= {f"alt text {alt[:30]!r}": alt for alt in alts(notebook)}
    prose |= {words[:40]: _Words(html).words for words, html in predictions(notebook)}
    claimed = {place: values(NOT_A_CLAIM.sub(" ", text)) for place, text in prose.items()}
    unbacked = [
        f"{place} says {number:g}; no cell prints it"
        for place, numbers in claimed.items()
        for number in sorted(numbers - printed - told)
    ]
    needed = set().union(*claimed.values()) - printed
    return unbacked + [f"{number:g} needs no entry in numbers" for number in told - needed]


def terms_are_in_the_glossary(notebook):
    """A link to a term ends in its heading with "-" for spaces, case kept: JupyterLab's ids."""
    headings = re.findall(r"^## (.+)$", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    ids = {heading.replace(" ", "-") for heading in headings}
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    linked = re.findall(r"\]\(glossary\.md#([^)]+)\)", "\n".join(texts))
    return [f"the glossary has no heading #{term}" for term in linked if unquote(term) not in ids]
