"""What learners wrote is shown as JupyterLab shows it, minus what could run or reach out."""

import base64
import html
import io
import random
import re

import pytest
from bleach._vendor.html5lib import parseFragment
from classroom import EXERCISES, config, notebook
from markdown_texts import HONEST, HOSTILE
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from course_utils.grading.feedback import Page
from course_utils.grading.words import MOST_MARKS, as_typed, markdown2html


def picture(size=(3, 2), kind="PNG"):
    file = io.BytesIO()
    Image.new("RGB", size).save(file, kind)
    return base64.b64encode(file.getvalue()).decode()


PNG, JPEG = picture(), picture(kind="JPEG")
RUNS = """
script iframe object embed base meta link style frame applet form input button svg math video audio
template noscript plaintext xmp
"""


def shown(text, attachments=None):
    cell = {"attachments": attachments or {}}
    return markdown2html({"cell": cell, "resources": {}}, text)


def elements(page):
    for element in parseFragment(page, treebuilder="etree", namespaceHTMLElements=False).iter():
        if isinstance(element.tag, str):
            yield element.tag, dict(element.attrib)


def words(page):
    """The text of a page, its space evened."""
    page = re.sub("<!--.*?-->", "", page)
    tree = parseFragment(page, treebuilder="etree", namespaceHTMLElements=False)
    return " ".join("".join(tree.itertext()).split())


def mixed(count, seed=0):
    """Texts put together from the pieces above, in paragraphs, lists, quotes and lines."""
    draw = random.Random(seed)
    for _ in range(count):
        pieces = draw.sample(HONEST + HOSTILE, draw.randint(2, 5))
        yield draw.choice(["\n\n", "\n", " ", "\n\n> ", "\n- "]).join(pieces)


TEXTS = [*HONEST, *HOSTILE, *mixed(300)]


def test_there_are_some_hundred_texts():
    assert len(TEXTS) > 400


@pytest.mark.parametrize("text", HONEST)
def test_honest_words_are_shown_as_jupyter_renders_them(text):
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    ours, theirs = shown(text), MarkdownWithMath(renderer=renderer).render(text)
    assert re.sub("[☐☑] ?", "", words(ours)) == words(theirs)
    tags = [tag for tag, _ in elements(theirs) if tag not in {"input", "a"}]
    assert [tag for tag, _ in elements(ours) if tag != "a"] == tags


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_runs_or_reaches_out(text):
    for tag, attributes in elements(shown(text)):
        assert tag not in RUNS.split()
        assert not [name for name in attributes if name.startswith("on")]
        assert not {"style", "id", "name", "target", "ping", "srcset"} & set(attributes)
        assert re.match(r"https?://|mailto:|#|$", attributes.get("href", ""))
        assert re.match(r"data:image/png;base64,|$", attributes.get("src", ""))
    assert not re.search(r"\\(href|style|class|cssId|require)\b", formulas(shown(text)))


def formulas(page):
    """The text in which MathJax looks for formulas: not in `pre` and `code`."""
    outside = re.sub(r"<(pre|code)\b.*?</\1>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", outside))


@pytest.mark.parametrize("text", HOSTILE)
def test_of_what_could_run_the_words_remain(text):
    """They are shown as text, if it had any to show: the instructor sees what was tried."""
    if "alert" in text and text.startswith(("<script", "<svg", "$")):
        assert "alert(1)" in words(shown(text))


# Pictures.


@pytest.mark.parametrize(("kind", "data"), [("image/png", PNG), ("image/jpeg", JPEG)])
@pytest.mark.parametrize(
    "name", ["image.png", "my graph (1).png", "Bildschirmfoto 2026-11-24 um 12.png"]
)
def test_attached_pictures_are_shown(kind, data, name):
    escaped = name.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    page = shown(f"Here: ![graph](attachment:{escaped})", {name: {kind: data}})
    assert f'src="data:{kind};base64,{data}"' in page and 'alt="graph"' in page


