"""The cloud of gradients from the kernel's side: the plane it is seen in, and what is refused."""

import numpy as np
import pytest

from course_utils.widgets.gradient_cloud import gradient_cloud, seen_along_the_mean

GRADIENTS = np.random.default_rng(0).normal([2, 0, 0, 1], [1, 3, 1, 1], size=(40, 4))


def test_the_plane_keeps_what_lies_along_the_mean_and_shows_the_widest_across():
    along, across = seen_along_the_mean(GRADIENTS).T
    mean = GRADIENTS.mean(axis=0)
    np.testing.assert_allclose(along, GRADIENTS @ mean / np.linalg.norm(mean))
    assert along.mean() == pytest.approx(np.linalg.norm(mean)) and abs(across.mean()) < 1e-12
    others = np.random.default_rng(1).normal(size=(200, 4))
    others -= np.outer(others @ mean, mean) / (mean @ mean)
    others /= np.linalg.norm(others, axis=1, keepdims=True)
    assert across.std() >= (GRADIENTS @ others.T).std(axis=0).max()


def test_the_slider_stops_at_every_small_size_and_at_all():
    sizes = gradient_cloud(GRADIENTS, batch=33).scene["sizes"]
    assert sizes[:16] == list(range(1, 17)) and sizes == sorted(set(sizes))
    assert sizes[-1] == 40 and 33 in sizes


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: gradient_cloud(GRADIENTS[0]), r"finite and of shape \(n, d\)"),
        (lambda: gradient_cloud(GRADIENTS * np.nan), "finite"),
        (lambda: gradient_cloud(GRADIENTS, batch=41), "between 1 and n = 40"),
        (lambda: gradient_cloud(np.array([[1.0, 0], [-1, 0]])), "points nowhere"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(make, words):
    with pytest.raises(ValueError, match=words):
        make()
