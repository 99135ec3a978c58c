"""The practice numbers learners receive, made from a solution and a bank of wrong answers.

    python tests/authoring/practice_numbers.py

Runs answers in this process: for the course's own code only, never for a submission.
"""

import ast
import json
from pathlib import Path

import nbformat
from banks import read_bank
from in_process import outcomes, outcomes_of, without_experiment
from nbgrader.utils import is_grade, is_locked

from course_utils.checks.verdict import difference


def helpers(solution):
    """The functions that the exercise's own cells define."""
    own = (c for c in solution.cells if c.cell_type == "code" and is_locked(c) and not is_grade(c))
    nodes = (node for cell in own for node in ast.walk(ast.parse(cell.source)))
    return [node.name for node in nodes if isinstance(node, ast.FunctionDef)]


def practice_numbers(solution, wrong_answers):
    """{check: {"expected": values, "mistakes": {sentence: values}}}."""
    numbers = {
        check: {"expected": right["values"], "mistakes": {}}
        for check, right in outcomes(without_experiment(solution)).items()
    }
    for answer in filter(lambda answer: answer.mistake, wrong_answers):
        for check, came in outcomes_of(answer, solution).items():
            if "values" in came:
                keep(numbers[check], answer.mistake, came["values"])
    return numbers


def keep(stored, mistake, values):
    """Store what a mistake gives, unless it is right here or looks like an earlier mistake."""
    if all(difference(values, v) for v in [stored["expected"], *stored["mistakes"].values()]):
        stored["mistakes"][mistake] = values


def written(helpers, numbers):
    """As JSON, a line for each answer: what a reviewer can compare."""
    checks = []
    for check, stored in numbers.items():
        mistakes = (f"  {json.dumps(m)}: {line(v)}" for m, v in stored["mistakes"].items())
        checks.append(
            f'{json.dumps(check)}: {{\n "expected": {line(stored["expected"])},\n'
            ' "mistakes": {\n' + ",\n".join(mistakes) + "\n }}"
        )
    return f'{{"helpers": {json.dumps(helpers)},\n"checks": {{\n' + ",\n".join(checks) + "\n}}\n"


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
    return written(helpers(solution), practice_numbers(solution, bank))


if __name__ == "__main__":
    for folder in sorted(Path("solutions").iterdir()):
        path = Path("course_utils", "checks", "numbers", f"{folder.name}.json")
        path.write_text(current(folder.name), encoding="utf-8")
        print(path)
