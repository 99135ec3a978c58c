"""A function that a learner writes inside a lesson: checked at once, and the lesson goes on.

    @your_turn(momentum)
    def my_momentum(w, grad, state, lr, beta=0.9):
        v = ...  # the old velocity, faded, plus the gradient
        return ...  # the new point, and the state {"v": v}

Below this cell `my_momentum` is the learner's function if it is right, else the course's. The
line that is printed says which. Nothing is raised, so "Run all" goes through.
"""

import functools
import json
from importlib.resources import files
from inspect import signature

from .difference import difference
from .outcome import PRACTICE, outcome
from .parting import parting, right_before, root
from .turns.task import Complaint, Task, Unfilled, ask, lesson_tasks, on_inputs, on_steps
from .verdict import verdict

RIGHT = "is right on these numbers. From here on the lesson uses yours."
GREEN, PLAIN = "\x1b[1;32m", "\x1b[0m"
UNFILLED = "is not filled in yet. The lesson goes on with the course's own; come back any time."


def your_turn(reference=None, *, inputs=None):
    """Decorate what a learner writes in a lesson.

    Parameters
    ----------
    reference : function, optional
        What the lesson uses until the learner's is right. Without it, the task of the function's
        name in `course_utils/checks/turns`.
    inputs : list of tuples, optional
        Arguments to try. Without them the reference is a rule, `(w, grad, state, lr, …)`, and
        takes a few steps.

    Returns
    -------
    decorator
        It prints one sentence on the function and gives back it or the reference.
    """

    def decide(mine):
        name = mine.__name__
        task = lesson_task(name) if reference is None else task_of(reference, inputs)
        right, words = judged(mine, task, mistakes_of(name))
        print(f"{GREEN}✓ {name}{PLAIN} {words}" if right else f"{name} {words}")
        return mine if right else under_name(task.reference, name)

    return decide


def lesson_task(name):
    """The task of a name."""
    tasks = lesson_tasks()
    if name not in tasks:
        raise ValueError(f"No lesson has a task {name!r}. Keep the function's name.")
    return tasks[name]


def task_of(reference, inputs):
    return Task(reference, on_steps(reference) if inputs is None else on_inputs(inputs))


def judged(mine, task, mistakes):
    """Whether a learner's function is right, and the words that follow its name."""
    stays = "Until it is right, the lesson uses the course's own."
    try:
        came = came_out(mine, task.trial)
    except Unfilled:
        return False, UNFILLED
    except Complaint as complaint:
        return False, f"is not right yet.\n{complaint}\n{stays}"
    if "trouble" in came:
        return False, f"is not right yet.\n{came['trouble']}\n{stays}"
    expected = came_out(task.reference, task.trial)["values"]
    known = {mistake: [values] for mistake, values in mistakes.items()}
    found = verdict(came, {"expected": expected, "mistakes": known})
    if found.right:
        return True, RIGHT
    return False, "\n".join([*told(came["values"], expected, task, found.lines), stays])


def told(came, expected, task, lines):
    """Where the numbers are others, what is right before that, and the lines of the verdict."""
    place = difference(came, expected)
    word = "step" if "steps" in signature(task.reference).parameters else "entry"
    given = getattr(task.trial, "given", {}).get(place)
    entry = None if given else parting(came, expected, place, word)
    at = given or (entry and root(place))
    right = right_before(expected, place)
    runs = f"runs, and {right}; then" if right else "runs, but"
    first = f"{runs} its numbers are others{f': {at}' if at else ''}."
    shown = [entry, *lines[2:]] if entry else lines  # instead of what came and what was expected
    return [first, *shown]


def came_out(function, trial):
    """What a function gives in a trial, {"values": …} or {"trouble": …}; may raise a Complaint."""
    complaints, asked = [], ask(function)

    def run(rng):
        try:
            return trial(asked, rng)
        except Complaint as complaint:
            complaints.append(complaint)

    came = outcome(run, PRACTICE)
    if complaints:
        raise complaints[0]
    if "trouble" in came and asked.stopped_with:
        came["trouble"] = f"{came['trouble'].rstrip('.')}. It was given {asked.stopped_with}."
    return came


def mistakes_of(name):
    """{sentence: what that mistake gives}, made by tests/authoring/turn_numbers.py."""
    path = files("course_utils.checks") / "numbers" / "your_turn" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def under_name(reference, name):
    """The reference under the learner's name, so that legends say the same in any case."""

    @functools.wraps(reference)
    def named(*args, **settings):
        return reference(*args, **settings)

    named.__name__ = name
    return named
