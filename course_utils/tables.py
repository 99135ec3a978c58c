"""Numbers as text, in columns."""

import numpy as np

from .scores import quartiles


def table(columns, digits=3, lost="never"):
    """Write columns of numbers as text.

    A whole number below a million is printed whole, any other number with ``digits`` digits, and
    an array of scores as its median and middle half: 41 (39 to 44).

    Parameters
    ----------
    columns : dict
        Name -> one value for each row: text, a number, or an array of scores.
    digits : int
    lost : str
        How to say inf: a goal never reached, a loss that diverged.

    Returns
    -------
    str
    """
    rows = [[_words(value, digits, lost) for value in column] for column in columns.values()]
    cells = [[name, *row] for name, row in zip(columns, rows, strict=True)]
    widths = [max(map(len, column)) for column in cells]
    lines = [
        "   ".join(text.rjust(width) for text, width in zip(line, widths, strict=True))
        for line in zip(*cells, strict=True)
    ]
    return "\n".join(lines)


def _words(value, digits, lost):
    if isinstance(value, str):
        return value
    if np.ndim(value):
        low, mid, high = (_words(q, digits, lost) for q in quartiles(value))
        return f"{mid} ({low} to {high})"
    if value == np.inf:
        return lost
    whole = abs(value) < 1e6 and value == round(value)
    return f"{value:.0f}" if whole else f"{value:.{digits}g}"
