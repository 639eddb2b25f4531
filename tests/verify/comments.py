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
from collections.abc import Iterator
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
OFTEN = 1000  # the runs of a line in which it is compared
MISPLACED = (
    "the comment says what the line does not make: {!r}; a shape stands where "
    "a value is assigned, returned or looped over, a derivative dL/dw where "
    "dw is assigned, or all where they are returned, in the order of the "
    "parameters"
)


class Untrue(SyntaxError):
    """A comment states what its line is not."""


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
    parts = getattr(body, "elts", [])
    shapes = [each for each in parts if isinstance(each, ast.Tuple)]
    formulas = parts[: len(parts) - len(shapes)]
    if shapes != parts[len(formulas) :]:
        return Stated()
    variables = [name for each in formulas if (name := _variable(each))]
    if variables and len(variables) == len(formulas):
        return Stated([], variables, shapes)
    return Stated(formulas, [], shapes)


def watch(tree: ast.Module, source: str, name: str) -> dict[str, object]:
    """Let code compare its comments with its values; it raises Untrue.

    Returns what the code needs to find in its page's namespace. Raises Untrue
    for a shape or a derivative beside a line that makes none; `name` is how
    the code is called.
    """
    left, names = stated(source), {}
    for node, made in [*_making(tree)]:
        line = node.value.end_lineno
        said = left.get(line, Stated())
        if said.variables != made[: len(said.variables)]:
            continue
        said.variables = []
        if isinstance(node, ast.AugAssign):  # its value is a change
            continue
        left.pop(line, None)
        if said.formulas or said.shapes:
            check = f"__said_{id(said)}__"
            names[check] = functools.partial(_checked, said)
            watched = _moved(f"{check}(_, locals(), {SIZES})", node.value)
            watched.value.args[0] = node.value
            node.value = watched.value
    for line, said in left.items():
        if said.shapes or said.variables:
            text = source.split("\n")[line - 1].strip()
            raise Untrue(MISPLACED.format(text), (name, line, 0, text))
    for node in [*ast.walk(tree)]:
        if isinstance(node, ast.FunctionDef):  # each call has sizes of its own
            after = ast.get_docstring(node) is not None
            node.body.insert(after, _moved(f"{SIZES} = {{}}", node))
    return names


def _variable(formula: ast.expr) -> str:
    """Return `w` of `dL/dw`."""
    match formula:
        case ast.BinOp(ast.Name(top), ast.Div(), ast.Name(by)):
            return by[1:] if top[0] == by[0] == "d" else ""
    return ""


def _making(tree: ast.Module) -> Iterator[tuple[ast.stmt, list[str]]]:
    """Yield each statement that has a value, and what its derivatives are by.

    What a loop is over becomes a statement of its own.
    """
    parameters: dict[ast.AST, list[str]] = {}
    for node in [*ast.walk(tree)]:
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args]
            parameters |= dict.fromkeys(ast.walk(node), names)
        if isinstance(node, ast.For):
            beside = _moved(ast.unparse(node.target), node.iter)
            node.body.insert(0, beside)
    for node in ast.walk(tree):
        match node:
            case ast.Return(ast.expr()):
                yield node, parameters.get(node, [])
            case ast.Assign(targets=[target, *_]) | ast.AugAssign(target):
                texts = map(ast.unparse, getattr(target, "elts", [target]))
                yield node, [each[1:] for each in texts if each[0] == "d"]
            case ast.Expr():
                yield node, []


def _moved(text: str, place: ast.AST) -> ast.stmt:
    """Return a statement that stands where a node does."""
    (statement,) = ast.parse(text).body
    for each in ast.walk(statement):
        ast.copy_location(each, place)
    return statement


def _checked(said: Stated, value: object, known: dict, sizes: dict) -> object:
    said.runs += 1
    if said.runs > OFTEN:
        return value
    for part, shape in _paired(value, said.shapes):
        _check_shape(part, shape, known, sizes)
    for part, formula in _paired(value, said.formulas):
        _check_formula(part, formula, known)
    return value


def _paired(value: object, parts: list) -> Iterator[tuple[object, ast.expr]]:
    """Yield each part of a comment with the part of the value it is of."""
    several = isinstance(value, (list, tuple)) and len(value) == len(parts)
    parts_of = value if several and len(parts) > 1 else [value]
    return zip(parts_of, parts, strict=False)


def _check_shape(
    value: object, wanted: ast.Tuple, known: dict, sizes: dict
) -> None:
    found, new, said = _shapes(value), dict(sizes), ast.unparse(wanted)
    if found and all(_fits(each, wanted.elts, known, new) for each in found):
        sizes.update(new)
        return
    has = " and ".join(map(str, dict.fromkeys(found))) or "none"
    has += "".join(f", with {k} = {v}" for k, v in sizes.items() if k in said)
    raise Untrue(f"the comment says {said}, and the shape is {has}")


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


def _fits(
    shape: tuple, wanted: list[ast.expr], known: dict, sizes: dict
) -> bool:
    """Compare a shape with what is said; a new letter gets its size."""
    if len(shape) != len(wanted):
        return False
    for size, said in zip(shape, wanted, strict=True):
        code = _compiled(said)
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
def _compiled(said: ast.expr) -> CodeType:
    return compile(ast.Expression(said), "<comment>", "eval")


def _check_formula(value: object, formula: ast.expr, known: dict) -> None:
    """Compare a value with a formula, in whatever way its names are meant."""
    text, found = ast.unparse(formula), []
    if isinstance(formula, (ast.Name, ast.Constant)) and text not in DEFINED:
        return  # it says how the value is called
    for scope in _scopes(text, known):
        # A name may be of something else here, or of nothing.
        with contextlib.suppress(Exception):
            each = _evaluated(text, scope)
            if np.allclose(each, _array(value), 1e-4, 1e-6, equal_nan=True):
                return
            found.append(each)
    if found:
        raise Untrue(
            f"the comment says {text}, which is {found[0]}, and the line "
            f"gives {value}"
        )


def _scopes(text: str, known: dict) -> Iterator[dict]:
    """Yield what names may mean: x also xi, and z also what is DEFINED."""
    single = {name[:-1]: known[name] for name in known if name[-1:] == "i"}
    for names in (known, known | single):
        yield {k: v for k, v in names.items() if k not in DEFINED}
        if text not in DEFINED:
            yield names


def _evaluated(text: str, scope: dict) -> np.ndarray:
    code, names = compile(text, "<comment>", "eval"), dict(FUNCTIONS)
    for name in {*code.co_names} - names.keys():
        if name in scope:
            names[name] = _array(scope[name])
        elif name in DEFINED and "__name__" not in scope:  # in a function
            names[name] = _evaluated(DEFINED[name], scope)
    return np.asarray(eval(code, names), float)


def _array(value: object) -> object:
    """Return numbers as an array of NumPy."""
    if hasattr(value, "detach"):
        return value.detach().numpy()
    return np.array(value) if isinstance(value, (list, tuple)) else value
