"""What comments beside code state, compared with what the code gives.

    error = w * x + b - y  # z - y, (n,)
    return dw, db  # dL/dw, dL/db

A comment at the end of a line speaks of what the line assigns, returns, calls
or loops over. Its formulas give the same value; its arrays have the shapes;
what it assigns is called after the variable of the derivative, and what it
returns are the derivatives by the first parameters of the function. A letter
in a shape is the size that the code calls so, or else the same throughout a
call, and outside of functions throughout a page. Words state nothing, nor does
a formula with names that are neither in scope nor DEFINED.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import CodeType

import numpy as np

# What letters of the book stand for where the code has no such name.
DEFINED = {
    "a": "1 / (1 + exp(-z))",
    "C": "-(y * log(a) + (1 - y) * log(1 - a))",
    "e": "z - y",
    "l": "e**2 / 2",
    "L": "mean(e**2) / 2",
    "S": "sum((x - mean(x)) ** 2)",
    "s_xx": "mean((x - mean(x)) ** 2)",
    "s_xy": "mean((x - mean(x)) * (y - mean(y)))",
    "z": "w * x + b",
}
FUNCTIONS = {
    name: getattr(np, name) for name in ("exp", "log", "mean", "sqrt", "sum")
}
SIZES = "__sizes__"
OFTEN = 10  # the runs of a line in which its formula is compared


class Untrue(Exception):
    """A comment states what the value beside it is not."""


@dataclass
class Stated:
    """What a comment states: formulas, variables of derivatives, shapes."""

    formulas: list[ast.expr] = field(default_factory=list)
    variables: list[str] = field(default_factory=list)
    shapes: list[ast.Tuple] = field(default_factory=list)
    runs: int = 0


def stated(source: str) -> dict[int, Stated]:
    """Return what the comments of code state, by line."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: read(token.string)
        for token in tokens
        if token.type == tokenize.COMMENT
    }


def read(comment: str) -> Stated:
    """Read a comment: formulas or derivatives, then shapes."""
    try:
        body = ast.parse(f"[{comment.lstrip('#')}]", mode="eval").body
    except SyntaxError:
        return Stated()
    parts = body.elts if isinstance(body, ast.List) else []
    shapes = [each for each in parts if isinstance(each, ast.Tuple)]
    formulas = parts[: len(parts) - len(shapes)]
    if shapes != parts[len(formulas) :]:
        return Stated()
    variables = [name for each in formulas if (name := _variable(each))]
    if variables and len(variables) == len(formulas):
        return Stated([], variables, shapes)
    return Stated(formulas, [], shapes)


