"""Quadratics, noise, and minibatches: each sample once an epoch, a batch for each (seed, t)."""

import numpy as np
import pytest

from course_utils.data import circle, digits
from course_utils.network import MLP
from course_utils.objectives import Classification, given, noisy, quadratic
from course_utils.optimizers import sgd
from course_utils.training import run

NET, (X, Y) = MLP(), circle()


def epoch(task, k):
    """Labels-and-points of all batches of epoch k, joined: ``(*seeds, n, 3)``."""
    steps = range(k * task.steps_per_epoch, (k + 1) * task.steps_per_epoch)
    batches = [task.batch(t) for t in steps]
    return np.concatenate(
        [np.dstack([x, y[..., None]]) if x.ndim > 2 else np.c_[x, y] for x, y in batches], axis=-2
    )


@pytest.mark.parametrize("batch_size", [1, 32, 200, None])
@pytest.mark.parametrize("shuffle", [True, False])
def test_an_epoch_holds_every_sample_once(batch_size, shuffle):
    task = Classification(NET, X, Y, batch_size, seeds=3, shuffle=shuffle)
    for k in (0, 1, 17):
        samples = epoch(task, k)
        assert sorted(samples.tolist()) == sorted(np.c_[X, Y].tolist())
        in_order = np.array_equal(samples, np.c_[X, Y])
        assert in_order == (not shuffle or batch_size in (200, None))


def test_the_last_batch_of_an_epoch_may_be_smaller():
    task = Classification(NET, X, Y, 32)
    assert [len(task.batch(t)[1]) for t in range(8)] == [32, 32, 32, 32, 32, 32, 8, 32]


def test_orders_differ_between_epochs_and_seeds():
    task = Classification(NET, X, Y, 32, seeds=[4, 5])
    orders = [epoch(task, k)[i].tobytes() for k in (0, 1, 15, 16, 40) for i in (0, 1)]
    assert len(set(orders)) == len(orders)


def test_a_batch_depends_on_seed_and_step_alone():
    """Whatever was asked before, in whatever order, and whichever seeds stand beside it."""
    seeds = np.array([[7, 8, 9], [10, 11, 12]])
    together = Classification(NET, X, Y, 32, seeds=seeds)
    for t in (500, 3, 0, 120, 3):
        batch, labels = together.batch(t)
        assert batch.shape[:2] == (2, 3)
        for i in np.ndindex(2, 3):
            alone = Classification(NET, X, Y, 32, seeds=seeds[i]).batch(t)
            np.testing.assert_array_equal(batch[i], alone[0])
            np.testing.assert_array_equal(labels[i], alone[1])


@pytest.mark.parametrize("batch_size", [1, 32, None])
def test_loss_and_gradient_are_the_networks_on_that_batch(batch_size):
    task = Classification(NET, X, Y, batch_size, seeds=[0, 1])
    w = NET.init([0, 1])
    for ours, nets in zip(task(w, 5), NET.loss_and_grad(w, *task.batch(5)), strict=True):
        np.testing.assert_array_equal(ours, nets)
    # learning rates × seeds: the batches of the seeds serve every rate
    many = np.broadcast_to(w, (3, 2, NET.d))
    np.testing.assert_allclose(task(many, 5)[1], np.broadcast_to(task(w, 5)[1], (3, 2, NET.d)))


def test_metrics_are_over_all_samples():
    task = Classification(NET, X, Y, 1)
    w = NET.init([0, 1, 2])
    np.testing.assert_array_equal(task.loss(w), NET.loss_and_grad(w, X, Y)[0])
    right = [((NET.logits(p, X) >= 0) == Y).mean() for p in w]
    np.testing.assert_allclose(task.accuracy(w), right)


