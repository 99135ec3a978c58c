"""The practice numbers learners receive, made from a solution and a bank of wrong answers.

    python tests/authoring/practice_numbers.py

Runs answers in this process: for the course's own code only, never for a submission.
"""

import json
from pathlib import Path

import nbformat
import numpy as np
from banks import read_bank
from in_process import graded_part, outcomes, outcomes_of, returns

from course_utils.checks.difference import as_array, difference


def practice_numbers(solution, wrong_answers, functions):
    """{check: {"expected": values, "mistakes": {sentence: [values]}}}."""
    numbers = {
        check: {"expected": numbers_of(check, right), "mistakes": {}}
        for check, right in outcomes(graded_part(solution), functions).items()
    }
    for answer in filter(lambda answer: answer.mistake, wrong_answers):
        for check, came in outcomes_of(answer, solution, functions).items():
            if "values" in came:
                keep(numbers[check], answer.mistake, came["values"])
    return numbers


def numbers_of(check, right):
    """The values of a right outcome. Without numbers a check could not tell right from wrong."""
    if "trouble" in right:
        raise ValueError(f"{check}: the solution does not pass. {right['trouble']}")
    arrays = [as_array(leaf) for leaf in right["values"].values()]
    if not arrays or not all(a is not None and a.size and np.isfinite(a).all() for a in arrays):
        raise ValueError(f"{check}: return finite numbers, and at least one.")
    return right["values"]


def keep(stored, mistake, values):
    """Store what a mistake gives, unless it is right here. It may come in several forms."""
    if difference(values, stored["expected"]) is not None:
        forms = stored["mistakes"].setdefault(mistake, [])
        if all(difference(values, form) is not None for form in forms):
            forms.append(values)


def written(functions, numbers):
    """As JSON, a line for each answer: what a reviewer can compare."""
    checks = []
    for check, stored in numbers.items():
        mistakes = (
            f"  {json.dumps(mistake)}: [{', '.join(map(line, forms))}]"
            for mistake, forms in stored["mistakes"].items()
        )
        checks.append(
            f'{json.dumps(check)}: {{\n "expected": {line(stored["expected"])},\n'
            ' "mistakes": {\n' + ",\n".join(mistakes) + "\n }}"
        )
    return (
        f'{{"functions": {json.dumps(functions)},\n"checks": {{\n' + ",\n".join(checks) + "\n}}\n"
    )


def line(values):
    """Nine digits are enough for the tolerance of a check, and the same on every machine."""
    return json.dumps(
        {
            path: leaf | {"values": [float(f"{x:.9g}") for x in leaf.get("values", [])]}
            for path, leaf in values.items()
        }
    )


def current(name, course=Path()):
    """The text that `numbers/<name>.json` should have."""
    solution = nbformat.read(course / "solutions" / name / f"{name}.ipynb", as_version=4)
    bank = read_bank(course / "tests" / "answers" / name / "wrong.txt")
    functions = returns(solution)
    return written(functions, practice_numbers(solution, bank, functions))


if __name__ == "__main__":
    for folder in sorted(Path("solutions").iterdir()):
        path = Path("course_utils", "checks", "numbers", f"{folder.name}.json")
        path.write_text(current(folder.name), encoding="utf-8")
        print(path)
