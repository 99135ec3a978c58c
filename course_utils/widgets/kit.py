"""What every widget of the course stands on.

A widget is a class with an ES module of its own in ``js/``:

    class Race(Widget, js="race.js"):
        scene = traitlets.Dict().tag(sync=True)

The module imports what it needs from ``shell.js`` and ``canvas.js`` and ends with
``export default { render }``. ``render({ model, el })`` must work with no kernel:
``model.get("scene")`` always answers; ``model.save_changes`` is null where nobody listens.
"""

import base64
import html

import anywidget

from ..style import PLAY_LINE
from .bundle import bundle, styles
from .embed import page


class Widget(anywidget.AnyWidget):
    """Base of the widgets: one module for JupyterLab and for pages without a kernel."""

    line = PLAY_LINE  # what is seen of it where it is folded

    def __init_subclass__(cls, js=None, **kwargs):
        if js:
            cls._esm, cls._css = bundle(js), styles(js)
        super().__init_subclass__(**kwargs)

    @property
    def words(self):
        """What there is to see, in plain words; fixed text, since notebooks are compared by it."""
        raise NotImplementedError

    def picture(self):
        """A PNG for where no script runs, as bytes, or None."""
        return None

    def fallback(self, png):
        """The HTML that stands where no script runs: the picture with its words."""
        words = html.escape(self.words)
        image = f'<img src="{_address(png)}" alt="{words}" style="max-width: 100%">' if png else ""
        return f"{image}<p>{words} To play, run this cell.</p>"

    def state(self):
        """The widget's own traits by name: what its module can ask the model for."""
        return {name: getattr(self, name) for name in own_traits(type(self))}

    def static(self):
        """The widget as it is stored: HTML that needs no kernel, a picture, and words."""
        png = self.picture()
        text = page(self._esm, self._css, self.state(), self.fallback(png), self.line)
        image = {"image/png": base64.b64encode(png).decode()} if png else {}
        return {"text/html": text, **image, "text/plain": self.words}

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return data | self.static(), metadata


def own_traits(cls):
    """Names of the synced traits that a widget declares itself."""
    inherited = set(Widget.class_traits(sync=True))
    names = set(cls.class_traits(sync=True)) - inherited
    return sorted(name for name in names if not name.startswith("_"))


def _address(png):
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"
