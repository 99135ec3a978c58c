"""`your_turn`: whatever stands in the cell, one kind sentence, and the lesson goes on."""

import linecache
from pathlib import Path

import numpy as np
import pytest
import turn_numbers

from course_utils.checks.turns.task import lesson_tasks
from course_utils.checks.your_turn import judged, mistakes_of, your_turn
from course_utils.optimizers import RULES, adam, momentum
from course_utils.shapes import over_points
from course_utils.training import run

ROOT = Path(__file__).parents[2]
HEAD = "def my_momentum(w, grad, state, lr, beta=0.9):"
RIGHT = 'v = beta * state.get("v", 0.0) + grad\nreturn w - lr * v, {"v": v}'
GOES_ON = "Until it is right, the lesson uses the course's own."

UNFILLED = {
    "the stub": "v = ...\nreturn ...",
    "a tuple with a hole": 'v = beta * state.get("v", 0.0) + grad\nreturn ..., {"v": v}',
    "a hole in the state": 'return w - lr * grad, {"v": ...}',
    "a hole computed with": 'v = ...\nreturn w - lr * v, {"v": v}',
    "a hole in a function of NumPy": 'v = np.sqrt(...)\nreturn w - lr * v, {"v": v}',
    "a hole and no return": "v = ...",
    "a docstring": '"""To be written."""',
    "pass": "pass",
    "a stub that raises": "raise NotImplementedError",
}
SAID = {
    "an average": (RIGHT.replace("+ grad", "+ (1 - beta) * grad"), "the velocity is an average"),
    "w alone": ("return w - lr * grad", "A rule returns two things"),
    "no return": ('v = state.get("v", 0.0) + grad', "Is its `return` line missing?"),
    "in place": ("w -= lr * grad\nreturn w, {}", "It changes an array that it was given."),
    "no first velocity": (RIGHT.replace('.get("v", 0.0)', '["v"]'), "it is {} before the first"),
    "no value before the first step": (RIGHT.replace('"v", 0.0', '"v"'), "state is {} then"),
    "a velocity of its own": ("v = beta * v + grad\nreturn w - lr * v, {}", "comes in `state`"),
    "the wrong order": (
        RIGHT.replace('w - lr * v, {"v": v}', '{"v": v}, w - lr * v'),
        "point first",
    ),
    "the velocity for a state": (RIGHT.replace('{"v": v}', "v"), "the state is a dict"),
    "a slip": (RIGHT.replace("beta", "bta", 1), "line 2"),
    "words": ('return "w", {}', "not numbers but str"),
    "0 below a line": ("return w - lr / 0 * grad, {}", "divided by 0 here. It was given w = ["),
    "right in the first step": (
        'v = beta * state.get("v", 0.0) ** 0 + grad - beta\nreturn w - lr * v, {"v": v}',
        "runs, and its first step is right; then its numbers are others: step 2 from w",
    ),
    "right at one setting": (
        RIGHT.replace("beta", "0.9"),
        "its first 5 steps are right; then its numbers are others: step 2 from w = [[",
    ),
    "another shape": ("return (w - lr * grad)[..., :1], {}", "shape"),
    "other names": ("return w - learning_rate * grad, {}", "learning_rate"),
}


def written(body, head=HEAD, **names):
    """A function as a cell defines it: with no file behind it."""
    source = head + "\n" + "\n".join(f"    {line}" for line in body.split("\n"))
    place, own = f"<cell {abs(hash(source))}>", {}
    linecache.cache[place] = (len(source), None, source.splitlines(True), place)
    exec(compile(source, place, "exec"), {"np": np, **names}, own)
    return next(iter(own.values()))


def same_path(rule, other):
    steps = [
        run(lambda w, t: ((w**2).sum(-1), 2 * w), r, np.ones(2), 0.1, steps=3, beta=0.8).w
        for r in (rule, other)
    ]
    return np.array_equal(*steps)


@pytest.mark.parametrize("body", UNFILLED.values(), ids=UNFILLED)
def test_unfilled_it_says_so_and_the_course_s_own_goes_on(body, capsys):
    rule = your_turn(momentum)(written(body))
    said = capsys.readouterr().out
    assert said.startswith("my_momentum is not filled in yet. The lesson goes on")
    assert same_path(rule, momentum) and rule.__name__ == "my_momentum"


@pytest.mark.parametrize("body, words", SAID.values(), ids=SAID)
def test_wrong_it_says_why_and_the_course_s_own_goes_on(body, words, capsys):
    rule = your_turn(momentum)(written(body))
    said = capsys.readouterr().out
    assert words in said and GOES_ON in said and len(said.splitlines()) <= 5
    assert same_path(rule, momentum)


RIGHT_FORMS = {
    "as the textbook": RIGHT,
    "with an axis more": RIGHT.replace("+ grad", "+ grad[..., :]"),
    "with lr inside": 'v = beta * state.get("v", 0.0) + lr * grad\nreturn w - v, {"v": v}',
    "with other names": RIGHT.replace('"v"', '"speed"'),
}


