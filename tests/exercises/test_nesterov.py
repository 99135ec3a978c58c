"""What the exercise nesterov tells its learners, against torch and against algebra."""

import numpy as np
import pytest
from classroom import notebook


@pytest.fixture(scope="module")
def cells():
    """What the solution's cells define; the checks themselves are left out."""
    names = {}
    for cell in notebook("solutions", "nesterov").cells:
        is_check = cell.metadata.get("nbgrader", {}).get("grade")
        shown = cell.id in ("race_down_the_ravine", "picture", "table")
        if cell.cell_type == "code" and not is_check and not shown:
            exec(cell.source, names)
    return names


def test_the_lookahead_point_is_torchs_parameter(cells, from_torch):
    rng, lr, beta = np.random.default_rng(5), 0.07, 0.83
    w, velocity = rng.normal(size=(2, 6))
    form, velocity = (w, np.zeros(6)), np.zeros(6)

    def points(torch, start=w):
        parameter = torch.nn.Parameter(torch.tensor(start))
        optimizer = torch.optim.SGD([parameter], lr=lr, momentum=beta, nesterov=True)
        for _ in range(50):
            parameter.grad = torch.sin(parameter.detach()) * 3
            optimizer.step()
            yield parameter.detach().numpy().copy()

    for torchs in from_torch(lambda torch: list(points(torch))):
        form = cells["torch_form"](*form, lambda at: 3 * np.sin(at), lr, beta)
        w, velocity = cells["nesterov"](w, velocity, lambda at: 3 * np.sin(at), lr, beta)
        np.testing.assert_allclose(form[0], torchs, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(w - lr * beta * velocity, torchs, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("curvature", [1.0, 0.1, 0.001])
@pytest.mark.parametrize(("rule", "brake"), [("nesterov", 1), ("momentum", 0)])
def test_descent_follows_its_recurrence(cells, rule, brake, curvature):
    """On a bowl both rules are linear: eigenvalues of a 2 x 2 matrix, written down from scratch."""
    lr, beta, steps = 1.0, 0.9, 25
    slope = curvature * np.array([1.0, -brake * lr * beta])
    velocity_row = slope + np.array([0.0, beta])
    matrix = np.array([np.array([1.0, 0.0]) - lr * velocity_row, velocity_row])
    w, velocity = 1.3, 0.0
    for _ in range(steps):
        w, velocity = cells[rule](w, velocity, lambda at: curvature * at, lr, beta)
    expected = np.linalg.matrix_power(matrix, steps) @ [1.3, 0.0]
    np.testing.assert_allclose([w, velocity], expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("losses", "step"),
    [([5, 1, 0, 0], 3), ([5, 0, 5, 0], 4), ([0, 0, 0, 0], 1), ([5, 5, 5, 5], 5), ([np.nan] * 4, 5)],
)
def test_settled_counts_until_the_loss_stays_down(cells, losses, step):
    assert cells["settled"](np.array(losses, dtype=float)[:, None]) == [step]


def test_nesterov_wins_where_the_text_says_and_only_there(cells):
    counts = {}
    for beta, kappa in [(0.99, 10), (0.99, 100), (0.99, 1000), (0.9, 1000)]:
        runs = [
            cells["settled"](cells["descend"](cells[rule], cells["starts"], kappa, beta))
            for rule in ("momentum", "nesterov")
        ]
        counts[beta, kappa] = runs
    for kappa in (10, 100, 1000):
        plain, ahead = counts[0.99, kappa]
        assert (ahead < plain / 2).all()
    plain, ahead = counts[0.9, 1000]
    assert (ahead >= plain).all() and (ahead < plain * 1.03).all()


def test_the_worked_example_of_the_text(cells):
    w, velocity = cells["nesterov"](10.0, 5.0, lambda point: point, 0.1)
    assert velocity == pytest.approx(14.05) and w == pytest.approx(8.595)
