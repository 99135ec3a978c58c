"""Two lots that shrink, from the kernel's side: what is sent, and what is refused."""

import numpy as np
import pytest

from course_utils.optimizers import adam, adamw, sgd
from course_utils.widgets.shrinking import shrinking


def test_the_browser_gets_rules_rates_and_starts():
    scene = shrinking(sgd, {sgd: 0.01, adam: 0.001}, goal=adam).scene
    assert {rule["name"]: rule["lr"] for rule in scene["rules"]} == {"sgd": 0.01, "adam": 0.001}
    assert scene["goal"] == "adam" and scene["settings"]["rule"] == "sgd"
    starts = np.array(scene["starts"])
    assert abs(starts).max() <= 1 and starts.min() < -0.5 and starts.max() > 0.5


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: shrinking(adamw), "got 'adamw'"),
        (lambda: shrinking(adam, {sgd: 0.1}), "got 'adam'"),
        (lambda: shrinking(sgd, goal=adam), "got 'adam'"),
        (lambda: shrinking(lambda w, grad, state, lr: (w, state)), "takes rules of sgd"),
        (lambda: shrinking(sgd, {sgd: -1.0}), "0 or more"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_it_is_small_and_has_words_and_a_picture():
    shown = shrinking(adam).static()
    assert len(shown["text/html"]) < 100_000 and shown["image/png"]
    assert "gradients are noise" in shown["text/plain"]
