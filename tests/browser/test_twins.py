"""The rules, schedules, clipping, surfaces and network of the browser give Python's numbers.

What is the same bit for bit: surfaces and their gradients, and every path of a rule that uses
+ - × ÷ and √ alone, chaotic ones too. Adam and AdamW correct by powers of β, which may differ in
the last bit, so they are fed Python's gradients and held to 1e-12. So is clipping, where NumPy sums
squares in its own way, and all that takes exp, cos or tanh.
"""

import base64
import functools
import itertools

import numpy as np
import pytest

from course_utils import clipping, optimizers, schedules, surfaces
from course_utils.network import MLP
from course_utils.training import run
from course_utils.widgets.bundle import bundle

STEPS = 300
CLOSE = {"rtol": 1e-12, "atol": 1e-12}
SURFACES = {
    "ravine": surfaces.ravine,
    "beale": lambda: surfaces.BEALE,
    "half_beale": lambda: surfaces.HALF_BEALE,
    "saddle": lambda: surfaces.SADDLE,
    "cliff": lambda: surfaces.CLIFF,
    "rosenbrock": lambda: surfaces.ROSENBROCK,
    "himmelblau": lambda: surfaces.HIMMELBLAU,
}
PLACES = [(name, {}) for name in SURFACES] + [("ravine", {"condition": 7.0})]
SETTINGS = [
    ("sgd", {}),
    ("momentum", {}),
    ("momentum", {"beta": 0.55}),
    ("nesterov", {}),
    ("nesterov", {"beta": 0.99}),
    ("adagrad", {}),
    ("adagrad", {"eps": 0.1}),
    ("rmsprop", {}),
    ("rmsprop", {"alpha": 0.5, "eps": 1e-3}),
    ("adam", {}),
    ("adam", {"beta1": 0.5, "beta2": 0.9, "eps": 1e-4}),
    ("adamw", {}),
    ("adamw", {"weight_decay": 0.3}),
]
RATES = [1e-4, 1e-3, 0.02, 0.35]

FILES = ("rules", "schedules", "clipping", "surfaces", "network", "descent")
NAMES = (
    "RULES, SCHEDULES, PRESETS, CLIPS, SURFACES, turned, network, descend, arrival, stepsToArrive"
)
# Many numbers travel fastest as one string.
HANDOVER = """globalThis.packed = (arrays) => {
  const all = new Float64Array(arrays.flatMap((a) => [...a]));
  return btoa(Array.from(new Uint8Array(all.buffer), (byte) => String.fromCharCode(byte)).join(""));
};"""


@pytest.fixture(scope="module")
def twins(browser):
    """Call a function in a page that has all twins; the arrays it returns come back as one."""
    page = browser.new_page()
    source = bundle(*(f"{name}.js" for name in FILES))
    page.add_script_tag(
        content=f"{HANDOVER} (() => {{ {source}\nObject.assign(globalThis, {{ {NAMES} }}); }})();"
    )

    def call(function, argument=None):
        text = page.evaluate(f"(argument) => packed(({function})(argument))", argument)
        return np.frombuffer(base64.b64decode(text))

    yield call
    page.close()


def place(name, options):
    return SURFACES[name](**options)


@pytest.mark.parametrize("name, options", PLACES, ids=str)
def test_surfaces_are_the_same_bit_for_bit(twins, name, options):
    surface = place(name, options)
    points = np.random.default_rng(0).uniform(*np.array(surface.window).T, size=(2000, 2))
    ours = twins(
        """({ name, options, points }) => {
          const { f, grad } = SURFACES[name](options), out = [0, 0];
          return points.map(([x, y]) => { grad(x, y, out); return [f(x, y), ...out]; });
        }""",
        {"name": name, "options": options, "points": points.tolist()},
    ).reshape(-1, 3)
    loss, grad = surface(points)
    np.testing.assert_array_equal(ours, np.column_stack([loss, grad]))


def cases_of(rule, hyper, **settings):
    for (name, options), lr in itertools.product(PLACES, RATES):
        start = place(name, options).start.tolist()
        yield {"place": name, "options": options, "rule": rule, "hyper": hyper,
               "settings": {"start": start, "lr": lr, "steps": STEPS}} | settings  # fmt: skip


def python_runs(case, **extra):
    surface, rule = place(case["place"], case["options"]), optimizers.RULES[case["rule"]]
    settings = case["settings"] | extra | case["hyper"]
    return run(surface, rule, np.array(settings.pop("start")), settings.pop("lr"), **settings)


