"""What known mistakes give in each `your_turn` of the lessons, for the package to recognize.

    python tests/authoring/turn_numbers.py

Reads tests/answers/your_turn/lesson_NN.txt: answers as in `banks.py`, each a function with the
name of a task in course_utils/checks/turns. One with `# mistake:` is wrong; so is one with
`# says:`, a part of what is said of an answer that gives no numbers. Another is right.
"""

import json
from pathlib import Path

import numpy as np
from banks import read_bank
from practice_numbers import line

from course_utils.checks.turns.task import lesson_tasks
from course_utils.checks.your_turn import came_out
from course_utils.optimizers import RULES

BANKS = Path("tests/answers/your_turn")
NUMBERS = Path("course_utils/checks/numbers/your_turn")


def written_functions(course=Path()):
    """Pairs of an answer and its function."""
    for path in sorted((course / BANKS).glob("*.txt")):
        for answer in read_bank(path):
            own, ((_, source),) = {}, answer.cells
            exec(compile(source, f"<{answer.title}>", "exec"), {"np": np, **RULES}, own)
            yield answer, list(own.values())[-1]


def numbers(course=Path()):
    """{task: the text that its file should have}."""
    given = {}
    for answer, function in written_functions(course):
        if answer.mistake:
            trial = lesson_tasks()[function.__name__].trial
            values = came_out(function, trial)["values"]
            given.setdefault(function.__name__, {})[answer.mistake] = values
    return {name: written(mistakes) for name, mistakes in given.items()}


def written(mistakes):
    rows = (f" {json.dumps(sentence)}: {line(values)}" for sentence, values in mistakes.items())
    return "{\n" + ",\n".join(rows) + "\n}\n"


if __name__ == "__main__":
    NUMBERS.mkdir(exist_ok=True)
    for name, text in numbers().items():
        (NUMBERS / f"{name}.json").write_text(text, encoding="utf-8")
        print(NUMBERS / f"{name}.json")