def misplaced(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not what their comments say, with the reason.

    They make no value of a shape, or another derivative.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:  # which running it will show
        return
    values, made, parameters = set(), {}, []
    for node in _in_order(tree):
        if value := _value(node):
            values.add(value.end_lineno)
        if isinstance(node, ast.FunctionDef):
            parameters = [each.arg for each in node.args.args]
        if isinstance(node, ast.Return):
            made[node.end_lineno] = parameters
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            made[node.end_lineno] = _assigned(node)
    for line, said in stated(source).items():
        first = made.get(line, [])[: len(said.variables)]
        if said.shapes and line not in values:
            yield line, "a shape, and the line makes no value"
        elif said.variables != first:
            yield line, "another derivative than the line makes"


def watch(tree: ast.Module, source: str) -> dict[str, object]:
    """Let code compare its comments with its values; it raises Untrue.

    Returns what the code needs to find in its page's namespace.
    """
    watcher = _Watch(stated(source))
    ast.fix_missing_locations(watcher.visit(tree))
    return watcher.names


def _variable(formula: ast.expr) -> str:
    """Return `w` of `dL/dw`."""
    match formula:
        case ast.BinOp(ast.Name(top), ast.Div(), ast.Name(by)):
            return by[1:] if top[0] == by[0] == "d" else ""
    return ""


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for each in ast.iter_child_nodes(node):
        yield from _in_order(each)


def _assigned(node: ast.Assign | ast.AugAssign) -> list[str]:
    """Return `["w", "b"]` for `dw, db = …`."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    found = target.elts if isinstance(target, ast.Tuple) else [target]
    return [ast.unparse(e)[1:] for e in found if ast.unparse(e)[0] == "d"]


def _value(node: ast.AST) -> ast.expr | None:
    """Return the value that a comment at the end of its line is of."""
    if isinstance(node, (ast.Assign, ast.Return, ast.Expr)):
        return node.value
    return node.iter if isinstance(node, ast.For) else None


class _Watch(ast.NodeTransformer):
    """Wraps each value that stands beside a comment that states something."""

    def __init__(self, stated: dict[int, Stated]) -> None:
        self.stated = stated
        self.names: dict[str, object] = {SIZES: {}}

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        after = 1 if ast.get_docstring(node) is not None else 0
        empty = ast.parse(f"{SIZES} = {{}}").body[0]
        node.body.insert(after, ast.copy_location(empty, node))
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        value = _value(node)
        said = self.stated.get(value.end_lineno) if value else None
        if said and (said.formulas or said.shapes):
            is_loop, name = isinstance(node, ast.For), f"__said_{id(said)}__"
            check = _looped if is_loop else _checked
            self.names[name] = functools.partial(check, said)
            call = ast.parse(f"{name}(_, locals(), {SIZES})").body[0].value
            for each in ast.walk(call):
                ast.copy_location(each, value)
            call.args[0] = value
            setattr(node, "iter" if is_loop else "value", call)
        return node


def _checked(said: Stated, value: object, known: dict, sizes: dict) -> object:
    _check_shapes(value, said.shapes, known, sizes)
    said.runs += 1
    if said.runs <= OFTEN:
        for part, formula in _paired(value, said.formulas):
            _check_formula(part, formula, known)
    return value


def _looped(
    said: Stated, values: Iterable, known: dict, sizes: dict
) -> Iterator[object]:
    for value in values:
        yield _checked(said, value, known, sizes)


def _paired(value: object, parts: list) -> Iterator[tuple[object, ast.expr]]:
    """Yield each part of a comment with the part of the value it is of."""
    several = isinstance(value, (list, tuple)) and len(value) == len(parts)
    parts_of = value if several and len(parts) > 1 else [value]
    return zip(parts_of, parts, strict=False)


def _check_shapes(
    value: object, shapes: list[ast.Tuple], known: dict, sizes: dict
) -> None:
    for part, wanted in _paired(value, shapes):
        new = dict(sizes)
        found = _shapes(part)
        if not found or not all(_fits(s, wanted, known, new) for s in found):
            has = " and ".join(map(str, dict.fromkeys(found))) or "none"
            said = ast.unparse(wanted)
            where = [f"{k} = {sizes[k]}" for k in sizes if k in said]
            has += f", with {', '.join(where)}" if where else ""
            raise Untrue(f"the comment says {said}, and the shape is {has}")
        sizes.update(new)


def _shapes(value: object) -> list[tuple[int, ...]]:
    """Return the shapes of the arrays in a value, or else its own."""
    parts = value if isinstance(value, (list, tuple)) else []
    found = [tuple(each.shape) for each in parts if hasattr(each, "shape")]
    if found or value is None:
        return found
    try:
        return [tuple(np.shape(value))]
    except ValueError:  # rows of different lengths
        return []


def _fits(shape: tuple, wanted: ast.Tuple, known: dict, sizes: dict) -> bool:
    """Compare a shape with its expressions; a new letter gets the rest."""
    if len(shape) != len(wanted.elts):
        return False
    for size, code in zip(shape, _compiled(wanted), strict=True):
        names = dict(sizes)
        for name in code.co_names:
            if isinstance(known.get(name), int):
                names[name] = known[name]
            elif name not in sizes and len(name) > 1:
                return False
            elif name not in sizes:
                rest = size - eval(code, {}, names | {name: 0})
                sizes[name] = names[name] = rest
        if size != eval(code, {}, names):
            return False
    return True


@functools.cache  # a training passes a shape many thousands of times
def _compiled(wanted: ast.Tuple) -> list[CodeType]:
    parts = map(ast.unparse, wanted.elts)
    return [compile(each, "<comment>", "eval") for each in parts]


def _check_formula(value: object, formula: ast.expr, known: dict) -> None:
    """Compare a value with a formula, in whatever way its names are meant.

    x may stand for xi, and what is DEFINED for itself.
    """
    text = ast.unparse(formula)
    if isinstance(formula, (ast.Name, ast.Constant)) and text not in DEFINED:
        return  # it says how the value is called
    known = {k: v for k, v in known.items() if k not in FUNCTIONS}
    single = {name[:-1]: known[name] for name in known if name[-1:] == "i"}
    wanted = []
    for names in (known, known | single):
        defined = {k: v for k, v in names.items() if k not in DEFINED}
        for scope in [defined] if text in DEFINED else [defined, names]:
            # A name may be of something else here, or of nothing.
            with contextlib.suppress(Exception):
                each = _evaluated(text, dict(scope))
                is_same = np.allclose(each, _array(value), 1e-4, 1e-6)
                wanted.append((is_same, each))
    if wanted and not any(is_same for is_same, _ in wanted):
        raise Untrue(
            f"the comment says {text}, which is {wanted[0][1]}, and the line "
            f"gives {value}"
        )


def _evaluated(text: str, scope: dict) -> np.ndarray:
    code = compile(text, "<comment>", "eval")
    for name in code.co_names:
        if name in scope:
            scope[name] = _array(scope[name])
        elif name in DEFINED and "__name__" not in scope:  # in a function
            scope[name] = _evaluated(DEFINED[name], scope)
    return np.asarray(eval(code, FUNCTIONS, scope), float)


def _array(value: object) -> object:
    """Return numbers as an array of NumPy."""
    if hasattr(value, "detach"):
        return value.detach().numpy()
    return np.array(value) if isinstance(value, (list, tuple)) else value
