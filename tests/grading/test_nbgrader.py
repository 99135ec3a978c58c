"""From solution to grades with the commands of the README: release, hand in, grade, give back."""

import pytest
from classroom import COURSE, Classroom, needs_sandbox, notebook, submission
from nbgrader.api import Gradebook
from nbgrader.validator import Validator
from sqlalchemy import text
from traitlets.config import PyFileConfigLoader

pytestmark = needs_sandbox

RIGHT = """
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    lookahead = w - lr * beta * velocity
    velocity = beta * velocity + grad_fn(lookahead)
    return w - lr * velocity, velocity
"""
OTHERWISE = """
class Nesterov:
    def __init__(self, beta):
        self.beta = beta

    def __call__(self, point, speed, slope, rate):
        ahead = np.subtract(point, rate * self.beta * speed)
        speed = np.add(slope(ahead), self.beta * speed)
        return point - rate * speed, speed

def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    return Nesterov(beta)(w, velocity, grad_fn, lr)
"""
AT_W = RIGHT.replace("grad_fn(lookahead)", "grad_fn(w)")
IN_PLACE = RIGHT.replace("velocity = beta * velocity + ", "velocity *= beta; velocity += ")
NO_RETURN = RIGHT.replace("return w", "w")
SYNTAX = RIGHT.replace("0.9):", "0.9)")
WARNS = RIGHT.replace("    return", "    np.log(np.zeros(1))\n    return")
CLASS = {  # student: (answer, points by checks of 8, what the feedback says)
    "right": (RIGHT, 8, "nesterov_ravine: right."),
    "otherwise": (OTHERWISE, 8, "nesterov_ravine: right."),
    "warns": (WARNS, 8, "nesterov_ravine: right."),
    "at_w": (AT_W, 1, "the gradient is taken at w instead of at the lookahead point"),
    "in_place": (IN_PLACE, 6, "the velocity that was given is changed in place"),
    "no_return": (NO_RETURN, 0, "`nesterov` returned None. Is its `return` line missing?"),
    "syntax": (SYNTAX, 0, "`nesterov` does not exist: its cell stopped with an error."),
    "untouched": (None, 0, "This is still the empty stub."),
}


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """A class that has been released to, graded, and given its feedback."""
    room = Classroom(tmp_path_factory.mktemp("course"), "nesterov")
    room.grade({student: handed_in(answer) for student, (answer, *_) in CLASS.items()})
    room.nbgrader("generate_feedback", "nesterov")
    return room


def handed_in(answer):
    return submission("nesterov", answer) if answer else notebook("exercises", "nesterov")


def test_every_score_is_as_it_should_be(classroom):
    assert classroom.scores() == {student: points for student, (_, points, _) in CLASS.items()}


@pytest.mark.parametrize("student", CLASS)
def test_feedback_says_what_to_do_next(classroom, student):
    page = classroom.feedback(student)
    assert CLASS[student][2] in page
    assert "Rubric" not in page and "BEGIN" not in page


@pytest.mark.parametrize("student", CLASS)
def test_feedback_is_small_and_made_for_phones(classroom, student):
    page = classroom.feedback(student)
    assert len(page) < 120_000 and "Play first" not in page
    assert "width=device-width" in page and "overflow-x: auto" in page
    assert "<script" not in page and '<a href="#nesterov_step">nesterov_step</a>' in page


def test_the_release_is_the_committed_exercise(classroom):
    released = "exercises/nesterov/nesterov.ipynb"
    assert (classroom.root / released).read_bytes() == (COURSE / released).read_bytes()


@pytest.mark.parametrize("student", ["right", "at_w"])
def test_validate_agrees_with_the_grade(classroom, student):
    path = classroom.root / "submitted" / student / "nesterov" / "nesterov.ipynb"
    failed = Validator().validate(str(path))["failed"]
    words = 1  # no answer in words was handed in
    assert len(failed) == 8 - CLASS[student][1] + words


def test_the_answer_in_words_waits_for_a_person(classroom):
    """Points by hand come on top, through the gradebook that formgrader writes to."""
    with Gradebook(f"sqlite:///{classroom.root}/gradebook.db") as book:
        grade = book.find_grade("nesterov_in_words", "nesterov", "nesterov", "right")
        assert grade.max_score == 2
        grade.manual_score = 1.5
        book.db.commit()
    assert classroom.scores()["right"] == 9.5


def test_the_gradebook_waits_for_locks(classroom):
    settings = PyFileConfigLoader("nbgrader_config.py", path=str(classroom.root)).load_config()
    with Gradebook(settings.CourseDirectory.db_url) as book:
        assert book.db.execute(text("PRAGMA busy_timeout")).scalar() == 60_000
