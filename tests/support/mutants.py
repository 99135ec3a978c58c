"""Small random changes to an answer: operators, names, constants, order, dropped parts."""

import ast
import copy
import random

OPERATORS = [ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow]


def mutants(source, count, seed):
    """{changed source: what was changed}, `count` of them, drawn from all single changes."""
    function = ast.parse(source).body[0]
    found = {}
    for what, changed in changes(function):
        text = ast.unparse(changed)
        if text != ast.unparse(function):
            found.setdefault(text, what)
    return dict(random.Random(seed).sample(sorted(found.items()), count))


def changes(function):
    """Pairs of a description and the function with that one change."""
    nodes = list(ast.walk(function))
    names = [argument.arg for argument in function.args.args if argument.arg != "grad_fn"]
    for i, node in enumerate(nodes):
        for what, new in replacements(node, names):
            copied = copy.deepcopy(function)
            target = list(ast.walk(copied))[i]
            target.__class__, target.__dict__ = new.__class__, copy.deepcopy(new).__dict__
            yield f"{what}: {ast.unparse(node)} -> {ast.unparse(new)}", copied
    for what, body in orders(function.body):
        copied = copy.deepcopy(function)
        copied.body = body
        yield what, copied


def replacements(node, names):
    if isinstance(node, ast.BinOp):
        for operator in OPERATORS:
            yield "operator", ast.BinOp(node.left, operator(), node.right)
        yield "operands", ast.BinOp(node.right, node.op, node.left)
        yield "dropped", node.left
        yield "dropped", node.right
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        for name in names:
            yield "name", ast.Name(name, ast.Load())
        yield "reset", ast.BinOp(ast.Constant(0), ast.Mult(), node)
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        for value in (0.0, 1.0, 0.99, 1 - node.value):
            yield "constant", ast.Constant(value)
    if isinstance(node, ast.Tuple):
        yield "order", ast.Tuple(node.elts[::-1], ast.Load())


def orders(body):
    for i in range(len(body) - 1):
        text = ast.unparse(body[i])
        yield f"dropped statement: {text}", body[:i] + body[i + 1 :]
        yield f"statement twice: {text}", [*body[: i + 1], *body[i:]]
        yield f"statement later: {text}", [*body[:i], body[i + 1], body[i], *body[i + 2 :]]
