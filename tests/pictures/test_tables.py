"""Tables: the same words in HTML and in text, the row that matters marked, loud about errors."""

from html.parser import HTMLParser

import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter

from course_utils.tables import table

COLUMNS = {"rule": ["SGD", "a < b"], "lr": [0.1, 0.25], "steps": [np.inf, np.array([3, 4, 5.0])]}


class Cells(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.rows, self.tags, self.open = [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "tr":
            self.rows.append([])
        self.open = tag

    def handle_data(self, data):
        if self.open in ("th", "td"):
            self.rows[-1].append((self.open, data, self.tags[-1][1]))

    def handle_endtag(self, tag):
        self.open = None


def html(made):
    return DisplayFormatter().format(made)[0]["text/html"]


def test_html_and_text_say_the_same():
    made = table(COLUMNS, mark=1, caption="Steps & more", notes=["At the edge <."])
    rows = [[text for _, text, _ in row] for row in Cells(html(made)).rows]
    assert rows == [
        ["rule", "lr", "steps"],
        ["SGD", "0.1", "never"],
        ["a < b", "0.25", "4 (3 to 5)"],
    ]
    lines = made.splitlines()
    for row, line in zip(rows, lines[1:4], strict=True):
        assert all(text in line for text in row)
    assert lines[0] == "Steps & more" and lines[-1] == "At the edge <."
    assert "Steps &amp; more</caption>" in html(made) and "At the edge &lt;." in html(made)
    assert DisplayFormatter().format(made)[0]["text/plain"] == str(made) and isinstance(made, str)


def test_columns_line_up():
    lines = table({"rule": ["sgd", "mine"], "lr": [0.5, 0.25]}).splitlines()
    assert lines == ["rule     lr", " sgd    0.5", "mine   0.25"]
    assert table({"n": [1]}, mark=0).splitlines() == ["  n", "→ 1"]


def test_the_row_that_matters_is_marked_and_no_other():
    header, plain, marked = Cells(html(table(COLUMNS, mark=-1))).rows
    assert all("bold" in look["style"] for _, _, look in marked)
    assert "border-left" in marked[0][2]["style"]
    assert not any("bold" in look.get("style", "") for _, _, look in [*header, *plain])
    assert "bold" not in html(table(COLUMNS))


def test_headers_have_their_scope_and_a_wide_table_scrolls():
    cells = Cells(html(table(COLUMNS)))
    assert [look["scope"] for kind, _, look in cells.rows[0] if kind == "th"] == ["col"] * 3
    assert [row[0][2]["scope"] for row in cells.rows[1:]] == ["row"] * 2
    tag, look = cells.tags[1]
    assert tag == "div" and "overflow-x:auto" in look["style"] and look["tabindex"] == "0"
    assert html(table(COLUMNS)).startswith("Decide first, then run this cell.\n")
    assert html(table(COLUMNS, line="Four runs.")).startswith("Four runs.\n")


def test_colors_suit_both_themes():
    made = html(table(COLUMNS, mark=0))
    assert "color:#" not in made.replace("background-color:#8882", "")


def test_on_the_page_a_minus_is_one_and_a_hyphen_stays():
    made = html(table({"x-axis": ["run 2-3", -0.5, -1e-7]}))
    assert all(f">{text}<" in made for text in ("x-axis", "run 2-3", "−0.5", "−1e−07"))


def test_inf_says_what_it_is_lost_for():
    said = table({"loss": [np.inf, -np.inf, np.nan]}, lost="diverged").split()
    assert said == ["loss", "diverged", "-inf", "nan"]


@pytest.mark.parametrize(
    "value, words",
    [
        (7.0, "7"),
        (123456.0, "123456"),
        (1e9, "1e+09"),
        (0.123456, "0.123"),
        (-2.0, "-2"),
        ("x", "x"),
    ],
)
def test_numbers_are_written_short(value, words):
    assert table({"n": [value]}).split() == ["n", words]


def test_errors_are_sentences():
    with pytest.raises(ValueError, match=r"equally long; got {'a': 1, 'b': 2}"):
        table({"a": [1], "b": [1, 2]})
    with pytest.raises(ValueError, match="mark must be one of the rows 0 to 1; got 2"):
        table(COLUMNS, mark=2)
