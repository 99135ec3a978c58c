"""Sphinx's settings for the site. `make site` copies this folder and lays the pages out in it."""

import html
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from settings import ADDRESS, REPOSITORY

project = html_title = "Ravine"
author = "The Ravine authors"
copyright = "The Ravine authors. Code MIT, text and figures CC BY 4.0"
language = "en"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]

nb_execution_mode = "off"  # stored outputs are compared with new ones by `make test`
# The HTML that a widget stores plays by itself; a widget manager would have to be fetched.
nb_mime_priority_overrides = [("html", "text/html", 0)]
nb_code_prompt_show = "Show {type}"
nb_code_prompt_hide = "Hide {type}"
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
myst_heading_slug_func = "headings.as_in_jupyterlab"
mathjax_path = "tex-svg.js"  # one file that holds its fonts: it works from file://
mathjax3_config = {"options": {"enableMenu": False}}

default_role = "code"
autodoc_typehints = "none"  # docstrings say it, with shapes
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
add_module_names = False

html_theme = "sphinx_book_theme"
html_static_path = ["static"]
html_favicon = "static/star.svg"
html_css_files = ["ravine.css"]
html_js_files = ["ravine.js"]
html_use_index = html_domain_indices = False  # the package is small, and search finds names
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # summaries are fetched, which a page from a file must not do
html_baseurl = ADDRESS
html_context = {"default_mode": "auto"}
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "navbar_persistent": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "search_bar_text": "Search the course",
    "extra_footer": Path(__file__).with_name("made_with.html").read_text(encoding="utf-8"),
}
if REPOSITORY:
    html_theme_options |= {
        "repository_url": REPOSITORY,
        "repository_provider": "gitlab" if "gitlab" in REPOSITORY else "github",
        "repository_branch": "main",
        "use_repository_button": True,
        "use_issues_button": True,
        "use_edit_page_button": True,
    }


def preview(app, page, template, context, doctree):
    """What a link to the page shows elsewhere: title, first sentence, picture."""
    if doctree is None:
        return
    paragraphs = doctree.findall(lambda node: node.tagname == "paragraph")
    first = next((p.astext() for p in paragraphs), project)
    tags = {
        "og:type": "website",
        "og:site_name": project,
        "og:title": re.sub("<.*?>", "", context.get("title", project)),
        "og:description": " ".join(first.split())[:200],
        "og:image": f"{ADDRESS.rstrip('/')}/_static/front.png".lstrip("/"),
        "og:image:alt": "Starts on a surface, each colored by the minimum that momentum reaches.",
    }
    lines = [f'<meta property="{k}" content="{html.escape(v)}">' for k, v in tags.items()]
    lines.append('<meta name="twitter:card" content="summary_large_image">')
    lines.append(f'<meta name="description" content="{html.escape(tags["og:description"])}">')
    context["metatags"] = "\n".join([context.get("metatags", ""), *lines])


def keep_code(app, what, name, thing, options, lines):
    """Docstrings show code as an indented block; reStructuredText wants `::` before it."""
    for i in range(len(lines) - 1, 1, -1):
        before = next((line for line in reversed(lines[:i]) if line), "")
        if lines[i].startswith("    ") and not lines[i - 1] and before[:1].strip():
            lines[i:i] = ["::", ""]


def edit_what_is_written(app, page, template, context, doctree):
    """An exercise is made from its solution; a page made from others has nothing to edit."""
    written = page.startswith(("lessons/", "exercises/", "CONTRIBUTING", "INSTRUCTORS"))
    for group in context.get("header_buttons", []):
        buttons = group.get("buttons", [])
        for button in (b for b in [*buttons] if "/edit/" in b.get("url", "")):
            button["url"] = button["url"].replace("/main/exercises/", "/main/solutions/")
            if not written:
                buttons.remove(button)


def setup(app):
    app.connect("autodoc-process-docstring", keep_code, priority=400)  # before napoleon's
    app.connect("html-page-context", preview)
    app.connect("html-page-context", edit_what_is_written, priority=900)  # after the theme's
