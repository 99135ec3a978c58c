"""Every rule × every property it must have. References: torch, closed forms, published numbers."""

import copy
import functools

import numpy as np
import pytest

from course_utils.optimizers import RULES, adam, momentum, nesterov, sgd
from course_utils.rules import stateful

# Hyperparameters away from the defaults, and torch.optim's class with the same ones.
TORCH = {
    "sgd": ({}, "SGD", {}),
    "momentum": ({"beta": 0.83}, "SGD", {"momentum": 0.83}),
    "nesterov": ({"beta": 0.83}, "SGD", {"momentum": 0.83, "nesterov": True}),
    "adagrad": ({"eps": 1e-7}, "Adagrad", {"eps": 1e-7}),
    "rmsprop": ({"alpha": 0.93, "eps": 1e-6}, "RMSprop", {"alpha": 0.93, "eps": 1e-6}),
    "adam": (
        {"beta1": 0.8, "beta2": 0.95, "eps": 1e-5},
        "Adam",
        {"betas": (0.8, 0.95), "eps": 1e-5},
    ),
    "adamw": (
        {"beta1": 0.8, "beta2": 0.95, "eps": 1e-5, "weight_decay": 0.07},
        "AdamW",
        {"betas": (0.8, 0.95), "eps": 1e-5, "weight_decay": 0.07},
    ),
}
KEPT = 50  # of torch's thousand steps, each so-many-th point is stored
every_rule = pytest.mark.parametrize("name", RULES)


def descend(rule, w, grads, lr, **hyper):
    """All points of an open loop over a fixed stream of gradients."""
    points, state = [w], {}
    for grad in grads:
        w, state = rule(w, grad, state, lr, **hyper)
        points.append(w)
    return np.array(points)


def stream(shape, steps=12, seed=0):
    return np.random.default_rng(seed).normal(size=(steps, *shape))


@every_rule
@pytest.mark.parametrize("defaults", [True, False], ids=["defaults", "other hyperparameters"])
def test_equals_torch_over_a_thousand_steps(name, defaults, from_torch):
    hyper, optimizer, torch_hyper = ({}, TORCH[name][1], {}) if defaults else TORCH[name]
    if defaults and name in ("momentum", "nesterov"):
        torch_hyper = TORCH[name][2] | {"momentum": 0.9}
    rng = np.random.default_rng(1)
    scales = np.logspace(-8, 3, 45)
    grads = rng.normal(size=(1000, 45)) * scales
    start = rng.normal(size=45)
    ours = descend(RULES[name], start, grads, 0.013, **hyper)

    def torchs(torch):
        w = torch.tensor(start, requires_grad=True)
        points, theirs = [start], getattr(torch.optim, optimizer)([w], lr=0.013, **torch_hyper)
        for grad in grads:
            w.grad = torch.tensor(grad)
            theirs.step()
            points.append(w.detach().numpy().copy())
        return np.array(points)[::KEPT]

    # A coordinate that passes zero has no relative error there.
    reach = np.abs(ours).max(axis=0)
    assert (np.abs(ours[::KEPT] - from_torch(torchs)) / reach).max() < 1e-12


def eigenvalues(lr, beta, curvature):
    """Points of momentum on ½ λ w² from w = 1: powers of the matrix that maps (w, v) on."""
    step = np.array([[1 - lr * curvature, -lr * beta], [curvature, beta]])
    return [np.linalg.matrix_power(step, t)[0] @ [1.0, 0.0] for t in range(21)]


def lookahead(lr, beta, curvature):
    """Points w - η β v of textbook Nesterov momentum on ½ λ w², which takes its gradient there."""
    w, v, points = 1.0, 0.0, []
    for _ in range(21):
        points.append(w - lr * beta * v)
        v = beta * v + curvature * points[-1]
        w = w - lr * v
    return points


