"""What comes out of the sandbox: outputs of cells, and in graded cells a record. Trusted never."""

import json
import re
import sys

from nbformat.v4 import new_output

from ..checks import RECORD
from ..checks.trouble import clip
from . import sandbox
from .outputs import (
    MOST_LINE,
    MOST_NAME,
    MOST_OUTPUTS,
    MOST_RECORD,
    MOST_RECORDS,
    MOST_TEXT,
    MOST_TRACEBACK,
    PICTURES,
)
from .pictures import MOST_BYTES as MOST_PICTURE
from .pictures import is_picture

# The sandbox keeps within these bounds, too, but what comes out of it may be written by anybody.
MOST_LINES = 2_000  # of a report; the program writes one a cell
MOST_BYTES = 8 * sandbox.MEGABYTE  # of a line
MOST_BRACKETS = 200_000  # of a line, those in texts included
MOST_OF_A_NOTEBOOK = 500_000  # characters of text in all outputs
MOST_LEAVES = 1_000  # of an outcome
MOST_TROUBLE = 300  # characters of a line that says what stopped a check
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")


class Malformed(Exception):
    """Why the record of a graded cell can't be judged."""


def read_report(report):
    """{cell: outputs} from the lines that `grading.inside` wrote, or someone in its place."""
    reported, room = {}, Room()
    for line in report.split(b"\n", MOST_LINES)[:MOST_LINES]:
        try:
            told = json.loads(line) if is_sound(line) else None
            outputs = reported.setdefault(int(told["cell"]), [])
            for raw in told["outputs"][: 2 * MOST_OUTPUTS]:
                outputs += room.fitting(raw, outputs)
        except Exception:  # not a line that the program writes: someone else's, or cut in two
            continue
    return reported


def is_sound(line):
    """Whether parsing takes no longer than parsing what the program writes."""
    return 0 < len(line) <= MOST_BYTES and line.count(b"[") + line.count(b"{") <= MOST_BRACKETS


class Room:
    """What still fits into the outputs of a notebook."""

    def __init__(self):
        self.text, self.pictures = MOST_OF_A_NOTEBOOK, 2 * MOST_PICTURE

    def fitting(self, raw, outputs):
        """The output in a list, or nothing if there is no more room for its kind."""
        alike = [o for o in outputs if is_record(o) == is_record(raw)]
        if len(alike) >= (MOST_RECORDS if is_record(raw) else MOST_OUTPUTS):
            return []
        output = self.safe(raw)
        return [output] if self.text > 0 or is_record(raw) else []

    def safe(self, raw):
        """An output that shows no more than text and pictures, whatever page it gets into."""
        if raw["output_type"] == "stream":
            name = "stderr" if raw["name"] == "stderr" else "stdout"
            return new_output("stream", name=name, text=self.fits(raw["text"]))
        if raw["output_type"] == "error":
            lines = [self.fits(line, MOST_LINE) for line in raw["traceback"][:MOST_TRACEBACK]]
            name, value = self.fits(raw["ename"], MOST_NAME), self.fits(raw["evalue"], MOST_LINE)
            return new_output("error", ename=name, evalue=value, traceback=lines)
        return new_output("display_data", data=dict(self.shown(raw["data"])))

    def shown(self, data):
        if RECORD in data:
            yield RECORD, scrubbed(str(data[RECORD])[:MOST_RECORD])
            return
        for kind in PICTURES:
            if kind in data and len(data[kind]) <= self.pictures and is_picture(kind, data[kind]):
                self.pictures -= len(data[kind])
                yield kind, data[kind]
        if "text/plain" in data:
            yield "text/plain", self.fits(data["text/plain"])

    def fits(self, text, most=MOST_TEXT):
        text = readable(scrubbed(str(text)[: min(most, max(self.text, 0))]))
        self.text -= len(text)
        return text


def is_record(output):
    return RECORD in output.get("data", {})


def readable(text):
    """As a terminal would leave it: of a line that is written over, the last state; no colors."""
    lines = text.replace("\r\n", "\n").split("\n")
    written = (line.rstrip("\r").rpartition("\r")[2] for line in lines)
    return "\n".join(CONTROL.sub("", line) for line in written)


def scrubbed(text):
    """Without the grader's folders, and such that a file can be written of it."""
    text = str(text).encode(errors="replace").decode()
    for folder in (sys.prefix, sys.base_prefix, sandbox.PACKAGE.parent):
        text = text.replace(str(folder), "…")
    return text


def read_record(cell):
    """The one record of a graded cell: {"practice": outcome, "again": …, "graded": …}.

    `again` is the practice outcome of a second run, None where the first was right.
    """
    records = [output.data[RECORD] for output in cell.outputs if RECORD in output.get("data", {})]
    if len(records) != 1 or len(records[0]) >= MOST_RECORD:
        raise Malformed(why_not_one(records, cell.outputs))
    try:
        record = json.loads(records[0])
        again = record.get("again")
        return {
            "practice": checked(record["practice"]),
            "again": again and checked(again),
            "graded": checked(record["graded"]),
        }
    except Exception as error:  # a stranger's JSON can be wrong in more ways than a list has names
        raise Malformed("This cell reported something that is not a check's result.") from error


def why_not_one(records, outputs):
    if len(records) == 1:
        return "What this cell reported is too long for a check's result."
    if records:
        return "This cell reported more than one result. A check reports one."
    errors = [o for o in outputs if o.output_type == "error"]
    if errors:
        return clip(f"{errors[0].ename}: {errors[0].evalue}", 200)
    return "This cell reported no result."


def checked(outcome):
    """An outcome has {"values": {path: leaf}} or {"trouble": text}."""
    if "trouble" in outcome:
        lines = outcome["trouble"].splitlines()[:3]
        return {"trouble": "\n".join(line[:MOST_TROUBLE] for line in lines)}
    values = outcome["values"]
    if len(values) > MOST_LEAVES:
        raise ValueError("more than a check returns")
    return {"values": {clip(path, 200): leaf for path, leaf in values.items()}}
