"""What the exercise effective_rates tells its learners, against torch and against algebra."""

import numpy as np
import pytest
import torch
from classroom import notebook


@pytest.fixture(scope="module")
def cells():
    """What the solution's cells define; checks, pictures and the race are left out."""
    names, wanted = {}, ["effective_rates_setup", "adam_rates", "kinds", "watch"]
    for cell in notebook("solutions", "effective_rates").cells:
        if cell.id in wanted:
            exec(cell.source, names)
    return names


@pytest.fixture(scope="module")
def medians(cells):
    """{step: {kind: (rate, update) of each start}}, medians over the parameters of a kind."""
    return {
        step: {
            kind: [np.median(values[:, part], axis=1) for values in pair]
            for kind, part in cells["KINDS"].items()
        }
        for step, pair in cells["watch"]().items()
    }


def test_the_step_is_torchs(cells):
    rng, (lr, beta1, beta2, eps) = np.random.default_rng(5), (0.03, 0.8, 0.95, 1e-3)
    w, state = rng.normal(size=6), {}
    parameter = torch.nn.Parameter(torch.tensor(w))
    optimizer = torch.optim.Adam([parameter], lr=lr, betas=(beta1, beta2), eps=eps)
    for grad in rng.normal(size=(50, 6)):
        before = w
        parameter.grad = torch.tensor(grad)
        optimizer.step()
        w, state, rate, update = cells["adam_rates"](w, grad, state, lr, beta1, beta2, eps)
        np.testing.assert_allclose(w, parameter.detach().numpy(), rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(update, before - w, rtol=1e-9, atol=1e-14)
        root = optimizer.state[parameter]["exp_avg_sq"] / (1 - beta2 ** state["t"])
        np.testing.assert_allclose(rate, lr / (np.sqrt(root.numpy()) + eps), rtol=1e-12)


def test_the_worked_example_of_the_text(cells):
    w, state, rate, update = cells["adam_rates"](1.0, 4.0, {}, 0.1)
    assert [w, rate, update] == pytest.approx([0.9, 0.025, 0.1])
    _, _, rate, update = cells["adam_rates"](w, -4.0, state, 0.1)
    assert [rate, update] == pytest.approx([0.025, -0.04 / 0.19 * 0.025])


def test_the_median_rate_grows_while_the_median_update_falls(cells):
    seen = cells["watch"]()
    rate = {step: np.median(pair[0]) for step, pair in seen.items()}
    update = {step: np.median(pair[1]) for step, pair in seen.items()}
    assert rate[200] > rate[10] * 4 / 3 and update[200] < update[10] / 3


def test_the_larger_its_rate_the_slower_a_kind_of_parameter_moves(medians):
    middle = {kind: np.median(pair, axis=1) for kind, pair in medians[200].items()}
    rates, updates = zip(*middle.values(), strict=True)
    assert list(middle) == ["W1", "b1", "W2", "b2"]
    assert (np.diff(rates) < 0).all() and (np.diff(updates) > 0).all()
    assert 3.5 < rates[0] / rates[3] < 4.8  # "about four times"
    weights, bias = medians[200]["W1"], medians[200]["b2"]
    assert (weights[0] > bias[0]).all() and (bias[1] > weights[1]).mean() > 0.75


def test_with_all_points_in_a_batch_updates_stay_larger(cells, medians):
    whole = {step: np.median(pair[1]) for step, pair in cells["watch"](batch_size=200).items()}
    parts = {step: np.median(pair[1]) for step, pair in cells["watch"]().items()}
    assert all(whole[step] > 1.2 * parts[step] for step in whole)
