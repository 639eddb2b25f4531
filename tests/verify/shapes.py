"""Whether the shapes that comments state are those of the values beside them.

    z = model(X)  # (n, 1)

A comment that ends in a shape speaks of what its line assigns, returns, calls
or loops over: of the whole, or of each array in it. A name in a shape is the
size that the code calls so; a letter that the code does not know, as n here,
stands for the same size throughout a call, and outside of functions throughout
a page.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from verify.comments import comments

SHAPE = re.compile(
    r"#(?: [^()]*,)? \((?P<sizes>|(?:[\w+\- ]+, )*[\w+\- ]+,?)\)\s*$"
)
SIZE = re.compile(r"(?P<name>\w+)(?: (?P<sign>[+-]) (?P<number>\d+))?")
CHECKED, LOOPED, SIZES = "__checked__", "__looped__", "__sizes__"


class WrongShape(Exception):
    """A comment states another shape than the value beside it has."""


def stated(source: str) -> dict[int, str]:
    """Return the shapes that comments state, by line: `{7: "n, 1"}`."""
    found = {
        line: SHAPE.search(comment)
        for line, comment in comments(source).items()
    }
    return {
        line: match["sizes"]
        for line, match in found.items()
        if match and ("," in match["sizes"] or not match["sizes"])
    }


def loose(source: str) -> list[int]:
    """Return the lines with a shape in a comment, and no value it is of."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # which running it will show
        return []
    made = {
        value.end_lineno
        for value in map(_value, ast.walk(tree))
        if value is not None
    }
    return sorted(stated(source).keys() - made)


def watched(tree: ast.Module, source: str) -> ast.Module:
    """Let code compare the shapes of its comments with those of its values.

    The names it needs for that are in names(). It raises WrongShape.
    """
    return ast.fix_missing_locations(_Watch(stated(source)).visit(tree))


def fits(value: object, sizes: str, known: dict, bound: dict) -> bool:
    """Say whether a value, or each array in it, has a shape.

    `known` holds the names of the code, and `bound` the sizes that letters
    stand for; a shape that fits adds its own to these.
    """
    new = dict(bound)
    shapes = _shapes(value)
    if not shapes or not all(_fits(s, sizes, known, new) for s in shapes):
        return False
    bound.update(new)
    return True


def shape(value: object) -> tuple[int, ...] | None:
    """Return the shape of an array, a number or nested lists of numbers."""
    if hasattr(value, "shape"):
        return tuple(value.shape)
    if isinstance(value, (int, float)):
        return ()
    if isinstance(value, (list, tuple)):
        inner = {shape(each) for each in value}
        if len(inner) == 1 and None not in inner:
            return (len(value), *inner.pop())
    return None


def _shapes(value: object) -> list[tuple[int, ...]]:
    """Return the shapes of the arrays in a value, or else its own."""
    parts = value if isinstance(value, (list, tuple)) else []
    arrays = [shape(each) for each in parts if hasattr(each, "shape")]
    whole = [each for each in [shape(value)] if each is not None]
    return arrays or whole


def _fits(
    found: tuple[int, ...], sizes: str, known: dict, bound: dict
) -> bool:
    wanted = [each.strip() for each in sizes.split(",") if each.strip()]
    return len(found) == len(wanted) and all(
        _is_size(size, words, known, bound)
        for size, words in zip(found, wanted, strict=True)
    )


def _is_size(size: int, words: str, known: dict, bound: dict) -> bool:
    """Compare a size with a number or a name, and perhaps one more or less."""
    match = SIZE.fullmatch(words)
    if not match:
        return False
    rest = size - int(f"{match['sign'] or ''}{match['number'] or 0}")
    name = match["name"]
    if name.isdigit():
        return rest == int(name)
    if isinstance(known.get(name), int):
        return rest == known[name]
    return len(name) == 1 and rest == bound.setdefault(name, rest)


def _checked(value: object, sizes: str, known: dict, bound: dict) -> object:
    if not fits(value, sizes, known, bound):
        raise WrongShape(_said(value, sizes, bound))
    return value


def _looped(
    values: Iterable, sizes: str, known: dict, bound: dict
) -> Iterator[object]:
    for value in values:
        yield _checked(value, sizes, known, bound)


def _said(value: object, sizes: str, bound: dict) -> str:
    has = " and ".join(map(str, dict.fromkeys(_shapes(value)))) or "none"
    where = [f"{k} = {v}" for k, v in bound.items() if k in sizes.split(", ")]
    return (
        f"the comment says ({sizes}), and the shape is {has}"
        f"{', with ' + ', '.join(where) if where else ''}"
    )


def _value(node: ast.AST) -> ast.expr | None:
    """Return the value that a comment at the end of its line is of."""
    if isinstance(node, (ast.Assign, ast.Return, ast.Expr)):
        return node.value
    return node.iter if isinstance(node, ast.For) else None


class _Watch(ast.NodeTransformer):
    """Wraps each value that stands beside a comment with a shape."""

    def __init__(self, stated: dict[int, str]) -> None:
        self.stated = stated

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        after = 1 if ast.get_docstring(node) is not None else 0
        empty = ast.Assign([ast.Name(SIZES, ast.Store())], ast.Dict([], []))
        node.body.insert(after, ast.copy_location(empty, node))
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        value = _value(node)
        if value is not None and value.end_lineno in self.stated:
            field = "iter" if isinstance(node, ast.For) else "value"
            setattr(node, field, self._wrapped(node, value))
        return node

    def _wrapped(self, node: ast.AST, value: ast.expr) -> ast.expr:
        name = LOOPED if isinstance(node, ast.For) else CHECKED
        call = ast.Call(
            ast.Name(name, ast.Load()),
            [
                value,
                ast.Constant(self.stated[value.end_lineno]),
                ast.Call(ast.Name("locals", ast.Load()), [], []),
                ast.Name(SIZES, ast.Load()),
            ],
            [],
        )
        return ast.copy_location(call, value)


def names() -> dict[str, object]:
    """Return what watched code needs to find in its page's namespace."""
    return {CHECKED: _checked, LOOPED: _looped, SIZES: {}}
