"""The site as a visitor has it: from a disk, with the network off, on a phone and on a laptop."""

import os
import re
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
CUT = """() => [...document.querySelectorAll(".bd-article pre")]
  .filter((pre) => pre.scrollWidth > pre.clientWidth).map((pre) => pre.innerText.slice(0, 80))"""
# What is seen of a widget: the pixels of its canvases, else its words and the state of its inputs.
SEEN = """(widget) => {
  const canvases = [...widget.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL());
  const inputs = [...widget.querySelectorAll("input")].map((i) => [i.value, i.checked]);
  return JSON.stringify(canvases.length ? canvases : [inputs, widget.innerText]);
}"""
PRINT = """async () => {
  const seen = () => [...document.querySelectorAll(".ravine-place")]
    .map((widget) => widget.querySelector("canvas")?.toDataURL()).filter(Boolean);
  const frame = () => new Promise(requestAnimationFrame);
  const screen = seen();
  dispatchEvent(new Event("beforeprint"));
  await null; // what comes after the event, and before any frame
  const paper = seen();
  await frame(), await frame();
  return { screen, paper, later: seen() };
}"""
OPEN = "for (const fold of document.querySelectorAll('details')) fold.open = true"
KEYS = {  # of a kind of control, the key that moves it
    "input[type=range]": "ArrowRight",
    "[role=slider]": "ArrowUp",
    "input[type=radio]": "Space",
    "button": "Space",
    "input": "5",
}
REPOSITORY, ADDRESS = "https://github.com/somebody/ravine", "https://somebody.example/ravine/"
PHONE, LAPTOP = {"width": 400, "height": 800}, {"width": 1280, "height": 800}
THEMES_OWN = {"label-content-name-mismatch", "region"}


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
    settings = {"RAVINE_REPOSITORY": REPOSITORY, "RAVINE_ADDRESS": ADDRESS}
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | settings)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)


@pytest.fixture(scope="module")
def phone(browser):
    """A page on a phone with the network off, and what was asked for and complained about."""
    context = browser.new_context(viewport=PHONE, offline=True)
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
    """{page: what was found there}: on a phone, all folds open; code on a laptop."""
    return {path: look(phone, path.as_uri()) for path in pages}


def look(page, address):
    page.heard.clear()
    page.goto(address)
    found = page.evaluate(LOOK) | {"silent": [], "answering": 0, "cut": []}
    page.evaluate(OPEN)
    for i, widget in enumerate(page.locator(".ravine-place").all()):
        widget.locator("[class^=ravine-]").first.wait_for()  # instead of what stands in for it
        controls = [(widget.locator(f"{kind}:visible"), key) for kind, key in KEYS.items()]
        controls = [(c, key) for all, key in controls if all.count() for c in (all.first, all.last)]
        if any(answers(page, widget, control, key) for control, key in controls):
            found["answering"] += 1
        elif controls:
            found["silent"].append(i)
    if page.locator(".bd-article pre").count():
        page.set_viewport_size(LAPTOP)
        found["cut"] = page.evaluate(CUT)
        page.set_viewport_size(PHONE)
    return found | {"heard": list(page.heard)}


def answers(page, widget, control, key):
    """Does the widget look different after a key?"""
    before = widget.evaluate(SEEN)
    control.press(key)
    for _ in range(10):
        if widget.evaluate(SEEN) != before:
            return True
        page.wait_for_timeout(20)
    return False


@pytest.mark.parametrize("fault", ["heard", "wordless", "silent", "cut"])
def test_no_page_has_a_fault(looks, fault):
    """Complaints and requests that leave the page, figures without words, widgets that don't
    answer a key, code cut on a laptop."""
    assert {path.name: look[fault] for path, look in looks.items() if look[fault]} == {}


