"""Syntax tree to LaTeX, such that reading it again gives the same tree."""

from __future__ import annotations

import re

from verify.equations import tree as t

# How tightly a node binds: what stands where more is needed gets brackets.
SUM, TERM, FACTOR, ATOM = range(4)
RELATION = {
    "=": "=", "!=": r"\ne", "<": "<", ">": ">", "<=": r"\le", ">=": r"\ge",
    "~": r"\approx", "<-": r"\leftarrow",
}  # fmt: skip
NAMED = {"softmax", "sigmoid", "ReLU", "tr", "diag", "sign", "rank"}


def latex(node: t.Node, level: int = SUM) -> str:
    """Return a node's LaTeX, in parentheses if it binds less than `level`."""
    text, binding = _printed(node)
    return text if binding >= level else f"({text})"


def _printed(node: t.Node) -> tuple[str, int]:
    match node:
        case t.Num(text):
            return text.replace("%", r"\%"), ATOM
        case t.Constant(name):
            return (r"\pi" if name == "pi" else "e"), ATOM
        case t.Name(key):
            return _name(key), FACTOR if "^" in key else ATOM
        case t.Bound(name):
            return name, ATOM
        case t.Index(base, indices):
            inner = ",".join(map(latex, indices))
            text = (
                _name(base.key)
                if isinstance(base, t.Name)
                else latex(base, ATOM)
            )
            return f"{text}_{_script(inner)}", ATOM
        case t.Neg(body):
            return "-" + latex(body, TERM), SUM
        case t.Add(left, right):
            return f"{latex(left)} + {latex(right, TERM)}", SUM
        case t.Sub(left, right):
            return f"{latex(left)} - {latex(right, TERM)}", SUM
        case t.Mul(left, right, sign):
            return _product(left, right, sign), TERM
        case t.Hadamard(left, right):
            ahead = (
                latex(left)
                if isinstance(left, t.Hadamard)
                else latex(left, FACTOR)
            )
            return f"{ahead} \\odot {latex(right, FACTOR)}", TERM
        case t.Div(top, bottom):
            return rf"\frac{{{latex(top)}}}{{{latex(bottom)}}}", FACTOR
        case t.Pow(base, exponent):
            power = _script(latex(exponent))
            return f"{latex(base, ATOM)}^{power}", FACTOR
        case t.Transpose(base):
            return latex(base, ATOM) + r"^\top", FACTOR
        case t.Call(function, arguments, primes):
            inner = ", ".join(map(latex, arguments))
            return f"{function}{chr(39) * primes}({inner})", ATOM
        case t.Apply("log", (body, base)):
            return rf"\log_{{{latex(base)}}}({latex(body)})", FACTOR
        case t.Apply(function, arguments):
            inner = ", ".join(map(latex, arguments))
            name = (
                rf"\operatorname{{{function}}}"
                if function in NAMED
                else "\\" + function
            )
            return f"{name}({inner})", FACTOR
        case t.Abs(body):
            return rf"\lvert {latex(body)} \rvert", ATOM
        case t.Norm(body, order):
            script = {"2": "", "inf": r"_\infty"}.get(order, f"_{order}")
            return rf"\lVert {latex(body)} \rVert{script}", ATOM
        case t.Sqrt(body, None):
            return rf"\sqrt{{{latex(body)}}}", ATOM
        case t.Sqrt(body, degree):
            return rf"\sqrt[{latex(degree)}]{{{latex(body)}}}", ATOM
        case t.Matrix(rows, brackets):
            inner = r" \\ ".join(" & ".join(map(latex, row)) for row in rows)
            env = f"{brackets}matrix"
            return rf"\begin{{{env}}} {inner} \end{{{env}}}", ATOM
        case t.Tuple(items):
            return f"({', '.join(map(latex, items))})", ATOM
        case t.Cases(branches):
            inner = r" \\ ".join(_branch(*branch) for branch in branches)
            return rf"\begin{{cases}} {inner} \end{{cases}}", ATOM
        case t.At(body, settings):
            inner = ", ".join(
                f"{latex(name)} = {latex(value)}" for name, value in settings
            )
            return rf"\left. {latex(body)} \right|_{{{inner}}}", ATOM
        case t.Statement(relation, left, right):
            return _statement(relation, left, right), SUM
        case t.Chain(first, statements):
            return _chain(first, statements), SUM
        case t.Formula(chains):
            return r", \quad ".join(map(latex, chains)), SUM
        case _:
            return _operator(node)