@pytest.mark.parametrize(
    ("rule", "hyper", "expected"),
    [
        (sgd, {}, lambda lr, c: (1 - lr * c) ** np.arange(21)),
        (momentum, {"beta": 0.7}, lambda lr, c: eigenvalues(lr, 0.7, c)),
        (nesterov, {"beta": 0.7}, lambda lr, c: lookahead(lr, 0.7, c)),
    ],
    ids=["sgd", "momentum", "nesterov"],
)
@pytest.mark.parametrize("curvature", [0.3, 4.0])
def test_follows_the_closed_form_on_a_quadratic(rule, hyper, expected, curvature):
    w, state, points = np.ones(1), {}, [1.0]
    for _ in range(20):
        w, state = rule(w, curvature * w, state, 0.2, **hyper)
        points.append(w[0])
    np.testing.assert_allclose(points, expected(0.2, curvature), rtol=1e-12, atol=1e-14)


CONSTANT_GRADIENT = {  # length of step t in units of lr, for the gradient g at every step
    "sgd": lambda t, g: g + 0 * t,
    "momentum": lambda t, g: g * (1 - 0.9**t) / (1 - 0.9),
    "nesterov": lambda t, g: g * (1 - 0.9 ** (t + 1)) / (1 - 0.9),
    "adagrad": lambda t, g: g / (g * np.sqrt(t) + 1e-10),
    "rmsprop": lambda t, g: g / (g * np.sqrt(1 - 0.99**t) + 1e-8),
    "adam": lambda t, g: g / (g + 1e-8) + 0 * t,
}


@pytest.mark.parametrize("name", CONSTANT_GRADIENT)
@pytest.mark.parametrize("g", [1e-8, 0.5, 1000.0])
def test_has_the_closed_form_for_a_constant_gradient(name, g):
    points = descend(RULES[name], np.zeros(1), np.full((60, 1), g), lr=0.01)[:, 0]
    expected = -0.01 * CONSTANT_GRADIENT[name](np.arange(1, 61), g)
    np.testing.assert_allclose(np.diff(points), expected, rtol=1e-9)


def test_adamw_without_gradient_only_shrinks():
    points = descend(RULES["adamw"], np.ones(1), np.zeros((50, 1)), 0.1, weight_decay=0.2)[:, 0]
    np.testing.assert_allclose(points, (1 - 0.1 * 0.2) ** np.arange(51), rtol=1e-13)


PUBLISHED = [  # id of the published vector, our rule, our names of its hyperparameters
    ("torch7_lasagne_sgd", "sgd", {"lr": 0.1}),
    ("torch7_lasagne_momentum", "momentum", {"lr": 0.1, "beta": 0.5}),
    ("torch7_lasagne_nesterov_momentum", "nesterov", {"lr": 0.1, "beta": 0.5}),
    ("torch7_lasagne_adagrad", "adagrad", {"lr": 0.1, "eps": 1e-10}),
    ("torch7_lasagne_rmsprop", "rmsprop", {"lr": 0.01, "alpha": 0.9, "eps": 1e-6}),
    ("torch7_lasagne_adam", "adam", {"lr": 0.01}),
]


@pytest.mark.parametrize(("vector", "name", "hyper"), PUBLISHED)
def test_gives_the_published_numbers(published, vector, name, hyper):
    w, state = np.ones(3), {}
    for _ in range(10):
        w, state = RULES[name](w, 2 * np.array([0.1, 0.2, 0.3]) * w, state, **hyper)
    # Torch7's Adam puts eps elsewhere: equal to the tolerance its publishers use, not to the digit.
    rtol = 1e-5 if name == "adam" else 1e-12
    np.testing.assert_allclose(w, published[vector]["expected"], rtol=rtol)


@every_rule
def test_changes_nothing_in_place(name):
    w, grads, state = np.ones(5), stream((5,)), {}
    for grad in grads:
        before = copy.deepcopy((w, grad, state))
        w_next, state_next = RULES[name](w, grad, state, 0.1)
        for now, then in zip((w, grad), before, strict=False):
            np.testing.assert_array_equal(now, then)
        np.testing.assert_equal(state, before[2])
        assert not np.shares_memory(w_next, w) and not np.shares_memory(w_next, grad)
        w, state = w_next, state_next


