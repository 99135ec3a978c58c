"""The schedule designer in a bare page: it trains as Python does, can be drawn on, is fair."""

import numpy as np
import pytest
from bare import page_of

from course_utils import MLP, circle, designer, mean_loss, ravine, run, schedules, sgd
from course_utils.widgets.bundle import bundle

STEPS, RUNS, BATCH, HIDDEN = 45, 3, 16, 5
FACTOR = schedules.usual_schedules(STEPS)["WSD"]


@pytest.fixture(scope="module")
def small():
    return designer("ravine", steps=60)


@pytest.fixture
def page(open_page, small):
    page = open_page(page_of(small))
    page.locator(".ravine-designer").wait_for()
    return page


@pytest.fixture(scope="module")
def trial(browser):
    """Draw the chance of a problem in the browser and train under the rates of FACTOR."""
    page = browser.new_page()
    page.add_script_tag(
        content=f"(() => {{ {bundle('trials.js')}\ntwins = {{ PROBLEMS, RULES }}; }})();var twins;"
    )

    def train(problem, settings, lr):
        rates = (lr * FACTOR(np.arange(STEPS))).tolist()
        return page.evaluate(
            """([problem, settings, runs, lrs, epochs]) => {
              const trial = twins.PROBLEMS[problem](settings), chance = trial.chance(5, runs);
              const { marks, loss } = trial.train(chance, lrs, twins.RULES.sgd(), 10);
              const { kicks = [], starts = [], order = [] } = chance, all = [kicks, starts, loss];
              const [k, s, l] = all.map((numbers) => [...numbers]);
              const epoch = Array.from({ length: epochs }, (_, k) => k);
              const orders = order.map((of) => epoch.map((k) => [...of(k)]));
              return { marks, loss: l, kicks: k, starts: s, orders };
            }""",
            [problem, settings, RUNS, rates, -(-STEPS // (200 // BATCH))],
        )

    yield train
    page.close()


def test_runs_down_the_ravine_are_pythons(trial):
    settings = {"condition": 50, "deviation": 0.5, "start": [-10, 1], "steps": STEPS}
    got = trial("ravine", settings, 0.7)
    kicks, valley = np.reshape(got["kicks"], (STEPS, RUNS, 2)), ravine(50)
    assert kicks.std() == pytest.approx(0.5, rel=0.2)

    def objective(w, t):
        loss, grad = valley(w)
        return loss, grad + (kicks[t] if t < STEPS else 0)

    starts = np.tile([-10.0, 1.0], (RUNS, 1))
    way = run(objective, sgd, starts, 0.7, steps=STEPS, schedule=FACTOR)
    assert got["marks"] == [0, 10, 20, 30, 40, 45]
    np.testing.assert_allclose(np.reshape(got["loss"], (-1, RUNS)), way.loss[got["marks"]])


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_networks_learn_as_pythons_do(trial, activation):
    (X, y), net = circle(), MLP((2, HIDDEN, 1), activation)
    settings = {"X": X.ravel().tolist(), "y": y.tolist(), "hidden": HIDDEN, "steps": STEPS}
    got = trial("network", settings | {"activation": activation, "batch": BATCH}, 0.5)
    starts, orders = np.reshape(got["starts"], (RUNS, net.d)), np.array(got["orders"])
    assert (np.sort(orders, axis=-1) == np.arange(200)).all() and (orders[0] != orders[1]).any()

    def objective(w, t):
        epoch, part = divmod(t, -(-200 // BATCH))
        chosen = orders[:, epoch, part * BATCH : (part + 1) * BATCH]
        return net.loss_and_grad(w, X[chosen], y[chosen])

    whole = {"loss": lambda w: net.loss_and_grad(w, X, y)[0]}
    way = run(objective, sgd, starts, 0.5, steps=STEPS, schedule=FACTOR, metrics=whole)
    expected = way.metrics["loss"][got["marks"]]
    np.testing.assert_allclose(np.reshape(got["loss"], (-1, RUNS)), expected, rtol=1e-9)


def facts(page):
    page.wait_for_timeout(150)
    return page.locator(".ravine-facts").inner_text()


def test_a_line_drawn_by_hand_changes_the_runs_and_can_be_undone(page):
    before = facts(page)
    box = page.locator(".ravine-sketch").bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.7 * box["height"], steps=5)
    page.mouse.up()
    assert facts(page) != before
    page.get_by_role("button", name="Undo").click()
    assert facts(page) == before


def test_what_it_says_in_the_ravine_is_the_mean_that_can_be_computed(page):
    true, _ = mean_loss(np.full(60, 0.5), curvatures=[1 / 50, 1], start=[-10, 1], deviation=0.5)
    said = float(facts(page).partition("a mean loss of ")[2].split()[0])
    assert said == pytest.approx(true, rel=0.15)


def test_only_the_schedules_asked_for_can_be_loaded(open_page):
    some = designer("ravine", among=["constant", "linear", "cosine"], steps=60)
    page = open_page(page_of(some))
    judged(page)
    rows = page.locator(".ravine-board tbody tr").all_inner_texts()
    assert {row.split("\t")[0] for row in rows} == {"yours", "constant", "linear", "cosine"}


@pytest.mark.parametrize("key", ["ArrowUp", "ArrowDown", "PageUp", "End"])
def test_a_key_on_a_handle_changes_the_runs(page, key):
    before = facts(page)
    page.get_by_role("slider", name="learning rate at step 30").focus()
    page.keyboard.press(key)
    assert facts(page) != before


def test_arrows_go_from_handle_to_handle(page):
    page.get_by_role("slider", name="learning rate at step 0").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.ariaLabel") == "learning rate at step 6"


def test_the_height_of_the_whole_curve_keeps_its_shape(page):
    page.get_by_role("button", name="linear", exact=True).click()
    before = facts(page)
    lift = page.locator("[name=peak]")
    lift.fill("0")
    assert facts(page) != before
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="linear", exact=True).click()
    assert facts(page) == before


def judged(page, times=1):
    page.get_by_role("button", name="Score").click()
    said = page.locator(".ravine-told").filter(has_text=f"Fresh noise {times}:")
    said.wait_for()
    return said.inner_text()


def test_the_schedule_to_beat_can_not_beat_itself(page):
    page.get_by_role("button", name="cosine", exact=True).click()
    assert judged(page) == "Fresh noise 1: no run decides between this curve and cosine."
    rows = page.locator(".ravine-board tbody tr").all_inner_texts()
    names = [row.split("\t")[0] for row in rows]
    assert sorted(names) == sorted(["yours", *schedules.usual_schedules(60, warm=0)])
    ends = [float(row.split("\t")[2]) for row in rows]
    assert ends == sorted(ends)


def test_a_better_schedule_wins_and_a_worse_one_loses(open_page):
    page = open_page(page_of(designer("ravine", against="constant", steps=60)))
    page.get_by_role("button", name="linear", exact=True).click()
    assert judged(page).endswith("runs. Now beat it with a curve of your own.")
    page.get_by_role("slider", name="learning rate at step 30").focus()
    page.keyboard.press("ArrowUp")
    said = judged(page, 2)
    assert said.startswith("Fresh noise 2: almost linear ends lower than constant")
    assert said.endswith("runs. Now beat it with a curve of your own.")
    page.get_by_role("slider", name="learning rate at step 30").focus()
    for _ in range(4):
        page.keyboard.press("PageUp")
    assert judged(page, 3).startswith(
        "Goal met. Fresh noise 3: your curve ends lower than constant"
    )
    page.locator("[name=peak]").fill("0")
    assert "This time constant wins" in judged(page, 4)


def test_nothing_keeps_anybody_out(page, axe):
    judged(page)
    page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run()).violations.map((v) => v.id)")
    assert found == []


def test_wrong_arguments_get_a_sentence():
    with pytest.raises(ValueError, match="problem must be of ravine, network; got 'bowl'"):
        designer("bowl")
    with pytest.raises(ValueError, match=r"against must be of constant, .*; got 'luck'"):
        designer(against="luck")
    with pytest.raises(ValueError, match=r"among must be of constant, .*; got 'luck'"):
        designer(among=["cosine", "luck"])


@pytest.mark.parametrize("problem", ["ravine", "network"])
def test_it_is_small_and_has_words_and_a_picture(problem):
    shown = designer(problem).static()
    assert len(shown["text/html"]) < 80_000 and shown["image/png"]
    assert "draw a learning rate" in shown["text/plain"]


def test_losses_that_are_known_now_and_then_are_lines_with_no_ground_behind_them(page):
    page.evaluate("""() => {
      const own = CanvasRenderingContext2D.prototype, { fill, stroke } = own;
      window.drawn = { fill: [], stroke: [] };
      for (const [kind, draw] of Object.entries({ fill, stroke })) own[kind] = function (...how) {
        window.drawn[kind].push(this.canvas.className);
        draw.apply(this, how);
      };
    }""")
    page.locator("[name=peak]").fill("190")
    page.wait_for_function("() => window.drawn.stroke.includes('ravine-fan')")
    assert "ravine-fan" not in page.evaluate("window.drawn.fill")
