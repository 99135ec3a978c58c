"""What an instructor reads of a class: the table, the picture, the most frequent diagnoses."""

import csv
import datetime

from hostile_files import RIGHT, WRONG
from nbgrader.plugins import CsvExportPlugin
from PIL import Image
from quick_class import NAME, book, grade_class, hand_in

from course_utils.grading import summary
from course_utils.grading.course import in_folder

STUB = "raise NotImplementedError"
AT_W = RIGHT.replace("grad_fn(w - lr * beta * velocity)", "grad_fn(w)")
RAISES = RIGHT.replace("return w", "raise ValueError('\x1b[31mred'); return w")


def summarized(room):
    told = summary.summarize(in_folder(room), NAME, room / "grades")
    with open(room / "grades" / f"{NAME}.csv", newline="", encoding="utf-8") as file:
        return told, list(csv.DictReader(file))


def test_the_table_says_what_nbgrader_exports(room):
    hand_in(room, ann=RIGHT, bob=WRONG, cleo=AT_W, dan=RIGHT)
    (room / "submitted" / "dan" / NAME / "timestamp.txt").write_text("2026-01-02 00:00:00 UTC")
    with book(room) as gradebook:
        gradebook.add_assignment(NAME, duedate=datetime.datetime(2026, 1, 1))
        gradebook.add_student("ann", first_name="Ann", last_name="B.")
        gradebook.add_student("absent")
    grade_class(room, penalty=lambda *_: 2.5)
    with book(room) as gradebook:
        grade_ = gradebook.find_grade("nesterov_step", NAME, NAME, "cleo")
        grade_.manual_score, grade_.extra_credit, grade_.needs_manual_grade = 0.25, 0.5, True
        gradebook.db.commit()
        CsvExportPlugin(to=str(room / "theirs.csv")).export(gradebook)
    _, table = summarized(room)
    with open(room / "theirs.csv", newline="", encoding="utf-8") as file:
        theirs = {row["student_id"]: row for row in csv.DictReader(file)}
    assert [row["student_id"] for row in table] == ["ann", "bob", "cleo", "dan"]
    for row in table:
        other = theirs[row["student_id"]]
        for column in ("last_name", "first_name", "timestamp"):
            assert row[column] == other[column]
        for column in ("score", "max_score"):
            assert float(row[column]) == float(other[column])
        assert float(row["late_penalty"]) == float(other["late_submission_penalty"])
    assert [float(row["score"]) for row in table] == [8, 0, 1.75, 5.5]
    assert [row["to_read"] for row in table] == ["0", "0", "1", "0"]


def test_diagnoses_are_counted_over_the_whole_class(room):
    hand_in(room, a=AT_W, b=AT_W, c=RIGHT)
    grade_class(room)
    hand_in(room, d=AT_W, e=STUB, f=WRONG)
    grade_class(room)
    told, _ = summarized(room)
    step = told.split("nesterov_step: ")[1].split("\n\n")[0].splitlines()
    assert step[0] == "1 of 6 right"
    assert step[1] == "     3  the gradient is taken at w instead of at the lookahead point"
    assert len(step) == 4 and all(line.startswith("     1  ") for line in step[2:])
    assert "6 students: mean" in told and "Slowest: " in told
    assert f"\nas in {NAME}_step" in told.replace("        ", "")


def test_no_more_than_the_five_most_frequent_are_shown():
    class Result:
        refused = None

        def __init__(self, cause):
            self.causes = {"check": cause}

    results = [Result(f"cause {i}") for i in range(9) for _ in range(i)]
    told = list(summary.diagnoses(["check"], results))
    assert [line.split() for line in told[1:]] == [
        [f"{i}", "cause", f"{i}"] for i in (8, 7, 6, 5, 4)
    ]


def test_what_could_not_be_run_is_told_once(room):
    hand_in(room, ann=RIGHT, bob=WRONG)
    for student in ("cleo", "dan"):
        path = room / "submitted" / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(b"{")
    grade_class(room)
    told, _ = summarized(room)
    assert "\n2 of 4 could not be run\n     2  Your file can't be read as a notebook." in told
    assert "nesterov_step: 1 of 2 right" in told and told.count("can't be read") == 1


def test_the_picture_is_small(room):
    hand_in(room, ann=RIGHT, bob=WRONG)
    grade_class(room)
    summarized(room)
    path = room / "grades" / f"{NAME}.png"
    assert path.stat().st_size < 30_000
    with Image.open(path) as picture:
        assert picture.width == 500


def test_before_anyone_has_a_grade(room):
    (room / "submitted").mkdir()
    grade_class(room)
    assert summary.summarize(in_folder(room), NAME, room / "grades") == "Nobody has a grade."
