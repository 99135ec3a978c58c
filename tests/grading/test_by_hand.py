"""What an instructor does by hand is not asked for twice, and comes back to whom it can."""

import pytest
from classroom import Classroom
from hostile_files import RIGHT, WRONG
from quick_class import NAME, book, grade_class, hand_in

WORDS, CHECK = "nesterov_in_words", "nesterov_step"


def read(room, **points):
    """Give points by hand, as formgrader does."""
    with book(room) as gradebook:
        for name, score in points.items():
            grade = gradebook.find_grade(name, NAME, NAME, "ann")
            grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.db.commit()


def waiting(room):
    with book(room) as gradebook:
        (notebook,) = gradebook.find_submission(NAME, "ann").notebooks
        return {grade.cell.name for grade in notebook.grades if grade.needs_manual_grade}


@pytest.mark.parametrize(
    ("later", "waits"),
    [(WRONG, set()), (RIGHT, {WORDS, CHECK}), (WRONG + "\n# the same, I think", {WORDS, CHECK})],
    ids=["the same", "better", "another comment"],
)
def test_what_was_read_waits_again_only_where_its_author_changed_something(room, later, waits):
    hand_in(room, ann=WRONG)
    grade_class(room)
    read(room, **{WORDS: 1.5, CHECK: 0.5})
    hand_in(room, ann=later)
    grade_class(room, again=True)
    assert waiting(room) == waits


def test_what_was_not_read_still_waits(room):
    hand_in(room, ann=RIGHT)
    path = room / "submitted" / "ann" / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text().replace("*Write your answer here.*", "Because."))
    for _ in range(2):
        grade_class(room, again=True)
        assert waiting(room) == {WORDS}


def test_beside_a_spoiled_notebook_nothing_counts_as_read(room):
    hand_in(room, ann=WRONG)
    grade_class(room)
    read(room, **{CHECK: 0.5})
    place = room / "autograded" / "ann" / NAME / f"{NAME}.ipynb"
    place.chmod(0o644)
    place.write_text("{")
    grade_class(room, again=True)
    assert waiting(room) == {CHECK}


def test_feedback_goes_out_to_all_who_came_through_the_exchange(tmp_path):
    room = Classroom(tmp_path / "course", NAME)
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    for student, beside in {"bob": [], "ann": ["timestamp", "submission_secret"]}.items():
        folder = room.root / "feedback" / student / NAME
        folder.mkdir(parents=True)
        (folder / f"{NAME}.html").write_text(f"for {student}")
        for name in beside:
            (folder / f"{name}.txt").write_text("2026-01-01 00:00:00 UTC")
    said = room.nbgrader("release_feedback", NAME, Exchange__root=exchange)
    released = [page.read_text() for page in (exchange / "ravine" / "feedback").iterdir()]
    assert released == ["for ann"]
    assert "1 did not hand in through the exchange" in said and "feedback: bob." in said
