"""A widget as a piece of HTML that works without a kernel, a network or anything else."""

import base64
import json
import zlib

from ..style import foldable
from .bundle import JS


def page(module, style, state, fallback, line):
    """The widget's own ES module with its data; ``fallback`` shows where no script may run.

    ``line`` is what is seen where the output is folded.

    Script, style and data are base64 in attributes. So a viewer that strips scripts shows no
    source text, and a comparison of notebooks can leave them out.
    """
    data = json.dumps({"module": str(module), "style": str(style), "state": state}, allow_nan=False)
    packed = _base64(zlib.compress(data.encode(), 9))
    loader = _base64((JS / "embed.js").read_bytes())
    return foldable(
        f'<div class="ravine-place">{fallback}</div>\n'
        f'<script src="data:text/javascript;base64,{loader}" data-ravine="base64,{packed}">'
        "</script>",
        line,
    )


def _base64(raw):
    return base64.b64encode(raw).decode()
