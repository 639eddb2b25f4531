"""The process that proves: scalar equations, symbol by symbol, in SymPy.

`x_i` is one symbol, whatever i is, so a proof holds for every size.
"""

from __future__ import annotations

import random
from multiprocessing.connection import Connection

import sympy

from verify.equations import tree as t
from verify.equations.scope import Scope

FUNCTIONS = {
    "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin, "cos": sympy.cos,
    "tan": sympy.tan, "tanh": sympy.tanh, "sinh": sympy.sinh,
    "cosh": sympy.cosh, "max": sympy.Max, "min": sympy.Min,
    "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)),
}  # fmt: skip
SIGNED = {"positive", "unit", "step", "simplex", "size"}


class Unfit(Exception):
    """An expression that is no formula of scalars."""


def serve(pipe: Connection) -> None:
    """Answer questions until the pipe is closed."""
    pipe.send("ready")
    while True:
        try:
            statement, scope = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(answer(statement, scope))
        except Exception:  # whatever SymPy stumbles over: no proof
            pipe.send("unknown")


def answer(statement: t.Statement, scope: Scope) -> str:
    """Return 'proved', 'refuted' or 'unknown' for an equation."""
    try:
        reader = Reader(scope)
        left = reader.read(statement.left, {})
        right = reader.read(statement.right, {})
    except Unfit:
        return "unknown"
    difference = left - right
    if _differs(difference):
        return "refuted"
    return "proved" if _is_zero(difference) else "unknown"


def _is_zero(difference: sympy.Expr) -> bool:
    if difference == 0 or sympy.expand(difference) == 0:
        return True
    return sympy.simplify(sympy.together(difference)) == 0


def _differs(difference: sympy.Expr) -> bool:
    """Whether a difference is not 0 at a point, computed exactly."""
    rng = random.Random(0)
    place = {
        symbol: sympy.Rational(rng.randint(3, 13), 16)
        for symbol in sorted(difference.free_symbols, key=str)
    }
    value = sympy.N(difference.subs(place), 40)
    return bool(value.is_finite and abs(value) > sympy.Float("1e-25"))


class Reader:
    """Reads scalar expressions as SymPy's."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.frozen: tuple[str, ...] = ()

    def read(self, node: t.Node, env: dict) -> sympy.Expr:
        """Return an expression; raise Unfit where it is not of scalars."""
        match node:
            case t.Num(text) if text.endswith("%"):
                return sympy.Rational(text[:-1]) / 100
            case t.Num(text):
                return sympy.Rational(text)
            case t.Constant(name):
                return sympy.pi if name == "pi" else sympy.E
            case t.Bound(name) if name in env and not isinstance(
                env[name], str
            ):
                return env[name]
            case t.Name(key):
                return self.symbol(key)
            case t.Index(t.Name(key), indices):
                return self.element(key, indices, env)
            case t.Neg(body):
                return -self.read(body, env)
            case t.Add(left, right):
                return self.read(left, env) + self.read(right, env)
            case t.Sub(left, right):
                return self.read(left, env) - self.read(right, env)
            case t.Mul(left, right):
                return self.read(left, env) * self.read(right, env)
            case t.Div(top, bottom):
                return self.read(top, env) / self.read(bottom, env)
            case t.Pow(base, exponent):
                return self.read(base, env) ** self.read(exponent, env)
            case t.Abs(body):
                return sympy.Abs(self.read(body, env))
            case t.Sqrt(body, None):
                return sympy.sqrt(self.read(body, env))
            case t.Apply(name, arguments) if name in FUNCTIONS:
                inner = [self.read(each, env) for each in arguments]
                return FUNCTIONS[name](*inner)
            case t.Call(name, arguments, primes):
                return self.call(name, arguments, primes, env)
            case t.Derivative(body, variables):
                return self.derivative(body, variables, env)
        raise Unfit

    def symbol(self, key: str) -> sympy.Expr:
        """Return a scalar, expanded where it is defined."""
        symbol = self.scope.symbols[key]
        if symbol.shape:
            raise Unfit
        clauses = self.scope.definitions.get(key)
        if clauses and key not in self.frozen:
            return self.read(clauses[-1].body, {})
        return self.atom(key, symbol.kind)

    def element(self, key: str, indices, env: dict) -> sympy.Expr:
        """Return an element, expanded where it is defined."""
        labels = tuple(_label(index, env) for index in indices)
        atom = f"{key}[{','.join(labels)}]"
        clauses = self.scope.definitions.get(key)
        if not clauses or atom in self.frozen:
            return self.atom(atom, self.scope.symbols[key].kind)
        (clause, *more) = clauses
        if more or any(n is None or shift for n, shift in clause.indices):
            raise Unfit
        if not clause.indices:
            raise Unfit
        names = [name for name, _ in clause.indices]
        return self.read(clause.body, dict(zip(names, labels, strict=True)))

    def atom(self, name: str, kind: str) -> sympy.Symbol:
        """Return a symbol that knows whether it is positive."""
        if name not in self.frozen and kind in SIGNED:
            return sympy.Symbol(name, positive=True)
        return sympy.Symbol(name, real=True)

    def call(self, name: str, arguments, primes: int, env) -> sympy.Expr:
        """Return a function's value, or that of its derivative."""
        clauses = self.scope.definitions.get(name)
        if not clauses:
            raise Unfit
        clause = clauses[-1]
        inner = [self.read(each, env) for each in arguments]
        dummies = [sympy.Dummy(real=True) for _ in inner]
        body = self.read(
            clause.body, dict(zip(clause.parameters, dummies, strict=True))
        )
        for _ in range(primes):
            body = sympy.diff(body, dummies[0])
        return body.subs(dict(zip(dummies, inner, strict=True)))

    def derivative(self, body, variables, env: dict) -> sympy.Expr:
        """Differentiate with the variable frozen, then expand it."""
        *inner, variable = variables
        if isinstance(variable, t.Bound):
            raise Unfit
        below = t.Derivative(body, tuple(inner)) if inner else body
        before = self.frozen
        name = (
            variable.key
            if isinstance(variable, t.Name)
            else (
                f"{variable.base.key}["
                f"{','.join(_label(i, env) for i in variable.indices)}]"
            )
        )
        self.frozen = (*before, name)
        try:
            atom = self.read(variable, env)
            slope = sympy.diff(self.read(below, env), atom)
        finally:
            self.frozen = before
        return slope.subs(atom, self.read(variable, env))


def _label(index: t.Node, env: dict) -> str:
    match index:
        case t.Num(text):
            return text
        case t.Bound(name):
            return env.get(name, name)
    raise Unfit