EXACT = [(rule, hyper) for rule, hyper in SETTINGS if rule not in ("adam", "adamw")]


@pytest.mark.parametrize("rule, hyper", EXACT, ids=str)
def test_a_rule_takes_pythons_path_on_every_surface_bit_for_bit(twins, rule, hyper):
    cases = list(cases_of(rule, hyper))
    ours = twins(
        """(cases) => cases.map(({ place, options, rule, hyper, settings }) => (
          descend(SURFACES[place](options), RULES[rule](hyper), settings).way))""",
        cases,
    ).reshape(len(cases), STEPS + 1, 2)
    np.testing.assert_array_equal(ours, [python_runs(case).w for case in cases])


@pytest.mark.parametrize("rule, hyper", [s for s in SETTINGS if s not in EXACT], ids=str)
def test_a_rule_answers_pythons_gradients_with_pythons_steps(twins, rule, hyper):
    cases = list(cases_of(rule, hyper))
    theirs = np.array([python_runs(case).w for case in cases])
    for case, way in zip(cases, theirs, strict=True):
        case["grads"] = place(case["place"], case["options"])(way)[1].tolist()
    ours = twins(
        """(cases) => cases.map(({ rule, hyper, grads, settings: { start, lr, steps } }) => {
          const w = Float64Array.from(start), step = RULES[rule](hyper)(2), way = [...w];
          for (let t = 0; t < steps; t++) { step(w, grads[t], lr); way.push(...w); }
          return way;
        })""",
        cases,
    ).reshape(theirs.shape)
    np.testing.assert_allclose(ours, theirs, **CLOSE)


CLIPS = [("clip_by_global_norm", {"max_norm": 0.5}), ("clip_by_value", {"limit": 0.3})]


@pytest.mark.parametrize("clip, limits", CLIPS, ids=str)
@pytest.mark.parametrize("rule", optimizers.RULES)
def test_clipped_and_scheduled_paths(twins, clip, limits, rule):
    schedule = schedules.warmup(10, schedules.cosine(190))
    settings = {"start": [-10.0, 1.0], "lr": 0.3, "steps": 200}
    case = {"place": "ravine", "options": {}, "rule": rule, "hyper": {}, "settings": settings}
    factors = np.array([schedule(t) for t in range(201)]).tolist()
    ours = twins(
        """({ rule, settings, clip, limits, factors }) => {
          const more = { clip: CLIPS[clip](limits), factor: (t) => factors[t] };
          return [descend(SURFACES.ravine(), RULES[rule](), { ...settings, ...more }).way];
        }""",
        case | {"clip": clip, "limits": limits, "factors": factors},
    ).reshape(-1, 2)
    cut = functools.partial(getattr(clipping, clip), **limits)
    np.testing.assert_allclose(ours, python_runs(case, clip=cut, schedule=schedule).w, **CLOSE)


@pytest.mark.parametrize(
    "name, options",
    [
        ("constant", {}),
        ("step_decay", {"every": 7}),
        ("step_decay", {"every": 10, "factor": 0.5}),
        ("exponential", {"rate": 0.97}),
        ("linear", {"total": 30, "floor": 0.1}),
        ("cosine", {"total": 30}),
        ("cosine", {"total": 40, "floor": 0.1, "cycles": 3}),
        ("warmup", {"steps": 5}),
        ("warmup", {"steps": 0}),
        ("one_cycle", {"total": 40}),
        ("one_cycle", {"total": 30, "rise": 0.5, "first": 0.1, "last": 0.01}),
        ("wsd", {"total": 40, "warm": 5, "decay": 10}),
        ("wsd", {"total": 30, "warm": 0, "decay": 30, "floor": 0.1}),
    ],
    ids=str,
)
def test_schedules(twins, name, options):
    t = np.arange(60)
    ours = twins(
        """({ name, options }) => {
          const after = name === "warmup" ? { then: SCHEDULES.cosine({ total: 20 }) } : {};
          const factor = SCHEDULES[name]({ ...options, ...after });
          return [Array.from({ length: 60 }, (_, t) => factor(t))];
        }""",
        {"name": name, "options": options},
    )
    after = {"then": schedules.cosine(20)} if name == "warmup" else {}
    np.testing.assert_allclose(ours, getattr(schedules, name)(**options, **after)(t), **CLOSE)


