"""Words as they were written: markdown to HTML that shows what JupyterLab shows and runs nothing.

The text itself is never changed. `c.HTMLExporter.filters` in nbgrader_config.py puts this in the
place of nbconvert's own, for the feedback pages and for formgrader.
"""

import html
import re
from urllib.parse import unquote

import bleach
from jinja2 import pass_context
from mistune import HTMLRenderer
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .pictures import attached, without_inlined

TAGS = """
a abbr b blockquote br caption center code col colgroup dd del details div dl dt em h1 h2 h3 h4 h5
h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub summary sup table
tbody td tfoot th thead tr u ul var
"""
ATTRIBUTES = {"title", "align", "colspan", "rowspan", "start", "alt", "width", "height", "open"}
LINK = re.compile(r"https?://|mailto:|#", re.IGNORECASE)
HIGHLIGHT = re.compile(r"highlight|[a-z][a-z0-9]?")  # classes of colored code
PROTOCOLS = ["http", "https", "mailto", "attachment"]
# Commands of MathJax, which draws formulas in formgrader, that make links or reach into the page.
REACHING = re.compile(
    r"\\(href|url|style|class|cssId|data|html\w*|require|csname|includegraphics)\b"
)
# Parsing takes time that grows with length times marks: beyond these, text is shown as it is.
MOST_TEXT = 10_000  # characters of a cell
MOST_MARKS = 1_500  # characters of a cell that may mean something in markdown
MOST_MARKS_OF_A_PAGE = 6_000
PLAIN = re.compile(r"[\w.,;:'\"]|(?<! ) ")


class Renderer(IPythonRenderer):
    """Leaves the sources of pictures as they are; they are looked up after cleaning."""

    def image(self, text, url, title=None):
        return HTMLRenderer.image(self, text, url, title)


@pass_context
def markdown2html(context, source):
    """The filter: `context` holds the cell, with its attachments, and the page's `resources`."""
    text, pictures = without_inlined(source)
    pictures = attached(pictures) | attached(context.get("cell", {}).get("attachments"))
    page = context.get("resources", {})
    marks = len(PLAIN.sub("", text))
    page["marks"] = page.get("marks", 0) + marks
    if len(text) > MOST_TEXT or marks > MOST_MARKS or page["marks"] > MOST_MARKS_OF_A_PAGE:
        return as_typed(text)
    return rendered(text, pictures)


def rendered(text, pictures):
    numbered = re.sub(r"attachment:([^)\s\"'>]+)", lambda name: numbers(name[1], pictures), text)
    renderer = Renderer(escape=False, exclude_anchor_links=True)
    try:
        page = MarkdownWithMath(renderer=renderer).render(numbered)
        page = re.sub(r"<input class=\"task-list-item-checkbox\"[^>]*checked[^>]*>", "☑ ", page)
        page = re.sub(r"<input class=\"task-list-item-checkbox\"[^>]*>", "☐ ", page)
        page = bleach.clean(page, tags=TAGS.split(), attributes=allowed, protocols=PROTOCOLS)
    except Exception:  # a parser that gives up on someone's text: show the text
        return as_typed(text)
    if REACHING.search(html.unescape(re.sub(r"<[^>]*>", "", page))):
        return as_typed(text)
    return re.sub(r'src="attachment:(\d+)"', lambda match: source_of(match[1], pictures), page)


def allowed(tag, name, value):
    if name == "href":
        return tag == "a" and bool(LINK.match(value))
    if name == "src":
        return tag == "img" and bool(re.fullmatch(r"attachment:\d+", value))
    if name == "class":
        return tag in {"div", "span"} and all(HIGHLIGHT.fullmatch(word) for word in value.split())
    return name in ATTRIBUTES


def numbers(name, pictures):
    """`attachment:2` for the name of a picture, whatever characters are in it."""
    names = list(pictures)
    name = unquote(name)
    return f"attachment:{names.index(name)}" if name in names else "attachment:missing"


def source_of(number, pictures):
    if int(number) >= len(pictures):
        return ""
    (kind, data), *_ = list(pictures.values())[int(number)].items()
    return f'src="data:{kind};base64,{"".join(data.split())}"'


def as_typed(text):
    return f"<pre>{html.escape(text, quote=False)}</pre>"
