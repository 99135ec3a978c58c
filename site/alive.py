"""Outputs for the widgets of exercises, which are released without any."""

import ast
import io
from contextlib import redirect_stdout, suppress
from warnings import catch_warnings

import nbformat

from course_utils.widgets.kit import Widget


def enliven(notebook):
    """Run an exercise as it is released, and store what plays.

    Nothing is solved, so nothing is told: a cell that needs the learner's function fails, and
    stays without an output.
    """
    names = {"__name__": "__main__"}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            shown = None
            with (
                suppress(Exception),
                redirect_stdout(io.StringIO()),
                catch_warnings(action="ignore"),
            ):
                shown = value(cell.source, names)
            if isinstance(shown, Widget):
                cell.outputs = [nbformat.v4.new_output("display_data", shown.static())]


def value(source, names):
    """Run a cell among names; what its last line gives, as a notebook shows it."""
    *lines, last = ast.parse(source).body
    if not isinstance(last, ast.Expr):
        return exec(source, names)
    exec(compile(ast.Module(lines, []), "<cell>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
