"""What a learner reads in the notebook: short, in words, and about the learner's own line."""

import nbformat
import pytest
from classroom import COURSE, EXERCISES, answers, config, notebook, submission
from in_process import outcomes_of
from nbgrader.validator import Validator

from course_utils.checks import stored_numbers
from course_utils.checks.verdict import said, verdict
from course_utils.grading.feedback import HideTests


def messages(name, answer):
    """What each check says in the notebook; None where it passes."""
    checks, functions = (stored_numbers(name)[part] for part in ("checks", "functions"))
    found, told = outcomes_of(answer, notebook("solutions", name), functions), {}
    verdicts = {check: verdict(came, checks[check]) for check, came in found.items()}
    return [None if v.right else said(check, "it", v, told) for check, v in verdicts.items()]


@answers("right")
def test_right_answers_pass_in_the_notebook(name, answer):
    assert messages(name, answer) == [None] * len(stored_numbers(name)["checks"])


@answers("wrong")
def test_wrong_answers_are_told_what_came_and_what_was_expected(name, answer):
    said = [message for message in messages(name, answer) if message]
    for message in said:
        assert len(message.splitlines()) <= 4
        assert ("Came:" in message) == ("Expected:" in message)
        assert "Came:" in message or "\n" in message


def test_validate_shows_the_learners_line_and_not_ours(tmp_path):
    source = "def nesterov(w, velocity, grad_fn, lr, beta=0.9):\n    return w - velocty, velocity\n"
    path = tmp_path / "nesterov.ipynb"
    nbformat.write(submission("nesterov", source, lean=True), path)
    error = Validator(config=config()).validate(str(path))["failed"][0]["raw_error"]
    assert error.splitlines()[1:] == [
        "Your code stopped in `nesterov`, line 2:",
        "    return w - velocty, velocity",
        "NameError: name 'velocty' is not defined",
    ]


@pytest.mark.parametrize(
    "region",
    [
        "{b}\nassert secret == 7\n{e}",
        "{b}\nassert secret == 7",
        "{b}\n{b}\nassert secret == 7\n{e}\n{e}",
        "{e}\n{b}\nassert secret == 7",
    ],
    ids=["closed", "not closed", "nested", "the wrong way round"],
)
def test_hidden_regions_would_not_be_shown(region):
    markers = {"b": "### BEGIN HIDDEN TESTS", "e": "### END HIDDEN TESTS"}
    source = "1\n" + region.format(**markers)
    outputs = [nbformat.v4.new_output("error", ename="E", evalue="secret", traceback=["secret"])]
    check, own = ({"nbgrader": {"grade": graded, "solution": False}} for graded in (True, False))
    for metadata, hidden in [(check, True), (own, False)]:
        cell = nbformat.v4.new_code_cell(source, outputs=outputs, metadata=metadata)
        shown, _ = HideTests().preprocess_cell(cell, {}, 0)
        assert ("secret" not in str(shown)) == hidden


def test_the_numbers_are_in_the_package():
    folder = COURSE / "course_utils" / "checks" / "numbers"
    assert [path.stem for path in sorted(folder.glob("*.json"))] == EXERCISES
