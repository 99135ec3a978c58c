"""The network's numbers against torch, its gradient against finite differences."""

import numpy as np
import pytest

from course_utils.network import MLP

SHAPES = [
    (sizes, activation, loss)
    for sizes in [(2, 8, 1), (2, 1), (3, 5, 4, 1)]
    for activation in ("relu", "tanh")
    for loss in ("logistic", "squared")
]
SHAPES += [
    (sizes, activation, loss)
    for sizes in [(2, 8, 3), (2, 4), (3, 5, 4, 10)]
    for activation in ("relu", "tanh")
    for loss in ("softmax", "squared")
]
every_net = pytest.mark.parametrize("net", [MLP(*shape) for shape in SHAPES], ids=repr)


def problem(net, n, runs=()):
    rng = np.random.default_rng([n, *net.sizes, *runs])
    w = 0.7 * rng.normal(size=(*runs, net.d))
    X = rng.normal(size=(n, net.sizes[0]))
    return w, X, labels(net, n, rng)


def labels(net, n, rng, runs=()):
    """As the loss of the network takes them, ``(*runs, n)``, or ``(*runs, n, outputs)``."""
    if net.loss == "softmax":
        return rng.integers(net.sizes[-1], size=(*runs, n))
    if net.sizes[-1] == 1:
        return (rng.random((*runs, n)) < 0.5).astype(float)
    return rng.normal(size=(*runs, n, net.sizes[-1]))


def torch_loss_and_grad(torch, net, w, X, y):
    w = torch.tensor(w, requires_grad=True)
    a, first = torch.tensor(X), 0
    for layer, (n_in, n_out) in enumerate(zip(net.sizes[:-1], net.sizes[1:], strict=True)):
        W = w[first : first + n_in * n_out].reshape(n_out, n_in)
        b = w[first + n_in * n_out : first + n_in * n_out + n_out]
        first += n_in * n_out + n_out
        a = torch.nn.functional.linear(a, W, b)
        if layer < len(net.sizes) - 2:
            a = torch.relu(a) if net.activation == "relu" else torch.tanh(a)
    outputs = net.sizes[-1]
    if net.loss == "logistic":
        loss = torch.nn.functional.binary_cross_entropy_with_logits(a[:, 0], torch.tensor(y))
    elif net.loss == "softmax":
        loss = torch.nn.functional.cross_entropy(a, torch.tensor(y))
    else:  # torch takes the mean over outputs too
        y = torch.tensor(y.reshape(-1, outputs))
        loss = outputs * torch.nn.functional.mse_loss(a, y)
    loss.backward()
    return np.concatenate([a.detach().numpy().ravel(), [loss.item()], w.grad.numpy()])


