"""What comes out of the sandbox: outputs of cells, and in graded cells a record. Trusted never."""

import json
import re
import sys

from nbformat.v4 import new_output

from ..checks import RECORD
from ..checks.trouble import clip
from . import sandbox

TEXT = {"text/plain", RECORD}
PICTURES = {"image/png", "image/jpeg"}
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
MOST_OUTPUTS = 50  # of one cell


class Malformed(Exception):
    """Why the record of a graded cell can't be judged."""


def read_report(report):
    """{cell: outputs} from the lines that `grading.inside` wrote, or someone in its place."""
    reported = {}
    for line in report.decode(errors="replace").splitlines():
        try:
            told = json.loads(line)
            outputs = reported.setdefault(told["cell"], [])
            room = MOST_OUTPUTS - len(outputs)
            outputs += [safe(raw) for raw in told["outputs"][:room]]
        except Exception:  # not a line that the program writes: someone else's, or cut in two
            continue
    return reported


def safe(raw):
    """An output that shows no more than text and pictures, whatever page it gets into."""
    if raw["output_type"] == "stream":
        name = "stderr" if raw["name"] == "stderr" else "stdout"
        return new_output("stream", name=name, text=scrubbed(raw["text"]))
    if raw["output_type"] == "error":
        lines = [scrubbed(line) for line in raw["traceback"]]
        name, value = scrubbed(raw["ename"]), scrubbed(raw["evalue"])
        return new_output("error", ename=name, evalue=value, traceback=lines)
    return new_output("display_data", data=dict(shown(raw["data"])))


def shown(data):
    for kind, value in data.items():
        if kind in PICTURES and BASE64.fullmatch(value):
            yield kind, value
        if kind in TEXT:
            yield kind, scrubbed(value)


def scrubbed(text):
    """Without the grader's folders, and such that a file can be written of it."""
    text = str(text).encode(errors="replace").decode()
    for folder in (sys.prefix, sys.base_prefix, sandbox.PACKAGE.parent):
        text = text.replace(str(folder), "…")
    return text


def read_record(cell):
    """The one record of a graded cell: {"practice": outcome, "graded": outcome}."""
    records = [output.data[RECORD] for output in cell.outputs if RECORD in output.get("data", {})]
    if len(records) != 1:
        raise Malformed(why_not_one(records, cell.outputs))
    try:
        record = json.loads(records[0])
        return {part: checked(record[part]) for part in ("practice", "graded")}
    except Exception as error:  # a stranger's JSON can be wrong in more ways than a list has names
        raise Malformed("This cell reported something that is not a check's result.") from error


def why_not_one(records, outputs):
    if records:
        return "This cell reported more than one result. A check reports one."
    errors = [o for o in outputs if o.output_type == "error"]
    if errors:
        return clip(f"{errors[0].ename}: {errors[0].evalue}", 200)
    return "This cell reported no result."


def checked(outcome):
    """An outcome has {"values": {path: leaf}} or {"trouble": text}."""
    if "trouble" in outcome:
        return {
            "trouble": "\n".join(clip(line, 90) for line in outcome["trouble"].splitlines()[:3])
        }
    return {"values": {str(path): leaf for path, leaf in outcome["values"].items()}}
