"""Numbers as a table: HTML on the page, the same as text where there is none."""

import html
import re

import numpy as np

from .scores import quartiles
from .style import FIRST_LINE, foldable

_CELL = "padding:.3em .8em;text-align:{side};border-bottom:1px solid #8884;white-space:nowrap"
_MARKED = ";font-weight:bold;background-color:#8882"
_BAR = ";border-left:4px solid #3b8fc4"


class Table(str):
    """The table as text, which a notebook shows as HTML. Made by ``table``."""

    def __new__(cls, header, rows, mark, caption, notes, line):
        self = super().__new__(cls, _text(header, rows, mark, caption, notes))
        self.header, self.rows, self.mark = header, rows, mark
        self.caption, self.notes, self.line = caption, notes, line
        return self

    def _repr_html_(self):
        return self.html()

    def _repr_pretty_(self, printer, cycle):
        printer.text(str(self))  # IPython would show a string with quotes

    def html(self):
        """An HTML table, readable on light and dark pages, that scrolls where it is too wide."""
        caption = _caption(self.caption) if self.caption else ""
        head = "".join(_cell("th", text, "right", 'scope="col"') for text in self.header)
        notes = "".join(f"<div>{html.escape(note)}</div>" for note in self.notes)
        body = "".join(self._row(place, row) for place, row in enumerate(self.rows))
        return foldable(
            '<div style="overflow-x:auto;margin-bottom:1em" tabindex="0">'
            '<table style="border-collapse:collapse;font-variant-numeric:tabular-nums;margin:0">'
            f"{caption}<thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>{notes}</div>",
            html.escape(self.line),
        )

    def _row(self, place, row):
        look = _MARKED if place == self.mark else ""
        first = _cell("th", row[0], "right", 'scope="row"', look + (_BAR if look else ""))
        return (
            f"<tr>{first}{''.join(_cell('td', text, 'right', '', look) for text in row[1:])}</tr>"
        )


def table(columns, digits=3, mark=None, caption=None, lost="never", notes=(), line=FIRST_LINE):
    """Make a table from its columns.

    Parameters
    ----------
    columns : dict name -> one value for each row
        A whole number below a million is printed whole, any other number with ``digits`` digits,
        an array of scores as its median and middle half: 41 (39 to 44).
    digits : int
    mark : int, optional
        The row that matters.
    caption : str, optional
    lost : str
        How to say inf: "never" for a goal that is not reached, "diverged" for a loss.
    notes : list of str
        Lines to stand under the table.
    line : str
        What is seen of the table where it is folded, such as "The four settings."

    Returns
    -------
    Table
    """
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"The columns of a table must be equally long; got {lengths}.")
    cells = [[_words(value, digits, lost) for value in column] for column in columns.values()]
    count = next(iter(lengths.values()), 0)
    if mark is not None and not -count <= mark < count:
        raise ValueError(f"mark must be one of the rows 0 to {count - 1}; got {mark}.")
    rows = list(zip(*cells, strict=True))
    return Table(tuple(columns), rows, None if mark is None else mark % count, caption, notes, line)


def _text(header, rows, mark, caption, notes):
    columns = list(zip(header, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    lines = [
        "   ".join(text.rjust(width) for text, width in zip(line, widths, strict=True))
        for line in (header, *rows)
    ]
    if mark is not None:
        lines = [("→ " if row == mark + 1 else "  ") + line for row, line in enumerate(lines)]
    return "\n".join([*([caption] if caption else []), *lines, *notes])


def _caption(text):
    return f'<caption style="text-align:left;padding:.3em 0">{html.escape(text)}</caption>'


def _cell(tag, text, side, attribute, look=""):
    attribute = f" {attribute}" if attribute else ""
    text = re.sub(r"(?<![\w.])-(?=[\d.])|(?<=\de)-(?=\d)", "−", text)  # as pictures write it
    return f'<{tag}{attribute} style="{_CELL.format(side=side)}{look}">{html.escape(text)}</{tag}>'


def _words(value, digits, lost):
    if isinstance(value, str):
        return value
    if np.ndim(value):
        low, mid, high = (_words(q, digits, lost) for q in quartiles(value))
        return f"{mid} ({low} to {high})"
    if np.isposinf(value):
        return lost
    if not np.isfinite(value):
        return f"{value:g}"
    whole = abs(value) < 1e6 and value == round(value)
    return f"{value:.0f}" if whole else f"{value:.{digits}g}"
