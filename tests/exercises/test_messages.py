"""The commonest mistakes, and what a learner reads below the first check that fails.

The notes at an exercise's table of mistakes are in its bank; here is the wording.
"""

import pytest
from banks import Answer
from classroom import notebook
from in_process import outcomes_of

from course_utils.checks import stored_numbers
from course_utils.checks.verdict import said, verdict

STUB = "def nesterov(w, velocity, grad_fn, lr, beta=0.9):\n"
AHEAD = "    lookahead = w - lr * beta * velocity\n"
PULL = "    velocity = beta * velocity + grad_fn(lookahead)\n"
STEP = "    w = w - lr * velocity\n"
RIGHT = STUB + AHEAD + PULL + STEP
EXPECTED = "Expected: w = [1.17431, 1.18434, 1.22916], shape (3,)"
SIGNATURE = "Your function can't be called as in the stub. Keep the stub's first line."
MISSING = "`nesterov` does not exist. Run the cell that defines it; if it fails, repair it first."
NO_RETURN = "`nesterov` returned None. Is its `return` line missing?"


def one_value(what):
    return [f"`nesterov` returned one value, {what}. Return 2, as the stub says, with commas between."]


def stopped(line, code, error):
    return [f"Your code stopped in `nesterov`, line {line}:", f"    {code}", error]


MISTAKES = [  # what is written, and the lines below "… not right yet. Tried: …"
    (
        STUB + "    raise NotImplementedError",
        ["This is still the empty stub. Write the function, run its cell, then this one."],
    ),
    (RIGHT, [NO_RETURN]),
    (RIGHT + "    print(w, velocity)", [NO_RETURN]),
    (RIGHT + "    return", [NO_RETURN]),
    (RIGHT + "    return w", one_value("an array of shape (3,)")),
    (RIGHT + "    return {'w': w, 'velocity': velocity}", one_value("a dict")),
    (RIGHT + "    return str(w)", one_value("a str")),
    (RIGHT + "    return float(w.sum())", one_value("a number")),
    (
        RIGHT + "    return w, velocity, lookahead",
        ["`nesterov` returned 3 values. Return 2, in the stub's order."],
    ),
    (RIGHT + "    return (w,)", ["`nesterov` returned 1 value. Return 2, in the stub's order."]),
    (
        RIGHT + "    return velocity, w",
        [
            "Came:     w = [4.20355, 4.23945, 4.39989], shape (3,)",
            EXPECTED,
            "This is what you get when velocity and w are returned in the wrong order.",
        ],
    ),
    (RIGHT + "    return list(w), list(velocity)", ["Came:     w = a list of 3 values", EXPECTED]),
    (RIGHT + "    return 'w', 'velocity'", ["Came:     w = not numbers but str", EXPECTED]),
    (RIGHT + "    return None, velocity", ["Came:     w = None", EXPECTED]),
    (
        RIGHT + "    return np.atleast_2d(w), velocity",
        ["Came:     w = [1.17431, 1.18434, 1.22916], shape (1, 3)", EXPECTED],
    ),
    (RIGHT + "    return w * np.nan, velocity", ["Came:     w = [nan, nan, nan], shape (3,)", EXPECTED]),
    (
        STUB + AHEAD + "    velocity = beta * velocity + grad_fn(lookahead) / 0\n" + STEP
        + "    return w, velocity",
        ["Came:     w = [-inf, -inf, -inf], shape (3,)", EXPECTED],
    ),
    (
        STUB + AHEAD + "    velocity = beta * velocty + grad_fn(lookahead)\n" + STEP,
        stopped(
            3,
            "velocity = beta * velocty + grad_fn(lookahead)",
            "NameError: name 'velocty' is not defined",
        ),
    ),
    (
        STUB + "    velocity = beta * velocity + grad_fn(w, lr)\n",
        stopped(
            2,
            "velocity = beta * velocity + grad_fn(w, lr)",
            "TypeError: a function of the check takes 1 positional argument but 2 were given",
        ),
    ),
    (
        STUB + "    velocity = beta * velocity + grad_fn\n",
        stopped(
            2,
            "velocity = beta * velocity + grad_fn",
            "TypeError: unsupported operand type(s) for +: 'float' and 'function'",
        ),
    ),
    (
        STUB + "    velocity = math.sqrt(w)\n",
        stopped(2, "velocity = math.sqrt(w)", "NameError: name 'math' is not defined"),
    ),
    (
        STUB + "    velocity = w @ np.ones(4)\n",
        stopped(
            2,
            "velocity = w @ np.ones(4)",
            "ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc "
            "signature (n?,k),(k,m?)->(n?,m?) (size 4 is…",
        ),
    ),
    (
        "def nesterov(w, velocity, grad_fn):\n    return w, velocity",
        [SIGNATURE, "TypeError: nesterov() takes 3 positional arguments but 4 were given"],
    ),
    (
        "def nesterov(w, velocity, grad_fn, lr, beta):\n    return w, velocity",
        [SIGNATURE, "TypeError: nesterov() missing 1 required positional argument: 'beta'"],
    ),
    ("def nestorov(w, velocity, grad_fn, lr, beta=0.9):\n    return w, velocity", [MISSING]),
    (STUB.replace("):", ")") + AHEAD, [MISSING]),
    ("nesterov = 5", ["`nesterov` is not a function but a number. Define it again."]),
    (
        RIGHT + "    return w, velocity\nnp = 5",
        [
            "`np` no longer means what the check needs. Give your variable another name, restart "
            "the kernel and run all cells."
        ],
    ),
    (
        STUB + "    velocity = beta * velocity + grad_fn(w)\n" + STEP + "    return w, velocity",
        [
            None,
            None,
            "This is what you get when the gradient is taken at w instead of at the lookahead point.",
        ],
    ),
    (
        STUB + AHEAD + PULL + "    return w - velocity, velocity",
        [
            None,
            EXPECTED,
            "This is what you get when the step is w - velocity, without lr.",
        ],
    ),
    (
        STUB + AHEAD + PULL + STEP + "    return np.maximum(w, 0), velocity",
        ["Came:     moved[0] = [0, 0, 0], shape (3,)", None],
    ),
]  # fmt: skip


