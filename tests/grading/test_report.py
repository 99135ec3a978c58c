"""Whatever bytes the report holds: bounded work, bounded outputs, text and pictures alone."""

import base64
import io
import json
import random

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image

from course_utils.checks import RECORD
from course_utils.grading.outputs import MOST_OUTPUTS, MOST_RECORDS, MOST_TEXT, Outputs
from course_utils.grading.report import Malformed, read_record, read_report


def png(size=(30, 20)):
    file = io.BytesIO()
    Image.effect_noise(size, 50).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def line(cell, *outputs):
    return json.dumps({"cell": cell, "outputs": outputs}).encode() + b"\n"


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def shown(**data):
    return {"output_type": "display_data", "metadata": {}, "data": data}


def error(**parts):
    return {"output_type": "error", "ename": "E", "evalue": "no", "traceback": ["E: no"]} | parts


PICTURE = {"image/png": png()}
GOOD = [
    line(0, stream("hello"), shown(**PICTURE)),
    line(1, stream("once", "stderr"), error()),
    line(2, shown(**{RECORD: '{"practice": {"values": {}}, "graded": {"values": {}}}'})),
]
BOMBS = {
    "newlines": b"\n" * 16_000_000,
    "braces": b"{}\n" * 5_000_000,
    "one long line": b"[" * 16_000_000,
    "digits": b'{"cell": 0, "outputs": ' + b"9" * 8_000_000 + b"}",
    "empty lists": b'{"cell": 0, "outputs": [' + b"[]," * 2_000_000 + b"[]]}",
    "many outputs": line(0, *[stream("x")] * 100_000),
    "many cells": b"".join(line(i, stream("x" * 1000)) for i in range(15_000)),
    "much text": b"".join(line(i, stream("x" * 10**6)) for i in range(15)),
    "bold": line(0, stream("\x1b[1m" * 150_000)),
    "bold in a picture's words": line(0, shown(**{"text/plain": "\x1b[1m" * 150_000})),
    "bold in an error": line(0, error(traceback=["\x1b[1m" * 40_000] * 3, ename="\x1b[1m" * 10**4)),
    "a long traceback": line(0, error(traceback=["x"] * 10**6)),
    "returns": line(0, stream("x\r" * 2_000_000)),
    "nulls": b"\0" * 16_000_000,
    "no UTF-8": b"\xff\xfe\n" * 1_000_000,
    "large pictures": b"".join(line(i, shown(**{"image/png": png((800, 800))})) for i in range(12)),
    "records": line(0, *[shown(**{RECORD: "9" * 10**5})] * 50),
}


def text_of(reported):
    return json.dumps(list(reported.values()))


@pytest.mark.parametrize("name", BOMBS)
def test_of_a_bomb_little_is_left(name):
    reported = read_report(BOMBS[name])
    text = text_of(reported)
    assert len(text) < 6_000_000
    assert "\\u001b" not in text
    assert all(len(outputs) <= MOST_OUTPUTS + MOST_RECORDS for outputs in reported.values())


@pytest.mark.parametrize("name", ["bold", "bold in an error", "much text", "a long traceback"])
def test_its_page_is_made_at_once(name):
    """nbconvert's colors take time that grows with the square of what is printed in color."""
    outputs = read_report(BOMBS[name])[0]
    page, _ = HTMLExporter().from_notebook_node(
        new_notebook(cells=[new_code_cell(outputs=outputs)])
    )
    assert len(page) < 2_000_000


def test_good_lines_survive_bad_ones_around_them():
    report = b"nonsense\n" + GOOD[0] + b'{"cell": 1}\n[1, 2]\nnull\n' + GOOD[1] + GOOD[2][:-20]
    assert list(read_report(report)) == [0, 1]
    assert read_report(report)[0][0].text == "hello"


@pytest.mark.parametrize("seed", range(4))
def test_mutated_reports_give_outputs_or_nothing(seed):
    draw = random.Random(seed)
    good = b"".join(GOOD)
    for _ in range(250):
        report = bytearray(good)
        for _ in range(draw.randint(1, 8)):
            at = draw.randrange(len(report))
            report[at : at + draw.randint(0, 3)] = draw.randbytes(draw.randint(0, 3))
        for outputs in read_report(bytes(report)).values():
            for output in outputs:
                assert set(output.get("data", {})) <= {"image/png", "text/plain", RECORD}
                assert output.output_type in {"stream", "error", "display_data"}
            try:
                parts = read_record(new_code_cell(outputs=outputs))
                assert set(parts) == {"practice", "again", "graded"}
            except Malformed as reason:
                assert len(str(reason)) < 1000


@pytest.mark.parametrize(
    ("printed", "reads"),
    [
        ("10%\r50%\r100%\n", "100%\n"),
        ("10%\r100%\r", "100%"),
        ("windows\r\nlines\r\n", "windows\nlines\n"),
        ("\x1b[31mred\x1b[0m \x1b[1;32mgreen\x1b[0m", "red green"),
        ("bell\a null\0 tab\t", "bell null tab\t"),
        ("π ≈ 3.14 日本語 🏔\u00a0é", "π ≈ 3.14 日本語 🏔\u00a0é"),
    ],
)
def test_text_is_what_a_terminal_would_leave(printed, reads):
    assert read_report(line(0, stream(printed)))[0][0].text == reads


@pytest.mark.parametrize(
    "data",
    [
        {"text/html": "<script>alert(1)</script>"},
        {"application/javascript": "alert(1)"},
        {"image/svg+xml": "<svg onload='alert(1)'/>"},
        {"image/png": '"/><script>alert(1)</script>'},
        {"image/png": base64.b64encode(b"no picture").decode()},
        {"image/jpeg": PICTURE["image/png"]},
        {"image/png": 3},
        {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}},
    ],
)
def test_other_kinds_of_output_are_left_out(data):
    assert [output.get("data") for output in read_report(line(0, shown(**data))).get(0, [])] in (
        [{}],
        [],
    )


def test_a_record_has_room_after_many_outputs():
    """A function that prints and draws much must not push out its own result."""
    outputs = [stream(str(i), ["stdout", "stderr"][i % 2]) for i in range(200)]
    mine = Outputs()
    for output in outputs:
        mine.receive("stream", output)
    mine.receive("display_data", shown(**{RECORD: "{}"}))
    reported = read_report(line(0, *mine.take()))
    assert [o for o in reported[0] if RECORD in o.get("data", {})]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("stream", {"name": "stdout", "text": "x" * 2 * MOST_TEXT}),
        ("display_data", {"data": {"text/plain": "x" * 2 * MOST_TEXT}}),
    ],
)
def test_the_sandbox_keeps_within_bounds_too(kind, content):
    mine = Outputs()
    mine.receive(kind, content)
    texts = [o.get("text") or o["data"]["text/plain"] for o in mine.take()]
    assert list(map(len, texts)) == [MOST_TEXT]


def test_outputs_are_cleared_and_updated_as_in_jupyter():
    mine = Outputs()
    for step in range(3):
        mine.receive("clear_output", {"wait": True})
        mine.receive("stream", {"name": "stdout", "text": f"step {step}"})
    mine.receive("display_data", {"data": {"text/plain": "old"}, "transient": {"display_id": "a"}})
    mine.receive(
        "update_display_data", {"data": {"text/plain": "new"}, "transient": {"display_id": "a"}}
    )
    stream_, shown_ = mine.take()
    assert stream_["text"] == "step 2" and shown_["data"] == {"text/plain": "new"}
    assert mine.take() == []