def test_the_mean_of_the_gradients_of_samples_is_that_of_all():
    task, w = Classification(NET, X, Y), NET.init(3)
    each = task.gradients(w)
    assert each.shape == (200, NET.d)
    np.testing.assert_allclose(each.mean(axis=0), task(w, 0)[1], atol=1e-12)
    np.testing.assert_allclose(each[7], NET.loss_and_grad(w, X[7:8], Y[7:8])[1], atol=1e-12)
    np.testing.assert_allclose(task.gradients(w, [7, 3]), each[[7, 3]], atol=1e-12)


def test_a_network_of_nan_has_no_accuracy():
    """The tutorial's code gives it 28.5 %."""
    w = np.stack([NET.init(0), np.full(NET.d, np.nan)])
    assert np.isnan(Classification(NET, X, Y).accuracy(w)).tolist() == [False, True]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((X[:, :1], Y), r"takes X of shape \(n, 2\)"),
        ((X, Y[:-1]), r"y of shape \(n,\)"),
        ((X, [Y]), r"got X \(200, 2\) and y \(1, 200\)"),
        ((X, Y, 0), "batch_size must be between 1 and n = 200, got 0"),
        ((X, Y, 201), "batch_size must be between 1 and n = 200, got 201"),
    ],
)
def test_impossible_settings_get_a_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        Classification(NET, *arguments)


def test_ten_classes_of_digits():
    X, y = digits()
    net = MLP((64, 10), loss="softmax")
    task = Classification(net, X, y, 50, seeds=np.arange(2))
    w = net.init([0, 1])
    assert task.batch(3)[1].dtype == int
    right = [(net.logits(p, X).argmax(axis=-1) == y).mean() for p in w]
    np.testing.assert_allclose(task.accuracy(w), right)
    # Of ten classes alike the cross-entropy is log 10; a descent from there learns to read.
    assert task.loss(np.zeros(net.d)) == pytest.approx(np.log(10))
    learned = run(task, sgd, np.zeros(net.d), 0.5, steps=200, keep_path=False).final
    assert (task.accuracy(learned) > 0.93).all()
    with pytest.raises(ValueError, match=r"takes labels 0, 1, …, 9; got \[1 2 3"):
        Classification(net, X, y + 1)


def test_quadratic_has_its_curvatures():
    curvatures, w = np.array([1.0, 10.0, 0.5]), np.random.default_rng(0).normal(size=(4, 3))
    loss, grad = quadratic(curvatures)(w, 0)
    np.testing.assert_allclose(loss, [0.5 * p @ np.diag(curvatures) @ p for p in w], rtol=1e-14)
    np.testing.assert_allclose(grad, w @ np.diag(curvatures), rtol=1e-14)
    assert quadratic(curvatures)(w.astype(np.float32), 0)[1].dtype == np.float32


def test_noise_is_of_the_size_asked_for_and_the_same_at_every_replay():
    bowl, w = quadratic([1.0, 2.0]), np.ones((10_000, 2))
    loss, grad = noisy(bowl, 0.5)(w, 3)
    noise = grad - bowl(w)[1]
    np.testing.assert_array_equal(loss, bowl(w)[0])
    assert abs(noise.mean()) < 0.02 and noise.std() == pytest.approx(0.5, rel=0.05)
    np.testing.assert_array_equal(noisy(bowl, 0.5)(w, 3)[1], grad)
    assert not np.array_equal(noisy(bowl, 0.5)(w, 4)[1], grad)


def test_given_gradients_come_whatever_the_point_and_the_last_one_stays():
    gradients = np.array([[1.0, -2.0], [0.5, 3.0]])
    for t, grad in [(0, gradients[0]), (1, gradients[1]), (9, gradients[1])]:
        for w in (np.ones(2), np.arange(6.0).reshape(3, 2)):
            loss, came = given(gradients)(w, t)
            np.testing.assert_array_equal(came, np.broadcast_to(grad, w.shape))
            np.testing.assert_allclose(loss, w @ grad)
    assert given([1.0, 2.0])(np.zeros(3), 1)[1].tolist() == [2.0, 2.0, 2.0]
