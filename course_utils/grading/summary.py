"""A graded class in a few lines, a picture and a table, out of the gradebook."""

import csv
from collections import Counter
from contextlib import closing
from itertools import groupby
from statistics import mean, median

import nbformat
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select

from .execution import is_check
from .record import RESULTS

FREQUENT, SLOWEST = 5, 3
UNKNOWN = "wrong numbers, but no mistake that is known"
BLUE = "#0072b2"


def summarize(course, exercise, folder):
    """Write EXERCISE.csv and EXERCISE.png into a folder; return what an instructor reads first."""
    with closing(Gradebook(course.db_url)) as book:
        table = [row_of(list(cells)) for _, cells in groupby(graded_cells(book, exercise), first)]
        results = book.db.execute(select(RESULTS).where(RESULTS.c.assignment == exercise)).all()
    if not table:
        return "Nobody has a grade."
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{exercise}.{kind}" for kind in ("csv", "png")]
    scores = [row["score"] for row in table]
    write(files[0], table)
    picture(files[1], exercise, scores, table[0]["max_score"])
    waiting = sum(row["to_read"] for row in table)
    return "\n".join(
        [
            f"{counted(len(scores), 'student')}: mean {mean(scores):.1f}, median "
            f"{median(scores):g} of {table[0]['max_score']:g} points. "
            f"{counted(waiting, 'answer')} to be read.",
            *diagnoses(checks(course, exercise), results),
            *slowest(results),
            f"Written: {files[0]}, {files[1]}",
        ]
    )


def counted(number, thing):
    """A number of things, in words."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def graded_cells(book, exercise):
    """One query for a class: a row for each graded cell of each student, in order."""
    columns = [
        *(Student.id, Student.last_name, Student.first_name, SubmittedAssignment.timestamp),
        *(SubmittedNotebook.late_submission_penalty, BaseCell.name, GradeCell.max_score),
        *(Grade.score, Grade.needs_manual_grade),
    ]
    return book.db.execute(
        select(*columns)
        .join(SubmittedAssignment, SubmittedAssignment.student_id == Student.id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(GradeCell, GradeCell.id == Grade.cell_id)
        .where(Assignment.name == exercise, Notebook.name == exercise)
        .order_by(Student.id, BaseCell.name)
    )


def first(row):
    return row[0]


def row_of(cells):
    """A student's line in the table, from the rows of the graded cells."""
    student, last_name, first_name, timestamp, penalty, *_ = cells[0]
    points = {cell.name: cell.score for cell in cells}
    return {
        "student_id": student,
        "last_name": last_name,
        "first_name": first_name,
        "timestamp": timestamp,
        **points,
        "to_read": sum(cell.needs_manual_grade for cell in cells),
        "late_penalty": penalty or 0.0,
        "score": max(0.0, sum(points.values()) - (penalty or 0.0)),
        "max_score": sum(cell.max_score for cell in cells),
    }


def write(path, table):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(table)


def checks(course, exercise):
    path = course.exercises / exercise / f"{exercise}.ipynb"
    return [
        cell.metadata.nbgrader.grade_id
        for cell in nbformat.read(path, as_version=4).cells
        if is_check(cell)
    ]


def diagnoses(names, results):
    """What could not be run; for each check, how many are right, and what others were told."""
    run = [result for result in results if result.refused is None]
    reasons = Counter(result.refused for result in results if result.refused is not None)
    if reasons:
        yield f"\n{reasons.total()} of {len(results)} could not be run"
        yield from most_frequent(reasons)
    seen = {}
    for name in names:
        causes = Counter(r.causes[name] or UNKNOWN for r in run if name in r.causes)
        told = tuple(most_frequent(causes))
        yield f"\n{name}: {len(run) - causes.total()} of {len(run)} right"
        if told:
            yield from told if told not in seen else [f"        as in {seen[told]}"]
        seen.setdefault(told, name)


def most_frequent(reasons):
    return [f"{count:6}  {reason}" for reason, count in reasons.most_common(FREQUENT)]


def slowest(results):
    longest = sorted(results, key=lambda result: -result.seconds)[:SLOWEST]
    yield "\nSlowest: " + ", ".join(f"{r.student} {r.seconds:.1f} s" for r in longest)


def picture(path, exercise, scores, most):
    """How many have which score: a bar for each point."""
    figure = Figure(figsize=(5, 2.6), layout="constrained")
    ax = figure.subplots()
    counts = Counter(min(int(score), int(most)) for score in scores)
    bars = ax.bar(list(counts), list(counts.values()), width=0.8, color=BLUE)
    ax.bar_label(bars, fontsize=8)
    ax.set(
        title=f"{exercise}: scores of {counted(len(scores), 'student')}",
        xlabel=f"points of {most:g}, rounded down",
        ylabel="students",
        xlim=(-0.6, most + 0.6),
    )
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=100)
