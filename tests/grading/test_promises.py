"""What README says that the sandbox promises: each line has tests that hold it."""

import ast
import re
from pathlib import Path

import pytest

from course_utils.grading import bubblewrap, outputs, pictures, report, watch
from course_utils.grading.autograde import RunSubmission
from course_utils.grading.execution import USUAL

HELD_BY = {  # how the line begins: tests that fail where it is not true
    "It sees": [
        "files_in_sight_are_those_of_a_short_list",
        "nothing_tells_what_the_instructor_holds",
    ],
    "It also sees": ["the_machine_is_described_and_no_more"],
    "A course": [
        "a_course_among_programs_is_refused",
        "a_virtual_environment_in_the_course_folder",
    ],
    "There is no network": ["inside_there_are_no_rights", "no_process_is_left_behind"],
    "Grading a class": [
        "a_run_leaves_nothing_for_the_next",
        "a_learners_cell_finds_what_it_finds_in_the_plain_sandbox",
    ],
    "A cell may compute": [
        "all_processes_together_have_limits",
        "the_numbers_are_those_of_the_code",
    ],
    "All processes together": ["all_processes_together_have_limits", "every_resource_has_a_limit"],
    "Memory that belongs": ["forbidden_calls_are_refused"],
    "Out come": ["of_a_bomb_little_is_left", "other_kinds_of_output_are_left_out"],
    "What works in Jupyter": ["cells_end_as_in_jupyter"],
    "Words are shown": [
        "honest_words_are_shown",
        "nothing_runs_or_reaches_out",
        "attached_pictures",
    ],
}


@pytest.fixture(scope="module")
def promises(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    part = text.split("<summary>What the sandbox promises</summary>")[1].split("</details>")[0]
    return re.findall(r"^- (.+)$", part, flags=re.MULTILINE)


def test_every_line_is_held_by_tests(promises):
    here = Path(__file__).parent.glob("test_*.py")
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in here]
    tests = [n.name for tree in trees for n in tree.body if isinstance(n, ast.FunctionDef)]
    assert len(promises) == len(HELD_BY)
    for line, (begins, names) in zip(promises, HELD_BY.items(), strict=True):
        assert line.startswith(begins)
        for name in names:
            assert any(test.startswith(f"test_{name}") for test in tests), name


def test_the_numbers_are_those_of_the_code(promises):
    seconds = RunSubmission.cell_seconds.default_value, RunSubmission.seconds.default_value
    assert seconds == (USUAL.cell_seconds, USUAL.seconds)
    limits = bubblewrap.LIMITS
    expected = [
        ("A cell", [*seconds, watch.CLOCK]),
        ("All", [watch.MOST_MEMORY >> 30, watch.MOST_PROCESSES, limits["nproc"], watch.MOST_FILES]),
        ("Out come", [report.MOST_OF_A_NOTEBOOK, 2 * pictures.MOST_BYTES // 10**6]),
    ]
    for begins, numbers in expected:
        line = next(line for line in promises if line.startswith(begins))
        found = [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*\d|\d", line)]
        assert found[: len(numbers)] == numbers, line
    assert limits["as"] == watch.MOST_MEMORY and outputs.MOST_TEXT < report.MOST_OF_A_NOTEBOOK