@every_net
@pytest.mark.parametrize("n", [1, 2, 32])
def test_equals_torch(net, n, from_torch):
    w, X, y = problem(net, n)
    torchs = from_torch(lambda torch: torch_loss_and_grad(torch, net, w, X, y))
    logits, loss, grad = np.split(torchs, [n * net.sizes[-1], n * net.sizes[-1] + 1])
    ours = net.loss_and_grad(w, X, y)
    assert net.logits(w, X).shape == ((n,) if net.sizes[-1] == 1 else (n, net.sizes[-1]))
    np.testing.assert_allclose(net.logits(w, X).ravel(), logits, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(ours[0], loss[0], rtol=1e-12)
    np.testing.assert_allclose(ours[1], grad, rtol=1e-11, atol=1e-13)


@every_net
def test_gradient_equals_finite_differences(net):
    w, X, y = problem(net, 7)
    h = 1e-6 * np.eye(net.d)
    slopes = (net.loss_and_grad(w + h, X, y)[0] - net.loss_and_grad(w - h, X, y)[0]) / 2e-6
    np.testing.assert_allclose(net.loss_and_grad(w, X, y)[1], slopes, atol=1e-7)


@every_net
@pytest.mark.parametrize("n", [1, 5])
@pytest.mark.parametrize("order", ["C", "F"])
def test_runs_equal_one_by_one(net, n, order):
    w, X, y = problem(net, n, runs=(3, 4))
    rng = np.random.default_rng(1)
    own_X, own_y = rng.normal(size=(4, n, net.sizes[0])), labels(net, n, rng, runs=(4,))
    w = np.array(w, order=order)
    shared, own = net.loss_and_grad(w, X, y), net.loss_and_grad(w, own_X, own_y)
    for i in np.ndindex(3, 4):
        for together, single in (
            (shared, net.loss_and_grad(w[i], X, y)),
            (own, net.loss_and_grad(w[i], own_X[i[1]], own_y[i[1]])),
        ):
            np.testing.assert_allclose(together[0][i], single[0], rtol=1e-13)
            np.testing.assert_allclose(together[1][i], single[1], rtol=1e-12, atol=1e-14)


@every_net
@pytest.mark.parametrize("n", [1, 5])
def test_a_spoiled_run_leaves_its_neighbors_alone(net, n):
    w, X, y = problem(net, n, runs=(5,))
    spoiled = w.copy()
    spoiled[2] = np.nan
    with np.errstate(invalid="ignore"):
        clean, mixed = net.loss_and_grad(w, X, y), net.loss_and_grad(spoiled, X, y)
    others = [0, 1, 3, 4]
    assert clean[0][others].tobytes() == mixed[0][others].tobytes()
    assert clean[1][others].tobytes() == mixed[1][others].tobytes()
    assert np.isnan(mixed[0][2]) and np.isnan(mixed[1][2]).all()


@pytest.mark.parametrize("n", [1, 5])
def test_float32_stays_float32(n):
    net = MLP()
    w, X, y = problem(net, n, runs=(2,))
    loss, grad = net.loss_and_grad(w.astype(np.float32), X, y)
    assert loss.dtype == grad.dtype == net.logits(w.astype(np.float32), X).dtype == np.float32


def test_arguments_stay_as_they_are():
    net = MLP()
    w, X, y = problem(net, 5, runs=(2,))
    copies = w.copy(), X.copy(), y.copy()
    net.loss_and_grad(w, X, y)
    net.logits(w, X)
    for now, then in zip((w, X, y), copies, strict=True):
        np.testing.assert_array_equal(now, then)


@pytest.mark.parametrize("z", [-1e4, -700.0, -40.0, 0.0, 40.0, 700.0, 1e4])
@pytest.mark.parametrize("n", [1, 16])
def test_loss_is_exact_however_wrong_the_network(z, n, from_torch):
    """-log σ(z) for y = 1, where a formula with σ itself would give inf or a capped value."""
    net = MLP((1, 1))
    loss, grad = net.loss_and_grad(np.array([0.0, z]), np.zeros((n, 1)), np.ones(n))

    def torchs(torch):
        output = torch.tensor(z, dtype=torch.float64)
        return [-torch.nn.functional.logsigmoid(output).item(), torch.sigmoid(output).item() - 1]

    assert [loss, grad[1]] == pytest.approx(list(from_torch(torchs)), abs=1e-12)


@pytest.mark.parametrize("shift", [-1e4, 0.0, 700.0, 1e4])
def test_softmax_is_exact_however_large_its_numbers(shift):
    net = MLP((1, 3), loss="softmax")
    z = shift + np.array([0.0, np.log(2), np.log(5)])  # so that p is 1/8, 2/8, 5/8
    w = np.concatenate([np.zeros(3), z])
    loss, grad = net.loss_and_grad(w, np.zeros((1, 1)), np.array([1]))
    assert loss == pytest.approx(np.log(4), abs=1e-11)
    np.testing.assert_allclose(grad[3:], [1 / 8, 2 / 8 - 1, 5 / 8], atol=1e-11)


@pytest.mark.parametrize(
    ("net", "biases", "label"),
    [
        (MLP((1, 1)), [0.1], 1),
        (MLP((1, 1)), [-0.1], 0),
        (MLP((1, 1), loss="squared"), [0.4], 0),
        (MLP((1, 1), loss="squared"), [0.6], 1),
        (MLP((1, 3), loss="softmax"), [1.0, 3.0, 2.0], 1),
        (MLP((1, 3), loss="squared"), [1.0, 3.0, 2.0], 1),
        (MLP((1, 1)), [np.nan], np.nan),
        (MLP((1, 3), loss="softmax"), [1.0, np.nan, 2.0], np.nan),
    ],
)
def test_predict_gives_the_label_that_the_outputs_speak_for(net, biases, label):
    w = np.concatenate([np.zeros(net.sizes[-1]), biases])
    np.testing.assert_array_equal(net.predict(w, np.zeros((2, 1))), [label, label])
    assert net.predict(np.tile(w, (4, 1)), np.zeros((2, 1))).shape == (4, 2)


def test_layout_is_weights_row_by_row_then_biases():
    net = MLP((2, 3, 1))
    (W1, b1), (W2, b2) = net.unpack(np.arange(13.0))
    assert W1.tolist() == [[0, 1], [2, 3], [4, 5]] and b1.tolist() == [6, 7, 8]
    assert W2.tolist() == [[9, 10, 11]] and b2.tolist() == [12]
    stacked = net.unpack(np.zeros((4, 5, 13)))
    assert [W.shape for W, _ in stacked] == [(4, 5, 3, 2), (4, 5, 1, 3)]


@pytest.mark.parametrize(("activation", "gain"), [("relu", 2), ("tanh", 1)])
def test_start_depends_on_each_seed_alone(activation, gain):
    net = MLP((2, 50, 50, 1), activation)
    w = net.init(np.array([[0, 1], [2, 3]]))
    assert w.shape == (2, 2, net.d)
    np.testing.assert_array_equal(w[1, 0], net.init(2))
    assert not np.array_equal(w[0, 0], w[0, 1])
    for (W, b), n_in in zip(net.unpack(net.init(0)), (2, 50, 50), strict=True):
        assert (b == 0).all()
        assert W.std() == pytest.approx(np.sqrt(gain / n_in), rel=0.2)
    assert net.init(0, scale=0.5)[: 50 * 2].std() == pytest.approx(0.5, rel=0.2)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (((2, 8, 3),), 'logistic loss takes 1 output, got 3. .* loss="softmax"'),
        (((2, 1), "relu", "softmax"), "softmax takes an output for each class"),
        (((2,),), "sizes must be whole numbers from inputs to outputs"),
        (((2, 0, 1),), "sizes must be whole numbers"),
        (((2, 8.0, 1),), "sizes must be whole numbers"),
        (((2, 1), "swish"), "activation must be one of relu, tanh; got 'swish'"),
        (((2, 1), "relu", "hinge"), "loss must be one of logistic, softmax, squared; got 'hinge'"),
    ],
)
def test_impossible_networks_get_a_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        MLP(*arguments)