def test_widgets_are_there(looks, site):
    answering = {
        path.parent.name + "/" + path.stem: look["answering"] for path, look in looks.items()
    }
    assert answering[f"{site.name}/index"] and answering["lessons/03_momentum"] > 3
    assert answering["clipping/clipping"] > 2 and answering["weight_decay/weight_decay"]


def test_no_page_runs_over_the_edge_of_a_phone(looks):
    assert {path.name: look["wide"] for path, look in looks.items() if look["wide"] > 400} == {}


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


def test_the_race_of_the_front_page_is_above_the_fold(site, open_page):
    page = open_page(url=(site / "index.html").as_uri(), viewport=LAPTOP)
    for part in (page.locator(".ravine-handle"), page.get_by_role("button", name="Play")):
        box = part.first.bounding_box()
        assert box["y"] + box["height"] < 800


def test_a_page_leads_to_its_source_and_shows_a_picture_where_it_is_linked(site, looks):
    lesson = site / "lessons/03_momentum.html"
    assert f"{REPOSITORY}/edit/main/lessons/03_momentum.ipynb" in looks[lesson]["links"]
    exercise = site / "exercises/nesterov/nesterov.html"
    assert f"{REPOSITORY}/edit/main/solutions/nesterov/nesterov.ipynb" in looks[exercise]["links"]
    assert not any("/edit/" in link for link in looks[site / "references.html"]["links"])
    head = lesson.read_text(encoding="utf-8").split("</head>")[0]
    assert f'property="og:image" content="{ADDRESS}_static/front.png"' in head
    assert (site / "_static/front.png").is_file()


def test_the_keyboard_meets_the_skip_link_first(site, open_page):
    page = open_page(url=(site / "lessons/03_momentum.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"


def test_paper_shows_what_is_folded(site, open_page):
    page = open_page(url=(site / "lessons/03_momentum.html").as_uri())
    folded = page.locator("details:not([open], .ravine-place *)")
    before = folded.count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert before and folded.count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folded.count() == before


def test_paper_is_light_where_the_screen_is_dark(site, open_page):
    """Every widget is drawn anew, those in folds too, before the printer takes the page."""
    address = (site / "lessons/03_momentum.html").as_uri()
    page = open_page(url=address, color_scheme="dark")
    page.locator("details .ravine-place canvas").first.wait_for(state="attached")
    drawn = page.evaluate(PRINT)
    assert len(drawn["screen"]) > 1 and not set(drawn["screen"]) & set(drawn["paper"])
    assert drawn["paper"] == drawn["later"]


def test_each_reference_names_the_lessons_that_have_it(site):
    page = (site / "references.html").read_text(encoding="utf-8")
    items = re.findall(r"<li><p>(.*?)</li>", page, re.DOTALL)
    assert len(items) > 40 and all('href="lessons/' in item for item in items)


def test_search_finds(site, open_page):
    page = open_page(url=(site / "search.html").as_uri() + "?q=nesterov")
    page.locator("#search-results li a", has_text="Nesterov").first.wait_for()


@pytest.mark.parametrize(
    ("name", "theme", "viewport"),
    [
        ("index", "light", LAPTOP),
        ("index", "dark", LAPTOP),
        ("lessons/03_momentum", "light", LAPTOP),
        ("lessons/03_momentum", "dark", LAPTOP),
        ("exercises/nesterov/nesterov", "light", PHONE),  # with a formula that scrolls
        ("api/optimizers", "dark", LAPTOP),
    ],
)
def test_axe_finds_nothing_but_the_themes_own(site, open_page, axe, name, theme, viewport):
    url = (site / f"{name}.html").as_uri()
    page = open_page(url=url, color_scheme=theme, viewport=viewport)
    page.evaluate("window.MathJax?.startup.promise.then(() => null)")
    page.evaluate(axe)
    found = page.evaluate("axe.run({ preload: false })")["violations"]
    ours = {
        v["id"]: [n["html"][:200] for n in v["nodes"]] for v in found if v["id"] not in THEMES_OWN
    }
    assert ours == {}