def test_the_usual_schedules_are_pythons(twins):
    t, usual = np.arange(90), schedules.usual_schedules(80)
    ours = twins(
        """(names) => names.map((name) => (
          Array.from({ length: 90 }, (_, t) => PRESETS[name](80)(t))))""",
        list(usual),
    )
    expected = [schedule(t) for schedule in usual.values()]
    np.testing.assert_allclose(ours.reshape(-1, 90), expected, **CLOSE)


@pytest.mark.parametrize("clip, limits", CLIPS, ids=str)
def test_clipping_of_many_points(twins, clip, limits):
    grads = np.random.default_rng(1).normal(size=(5, 9)) * np.array([0, 0.1, 1, 9, 1e9])[:, None]
    ours = twins(
        """({ clip, limits, grads }) => {
          const g = Float64Array.from(grads.flat());
          CLIPS[clip](limits)(g, 9);
          return [g];
        }""",
        {"clip": clip, "limits": limits, "grads": grads.tolist()},
    ).reshape(5, 9)
    np.testing.assert_allclose(ours, getattr(clipping, clip)(grads, **limits), **CLOSE)


@pytest.mark.parametrize("degrees", [0, 30, 45, 200])
def test_a_turned_surface_has_the_heights_and_slopes_of_the_turned_points(twins, degrees):
    points = np.random.default_rng(2).uniform(-3, 3, size=(50, 2))
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    ours = twins(
        """({ degrees, points }) => {
          const { f, grad } = turned(SURFACES.ravine(), degrees), out = [0, 0];
          return points.map(([x, y]) => { grad(x, y, out); return [f(x, y), ...out]; });
        }""",
        {"degrees": degrees, "points": points.tolist()},
    ).reshape(-1, 3)
    loss, grad = surfaces.RAVINE(points @ turn)
    np.testing.assert_allclose(ours, np.column_stack([loss, grad @ turn.T]), **CLOSE)


@pytest.mark.parametrize("within, last", [(0.1, 77), (1e-9, -1)])
def test_arrivals_are_when_a_path_stays_near(twins, within, last):
    way = run(surfaces.RAVINE, optimizers.momentum, [-10.0, 1.0], 0.35, steps=120).w
    far = np.flatnonzero(~(surfaces.RAVINE.distance(way) < within))
    assert last == (far[-1] + 1 if far[-1] < 120 else -1)
    ours = twins(
        """(within) => {
          const valley = SURFACES.ravine(), rule = RULES.momentum(), minima = [[0, 0]];
          const settings = { start: [-10, 1], lr: 0.35, steps: 120 };
          const kept = arrival(descend(valley, rule, settings), minima, within);
          const lean = stepsToArrive(valley, rule, settings, minima, within);
          const wild = stepsToArrive(valley, rule, { ...settings, lr: 9 }, minima, within);
          return [[kept, lean, wild]];
        }""",
        within,
    )
    assert ours.tolist() == [last, last, -2]


@pytest.mark.parametrize("activation, hidden", [("relu", 8), ("tanh", 5), ("relu", 1)])
def test_the_network_has_pythons_loss_and_gradients_and_trains_like_it(twins, activation, hidden):
    net, rng = MLP((2, hidden, 1), activation), np.random.default_rng(3)
    X, y = rng.normal(size=(40, 2)) * 3, rng.integers(0, 2, 40).astype(float)
    w = net.init(np.arange(4)) + rng.normal(size=(4, net.d))
    loss, grad = net.loss_and_grad(w, X, y)
    trained = run(lambda w, t: net.loss_and_grad(w, X, y), optimizers.adam, w, 0.05, steps=30)
    ours = twins(
        """({ hidden, activation, w, X, y }) => {
          const net = network(hidden, activation), inputs = Float64Array.from(X.flat());
          const v = Float64Array.from(w.flat()), g = new Float64Array(v.length);
          const loss = new Float64Array(4), step = RULES.adam()(v.length);
          net.lossAndGrad(v, inputs, y, loss, g);
          const first = [loss.slice(), g.slice()];
          for (let t = 0; t < 30; t++) {
            net.lossAndGrad(v, inputs, y, loss, g);
            step(v, g, 0.05);
          }
          return [...first, v];
        }""",
        {
            "hidden": hidden,
            "activation": activation,
            "w": w.tolist(),
            "X": X.tolist(),
            "y": y.tolist(),
        },
    )
    expected = np.concatenate([loss, grad.ravel(), trained.final.ravel()])
    np.testing.assert_allclose(ours, expected, rtol=1e-10, atol=1e-12)
