"""What a record says of runs that went wrong."""

import numpy as np
import pytest

from course_utils.optimizers import sgd
from course_utils.surfaces import RAVINE
from course_utils.training import Step, run
from course_utils.trajectory import Trajectory

inf, nan = np.inf, np.nan


def record(loss, w=None):
    """A record with these losses ``(T+1, *runs)`` that ended in w ``(*runs, 1)``."""
    loss = np.array(loss, float)
    w = np.zeros((*loss.shape[1:], 1)) if w is None else np.array(w, float)
    t = len(loss) - 1
    last = Step(t, w, loss[-1], w, 0.1, {})
    return Trajectory("sgd", loss, loss, np.full(len(loss), 0.1), np.array([0, t]), None, {}, last)


@pytest.mark.parametrize(
    ("loss", "w", "diverged"),
    [
        ([1, 2, 3], [0], False),
        ([1, inf, 3], [0], True),
        ([1, 2, nan], [0], True),
        ([1, 2, 3], [nan], True),
        ([1, 2, 3], [0, nan], True),
        ([[1, 1, 1, 1], [1, nan, 1, inf]], [[0], [0], [-inf], [0]], [False, True, True, True]),
    ],
)
def test_a_run_diverged_if_its_loss_or_its_end_is_not_finite(loss, w, diverged):
    np.testing.assert_array_equal(record(loss, w).diverged, diverged)


@pytest.mark.parametrize(
    ("loss", "sentence"),
    [
        ([2, 1, 0.5], ""),
        ([1, 1e9, 0.5], ""),  # it came back
        ([0, 0.1, 0.2], ""),  # noise around a minimum
        ([1e-9, 1e-4, 1e-3], ""),
        ([2, 1e3, 1.9e3], ""),
        ([2, 1e3, 2e76], "The loss grew 10^76-fold. Try a smaller learning rate."),
        ([-2, -1e3, -2e76], "The loss grew 10^76-fold. Try a smaller learning rate."),
        (
            [1, 1e200, inf],
            "The loss grew 10^200-fold and then left the range of numbers. "
            "Try a smaller learning rate.",
        ),
        ([1, nan, nan], "It met inf or NaN. Try a smaller learning rate."),
        (
            [[1, 1, 1], [0, 1e5, 9], [0, 1e6, nan]],
            "2 of 3 runs blew up: the loss grew 10^6-fold and then left the range of numbers. "
            "Try a smaller learning rate.",
        ),
    ],
)
def test_a_blow_up_is_told_once_in_words(loss, sentence):
    assert record(loss).blowup == sentence


def test_a_rate_that_is_too_large_is_told():
    assert run(RAVINE, sgd, RAVINE.start, 10.0, steps=40).blowup.startswith("The loss grew 10^7")
    assert run(RAVINE, sgd, RAVINE.start, 1.0, steps=40).blowup == ""
