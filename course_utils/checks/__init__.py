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
from .verdict import CheckFailed, said, verdict

SESSION = "RAVINE_SESSION"  # set by the grader: the seed of this grading session
RECORD = "text/x-ravine-record"  # the type of output under which a record leaves the kernel


def stored_numbers(exercise):
    """The practice numbers of an exercise.

    {"functions": {learner's function: number of values it returns},
     "checks": {check: {"expected": values, "mistakes": {sentence: [values]}}}}
    """
    path = files("course_utils.checks") / "numbers" / f"{exercise}.json"
    return json.loads(path.read_text(encoding="utf-8"))


class Checks:
    """The checks of one exercise. Use an instance as a decorator; it runs the function at once."""

    def __init__(self, exercise):
        self.exercise = exercise
        self.told = {}  # cause: the check that explained it

    def __call__(self, run):
        stored, name = stored_numbers(self.exercise), run.__name__
        practice, again = outcome(run, PRACTICE, stored["functions"]), None
        if not verdict(practice, stored["checks"][name]).right:
            again = outcome(run, PRACTICE, stored["functions"])
        if SESSION in os.environ:
            graded = outcome(run, os.environ[SESSION], stored["functions"])
            emit({"practice": practice, "again": again, "graded": graded})
        else:
            found = verdict(practice, stored["checks"][name], again=again, likely=self.told)
            self.told = {cause: check for cause, check in self.told.items() if check != name}
            if not found.right:
                raise CheckFailed(said(name, run.__doc__, found, self.told))
            print(f"{name}: right on these numbers. Grading draws others.")
        # A function of the learner's that has the check's name keeps it.
        return run.__globals__.get(name, run)


def emit(record):
    from IPython.display import display

    display({RECORD: json.dumps(record)}, raw=True)
