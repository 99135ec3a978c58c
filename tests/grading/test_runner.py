"""`python -m course_utils.grading`: the grades of `nbgrader autograde`, in parallel."""

import importlib.util
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from types import SimpleNamespace

import pytest
from classroom import Classroom, environment, needs_sandbox, session, submission
from hostile_files import RIGHT, WRONG, files
from in_process import run
from quick_class import NAME, grade_class, hand_in

from course_utils.grading import __main__ as runner
from course_utils.grading.course import Job
from course_utils.grading.execution import NOT_RUN
from course_utils.grading.grade import grade

HERE = importlib.util.find_spec("distributed") is not None
needs_dask = pytest.mark.skipif(
    not HERE and "CI" not in os.environ, reason="Dask comes with `pip install -e '.[class]'`"
)
MIXED = ["not_json", "of_version_3", "too_large", "deleted_setup", "doubled_checks", "own_kernel"]


def runs(root, *words, seconds=300):
    done = subprocess.run(
        [sys.executable, "-m", "course_utils.grading", NAME, *words],
        cwd=root,
        env=os.environ | environment(),
        capture_output=True,
        text=True,
        timeout=seconds,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@needs_sandbox
@needs_dask
def test_the_same_grades_as_by_nbgrader(tmp_path):
    theirs, ours = (Classroom(tmp_path / name, NAME) for name in ("theirs", "ours"))
    handed_in = {name: raw for name, raw, *_ in files() if name in MIXED}
    handed_in |= {
        "right": submission(NAME, RIGHT, lean=True),
        "wrong": submission(NAME, WRONG, lean=True),
    }
    theirs.grade(handed_in)
    ours.nbgrader("generate_assignment", NAME)
    for student, what in handed_in.items():
        ours.hand_in(student, what)
    done = runs(ours.root, "--workers=2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{NAME}: 8 graded, 0 unchanged, 0 failed." in done.stdout
    assert ours.scores() == theirs.scores()
    for student in handed_in:
        assert ours.verdicts(student) == theirs.verdicts(student)

    said = ours.nbgrader("autograde", NAME)
    assert "0 graded, 8 unchanged" in said  # each door knows what the other has done


def doomed(job, session=None):
    if job.student == "b":
        os.kill(os.getpid(), signal.SIGKILL)
    if job.student == "c":
        raise ValueError("as Dask tells of what went wrong")
    return job.student, job.key, "graded"


@pytest.fixture(scope="module")
def client():
    """Of a cluster with two workers."""
    from course_utils.grading.workers import cluster

    with cluster(None, 2) as client:
        yield client


@needs_dask
def test_a_cluster_with_another_version_is_refused(client, monkeypatch):
    from course_utils.grading import record, workers

    workers.check(client, sandboxed=False)
    monkeypatch.setattr(record, "grader", lambda: b"another version")
    with pytest.raises(workers.Unfit, match="another course_utils"):
        workers.check(client, sandboxed=False)


@needs_dask
def test_jobs_are_made_as_they_are_needed(client):
    from course_utils.grading import workers

    made = []

    def jobs():
        for student in map(str, range(100)):
            made.append(student)
            yield Job(student, b"", student)

    results = workers.spread(client, doomed, jobs())
    next(results)
    assert len(made) <= 3 * workers.AHEAD
    assert len(list(results)) == 99


@needs_dask
def test_a_job_that_kills_its_worker_takes_no_other_along(client):
    from course_utils.grading.workers import spread

    jobs = [Job(student, b"", student) for student in "abcdef"]
    came = {student: result for student, _, result in spread(client, doomed, jobs)}
    assert set(came) == set("abcdef")
    assert isinstance(came.pop("b"), Exception) and isinstance(came.pop("c"), ValueError)
    assert set(came.values()) == {"graded"}


@needs_dask
def test_nobody_without_the_certificate_of_the_run_speaks_to_the_cluster(client):
    host, port = client.scheduler.address.removeprefix("tls://").split(":")
    assert host == "127.0.0.1"
    stranger = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    stranger.check_hostname, stranger.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection((host, int(port)), timeout=10) as plain,
        stranger.wrap_socket(plain) as connection,
        pytest.raises(ssl.SSLError, match=r"(?i)certificate.required"),
    ):
        connection.recv(1)


@needs_dask
def test_a_cluster_that_exists_is_used_by_its_address(monkeypatch):
    from distributed import LocalCluster

    from course_utils.grading import workers

    jobs = [Job(student, b"", student) for student in "ac"]
    with LocalCluster(n_workers=1, dashboard_address="127.0.0.1:0") as cluster:
        address = cluster.scheduler_address
        results = list(workers.over(address, sandboxed=False)(doomed, jobs))
    assert {student for student, *_ in results} == {"a", "c"}
    monkeypatch.setattr(workers, "PATIENCE", 1)
    with pytest.raises(SystemExit, match="No Dask scheduler answers at"):
        list(workers.over(address)(doomed, jobs))


def test_without_dask_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    alone = SimpleNamespace(scheduler=None, workers=None)
    assert runner.spreading(alone, True) is map
    assert capsys.readouterr().out == runner.ALONE + "\n"
    with pytest.raises(SystemExit, match=r"\[class\]"):
        runner.spreading(SimpleNamespace(scheduler="tcp://x", workers=None), True)


def test_what_is_printed_does_not_steer_the_terminal(capsys):
    runner.show("a\x1b[31mb\u202ec\nd")
    assert capsys.readouterr().out == "a�[31mb�c\nd\n"


def test_what_is_refused_gets_a_line(room):
    hand_in(room, ann=RIGHT)
    path = room / "submitted" / "bob" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"{")
    warned = []
    grade_class(room, warn=warned.append)
    assert len(warned) == 1 and "bob: 0, Your file can't be read" in warned[0]


def test_to_the_last_check_gives_the_same_points_and_says_what_was_not_run():
    whole = session(NAME)
    short = whole._replace(limits=whole.limits._replace(to_last_check=True))
    for answer in (RIGHT, WRONG):
        raw = json.dumps(submission(NAME, answer)).encode()
        seen = []

        def counting(sources, seed, limits, seen=seen):
            seen.append(len(sources))
            return run(sources, seed, limits)

        full, part = (grade(raw, each, counting) for each in (whole, short))
        assert part.scores == full.scores and part.verdicts == full.verdicts
        assert seen[1] < seen[0]
        assert NOT_RUN.strip() in part.notebook and NOT_RUN.strip() not in full.notebook
