"""The site as a visitor has it: from a disk, with the network off, on a phone and on a laptop."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

LOOK = """() => ({
  links: [...document.querySelectorAll("a[href]")].map((a) => a.href),
  ids: [...document.querySelectorAll("[id]")].map((e) => e.id),
  wordless: [...document.querySelectorAll("img:not([alt]), img[alt='']")]
    .map((image) => image.src.slice(0, 80)),
  wide: document.documentElement.scrollWidth,
})"""
# What is seen of a widget: the pixels of its canvases, else its words and the state of its inputs.
SEEN = """(widget) => {
  const canvases = [...widget.querySelectorAll("canvas")].map((c) => c.toDataURL());
  const inputs = [...widget.querySelectorAll("input")].map((i) => [i.value, i.checked]);
  return JSON.stringify(canvases.length ? canvases : [inputs, widget.innerText]);
}"""
OPEN = "for (const fold of document.querySelectorAll('details')) fold.open = true"
THEMES_OWN = {"label-content-name-mismatch", "region"}
KEYS = "ArrowRight", "ArrowUp", "Space", "5"


@pytest.fixture(scope="module")
def site(tmp_path_factory, root):
    """The folder of the site, built once. CI must build it."""
    give_up = pytest.fail if os.environ.get("CI") else pytest.skip
    if not find_spec("sphinx"):
        give_up("The site needs Sphinx: pip install -c constraints.txt -e '.[site]'.")
    if not shutil.which("npm"):
        give_up("The site needs npm.")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, root / "site/build.py", folder]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)


@pytest.fixture(scope="module")
def phone(browser):
    """A page on a phone with the network off, and what was asked for and complained about."""
    context = browser.new_context(viewport={"width": 400, "height": 800}, offline=True)
    page = context.new_page()
    page.heard = []
    page.on("console", lambda said: said.type == "error" and page.heard.append(said.text))
    page.on("pageerror", lambda error: page.heard.append(str(error)))
    page.on("requestfailed", lambda request: page.heard.append(f"failed: {request.url[:200]}"))
    page.on(
        "request",
        lambda request: (
            request.url.startswith(("file:", "data:", "blob:"))
            or page.heard.append(f"left the page: {request.url}")
        ),
    )
    yield page
    context.close()


@pytest.fixture(scope="module")
def looks(pages, phone):
    """{page: what LOOK finds there}; complaints under "heard"."""
    found = {}
    for path in pages:
        phone.heard.clear()
        phone.goto(path.as_uri())
        found[path] = phone.evaluate(LOOK) | {"heard": list(phone.heard)}
    return found


def test_no_page_complains_asks_outside_or_runs_over_the_edge(looks):
    assert {path: look["heard"] for path, look in looks.items() if look["heard"]} == {}
    assert {path: look["wide"] for path, look in looks.items() if look["wide"] > 400} == {}


def test_every_figure_has_its_words(looks):
    assert {path: look["wordless"] for path, look in looks.items() if look["wordless"]} == {}


def test_every_link_inside_leads_somewhere(looks):
    broken = []
    for path, look in looks.items():
        for link in set(look["links"]):
            address, part = urldefrag(link)
            if address.startswith("file://"):
                target = Path(unquote(address.removeprefix("file://").split("?")[0]))
                ids = looks[target]["ids"] if target in looks else []
                if not target.is_file() or (part and unquote(part) not in ids):
                    broken.append((path.name, link))
    assert broken == []


def test_every_lesson_and_exercise_is_there(root, site):
    for path in [*root.glob("lessons/*.ipynb"), *root.glob("exercises/*/*.ipynb")]:
        assert (site / path.relative_to(root)).with_suffix(".html").is_file()


def test_it_is_small(site):
    assert sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) < 25e6


def test_every_widget_answers_a_key(pages, phone):
    silent, tried = [], 0
    for path in pages:
        if "ravine-place" not in path.read_text(encoding="utf-8"):
            continue
        phone.goto(path.as_uri())
        phone.evaluate(OPEN)
        for i, widget in enumerate(phone.locator(".ravine-place").all()):
            widget.locator("[class^=ravine-]").first.wait_for()
            if widget.locator(FOCUSABLE).count():
                tried += 1
                answers(phone, widget) or silent.append((path.stem, i))
    assert silent == [] and tried


FOCUSABLE = "input:visible, button:visible, [tabindex='0']:visible"


def answers(page, widget):
    """Does the widget look different after a key?"""
    for control in widget.locator(FOCUSABLE).all():
        for key in KEYS:
            before = widget.evaluate(SEEN)
            control.press(key)
            page.wait_for_timeout(30)
            if widget.evaluate(SEEN) != before:
                return True
    return False


def test_the_race_of_the_front_page_is_above_the_fold(site, open_page):
    page = open_page(url=(site / "index.html").as_uri(), viewport={"width": 1280, "height": 800})
    for part in (page.locator(".ravine-handle"), page.get_by_role("button", name="Play")):
        box = part.first.bounding_box()
        assert box["y"] + box["height"] < 800


def test_code_is_not_cut_on_a_laptop(pages, open_page):
    page = open_page(html="", viewport={"width": 1280, "height": 800})
    cut = "[...document.querySelectorAll('.cell_input pre')]"
    cut += ".filter((pre) => pre.scrollWidth > pre.clientWidth)"
    found = {}
    for path in pages:
        if path.parent.name != "api":
            page.goto(path.as_uri())
            page.evaluate(OPEN)
            found[path.stem] = page.evaluate(f"{cut}.map((p) => p.innerText.slice(0, 60))")
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_the_keyboard_meets_the_skip_link_first(site, open_page):
    page = open_page(url=(site / "lessons/03_momentum.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"


def test_paper_shows_what_is_folded(site, open_page):
    page = open_page(url=(site / "lessons/03_momentum.html").as_uri())
    folded = page.locator("details:not([open])")
    before = folded.count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert before and folded.count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folded.count() == before


def test_search_finds(site, open_page):
    page = open_page(url=(site / "search.html").as_uri() + "?q=nesterov")
    page.locator("#search-results li a", has_text="Nesterov").first.wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["index", "lessons/03_momentum", "exercises/nesterov/nesterov", "api/optimizers"]
)
def test_axe_finds_nothing_but_the_themes_own(site, open_page, axe, name, theme):
    page = open_page(url=(site / f"{name}.html").as_uri(), color_scheme=theme)
    page.evaluate(axe)
    found = page.evaluate("axe.run({ preload: false })")["violations"]
    ours = {
        v["id"]: [n["html"][:200] for n in v["nodes"]] for v in found if v["id"] not in THEMES_OWN
    }
    assert ours == {}