def test_there_are_thirty():
    assert len(MISTAKES) >= 30


@pytest.mark.parametrize(("source", "lines"), MISTAKES, ids=range(len(MISTAKES)))
def test_a_mistake_is_told_as_it_is(source, lines):
    stored = stored_numbers("nesterov")
    answer = Answer("a mistake", [(None, source)], {})
    outcomes = outcomes_of(answer, notebook("solutions", "nesterov"), stored["functions"])
    told, messages = {}, []
    for check, came in outcomes.items():
        found = verdict(came, stored["checks"][check])
        if not found.right:
            messages.append(said(check, "it", found, told).split("\n")[1:])
    assert len(messages[0]) == len(lines)
    for line, expected in zip(messages[0], lines, strict=True):
        assert expected is None or line == expected
    causes = [lines_ for lines_ in messages[1:] if not lines_[0].startswith("Same cause as `")]
    assert len(set(map(str, causes))) == len(causes)  # no sentence comes twice


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("x = np.arange(3)\n    x *= 0.5", "UFuncTypeError: an array of whole numbers can't be"),
        ("if w > velocity:\n        pass", "ValueError: `if`, `and` and `or` need one truth value"),
        ("[missing for _ in w]", "NameError: name 'missing' is not defined"),
        ("state = {}\n    state['v']", "The state is {} before the first step: try `state.get('v', 0)`."),
        ("state = {'w': 1}\n    state['v']", "KeyError: 'v'"),
        ("state = w\n    {}['v']", "KeyError: 'v'"),
    ],
)
def test_what_python_says_is_told_plainly(source, says):
    stored = stored_numbers("nesterov")
    answer = Answer("a mistake", [(None, f"{STUB}    {source}")], {})
    came = outcomes_of(answer, notebook("solutions", "nesterov"), stored["functions"])
    place, _, told = came["nesterov_from_rest"]["trouble"].split("\n")
    assert place.startswith("Your code stopped in `nesterov`, line ") and says in told
