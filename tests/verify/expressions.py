"""Evaluates the expressions that tie numbers of a page to its code.

What a reader can follow, and nothing that changes anything by itself: names,
attributes, calls, subscripts, literals, arithmetic, comparisons, and
`… for … in …`.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import itertools
import operator
from collections import ChainMap
from collections.abc import Iterator, Mapping

FUNCTIONS = (
    *("abs", "float", "int", "len", "max", "min", "range", "round"),
    *("sorted", "sum", "zip"),
)
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class Missing(ValueError):
    """A name that the page does not have at this point."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the page has no {name}")


def evaluate(expression: str, namespace: Mapping) -> object:
    """Return the value of an expression in a page's namespace.

    A name that the page does not have may be a snippet, by its module:
    `gradient_descent.scratch.train(x, y)[0]`. Raises ValueError for what is
    not understood, and whatever the called code raises.
    """
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except SyntaxError as error:
        raise ValueError(f"this is no expression: {expression}") from error
    return _value(tree.body, namespace)


def _value(node: ast.expr, names: Mapping):
    match node:
        case ast.Constant():
            return node.value
        case ast.Name():
            return _name(node.id, names)
        case ast.Attribute():
            return _attribute(node, names)
        case ast.Call():
            return _value(node.func, names)(
                *_arguments(node.args, names),
                **{
                    each.arg: _value(each.value, names)
                    for each in node.keywords
                },
            )
        case ast.Subscript():
            return _value(node.value, names)[_value(node.slice, names)]
        case ast.Slice():
            ends = (node.lower, node.upper, node.step)
            return slice(*(each and _value(each, names) for each in ends))
        case ast.Tuple():
            return tuple(_value(each, names) for each in node.elts)
        case ast.List():
            return [_value(each, names) for each in node.elts]
        case ast.BinOp() if type(node.op) in OPERATORS:
            left, right = _value(node.left, names), _value(node.right, names)
            return OPERATORS[type(node.op)](left, right)
        case ast.UnaryOp() if type(node.op) in OPERATORS:
            return OPERATORS[type(node.op)](_value(node.operand, names))
        case ast.Compare() if {type(each) for each in node.ops} < {*OPERATORS}:
            terms = [node.left, *node.comparators]
            values = [_value(each, names) for each in terms]
            pairs = zip(node.ops, itertools.pairwise(values), strict=True)
            return all(OPERATORS[type(op)](*pair) for op, pair in pairs)
        case ast.GeneratorExp() | ast.ListComp():
            return list(_each(node.elt, node.generators, names))
    raise ValueError(
        f"{ast.unparse(node)}: only names, attributes, calls, subscripts, "
        "literals, arithmetic, comparisons and `for` are understood here"
    )


def _each(
    element: ast.expr, loops: list[ast.comprehension], names: Mapping
) -> Iterator:
    """Yield the elements of a comprehension."""
    if not loops:
        yield _value(element, names)
        return
    loop, *inner = loops
    for value in _value(loop.iter, names):
        here = ChainMap(dict(_bound(loop.target, value)), names)
        if all(_value(test, here) for test in loop.ifs):
            yield from _each(element, inner, here)


def _bound(target: ast.expr, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(target, ast.Name):
        yield target.id, value
        return
    for part, each in zip(target.elts, value, strict=True):
        yield from _bound(part, each)


def _arguments(nodes: list[ast.expr], names: Mapping) -> Iterator:
    for node in nodes:
        if isinstance(node, ast.Starred):
            yield from _value(node.value, names)
        else:
            yield _value(node, names)


def _name(name: str, names: Mapping):
    if name in names:
        return names[name]
    if name in FUNCTIONS:
        return getattr(builtins, name)
    raise Missing(name)


def _attribute(node: ast.Attribute, names: Mapping):
    if node.attr.startswith("_"):
        raise ValueError(f"{ast.unparse(node)}: {node.attr} is private")
    module = _module(node, names)
    if module:
        return module
    return getattr(_value(node.value, names), node.attr)


def _module(node: ast.expr, names: Mapping):
    """Return the snippet that a dotted name means, if it means one."""
    root = node
    while isinstance(root, ast.Attribute):
        root = root.value
    if not isinstance(root, ast.Name) or root.id in names:
        return None
    try:
        return importlib.import_module(ast.unparse(node))
    except ModuleNotFoundError:
        return None