@every_rule
def test_runs_equal_one_by_one(name):
    rng = np.random.default_rng(2)
    runs = (3, 4)
    hyper = {key: rng.uniform(0.2, 1.0, runs) * value for key, value in TORCH[name][0].items()}
    lr, w, grads = rng.uniform(0.001, 0.1, runs), rng.normal(size=(*runs, 5)), stream((*runs, 5))
    columns = {key: value[..., None] for key, value in hyper.items()}
    together = descend(RULES[name], w, grads, lr[..., None], **columns)
    for i in np.ndindex(runs):
        alone = {key: value[i] for key, value in hyper.items()}
        single = descend(RULES[name], w[i], grads[:, *i], lr[i], **alone)
        np.testing.assert_allclose(together[:, *i], single, rtol=1e-13, atol=1e-15)


@every_rule
def test_learning_rates_times_seeds(name):
    """lr of shape (n, 1, 1) against starts (s, d) makes n × s runs."""
    lrs, w, grads = np.array([[0.1], [0.01]]), np.ones((3, 5)), stream((3, 5))
    together = descend(RULES[name], np.broadcast_to(w, (2, 3, 5)), grads[:, None], lrs[..., None])
    for i, lr in enumerate(lrs[:, 0]):
        np.testing.assert_allclose(
            together[:, i], descend(RULES[name], w, grads, lr), rtol=1e-13, atol=1e-15
        )


@every_rule
@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e300])
def test_a_diverging_run_leaves_its_neighbors_alone(name, bad):
    grads = stream((4, 5))
    spoiled = grads.copy()
    spoiled[3:, 2] = bad
    with np.errstate(all="ignore"):
        clean = descend(RULES[name], np.ones((4, 5)), grads, 0.1)
        mixed = descend(RULES[name], np.ones((4, 5)), spoiled, 0.1)
    neighbors = [0, 1, 3]
    assert clean[:, neighbors].tobytes() == mixed[:, neighbors].tobytes()
    if not np.isfinite(bad):
        assert not np.isfinite(mixed[4:, 2]).any()


@every_rule
@pytest.mark.parametrize("lr", [0.1, np.full((4, 1), 0.1, np.float32)], ids=["number", "array"])
def test_float32_stays_float32(name, lr):
    hyper = {key: np.full((4, 1), value, np.float32) for key, value in TORCH[name][0].items()}
    w, state = RULES[name](
        np.ones((4, 5), np.float32), np.ones((4, 5), np.float32), {}, lr, **hyper
    )
    w, state = RULES[name](w, np.ones((4, 5), np.float32), state, lr)
    arrays = [w, *(value for value in state.values() if isinstance(value, np.ndarray))]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


@every_rule
def test_replay_from_any_step_gives_the_same_future(name):
    grads, w, state, visited = stream((5,)), np.ones(5), {}, []
    for grad in grads:
        visited.append((w, state))
        w, state = RULES[name](w, grad, state, 0.1)
    for t in (7, 3, 0):
        again, memory = visited[t]
        for grad in grads[t:]:
            again, memory = RULES[name](again, grad, memory, 0.1)
        assert again.tobytes() == w.tobytes()


@every_rule
def test_memory_order_is_kept(name):
    w, state = RULES[name](
        np.ones((4, 5), order="F"), np.ones((4, 5), order="F"), {}, np.ones((4, 1))
    )
    for array in [w, *(value for value in state.values() if np.ndim(value))]:
        assert array.flags.f_contiguous


class Heavy:
    """A learner's class: momentum that keeps its velocity on itself."""

    def __init__(self, beta=0.9):
        self.beta, self.v = beta, 0.0

    def step(self, w, grad, lr):
        self.v = self.beta * self.v + grad
        w -= lr * self.v  # in place, as learners write it
        return w


@pytest.mark.parametrize("lr", [0.1, np.array([[0.1], [0.01]])], ids=["number", "array"])
def test_a_class_can_stand_for_a_rule(lr):
    w, grads = np.ones((2, 5)), stream((2, 5))
    ours = descend(momentum, w, grads, lr, beta=0.5)
    np.testing.assert_array_equal(descend(stateful(Heavy), w, grads, lr, beta=0.5), ours)
    assert (w == 1).all()
    assert stateful(Heavy).__name__ == "Heavy"


def test_partial_rules_work():
    w, grads = np.ones(5), stream((5,))
    np.testing.assert_array_equal(
        descend(functools.partial(adam, beta1=0.5), w, grads, 0.1),
        descend(adam, w, grads, 0.1, beta1=0.5),
    )
