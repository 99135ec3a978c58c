"""What the commands tell somebody who meets them for the first time."""

import re
import subprocess

import pytest
from left_out import sentence


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ([], ""),
        (
            ["No Chromium on this machine."],
            "1 test was left out for want of chromium (pages in a browser); on Debian and Ubuntu "
            "`sudo apt install chromium` brings them.",
        ),
        (
            ["Run under bubblewrap, and there is none."] * 2 + ["No Chromium.", "No such luck."],
            "4 tests were left out for want of bubblewrap (the sandbox of grading) and chromium "
            "(pages in a browser); on Debian and Ubuntu `sudo apt install bubblewrap chromium` "
            "brings them. No such luck.",
        ),
    ],
)
def test_a_test_run_ends_with_what_was_left_out(reasons, said):
    assert sentence(reasons) == said


def test_make_alone_lists_the_commands(root):
    listed = subprocess.run(["make", "-C", root], capture_output=True, text=True, check=True).stdout
    named = re.findall(r"^make ([a-z-]+) +\S", listed, flags=re.M)
    assert {"lab", "test", "quick", "formgrader", "grade", "lessons", "exercises"} <= set(named)
