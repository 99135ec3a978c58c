"""What a graded cell calls: run the learner's function, compare, and say what to do next.

    check = Checks("nesterov")

    @check
    def nesterov_step(rng):
        \"\"\"One step from a point that is already moving.\"\"\"
        ...
        return {"w": w, "velocity": velocity}

The function below `@check` draws its inputs from `rng`, calls the learner's code and returns
what came out. Its name is the name of the graded cell; its docstring says what is tried.

In a learner's notebook `rng` is the practice stream, and the answer is compared with the numbers
stored in `numbers/<exercise>.json`. While a class is graded the cell compares nothing: it emits
what came out, on the practice stream and on a stream drawn for this grading, as a record.
The grader judges the record outside the learner's process (`course_utils.grading`).
"""

import json
import os
from importlib.resources import files

from .outcome import PRACTICE, outcome
from .verdict import CheckFailed, verdict

SESSION = "RAVINE_SESSION"  # set by the grader: the seed of this grading session
RECORD = "text/x-ravine-record"  # the type of output under which a record leaves the kernel


def stored_numbers(exercise):
    """{"helpers": [name], "checks": {check: {"expected": values, "mistakes": {…: values}}}}."""
    path = files("course_utils.checks") / "numbers" / f"{exercise}.json"
    return json.loads(path.read_text(encoding="utf-8"))


class Checks:
    """The checks of one exercise. Use an instance as a decorator; it runs the function at once."""

    def __init__(self, exercise):
        self.exercise = exercise

    def __call__(self, run):
        helpers, checks = stored_numbers(self.exercise).values()
        practice = outcome(run, PRACTICE, helpers)
        if SESSION in os.environ:
            emit({"practice": practice, "graded": outcome(run, os.environ[SESSION], helpers)})
        elif message := verdict(run.__name__, run.__doc__, practice, checks[run.__name__]):
            raise CheckFailed(message)
        else:
            print(f"{run.__name__}: right on these numbers. Grading draws others.")
        return run


def emit(record):
    from IPython.display import display

    display({RECORD: json.dumps(record)}, raw=True)
