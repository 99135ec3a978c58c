"""Numbers as text, in columns."""

import numpy as np

from .scores import quartiles


def table(columns, digits=3):
    """Columns as text: name -> one value for each row.

    A whole number below a million is printed whole, inf as "never", any other number with
    ``digits`` digits, and an array of scores as its median and middle half: 41 (39 to 44).
    """
    rows = [[_words(value, digits) for value in column] for column in columns.values()]
    cells = [[name, *row] for name, row in zip(columns, rows, strict=True)]
    widths = [max(map(len, column)) for column in cells]
    lines = [
        "   ".join(text.rjust(width) for text, width in zip(line, widths, strict=True))
        for line in zip(*cells, strict=True)
    ]
    return "\n".join(lines)


def _words(value, digits):
    if isinstance(value, str):
        return value
    if np.ndim(value):
        low, mid, high = (_words(q, digits) for q in quartiles(value))
        return f"{mid} ({low} to {high})"
    if np.isinf(value):
        return "never"
    whole = abs(value) < 1e6 and value == round(value)
    return f"{value:.0f}" if whole else f"{value:.{digits}g}"
