"""Small changes to an answer: operators, names, constants, calls, order, dropped parts."""

import ast
import copy
import random

ARITHMETIC = [ast.Add, ast.Sub, ast.Mult, ast.Div]  # powers of whole numbers may never end
ORDER = [ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq]


def mutants(source, most, seed=0):
    """{changed source: what was changed}, at most so many, drawn from all single changes."""
    module = without_docstrings(ast.parse(source))
    found = {}
    for what, changed in changes(module):
        text = ast.unparse(changed)
        if text != ast.unparse(module):
            found.setdefault(text, " ".join(what.split()))
    drawn = sorted(found.items())
    return dict(random.Random(seed).sample(drawn, min(most, len(drawn))))


def without_docstrings(module):
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return module


def changes(module):
    """Pairs of a description and the module with that one change."""
    nodes = list(ast.walk(module))
    names = variables(module)
    for i, node in enumerate(nodes):
        for what, new in replacements(node, names):
            copied = copy.deepcopy(module)
            target = list(ast.walk(copied))[i]
            target.__class__, target.__dict__ = new.__class__, copy.deepcopy(new).__dict__
            yield f"{what}: {ast.unparse(node)} -> {ast.unparse(new)}", copied
        for what, body in orders(node):
            copied = copy.deepcopy(module)
            list(ast.walk(copied))[i].body = body
            yield what, copied


def variables(module):
    """Arguments and assigned names that are not called: a mutant takes one for another."""
    nodes = list(ast.walk(module))
    called = {node.func.id for node in nodes if is_call_by_name(node)}
    arguments = [node.arg for node in nodes if isinstance(node, ast.arg)]
    stored = [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return [name for name in dict.fromkeys([*arguments, *stored]) if name not in called]


def is_call_by_name(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def replacements(node, names):
    if isinstance(node, ast.BinOp):
        for operator in ARITHMETIC:
            yield "operator", ast.BinOp(node.left, operator(), node.right)
        if not isinstance(node.op, ast.Add | ast.Mult):
            yield "operands", ast.BinOp(node.right, node.op, node.left)
        yield "dropped", node.left
        yield "dropped", node.right
    if isinstance(node, ast.AugAssign):
        for operator in ARITHMETIC:
            yield "operator", ast.AugAssign(node.target, operator(), node.value)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for operator in ORDER:
            yield "comparison", ast.Compare(node.left, [operator()], node.comparators)
    if isinstance(node, ast.UnaryOp):
        yield "dropped", node.operand
    if isinstance(node, ast.IfExp):
        yield "branches", ast.IfExp(node.test, node.orelse, node.body)
        yield "dropped", node.body
        yield "dropped", node.orelse
    if isinstance(node, ast.Call) and node.args:
        yield "dropped", node.args[0]
        yield "arguments", ast.Call(node.func, node.args[::-1], node.keywords)
        for i in range(len(node.keywords)):
            kept = node.keywords[:i] + node.keywords[i + 1 :]
            yield "dropped", ast.Call(node.func, node.args, kept)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        for name in names:
            yield "name", ast.Name(name, ast.Load())
        yield "reset", ast.BinOp(ast.Constant(0), ast.Mult(), node)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        for value in (0, 1, 2, node.value + 1, 1 - node.value):
            yield "constant", ast.Constant(type(node.value)(value))
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
        yield "order", ast.Tuple(node.elts[::-1], ast.Load())


def orders(node):
    """Statements of a block dropped, doubled, or put one later."""
    body = getattr(node, "body", None)
    if not isinstance(body, list) or isinstance(node, ast.Module):
        return
    for i in range(len(body) - 1):
        text = ast.unparse(body[i])
        yield f"dropped statement: {text}", body[:i] + body[i + 1 :]
        if not repeatable(body[i]):
            yield f"statement twice: {text}", [*body[: i + 1], *body[i:]]
        yield f"statement later: {text}", [*body[:i], body[i + 1], body[i], *body[i + 2 :]]


def repeatable(statement):
    """Whether doing it twice gives the same, as far as its text tells."""
    if isinstance(statement, ast.FunctionDef):
        return True
    names = [n for n in ast.walk(statement) if isinstance(n, ast.Name)]
    stored = {n.id for n in names if isinstance(n.ctx, ast.Store)}
    read = {n.id for n in names if isinstance(n.ctx, ast.Load)}
    return isinstance(statement, ast.Assign) and not stored & read