def _operator(node: t.Node) -> tuple[str, int]:
    """Print what takes the rest of its term, derivatives and sets."""
    match node:
        case t.Big(operator, index, low, high, body):
            bounds = f"_{index}"
            if low is not None:
                bounds = f"_{{{index}={latex(low)}}}^{_script(latex(high))}"
            name = (
                rf"\arg\{operator[3:]}"
                if "arg" in operator
                else ("\\" + operator)
            )
            return f"{name}{bounds} {latex(body, TERM)}", TERM
        case t.Mean(index, body):
            script = f"_{index}" if index else ""
            return rf"\mathbb{{E}}{script}[{latex(body)}]", ATOM
        case t.Derivative(body, variables, mark):
            power = f"^{len(variables)}" if len(variables) > 1 else ""
            mark = r"\mathrm{d}" if mark == "d" else mark
            below = " ".join(f"{mark} {latex(v, ATOM)}" for v in variables)
            above = f"{mark}{power} {latex(body, FACTOR)}"
            return rf"\frac{{{above}}}{{{below}}}", FACTOR
        case t.Gradient(body, variables, order):
            power = "^2" if order == 2 else ""
            script = ", ".join(map(latex, variables))
            return rf"\nabla{power}_{{{script}}} {latex(body, FACTOR)}", TERM
        case t.Optimum(operator, variables, body, argument):
            name = rf"\arg\{operator}" if argument else "\\" + operator
            script = ", ".join(map(latex, variables))
            return f"{name}_{{{script}}} {latex(body, TERM)}", TERM
        case t.Reals(shape):
            size = r" \times ".join(map(latex, shape))
            return r"\mathbb{R}" + (f"^{{{size}}}" if size else ""), ATOM
        case t.Interval(low, high, ends):
            return f"{ends[0]}{latex(low)}, {latex(high)}{ends[1]}", ATOM
        case t.Elements(items, run):
            inner = (", \\dots, " if run else ", ").join(map(latex, items))
            return rf"\{{{inner}\}}", ATOM
    raise TypeError(f"{type(node).__name__} cannot be printed")


def _name(key: str) -> str:
    """Return a key as an author writes it: `w_t` for `w_{t}`."""
    return re.sub(r"([_^])\{(\w)\}", r"\1\2", key.removesuffix("_"))


def _script(text: str) -> str:
    return text if re.fullmatch(r"\w", text) else f"{{{text}}}"


def _product(left: t.Node, right: t.Node, sign: str) -> str:
    ahead = latex(left, TERM)
    if (
        _takes_the_rest(left)
        or isinstance(left, t.Hadamard)
        or (isinstance(left, t.Mul) and _takes_the_rest(left.right))
    ):
        ahead = f"({ahead})"
    behind = latex(right, SUM if _takes_the_rest(right) else FACTOR)
    sign = sign or (r"\cdot" if behind[:1] in ".0123456789" else "")
    return f"{ahead} {sign} {behind}" if sign else f"{ahead} {behind}"


def _takes_the_rest(node: t.Node) -> bool:
    return isinstance(node, t.Big | t.Optimum | t.Gradient)


def _branch(value: t.Node, condition: tuple | None) -> str:
    if condition is None:
        return rf"{latex(value)} & \text{{otherwise}}"
    return f"{latex(value)} & {_chain(condition[0].left, condition)}"


def _chain(first: t.Node, statements: tuple) -> str:
    if statements and statements[0].relation in ("in", "range"):
        return latex(statements[0])
    steps = [f"{RELATION[s.relation]} {latex(s.right)}" for s in statements]
    return " ".join([latex(first), *steps])


def _statement(relation: str, left: t.Node, right: t.Node) -> str:
    if relation == "in":
        return rf"{latex(left)} \in {latex(right)}"
    if relation == "range":
        low, high = right.items
        return rf"{latex(left)} = {latex(low)}, \dots, {latex(high)}"
    return f"{latex(left)} {RELATION[relation]} {latex(right)}"
