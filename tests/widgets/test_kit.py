"""What every widget gets from the kit: one module, its own data, and words where no script runs."""

import base64
import json
import re
import zlib

import bleach
import pytest
import traitlets

from course_utils.style import PLAY_LINE
from course_utils.widgets.bundle import JS, bundle, styles
from course_utils.widgets.kit import Widget

PNG = b"\x89PNG stands for a picture"


class Demo(Widget):
    _esm = "export default { render() {} };"
    _css = ".ravine-demo { color: red }"
    scene = traitlets.Dict().tag(sync=True)
    place = traitlets.Float().tag(sync=True)
    words = 'A bowl with "quotes" & <signs>.'

    def picture(self):
        return PNG


def unpacked(html):
    (packed,) = re.findall(r'data-ravine="base64,([\w+/=]+)"', html)
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def test_a_widget_is_stored_with_its_module_its_data_a_picture_and_words():
    data, _ = Demo(scene={"steps": 3}, place=0.5)._repr_mimebundle_()
    assert unpacked(data["text/html"]) == {
        "module": Demo._esm,
        "style": Demo._css,
        "state": {"scene": {"steps": 3}, "place": 0.5},
    }
    assert base64.b64decode(data["image/png"]) == PNG
    assert data["text/plain"] == Demo.words


def test_a_folded_output_shows_a_first_line_that_tells_nothing():
    assert Demo().static()["text/html"].splitlines()[0] == PLAY_LINE


@pytest.mark.parametrize("drop", ["tags alone", "tags and what is in them"])
def test_a_viewer_that_strips_scripts_shows_words_and_picture_and_no_source(drop):
    html = Demo().static()["text/html"]
    if drop == "tags alone":
        html = re.sub(r"<style.*?</style>", "", html)  # no host shows a style sheet as text
        left = bleach.clean(html, tags={"p", "img"}, attributes={"img": ["src", "alt"]}, strip=True,
                            protocols={"data"})  # fmt: skip
    else:
        left = re.sub(r"<(script|style).*?</\1>", "", html, flags=re.DOTALL)
    first, _, text = re.sub(r"<[^>]*>", "", left).strip().partition("\n")
    assert first == PLAY_LINE
    words = 'A bowl with "quotes" &amp; &lt;signs&gt;. To play, run this cell.'
    assert text.strip().replace("&quot;", '"') == words
    assert "base64," + base64.b64encode(PNG).decode() in left


def test_what_is_not_finite_is_refused_before_it_breaks_a_page():
    with pytest.raises(ValueError):
        Demo(place=float("nan")).static()


def test_a_bundle_holds_each_file_once_and_what_is_needed_first():
    text = bundle("controls.js")
    firsts = [text.index(name) for name in ("const LOOK", "function shell", "function clock")]
    assert firsts == sorted(firsts)
    assert text.count("function short") == 1
    assert not re.search(r"^(import|export) ", text, re.MULTILINE)


def test_every_class_name_begins_with_ravine():
    outputs = {"jp-OutputArea", "cell_output"}  # where JupyterLab and the site put a cell's outputs
    for sheet in JS.glob("*.css"):
        names = set(re.findall(r"\.([a-zA-Z][\w-]*)(?![^{]*\})", sheet.read_text("utf-8")))
        ours = names - outputs
        assert ours and all(name.startswith("ravine-") for name in ours), sheet.name
    assert "ravine-widget" in styles("kit.js")


def test_modules_stay_short_and_readable():
    for module in JS.glob("*.js"):
        lines = module.read_text("utf-8").splitlines()
        assert len(lines) < 250 and max(map(len, lines)) <= 150, module.name
