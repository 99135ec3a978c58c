"""What the exercise weight_decay tells its learners, against torch and against algebra."""

import numpy as np
import pytest
import torch
from classroom import notebook

DEFINES = [
    "weight_decay_setup adam_l2 adamw train train_function noise shrinking".split(),
    "units_table overfit tuning fair_table".split(),
]


@pytest.fixture(scope="module")
def cells():
    """What the solution's cells define; checks, pictures and the race are left out."""
    names, wanted = {}, sum(DEFINES, [])
    for cell in notebook("solutions", "weight_decay").cells:
        if cell.id in wanted:
            exec(cell.source, names)
    return names


@pytest.mark.parametrize(
    ("rule", "theirs"), [("adam_l2", torch.optim.Adam), ("adamw", torch.optim.AdamW)]
)
def test_the_step_is_torchs(cells, rule, theirs):
    rng, knobs = np.random.default_rng(5), {"lr": 0.03, "weight_decay": 0.2, "eps": 1e-3}
    w, state = rng.normal(size=6), {}
    parameter = torch.nn.Parameter(torch.tensor(w))
    optimizer = theirs([parameter], betas=(0.8, 0.95), **knobs)
    for grad in rng.normal(size=(50, 6)):
        parameter.grad = torch.tensor(grad)
        optimizer.step()
        w, state = cells[rule](w, grad, state, beta1=0.8, beta2=0.95, **knobs)
        np.testing.assert_allclose(w, parameter.detach().numpy(), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("weight_decay", [0.5, 0.001])
def test_the_worked_examples_of_the_text(cells, weight_decay):
    moved, _ = cells["adam_l2"](1.0, 0.0, {}, 0.1, weight_decay)
    shrunk, _ = cells["adamw"](1.0, 0.0, {}, 0.1, weight_decay)
    assert moved == pytest.approx(0.9, abs=1e-5) and shrunk == pytest.approx(1 - 0.1 * weight_decay)


def test_the_bowl_of_the_race_tells_the_two_apart(cells):
    """L2 rests where its penalty says, near 0 where the bowl is flat; AdamW passes by the pull."""
    star, steepness, ends = np.array([3, 1.5]), np.array([1, 0.01]), {}
    for rule in ("adam_l2", "adamw"):
        w, state = np.array([-1.0, 2.5]), {}
        for _ in range(300):
            w, state = cells[rule](w, steepness * (w - star), state, 0.1, 0.1)
        ends[rule] = w
    np.testing.assert_allclose(ends["adam_l2"], steepness / (steepness + 0.1) * star, atol=0.01)
    assert ends["adamw"][1] > 1.4


def test_noise_alone_is_shrunk_by_its_size_only_under_l2(cells):
    left = {name: np.median(w, axis=0) for name, w in cells["left"].items()}
    decay_alone = (1 - 0.001 * 0.1) ** 2000
    np.testing.assert_allclose(left["AdamW"], decay_alone, atol=0.02)
    assert (np.diff(left["Adam with L2"][4:]) > 0).all()
    assert left["Adam with L2"][0] < 0.05 and left["Adam with L2"][-1] > 0.95


def test_a_thousandfold_loss_changes_l2_alone(cells):
    left = {
        (rule, scale): np.median(cells["shrinking"](cells[rule], 0.1, scale)[-1])
        for rule in ("adam_l2", "adamw")
        for scale in (1, 1000)
    }
    assert left["adam_l2", 1] < 0.1 and left["adam_l2", 1000] > 0.95
    assert left["adamw", 1] < 0.5 and left["adamw", 1000] == pytest.approx(left["adamw", 1], rel=0.01)


def test_l2_sees_the_unit_of_an_input_and_adamw_does_not(cells):
    kept = {name: np.median(shares, axis=1) for name, shares in cells["kept"].items()}
    large, small = kept["Adam with L2"]
    assert small < large / 20
    large, small = kept["AdamW"]
    assert 0.8 < small / large < 1.25


def test_each_with_its_own_decay_there_is_no_difference(cells):
    (lr, l2), (other_lr, decay) = cells["tuned"]["Adam with L2"], cells["tuned"]["AdamW"]
    assert l2 <= decay / 30 and {lr, other_lr} <= {0.003, 0.01, 0.03}
    assert cells["LRS"][0] < lr < cells["LRS"][-1]
    assert cells["DECAYS"][0] < l2 and decay < cells["DECAYS"][-1]
    same, own = (
        cells["Comparison"]({}, cells[scores]).difference("AdamW", "Adam with L2")
        for scores in ("same", "own")
    )
    assert same[2] < 0 and own[1] < 0 < own[2]
    assert (cells["same"]["AdamW"] < cells["same"]["Adam with L2"]).all()