@pytest.mark.parametrize("body", RIGHT_FORMS.values(), ids=RIGHT_FORMS)
def test_right_it_is_the_learner_s_from_here_on(body, capsys):
    mine = written(body)
    assert your_turn(momentum)(mine) is mine
    assert capsys.readouterr().out == (
        "\x1b[1;32m✓ my_momentum\x1b[0m is right on these numbers. From here on the lesson uses "
        "yours.\n"
    )


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_of_the_package_is_a_reference(rule, capsys):
    mine = your_turn(rule)(rule)
    assert mine is rule and "is right" in capsys.readouterr().out


def test_a_hyperparameter_that_is_ignored_is_found(capsys):
    def my_adam(w, grad, state, lr, beta1=0.9, beta2=0.999, eps=1e-8):
        return adam(w, grad, state, lr, beta1, beta2)

    assert your_turn(adam)(my_adam) is not my_adam
    assert "two runs, w after step 1" in capsys.readouterr().out


def test_any_function_with_inputs(capsys):
    reference = written("return [x[:n], x[n:]]", head="def cut(x, n):")
    inputs = [(np.arange(5.0), 2), (np.arange(3.0), 0)]
    right = written("return np.split(x, [n])", head="def cut(x, n):")
    wrong = written("return [x[: n + 1], x[n + 1 :]]", head="def cut(x, n):")
    assert your_turn(reference, inputs=inputs)(right) is right
    assert your_turn(reference, inputs=inputs)(wrong) is not wrong
    assert "call 1, with [0., 1., 2., 3., 4.], 2," in capsys.readouterr().out


WALK = "def walk(grad, w, steps):"
WALKED = "path = [w]\nfor t in range(steps):\n    w = w - 0.5 * grad(w){}\n    path.append(w)\n"
WALKS = {  # a path down w², halved each time; what is not as it should be, what is said
    "from a step on": (
        "array",
        " * (t < 2)",
        "Step 3: expected 0.55, came 1.1; steps 0 to 2 are right.",
    ),
    "at once": ("array", " * 2", "Step 1: expected 2.2, came 0; step 0 is right."),
    "in a list": ("list", " * (t < 1)", "Step 2: expected 1.1, came 2.2; steps 0 and 1 are right."),
}


@pytest.mark.parametrize("kind, slip, words", WALKS.values(), ids=WALKS)
def test_of_a_path_the_first_step_that_differs_is_named(kind, slip, words, capsys):
    made = [
        written(WALKED.format(change) + f"return {kind}(path)", WALK, array=np.array)
        for change in ("", slip)
    ]
    your_turn(made[0], inputs=[(written("return w", "def slope(w):"), 4.4, 3)])(made[1])
    assert f": call 1, with slope, 4.4, 3.\n{words}\n{GOES_ON}" in capsys.readouterr().out


def test_a_name_that_no_lesson_knows():
    with pytest.raises(ValueError, match="Keep the function's name"):
        your_turn()(written("return 1", head="def no_such_task(x):"))


ANSWERS = list(turn_numbers.written_functions(ROOT))


def is_wrong(answer):
    return not {"mistake", "says"}.isdisjoint(answer.facts)


@pytest.mark.parametrize(
    "answer, function", ANSWERS, ids=[f"{f.__name__}-{a.title}" for a, f in ANSWERS]
)
def test_an_answer_of_the_bank_is_told_what_it_is(answer, function):
    name = function.__name__
    right, words = judged(function, lesson_tasks()[name], mistakes_of(name))
    assert right == (not is_wrong(answer))
    if answer.mistake:
        assert f"This is what you get when {answer.mistake}." in words
    assert answer.facts.get("says", "") in words


def test_each_task_has_a_right_answer_and_two_wrong_ones_and_its_numbers_are_stored():
    for name, task in lesson_tasks().items():
        kinds = [is_wrong(answer) for answer, f in ANSWERS if f.__name__ == name]
        assert kinds.count(True) >= 2 and kinds.count(False) >= 1, name
        assert judged(task.reference, task, {})[0], name
    texts = turn_numbers.numbers(ROOT)
    stored = {p.stem: p.read_text("utf-8") for p in (ROOT / turn_numbers.NUMBERS).glob("*.json")}
    assert stored == texts, "run make exercises"


def test_a_rule_on_runs_takes_lr_as_run_gives_it(capsys):
    shapes = []

    def my_momentum(w, grad, state, lr, beta=0.9):
        shapes.append(np.shape(lr))
        return momentum(w, grad, state, lr, beta)

    your_turn(momentum)(my_momentum)
    given = over_points(np.array([0.1, 0.3]), float).shape
    assert shapes == [()] * 4 + [given] * 4
