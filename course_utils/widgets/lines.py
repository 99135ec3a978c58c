"""The lines of a rule, read from its Python source, as plain data that the browser computes.

A formula is a nested list: ``["num", 2.0]``, ``["name", "m"]``, ``["old", "m", start]`` for what
the state kept, ``["neg", a]``, ``["call", "sqrt", a]``, or an operator with two formulas.
"""

import ast
import inspect
import textwrap

from ..rules import name_of
from .textbook import TEXTBOOK
from .twins import rule_twin

_OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_FUNCTIONS = {"sqrt", "abs", "sign"}


class Unreadable(ValueError):
    """A rule that is more than plain lines. It may be right: the sentence is all to be told."""

    def _render_traceback_(self):
        return [str(self)]


def lines_of(rule):
    """Read a rule.

    Returns
    -------
    lines : list of {"name", "formula", "moves"}
        In order; the last one gives the new w. ``moves`` tells lines that gradients or weights
        move from those that only count.
    memory : dict
        Name in the state -> formula of what is kept.
    """
    bare = inspect.unwrap(getattr(rule, "func", rule))  # without partial and without decorators
    lines, memory = _read(TEXTBOOK.get(rule_twin(bare)[0], bare))
    moving = {"grad", "w"}
    for _ in lines:  # memory carries what moves into the next step
        for name, formula in lines:
            if _names(formula) & moving:
                moving.add(name)
    told = [{"name": n, "formula": f, "moves": bool(_names(f) & moving)} for n, f in lines]
    return told, memory


def _read(rule):
    lines = []
    for statement in _body(rule):
        match statement:
            case ast.Expr(value=ast.Constant(value=str())):
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                lines.append((name, _formula(value, rule)))
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if (
                _apart(names, values)
            ):
                pairs = zip(names, values, strict=True)
                lines += [(name.id, _formula(value, rule)) for name, value in pairs]
            case ast.AugAssign(target=ast.Name(id=name) as old, op=op, value=value):
                lines.append((name, _formula(ast.BinOp(ast.Name(old.id), op, value), rule)))
            case ast.Return(value=ast.Tuple(elts=[point, kept])):
                lines.append(("w", _formula(point, rule)))
                return lines, _memory(kept, rule)
            case _:
                _refuse(statement, rule)
    raise Unreadable(f"{name_of(rule)} doesn't end with return w, state.")


def _apart(names, values):
    """Whether `a, b = x, y` is the same as two lines: no value takes a name before it."""
    told = [getattr(name, "id", None) for name in names]
    taken = [{n.id for n in ast.walk(value) if isinstance(n, ast.Name)} for value in values]
    return (
        len(names) == len(values)
        and None not in told
        and not any(set(told[:i]) & names for i, names in enumerate(taken))
    )


def _body(rule):
    try:
        source = textwrap.dedent(inspect.getsource(rule))
        return next(n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)).body
    except (OSError, TypeError, SyntaxError, StopIteration):
        raise Unreadable(
            f"inside can't find the source of {name_of(rule)}. Write it with def in a cell."
        ) from None


def _memory(kept, rule):
    match kept:
        case ast.Name(id="state"):
            return {}
        case ast.Dict(keys=keys, values=values) if all(isinstance(k, ast.Constant) for k in keys):
            pairs = zip(keys, values, strict=True)
            return {key.value: _formula(value, rule) for key, value in pairs}
    _refuse(kept, rule)


def _formula(node, rule):
    match node:
        case ast.Constant(value=int() | float() as number):
            return ["num", float(number)]
        case ast.Name(id=name):
            return ["name", name]
        case ast.UnaryOp(op=ast.USub(), operand=value):
            return ["neg", _formula(value, rule)]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return [_OPERATORS[type(op)], _formula(left, rule), _formula(right, rule)]
        case ast.Call(func=ast.Attribute(value=ast.Name(id="state"), attr="get"),
                      args=[ast.Constant(value=name), start], keywords=[]):  # fmt: skip
            return ["old", name, _formula(start, rule)]
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr="square"), args=[value]):
            return ["**", _formula(value, rule), ["num", 2.0]]
        case ast.Call(func=ast.Attribute(attr="zeros_like")):
            return ["num", 0.0]
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr=name), args=[value],
                      keywords=[]) if name in _FUNCTIONS:  # fmt: skip
            return ["call", name, _formula(value, rule)]
    _refuse(node, rule)


def _refuse(node, rule):
    raise Unreadable(
        "inside shows rules of plain lines: names, + - * / **, np.sqrt, np.abs, np.sign, "
        f'state.get("m", 0.0), and one return. In {name_of(rule)} it can\'t read: '
        f"{ast.unparse(node)}"
    )


def _names(formula):
    kind, *parts = formula
    if kind in ("name", "old"):
        return {parts[0]}
    return set().union(*(_names(part) for part in parts if isinstance(part, list)))
