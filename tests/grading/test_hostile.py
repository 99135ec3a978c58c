"""Safe: no hostile submission gains a point, changes another's grade, or stays without a score.

All of them are one class, with honest learners in it, graded by one `nbgrader autograde`, and once
more by the class runner, whose sandbox is another.
"""

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from classroom import COURSE, Classroom, bank, needs_sandbox, submission
from hostile_files import RIGHT, files

from course_utils.grading import sandbox

pytestmark = needs_sandbox

ANSWERS = bank("nesterov", "hostile")
FILES = list(files())
HONEST = ["aaa_first", "mmm_middle", "zzz_last"]
LINKS = {  # student: (what the notebook links to, what is said)
    "link_to_the_solution": ("solutions/nesterov/nesterov.ipynb", "a link to another file"),
    "link_to_a_device": ("/dev/zero", "a link to another file"),
    "dangling_link": ("nowhere", "a link to another file"),
}
MARK = str(10**6 + os.getpid())  # how long the daemon sleeps: tells it from another test's
SECONDS = "\nc.RunSubmission.cell_seconds, c.RunSubmission.seconds = 2, 5\n"
DOORS = {
    "autograde": ["nbgrader", "autograde", "nesterov"],
    "runner": ["course_utils.grading", "nesterov"],
}


def student(answer):
    return re.sub(r"\W+", "_", answer.title)


@pytest.fixture(scope="module", params=DOORS)
def classroom(request, tmp_path_factory):
    room = Classroom(tmp_path_factory.mktemp("hostile"), "nesterov")
    with open(room.root / "nbgrader_config.py", "a", encoding="utf-8") as config:
        config.write(SECONDS)
    room.nbgrader("generate_assignment", "nesterov")
    for name in HONEST:
        room.hand_in(name, submission("nesterov", RIGHT, lean=True))
    for answer in ANSWERS:
        cells = [(name, source.replace("98765", MARK)) for name, source in answer.cells]
        marked = answer._replace(cells=cells)
        room.hand_in(student(answer), submission("nesterov", marked, lean=True))
    for name, content, *_ in FILES:
        room.hand_in(name, content)
    for name, (target, _) in LINKS.items():
        path = room.place(name)
        path.symlink_to(room.root / target)
    other_names(room)
    room.before = snapshot(room)
    room.run(*DOORS[request.param])
    room.nbgrader("generate_feedback", "nesterov")
    room.score = room.scores()
    return room


def other_names(room):
    """A notebook of the wrong name; a folder in place of one; links among the files beside one."""
    room.hand_in("wrong_name", submission("nesterov", RIGHT, lean=True))
    path = room.root / "submitted" / "wrong_name" / "nesterov" / "nesterov.ipynb"
    path.rename(path.with_name("my answer.ipynb"))
    room.place("a_folder").mkdir()
    room.hand_in("links_beside", submission("nesterov", RIGHT, lean=True))
    beside = room.root / "submitted" / "links_beside" / "nesterov"
    (beside / "data.csv").symlink_to("/etc/passwd")
    (beside / "endless").symlink_to("/dev/zero")
    (beside / "timestamp.txt").symlink_to("/dev/zero")
    room.hand_in("no_time", submission("nesterov", RIGHT, lean=True))
    (room.root / "submitted" / "no_time" / "nesterov" / "timestamp.txt").write_text("right")
    folder = room.root / "submitted" / "link_to_a_folder"
    folder.mkdir()
    (folder / "nesterov").symlink_to(room.root / "solutions" / "nesterov")


def snapshot(room):
    """The content of every file of the course that grading has no reason to change."""
    folders = [room.root / "solutions", room.root / "exercises", room.root / "submitted"]
    paths = [path for folder in folders for path in folder.rglob("*")]
    regular = [path for path in paths if path.is_file() and not path.is_symlink()]
    return {p: p.read_bytes() for p in regular if not p.name.startswith("timestamp")}


def told(room, name):
    return "\n".join(room.verdicts(name).values())