def test_inlined_pictures_are_shown():
    assert f'src="data:image/png;base64,{PNG}"' in shown(f"![a](data:image/png;base64,{PNG})")
    assert f'src="data:image/png;base64,{PNG}"' in shown(f"<img src='data:image/png;base64,{PNG}'>")


@pytest.mark.parametrize(
    ("attachments", "why"),
    [
        ({}, "it is not there"),
        ({"a": {}}, "empty"),
        ({"a": {"image/svg+xml": "PHN2Zy8+"}}, "a kind with script in it"),
        ({"a": {"image/png": "<script>"}}, "not base64"),
        ({"a": {"image/png": JPEG}}, "another kind than it says"),
        ({"a": {"image/png": PNG[:20]}}, "cut off"),
        ({"a": {"image/png": picture((8000, 8000))}}, "too many pixels"),
        ({"a": {"image/png": PNG + "A" * 3_000_000}}, "too large"),
        ({"a": None}, "nothing"),
        ({"a": {"image/png": 3}}, "a number"),
        ({"a": {"image/png": ["iVBO"]}}, "a list"),
        (["a"], "a list of names"),
    ],
)
def test_other_attachments_leave_their_words(attachments, why):
    page = shown("before ![graph](attachment:a) after", attachments)
    assert words(page) == "before after" and "src=" not in page and 'alt="graph"' in page, why


# Texts that are made to take long are shown as they are.


BOMBS = [
    "[",
    "![](",
    "\\begin{a}",
    "(",
    "# \u00a0\u00a0",
    "%\n",
    "`\n",
    "<b><i>",
    "$",
    "\\\\[x",
    "> ",
    "- ",
    "*a ",
    "a|b\n-|-\n",
    "&",
    "\u2028",
]


@pytest.mark.parametrize("piece", BOMBS)
@pytest.mark.parametrize("count", [MOST_MARKS + 1, 90_000])
def test_bombs_are_shown_as_typed(piece, count):
    text = piece * count
    assert shown(text) == as_typed(text)


def test_a_page_has_a_limit_too():
    page = {}
    cells = [markdown2html({"cell": {}, "resources": page}, "* a\n" * 300) for _ in range(20)]
    assert "<li>" in cells[0] and cells[-1] == as_typed("* a\n" * 300)


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("folder", ["exercises", "solutions"])
def test_the_exercise_itself_is_far_from_the_limits(name, folder):
    cells = [cell for cell in notebook(folder, name).cells if cell.cell_type == "markdown"]
    page = {}
    for cell in cells:
        shown_cell = markdown2html({"cell": cell, "resources": page}, cell.source)
        assert shown_cell != as_typed(cell.source)
    assert page["marks"] < 4_000


# Where it is in use.


@pytest.mark.parametrize(
    "exporter",
    [HTMLExporter(config=config()), Page(config=config())],
    ids=["formgrader", "feedback"],
)
def test_nbgraders_pages_use_it(exporter):
    cells = [
        new_markdown_cell("<script>alert(1)</script> $a < b$ ![x](attachment:none)"),
        new_markdown_cell("![x](attachment:a)", attachments={"a": {"image/png": PNG}}),
    ]
    page, _ = exporter.from_notebook_node(new_notebook(cells=cells))
    assert "<script>alert" not in page and "$a &lt; b$" in page and PNG in page


@pytest.mark.parametrize(("kind", "data"), [("image/png", PNG), ("image/jpeg", JPEG)])
def test_pictures_of_an_output_have_its_words(kind, data):
    alt = 'a "curve"><script>alert(1)</script>'
    cell = new_code_cell(outputs=[new_output("display_data", {kind: data, "text/plain": alt})])
    exporter = Page(config=config(), template_name="classic")  # nbgrader's feedback extends it
    page, _ = exporter.from_notebook_node(new_notebook(cells=[cell]))
    assert [given["alt"] for tag, given in elements(page) if tag == "img"] == [alt]
    assert "<script>alert" not in page
