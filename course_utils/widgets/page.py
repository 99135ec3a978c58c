"""A widget as a piece of HTML that works without a kernel, a network or anything else."""

import base64
import json

_PAGE = """<style>{style}</style><div class="ravine-widget">{picture}</div>
<script>(() => {{
const el = document.currentScript.previousElementSibling;
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const state = JSON.parse(new TextDecoder().decode(bytes("base64,{state}".slice(7))));
state.paths = new DataView(bytes("base64,{paths}".slice(7)).buffer);
const model = {{ get: (name) => state[name], set() {{}}, on() {{}}, save_changes: null }};
const module = (() => {{
{module}
}})();
el.replaceChildren();
module.render({{ model, el }});
}})();</script>"""


def page(module, style, state, paths, picture):
    """The widget's own ES module with its data inline; ``picture`` shows where no script may run.

    Data are written as base64, so that a comparison of notebooks can leave them out.
    """

    def encoded(raw):
        return base64.b64encode(raw).decode()

    return _PAGE.format(
        picture=picture,
        style=str(style),
        state=encoded(json.dumps(state).encode()),
        paths=encoded(paths),
        module=str(module).replace("export default", "return"),
    )
