"""Which rule is best, if every rule is tuned with the same few trials: draw, and draw again."""

import base64

import numpy as np
import traitlets

from .. import plots
from ..budgets import trials_of
from ..contracts import require_count
from ..style import styles_of
from .kit import Widget
from .look import look_of

_SEEN = 0.85  # share of the trials that lie inside the picture; worse ones lie at its edge


class LeaderBoard(Widget, js="leader_board.js"):
    """Made by ``leader_board``."""

    scene = traitlets.Dict().tag(sync=True)

    @property
    def words(self):
        names = ", ".join(rule["label"] for rule in self.scene["rules"])
        return (
            f"A row for each of {names}. In every row lie the trials that were drawn, by their "
            f"{self.scene['what']}; the chosen one is large. The rule whose choice is best wins. "
            "A slider sets how many trials each rule gets."
        )

    def picture(self):
        """One draw, with the first of the budgets: more would give the shares of wins away."""
        rules, (low, high) = self.scene["rules"], self.scene["window"]
        ax, rng = plots.axes(figsize=(7.2, 0.9 + 0.5 * len(rules))), np.random.default_rng(2)
        for row, rule in enumerate(rules):
            drawn = np.sort(rng.integers(len(rule["trials"]), size=self.scene["budgets"][0]))
            places = np.minimum(np.take(rule["trials"], drawn), high)
            color = rule["look"]["light"]
            ax.plot(places[1:], np.full(len(places) - 1, row), "o", color=color, alpha=0.5)
            ax.plot(places[0], row, "o", color=color, ms=11)
        ax.set_yticks(range(len(rules)), [rule["label"] for rule in rules])
        ax.set(xscale="log", xlim=(low / 1.1, high * 1.1), xlabel=self.scene["what"])
        ax.invert_yaxis()
        return base64.b64decode(plots.picture(ax, self.words)["image/png"])


def leader_board(tuned, judged, budgets=(1, 2, 4, 8, 16, 32), what="loss", goal=None):
    """Let trials be drawn, and show which rule wins.

    Parameters
    ----------
    tuned, judged : dict name -> Tuning
        As for ``win_shares``: tuning chooses by the first, the rules are compared by the second.
    budgets : list of int
        Where the slider stops.
    what : str
        What the score is.
    goal : float, optional
        Share of the draws that one rule is to win, with as few trials as will do; the slider then
        starts at the most trials. By default every rule is to win once.
    """
    for budget in budgets:
        require_count("budgets", budget)
    scores = {name: trials_of(tuned[name], judged[name]) for name in tuned}
    everything = np.concatenate(list(scores.values()))
    worst = everything[np.isfinite(everything)].max()
    window = [everything.min(), np.quantile(everything, _SEEN, method="inverted_cdf")]
    rules = [
        {"label": style.label, "look": look_of(style), "trials": _sent(scores[name], worst)}
        for name, style in styles_of(scores).items()
    ]
    scene = {"rules": rules, "budgets": list(map(int, budgets)), "what": what, "goal": goal}
    return LeaderBoard(scene=scene | {"window": _sent(window, worst)})


def _sent(scores, worst):
    """Scores with four digits, the best in the eyes of tuning first."""
    return [float(f"{min(score, worst):.4g}") for score in scores]
