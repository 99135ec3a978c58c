"""Predict with the hands, then run, and see the prediction in the result.

    swing = predict.curve("How does w move from 1?", x=("step", 0, 400), y=("w", -1, 1))
    swing

and in a later cell, whose source and output are folded until the learner runs it:

    swing.reveal(w, ideas={"without momentum": (slow, "It has no velocity, so it can't pass 0.")})

Prediction and truth meet in the browser, under the words of the question; so a question is asked
once in the course. A reveal prints nothing that depends on a prediction: a notebook saved with its
learner's predictions gives the same outputs as one without.
"""

import html

import traitlets

from ..style import FIRST_LINE
from .bundle import JS
from .kit import Widget
from .predict_words import Axis, beside, fold, items, mixed, read, shown, walk

SHARED = (JS / "predict.css").read_text(encoding="utf-8")


class Prediction(Widget):
    """A question with what was answered; with a truth it is the reveal. Make one by a function."""

    question = traitlets.Unicode().tag(sync=True)
    answer = traitlets.Any().tag(sync=True)
    truth = traitlets.Any().tag(sync=True)
    ideas = traitlets.Any().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)  # the truth in words

    line = FIRST_LINE
    how = "Decide, and write it down."  # where no script runs

    def __init_subclass__(cls, js=None, **kwargs):
        super().__init_subclass__(js, **kwargs)
        if js:
            cls._css += SHARED

    @property
    def words(self):
        return f"{self.question} {self.said}" if self.said else f"Predict: {self.question}"

    def explained(self):
        """Pairs of a usual answer and what is to be said about it."""
        return [(idea["name"], idea["text"]) for idea in self.ideas]

    def fallback(self, png):
        question = f"<p><strong>{html.escape(self.question)}</strong></p>"
        if not self.said:
            return f"{question}{self.offer()}<p>{self.how} To do it here, run this cell.</p>"
        return question + fold("What happens", self.said, self.explained())

    def offer(self):
        """HTML with what there is to choose from."""
        return ""


class Number(Prediction, js="predict_number.js"):
    """Made by ``number``."""

    unit = traitlets.Unicode().tag(sync=True)
    scale = traitlets.Any().tag(sync=True)

    def reveal(self, truth, ideas=None, tried=None):
        """Say how the number set compares with the true one.

        Parameters
        ----------
        truth : number
        ideas : {name: (number, sentence)}, optional
            Usual wrong numbers, each with a name that completes "That is the idea …".
        tried : array, optional
            The numbers of which truth is the best: a guess between its two neighbors is close.
        """
        known = [
            {"name": name, "number": float(number), "text": text}
            for name, (number, text) in (ideas or {}).items()
        ]
        said = f"It is {shown(truth)} {self.unit}".strip() + "."
        facts = {"truth": float(truth), "said": said, "ideas": known, "shown": shown(truth)}
        facts["beside"] = None if tried is None else beside(truth, tried)
        return RevealedNumber(question=self.question, unit=self.unit, scale=self.scale, **facts)


class RevealedNumber(Number, js="predict_number.js"):
    """Made by ``Number.reveal``."""

    shown = traitlets.Unicode().tag(sync=True)
    beside = traitlets.Any().tag(sync=True)  # the numbers tried below and above the truth


class Choice(Prediction, js="predict_choice.js"):
    """Made by ``choice``."""

    options = traitlets.List().tag(sync=True)

    def offer(self):
        return items(self.options)

    def explained(self):
        return [(option, self.ideas.get(option, "")) for option in self.options]

    def reveal(self, truth, ideas=None):
        """Explain the option that was chosen, then the right one.

        Parameters
        ----------
        truth : str
            The right option.
        ideas : {option: sentences}, optional
            What is to be said to somebody who has chosen it; for the right one, why it is right.
        """
        for option in (truth, *(ideas or {})):
            if option not in self.options:
                raise ValueError(f"{option!r} is not among the options {self.options}.")
        said = f"Really: {truth}."
        facts = {"truth": str(truth), "said": said, "ideas": dict(ideas or {})}
        return Choice(question=self.question, options=self.options, **facts)


class Ranking(Prediction, js="predict_ranking.js"):
    """Made by ``ranking``."""

    options = traitlets.List().tag(sync=True)

    def offer(self):
        return items(self.options)

    def reveal(self, truth):
        """Show the order beside the real one, first place first."""
        truth = [str(item) for item in truth]
        if sorted(truth) != sorted(self.options):
            raise ValueError(f"The real order {truth} has not the same items as {self.options}.")
        facts = {"truth": truth, "said": f"Really: {', '.join(truth)}.", "ideas": []}
        return Ranking(question=self.question, options=self.options, **facts)


class Curve(Prediction, js="predict_draw.js"):
    """Made by ``curve``. ``answer`` holds 61 heights from 0 to 1 on the axes, None: not drawn."""

    x = traitlets.Any().tag(sync=True)
    y = traitlets.Any().tag(sync=True)
    start = traitlets.Any().tag(sync=True)  # where it begins, if that is known
    how = "Draw it on paper."

    def drawn(self, xs):
        """Read the drawing at places ``xs``: an array, or None where nothing is drawn."""
        return read(Axis(**self.x), Axis(**self.y), self.answer or [], xs)

    def reveal(self, ys, xs=None, ideas=None):
        """Lay the drawing over the real curve and say how they differ.

        Parameters
        ----------
        ys : array (n,)
            The real curve, at xs = 0, 1, 2, … if ``xs`` is not given.
        ideas : {name: (ys, sentence)}, optional
            What usual wrong ideas would give, on the same xs. The name completes "You drew what
            happens …", the sentence says why it is another.
        """
        x, y = Axis(**self.x), Axis(**self.y)
        known = [
            {"name": name, "curve": walk(x, y, wrong, xs).heights(1), "text": text}
            for name, (wrong, text) in (ideas or {}).items()
        ]
        real = walk(x, y, ys, xs)
        facts = {"truth": real.heights(4), "said": real.words(), "ideas": known}
        axes = {"x": self.x, "y": self.y, "start": self.start}
        return RevealedCurve(question=self.question, **axes, **facts)


class RevealedCurve(Curve, js="predict_curve.js"):
    """Made by ``Curve.reveal``."""


def number(question, unit="", low=None, high=None, log=False):
    """Ask for a number; with ``low`` and ``high`` there is a slider too, in powers if ``log``."""
    scale = None if low is None else {"low": float(low), "high": float(high), "log": log}
    return Number(question=question, unit=unit, scale=scale)


def choice(question, options, ordered=False):
    """Ask for one of several options, shown in an order that tells nothing.

    Parameters
    ----------
    ordered : bool
        Keep the given order: for options that are steps of one scale.
    """
    return Choice(question=question, options=list(options) if ordered else mixed(question, options))


def ranking(question, items):
    """Ask for an order of items."""
    return Ranking(question=question, options=mixed(question, items))


def curve(question, x, y, start=None):
    """Ask for a curve, drawn by hand or keyboard.

    Parameters
    ----------
    x, y : (label, low, high) or (label, low, high, "log")
        The two axes. Choose them so that they don't tell the answer.
    start : float, optional
        Where on y the curve is known to begin; shapes to start from begin there, too.
    """
    x, y = Axis.of(*x)._asdict(), Axis.of(*y)._asdict()
    return Curve(question=question, x=x, y=y, start=None if start is None else float(start))
