"""What a prediction is compared with: a real curve on the axes of a drawing, and it in words."""

import html
import random
from typing import NamedTuple

import numpy as np

COLUMNS = 61  # heights of a drawing, as in predict_features.js


class Axis(NamedTuple):
    """One axis of a drawing."""

    label: str
    low: float
    high: float
    log: bool

    @classmethod
    def of(cls, label, low, high, scale="linear"):
        if not low < high or (scale == "log" and low <= 0):
            raise ValueError(f"The axis {label} can't go from {low} to {high} ({scale}).")
        return cls(label, float(low), float(high), scale == "log")

    def at(self, t):
        """Values at places t in [0, 1] along the axis."""
        if self.log:
            return self.low * (self.high / self.low) ** t
        return self.low + t * (self.high - self.low)

    def unit(self, v):
        """Places along the axis of values v."""
        if self.log:
            return np.log(v / self.low) / np.log(self.high / self.low)
        return (v - self.low) / (self.high - self.low)


class Walk(NamedTuple):
    """A real curve on two axes."""

    x: Axis
    y: Axis
    xs: np.ndarray
    ys: np.ndarray

    def value(self, t):
        """Values at places t in [0, 1] along x; between points, a straight line as it is drawn."""
        return self.y.at(self.height(t))

    def height(self, t):
        with np.errstate(all="ignore"):
            places, heights = self.x.unit(self.xs), self.y.unit(self.ys)
        return np.interp(t, places, heights, left=np.nan, right=np.nan)

    def heights(self, fine):
        """Heights on the unit square, ``fine`` to a column of a drawing; None where there are none.

        What is beyond the frame stays so, but not far; so does what has diverged.
        """
        u = np.clip(self.height(np.linspace(0, 1, fine * (COLUMNS - 1) + 1)), -1, 2)
        return [round(float(height), 4) if height == height else None for height in u]

    def words(self):
        """Five points of the curve and its extremes, in a sentence."""
        places = np.linspace(0, 1, 5)
        pairs = zip(self.value(places), self.x.at(places), strict=True)
        points = ", ".join(f"{rounded(v)} at {shown(x)}" for v, x in pairs)
        inside = self.ys[(self.xs >= self.x.low) & (self.xs <= self.x.high)]
        return (
            f"{self.y.label} by {self.x.label}: {points}; lowest {rounded(inside.min())}, "
            f"highest {rounded(inside.max())}."
        )


def read(x, y, heights, xs):
    """A drawing at places ``xs``, in the numbers of its axes; None if nothing is drawn."""
    heights = np.array(heights, float)
    there = np.flatnonzero(np.isfinite(heights))
    if not there.size:
        return None
    return y.at(np.interp(x.unit(np.asarray(xs)) * (COLUMNS - 1), there, heights[there]))


def beside(truth, tried):
    """The numbers below and above one of those tried; itself where there is none."""
    below, above = [n for n in tried if n < truth], [n for n in tried if n > truth]
    return [float(max(below, default=truth)), float(min(above, default=truth))]


def walk(x, y, ys, xs=None):
    ys = np.asarray(ys, float)
    xs = np.arange(ys.size) if xs is None else np.asarray(xs, float)
    if ys.ndim != 1 or xs.shape != ys.shape:
        raise ValueError(
            f"A curve to reveal is one value for each x. Here ys has shape {ys.shape} and xs "
            f"{xs.shape}. For one weight of one run that is w[:, 0]."
        )
    return Walk(x, y, xs, ys)


def shown(number):
    """A number in all the digits that a reader wants, with commas from 10,000 on."""
    number = float(number) if float(number).is_integer() else float(f"{float(number):.4g}")
    return minus(f"{number:,.0f}" if abs(number) >= 1e4 else f"{number:.4g}")


def rounded(number):
    """The same with two digits that count."""
    return shown(float(f"{number:.2g}"))


def minus(text):
    """A number's text with a true minus sign."""
    return text.replace("-", "−")


def mixed(question, options):
    """The options in an order that depends on the words of the question alone."""
    options = list(options)
    random.Random(question).shuffle(options)
    return options


def items(options):
    return "<ul>" + "".join(f"<li>{html.escape(option)}</li>" for option in options) + "</ul>"


def fold(summary, said, explained):
    """The answer for where no script runs, closed until somebody opens it."""
    rows = "".join(
        f"<p><strong>{html.escape(name)}.</strong> {html.escape(text)}</p>"
        for name, text in explained
        if text
    )
    return (
        f"<details><summary>{summary}</summary><blockquote><p>{html.escape(said)}</p>{rows}"
        "</blockquote></details>"
    )
