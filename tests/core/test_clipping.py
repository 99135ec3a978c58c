"""Clipping against torch, against published numbers, per run, and at its edges."""

import numpy as np
import pytest

from course_utils.clipping import angle, clip_by_global_norm, clip_by_value, global_norm

GRADS = np.random.default_rng(0).normal(size=(6, 9)) * np.logspace(-8, 3, 6)[:, None]


@pytest.mark.parametrize("max_norm", [1e-6, 0.5, 1e4])
@pytest.mark.parametrize("grad", GRADS)
def test_global_norm_equals_torch(grad, max_norm, from_torch):
    def torchs(torch):
        w = torch.zeros(9, dtype=torch.float64, requires_grad=True)
        w.grad = torch.tensor(grad)
        return [torch.nn.utils.clip_grad_norm_([w], max_norm).item(), *w.grad.numpy()]

    norm, *clipped = from_torch(torchs)
    assert global_norm(grad) == pytest.approx(norm, rel=1e-13)
    # torch divides by norm + 1e-6; undo that, and nothing else differs
    theirs = np.array(clipped) * ((norm + 1e-6) / norm if norm + 1e-6 > max_norm else 1)
    if not max_norm - 1e-6 < norm < max_norm:
        np.testing.assert_allclose(clip_by_global_norm(grad, max_norm), theirs, rtol=1e-12)


def test_one_nan_makes_the_whole_gradient_nan_as_in_torch(from_torch):
    grad = np.array([3.0, np.nan, 4.0])

    def torchs(torch):
        both = [torch.zeros(n, dtype=torch.float64, requires_grad=True) for n in (2, 1)]
        for w, numbers in zip(both, np.split(grad, [2]), strict=True):
            w.grad = torch.tensor(numbers)
        torch.nn.utils.clip_grad_norm_(both, 1.0)
        return np.concatenate([w.grad.numpy() for w in both])

    theirs = from_torch(torchs)
    assert np.isnan(theirs).all() and np.isnan(clip_by_global_norm(grad, 1.0)).all()


@pytest.mark.parametrize("limit", [1e-6, 0.5, 1e4])
def test_value_equals_torch(limit, from_torch):
    def torchs(torch):
        w = torch.zeros(GRADS.shape, dtype=torch.float64, requires_grad=True)
        w.grad = torch.tensor(GRADS)
        torch.nn.utils.clip_grad_value_([w], limit)
        return w.grad.numpy()

    np.testing.assert_array_equal(clip_by_value(GRADS, limit), from_torch(torchs))


@pytest.mark.parametrize(
    ("vector", "clip"),
    [("keras_clipnorm", clip_by_global_norm), ("keras_clipvalue", clip_by_value)],
)
def test_gives_the_published_numbers(published, vector, clip):
    clipped = clip(np.array(published[vector]["inputs"]), 1.0)
    np.testing.assert_allclose(clipped, published[vector]["expected"], rtol=1e-15)


def test_norm_reaches_every_bound_and_stays_there_when_clipped_again(published):
    grad = np.ravel(published["optax_clip_by_global_norm"]["inputs"])
    for i in range(1, 11):
        clipped = clip_by_global_norm(grad, 1 / i)
        assert global_norm(clipped) == pytest.approx(1 / i, abs=1e-6)
        np.testing.assert_allclose(clip_by_global_norm(clipped, 1 / i), clipped, rtol=1e-15)


@pytest.mark.parametrize("clip", [clip_by_global_norm, clip_by_value])
class TestEachRunOnItsOwn:
    def test_bounds_may_be_an_array_over_runs(self, clip):
        bounds = np.array([[0.1, 1.0, 10.0], [2.0, 0.5, 3.0]])
        grads = GRADS.reshape(2, 3, 9)
        together = clip(grads, bounds)
        for i in np.ndindex(2, 3):
            np.testing.assert_allclose(together[i], clip(grads[i], bounds[i]), rtol=1e-14)

    def test_a_short_gradient_comes_back_unchanged(self, clip):
        np.testing.assert_array_equal(clip(GRADS, 1e9), GRADS)
        np.testing.assert_array_equal(clip(GRADS, np.inf), GRADS)
        np.testing.assert_array_equal(clip(np.zeros(3), 1.0), np.zeros(3))

    def test_nan_stays_nan_and_touches_no_other_run(self, clip):
        spoiled = GRADS.copy()
        spoiled[2, 4] = np.nan
        clipped = clip(spoiled, 0.5)
        assert np.isnan(clipped[2, 4])
        others = [0, 1, 3, 4, 5]
        np.testing.assert_array_equal(clipped[others], clip(GRADS, 0.5)[others])

    @pytest.mark.parametrize("bound", [0.5, np.float64(0.5), np.full(6, 0.5)])
    def test_float32_stays_float32(self, clip, bound):
        assert clip(GRADS.astype(np.float32), bound).dtype == np.float32

    @pytest.mark.parametrize("bound", [0, -1.0, np.nan, [1.0, 0.0]])
    def test_a_bound_of_0_or_less_gets_a_sentence(self, clip, bound):
        with pytest.raises(ValueError, match=r"must be greater than 0, got .*\."):
            clip(GRADS[:2], bound)


def test_norm_in_the_plane():
    assert global_norm(np.array([3.0, 4.0])) == 5.0
    assert global_norm(np.array([[[3.0, -4.0]], [[-5.0, 12.0]]])).tolist() == [[5.0], [13.0]]


def test_direction_is_kept_by_norm_and_not_by_value():
    grad = np.array([3.0, 0.4])
    kept, turned = clip_by_global_norm(grad, 1.0), clip_by_value(grad, 1.0)
    assert kept[1] / kept[0] == pytest.approx(0.4 / 3)
    assert turned.tolist() == [1.0, 0.4]


@pytest.mark.parametrize("degrees", [0, 1e-6, 30, 90, 179, 180])
def test_angles(degrees):
    turned = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    assert angle(np.array([2.0, 0.0]), 5 * turned) == pytest.approx(degrees, rel=1e-9, abs=1e-12)
    pairs = angle(np.array([[1.0, 0.0], [0.0, 3.0]]), np.array([1.0, 0.0]))
    np.testing.assert_allclose(pairs, [0, 90])
