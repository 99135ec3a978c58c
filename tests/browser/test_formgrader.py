"""Formgrader as an instructor has it in JupyterLab: list, button, points and words by hand."""

import pytest
from classroom import Classroom, environment, needs_sandbox, submission
from lab import serving
from nbgrader.api import Gradebook

NAME = "nesterov"
WORDS = "nesterov_in_words"
NO_NETWORK = "MathJax is not defined"  # formgrader fetches it, and can do without
RIGHT = """
def nesterov(w, velocity, grad_fn, lr, beta=0.9):
    velocity = beta * velocity + grad_fn(w - lr * beta * velocity)
    return w - lr * velocity, velocity
"""

pytestmark = needs_sandbox


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A course in which ann has handed in; her code looks whether the course is in its sight."""
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("JUPYTER_NO_CONFIG")
    room = Classroom(tmp_path / "course", NAME)
    room.nbgrader("generate_assignment", NAME)
    looks = f"{RIGHT}\nimport os\nprint(os.path.exists({str(room.root)!r}))"
    handed_in = submission(NAME, looks, lean=True)
    cell_of(handed_in, WORDS).source = "It looks where it is about to go."
    room.hand_in("ann", handed_in)
    return room


def cell_of(notebook, name):
    graded = (cell for cell in notebook.cells if "nbgrader" in cell.metadata)
    return next(cell for cell in graded if cell.metadata.nbgrader.grade_id == name)


def test_the_list_the_button_and_points_by_hand(room, tmp_path, open_page):
    with serving(tmp_path, room.root) as (address, token):
        page = open_page(url=f"{address}/lab?token={token}", expected=[NO_NETWORK])
        page.locator(".lm-MenuBar-item", has_text="Nbgrader").click()
        page.get_by_role("menuitem", name="Formgrader", exact=True).click()
        formgrader = page.frame_locator("iframe")
        row = formgrader.locator("#main-table tr")

        row.filter(has_text=NAME).locator(".num-submissions a").click()
        press_the_button(formgrader, "8 and what is read by hand")
        row.filter(has_text="8 / 10").get_by_text("needs manual grading").wait_for()
        assert cell_of(room.autograded("ann"), NAME).outputs[0].text == "False\n"

        formgrader.get_by_role("link", name="Manual Grading").click()
        for link in (NAME, NAME, "Submission #1"):
            row.get_by_role("link", name=link).click()
        formgrader.get_by_text("It looks where it is about to go.").wait_for()
        for field, value, saved in [
            (f"#{WORDS}", "1.5", ".score-saved"),
            (f"#{WORDS}-comment", "Nearly.", ".comment-saved"),
        ]:
            formgrader.locator(field).fill(value)
            formgrader.locator(field).blur()
            formgrader.locator(saved).locator("visible=true").wait_for()
        assert by_hand(room) == (1.5, "Nearly.", 9.5)

        formgrader.get_by_role("link", name="Manual Grading").click()
        formgrader.get_by_role("link", name="Manage Assignments").click()
        row.filter(has_text=NAME).locator(".num-submissions a").click()
        press_the_button(formgrader, "8 and what is read by hand")
        assert by_hand(room) == (1.5, "Nearly.", 9.5)


def press_the_button(formgrader, said):
    formgrader.locator("#main-table tr", has_text="ann").locator(".autograde a").click()
    log = formgrader.locator("#success-modal")
    log.get_by_text(f"ann: {said}").wait_for()
    log.get_by_text("OK").click()


def by_hand(room):
    with Gradebook(f"sqlite:///{room.root}/gradebook.db") as book:
        grade = book.find_grade(WORDS, NAME, NAME, "ann")
        comment = book.find_comment(WORDS, NAME, NAME, "ann")
        return grade.manual_score, comment.manual_comment, grade.notebook.score