EXPECTED = (
    [(student(a), a.points, a.facts["says"]) for a in ANSWERS]
    + [(name, points, says) for name, _, points, says in FILES]
    + [(name, 0, says) for name, (_, says) in LINKS.items()]
    + [("wrong_name", 8, "right.")]
    + [("a_folder", 0, "There is no notebook with the name nesterov.ipynb")]
    + [("links_beside", 8, "right."), ("no_time", 8, "right.")]
    + [("link_to_a_folder", 0, "a link to another one")]
)


def test_the_bank_is_large_enough():
    assert len(EXPECTED) >= 30


@pytest.mark.parametrize(("name", "points", "says"), EXPECTED, ids=[name for name, *_ in EXPECTED])
def test_the_score_is_an_honest_one_and_has_a_reason(classroom, name, points, says):
    assert classroom.score[name] == points
    assert says in told(classroom, name)


@pytest.mark.parametrize("name", HONEST)
def test_honest_learners_keep_their_points(classroom, name):
    assert classroom.score[name] == 8


def test_everyone_has_a_score_and_a_page(classroom):
    everyone = {path.name for path in (classroom.root / "submitted").iterdir()}
    assert set(classroom.score) == everyone
    assert all(classroom.feedback(name) for name in everyone)


def test_no_file_is_changed_or_left_behind(classroom):
    assert snapshot(classroom) == classroom.before
    beside = {path.name for path in (classroom.root / "autograded").rglob("*") if path.is_file()}
    assert beside == {"nesterov.ipynb"}


def test_no_process_is_left_behind(classroom):
    listed = subprocess.run(["ps", "axo", "stat,args"], capture_output=True, text=True).stdout
    alive = [line for line in listed.splitlines() if not line.startswith("Z")]
    ours = (f"sleep {MARK}", f"{sys.executable} -m course_utils.grading.inside 2")
    assert not [line for line in alive if line.endswith(ours)]


def test_what_comes_out_is_small(classroom):
    sizes = {p: p.stat().st_size for p in (classroom.root / "autograded").rglob("*.ipynb")}
    assert max(sizes.values()) < 2 * sandbox.MEGABYTE


# Feedback pages: no script runs in a browser, and none stands there to be run.

SCRIPTED = ["script_in_markdown", "script_in_outputs", "widget_bomb"]


class Elements(HTMLParser):
    """Collects what could run: scripts, event handlers, links to script, frames."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        handlers = [name for name, _ in attributes if name.startswith("on")]
        links = [value for _, value in attributes if "script:" in (value or "").lower()]
        if handlers or links or tag in {"iframe", "object", "embed", "base", "form"}:
            self.found.append((tag, handlers, links))


@pytest.mark.parametrize("name", SCRIPTED)
def test_a_page_has_nothing_of_a_submission_that_could_run(classroom, name):
    page = classroom.feedback(name)
    assert Elements(page).found == []
    assert "<script>document.title" not in page
    assert "Content-Security-Policy" in page and "<script" not in page


def test_no_script_runs_in_a_browser(classroom, tmp_path):
    """All pages at once, beside one in which a script does run."""
    control = tmp_path / "control.html"
    control.write_text("<title>page</title><script>document.title = 'owned'</script>")
    assert title_in_browser(control) == "owned"
    for name in SCRIPTED:
        page = classroom.root / "feedback" / name / "nesterov" / "nesterov.html"
        assert title_in_browser(page) == "nesterov"


def title_in_browser(page):
    browser = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    if browser is None:
        pytest.skip("needs Chromium or Chrome")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    dom = subprocess.run([browser, *flags, page.as_uri()], capture_output=True, text=True).stdout
    return re.search(r"<title>(.*?)</title>", dom)[1]


@pytest.mark.parametrize("name", ["aaa_first", "patched_verdict", "reads_the_solution"])
def test_feedback_shows_no_folder_of_the_instructor(classroom, name):
    page = classroom.feedback(name)
    for folder in (sys.prefix, sys.base_prefix, str(COURSE), str(classroom.root)):
        assert folder not in page
