"""A term on a real JupyterHub, in short: `make rehearse-hub`, as root.

A hub as INSTRUCTORS.md sets it up, an instructor and four learners who are users of the machine,
each with a server. What they do, they do as nbgrader's pages do it, by requests to their own
servers; every step is checked. It makes what it needs and removes it.
"""

import json
import signal
import sys
import time
import urllib.error

import nbformat
from classroom import bank, submission
from hub import Person, hub, write_settings
from machine import end_all_of, install, rooms, take_the_course_to, unfit

NAME, COURSE_ID, WORDS = "nesterov", "ravine", "nesterov_in_words"
TEACHER, ANN, BOB, CLEO, DAN = USERS = "teacher", "ann", "bob", "cleo", "dan"
ASSIGNMENT = {"course_id": COURSE_ID, "assignment_id": NAME}
GRADER = f"/formgrader/api/assignment/{NAME}"
START = time.monotonic()


def main():
    if reason := unfit(USERS):
        sys.exit(reason)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    with rooms(USERS) as top:
        told("five users, each with a home that is closed to the others")
        install(top)
        told("JupyterHub, its proxy and the course, installed for all")
        course = take_the_course_to(top / "home" / TEACHER, TEACHER)
        address = write_settings(top, TEACHER)
        try:
            with hub(top, address):
                people = {user: Person(user, address, top / "home" / user) for user in USERS}
                for person in people.values():
                    person.arrive()
                told("a hub with five servers")
                term(people, course, top / "exchange")
        except BaseException:
            print((top / "hub.log").read_text()[-5000:])
            raise
        for person in people.values():
            expect(end_all_of(person.number), f"{person.name} has processes after the hub's end")
        told("the hub ended, and no process is left")
    told("the users and all they had are removed")


def term(people, course, exchange):
    teacher, learners = people[TEACHER], [people[user] for user in (ANN, BOB, CLEO, DAN)]
    right = bank(NAME, "right")[0]
    wrong = {user: bank(NAME, "wrong")[i] for i, user in enumerate((BOB, CLEO, DAN))}

    teacher.press(f"{GRADER}/assign")
    teacher.press(f"{GRADER}/release")
    told("the exercise is assigned and released")
    for learner in learners:
        hand_in(learner, wrong.get(learner.name, right))
    told("four learners have fetched, edited, validated and handed in")

    teacher.press(f"{GRADER}/collect")
    for user in (ANN, BOB):
        teacher.press(f"/formgrader/api/submission/{NAME}/{user}/autograde")
    said = run_the_grader(teacher, course)
    expect("2 graded, 2 unchanged, 0 failed." in said, said)
    deserved = {ANN: 8, **{user: answer.points for user, answer in wrong.items()}}
    expect(scores(teacher) == deserved, (scores(teacher), deserved))
    told("two are graded by formgrader's button, two by the command: the scores they deserve")

    by_hand(teacher, ANN, 1.5, "Nearly.")
    teacher.press(f"{GRADER}/generate_feedback")
    teacher.press(f"{GRADER}/release_feedback")
    for learner in learners:
        page = feedback(learner)
        answer = wrong.get(learner.name)
        words = answer.mistake if answer else "nesterov_ravine: right."
        expect(words in page, f"the page of {learner.name} does not say: {words}")
        expect(("Nearly." in page) == (learner.name == ANN), f"a comment, for {learner.name}")
    told("each has a page with the diagnosis of the own work")
    for learner in learners:
        nobody_else_sees(learner, people, exchange)
    told("nobody sees the work or the page of another, on the hub or in the file system")

    hand_in(people[BOB], right)
    teacher.press(f"{GRADER}/collect")
    said = run_the_grader(teacher, course)
    expect("1 graded, 3 unchanged, 0 failed." in said, said)
    run_the_grader(teacher, course, "--regrade")
    expect(scores(teacher) == deserved | {ANN: 9.5, BOB: 8}, scores(teacher))
    for what in ("generate_feedback", "release_feedback"):
        teacher.press(f"{GRADER}/{what}")
    expect("nesterov_ravine: right." in feedback(people[BOB]), "bob's second page")
    expect("Nearly." in feedback(people[ANN]), "ann's comment is lost")
    told("one has handed in again; all are graded again, and the points by hand stay")
    teacher.shell(f"cd {course} && nbgrader export --to=grades.csv")
    rows = (course / "grades.csv").read_text().splitlines()
    expect(len(rows) == 5, rows)
    told("grades.csv has a line for each")


def hand_in(learner, answer):
    """Fetch, write an answer, validate, submit: what the panel *Assignments* asks for."""
    folder = learner.home / NAME
    if not folder.exists():
        learner.press("/assignments/fetch", **ASSIGNMENT)
    notebook = submission(NAME, answer, lean=True)
    place = f"{NAME}/{NAME}.ipynb"
    content = json.loads(nbformat.writes(notebook))
    body = {"type": "notebook", "format": "json", "content": content}
    learner.ask(f"/api/contents/{place}", "PUT", body)
    found = learner.press("/assignments/validate", path=place)["value"]
    failed = [one for one in found.get("failed", []) if "check" in json.dumps(one)]
    points = float(answer.facts.get("points", 8))
    expect(len(failed) == 8 - points, f"{learner.name} validates: {len(failed)} fail")
    learner.press("/assignments/submit", **ASSIGNMENT)


def run_the_grader(teacher, course, *words):
    command = " ".join(["python", "-m", "course_utils.grading", NAME, "--workers=2", *words])
    return teacher.shell(f"cd {course} && {command}")


def scores(teacher):
    found = teacher.ask(f"/formgrader/api/submissions/{NAME}")
    return {one["student"]: one["score"] for one in found}


def by_hand(teacher, user, points, words):
    """Points and a comment, as formgrader's page on a submission sends them."""
    found = teacher.ask(f"/formgrader/api/submitted_notebooks/{NAME}/{NAME}")
    (which,) = [one["id"] for one in found if one["student"] == user]
    for kind, news in (("grade", {"manual_score": points}), ("comment", {"manual_comment": words})):
        rows = teacher.ask(f"/formgrader/api/{kind}s?submission_id={which}")
        (row,) = [one for one in rows if one["name"] == WORDS]
        teacher.ask(f"/formgrader/api/{kind}/{row['id']}", "PUT", row | news)


def feedback(learner):
    """The newest page that a learner has been given."""
    learner.press("/assignments/fetch_feedback", **ASSIGNMENT)
    pages = (learner.home / NAME / "feedback").glob(f"*/{NAME}.html")
    return max(pages, key=lambda path: path.parent.name).read_text(encoding="utf-8")


def nobody_else_sees(owner, people, exchange):
    for other in people.values():
        if other is owner:
            continue
        try:
            other.ask(f"{owner.server}/api/contents/{NAME}")
            expect(False, f"{other.name} sees the server of {owner.name}")
        except urllib.error.HTTPError as refusal:
            expect(refusal.code in (403, 404), refusal)
        expect(other.shell(f"ls {owner.home}", check=False).returncode, f"{owner.home} is open")
        if other.name != TEACHER:
            readable = other.shell(f"find {exchange} -type f -readable", check=False).stdout
            strangers = [line for line in readable.splitlines() if "/outbound/" not in line]
            expect(not strangers, f"{other.name} can read {strangers}")


def expect(true, otherwise):
    if not true:
        sys.exit(f"Not as it should be: {otherwise}")


def told(what):
    print(f"{time.monotonic() - START:5.0f} s  {what}", flush=True)


if __name__ == "__main__":
    main()
