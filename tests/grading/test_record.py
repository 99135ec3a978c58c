"""Nothing is lost: a kill between any two steps of recording, a second run, grades by hand."""

import datetime

import pytest
from hostile_files import RIGHT, WRONG
from quick_class import NAME, book, grade_class, hand_in, scores

from course_utils.grading import record


class Killed(BaseException):
    """In place of a kill: nothing catches it on the way."""


def graded_notebook(room, student):
    return room / "autograded" / student / NAME / f"{NAME}.ipynb"


def test_only_what_is_missing_or_changed_is_graded(room):
    hand_in(room, ann=RIGHT, bob=WRONG)
    assert grade_class(room)[0] == {"ann", "bob"}
    assert grade_class(room)[0] == set()
    hand_in(room, bob=RIGHT)  # handed in again, with no timestamp
    assert grade_class(room)[0] == {"bob"}
    assert scores(room) == {"ann": 8, "bob": 8}
    graded_notebook(room, "ann").unlink()
    assert grade_class(room)[0] == {"ann"}
    assert grade_class(room, again=True)[0] == {"ann", "bob"}
    assert grade_class(room, students="b*", again=True)[0] == {"bob"}


def test_a_change_of_the_grader_or_its_numbers_grades_again(room, monkeypatch):
    hand_in(room, ann=RIGHT)
    grade_class(room)
    monkeypatch.setattr(record, "grader", lambda: b"another version")
    assert grade_class(room)[0] == {"ann"}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["write", "commit", "replace"])
@pytest.mark.parametrize("regrade", [False, True])
def test_a_kill_at_any_step_loses_nothing(room, monkeypatch, step, when, regrade):
    hand_in(room, ann=WRONG, bob=RIGHT, cleo=RIGHT)
    if regrade:
        grade_class(room)
    hand_in(room, ann=RIGHT)

    def killed(whole, *arguments):
        if when == "after":
            whole(*arguments)
        raise Killed

    with monkeypatch.context() as patch:
        if step == "write":
            write = record.Recorder.write
            patch.setattr(record.Recorder, "write", lambda *a: killed(write, *a))
        elif step == "replace":
            replace = record.replace
            patch.setattr(record, "replace", lambda *a: killed(replace, *a))
        else:
            commit = record.Recorder.commit
            patch.setattr(record.Recorder, "commit", lambda *a: killed(commit, *a))
        with pytest.raises(Killed):
            grade_class(room)
    grade_class(room)
    assert scores(room) == {"ann": 8, "bob": 8, "cleo": 8}
    assert all(graded_notebook(room, student).exists() for student in scores(room))
    assert grade_class(room)[0] == set()


def test_one_that_cannot_be_recorded_does_not_stop_the_others(room, monkeypatch):
    hand_in(room, ann=RIGHT, bob=RIGHT, cleo=RIGHT)
    write = record.Recorder.write

    def fails_for_bob(self, student, *rest):
        if student == "bob":
            raise OSError("no space left")
        write(self, student, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(record.Recorder, "write", fails_for_bob)
        done, said = grade_class(room)
    assert done == {"ann", "cleo"} and any("bob was not graded" in line for line in said)
    assert grade_class(room)[0] == {"bob"}


def test_grades_and_comments_by_hand_survive(room):
    hand_in(room, ann=WRONG)
    grade_class(room)
    with book(room) as gradebook:
        grade_ = gradebook.find_grade("nesterov_step", NAME, NAME, "ann")
        grade_.manual_score, grade_.extra_credit = 0.5, 0.25
        gradebook.find_comment("nesterov", NAME, NAME, "ann").manual_comment = "Nearly."
        gradebook.db.commit()
    hand_in(room, ann=RIGHT)
    assert grade_class(room)[0] == {"ann"}
    with book(room) as gradebook:
        grade_ = gradebook.find_grade("nesterov_step", NAME, NAME, "ann")
        assert (grade_.manual_score, grade_.auto_score, grade_.extra_credit) == (0.5, 1, 0.25)
        assert grade_.needs_manual_grade
        assert gradebook.find_comment("nesterov", NAME, NAME, "ann").comment == "Nearly."
    assert scores(room) == {"ann": 7.75}


@pytest.mark.parametrize(("taken", "left"), [(None, 8), (3, 5), (100, 0), (-2, 8)])
def test_late_penalties_are_kept(room, taken, left):
    hand_in(room, ann=RIGHT, bob=RIGHT)
    late = room / "submitted" / "ann" / NAME / "timestamp.txt"
    late.write_text("2026-01-02 00:00:00 UTC")
    with book(room) as gradebook:
        gradebook.add_assignment(NAME, duedate=datetime.datetime(2026, 1, 1))
    seen = []

    def penalty(student, score, seconds):
        seen.append((student, score, seconds))
        return taken

    for _ in range(2):
        grade_class(room, penalty=penalty, again=True)
    assert seen == [("ann", 8, 86_400)] * 2
    with book(room) as gradebook:
        of = {n.student.id: n for n in gradebook.notebook_submissions(NAME, NAME)}
        assert of["ann"].score - (of["ann"].late_submission_penalty or 0) == left
        assert not of["bob"].late_submission_penalty


def test_an_old_feedback_page_goes_with_its_grade(room):
    hand_in(room, ann=WRONG)
    grade_class(room)
    page = room / "feedback" / "ann" / NAME / f"{NAME}.html"
    page.parent.mkdir(parents=True)
    page.write_text("old")
    grade_class(room)
    assert page.exists()
    hand_in(room, ann=RIGHT)
    grade_class(room)
    assert not page.parent.exists()  # else nbgrader takes it for done
