"""Functions: declared ones, built-in ones, and those without a bracket."""

from __future__ import annotations

import re
from dataclasses import replace

from lark import Tree

from verify.equations import tree as t
from verify.equations.errors import Unreadable
from verify.equations.names import Names
from verify.equations.parts import is_, span

POWERED = {"sin", "cos", "tan", "tanh", "sinh", "cosh"}


class Functions(Names):
    """Builds values of functions."""

    def called(self, tree: Tree, name: str, group: Tree) -> t.Node:
        """Build a function's value, with what is attached to its bracket."""
        atom, *scripts = tree.children
        _, rest = self.resolve(atom, scripts)
        bracket, *outer = group.children
        if group.data != "grouped" or bracket.data not in ("paren", "bracket"):
            raise Unreadable(
                f"{self.text(atom)} is a function: it needs (…)",
                span(tree)[0],
            )
        if any(script.data != "prime" for script in rest):
            raise Unreadable(
                "a script between a function and its bracket is ambiguous",
                span(rest[0])[0],
            )
        arguments = tuple(self.expr(part) for part in bracket.children)
        primes = sum(len(self.text(script)) for script in rest)
        where = (span(tree)[0], span(bracket)[1])
        if name in self.symbols:
            node = t.Call(name, arguments, primes, span=where)
        elif primes:
            raise Unreadable(f"{name}' is not known", span(tree)[0])
        else:
            node = t.Apply(name.replace("relu", "ReLU"), arguments, span=where)
            if outer and outer[0].data == "sub":
                node = t.Index(node, self.indices(outer[0], None))
                outer = outer[1:]
        return self.scripted(node, outer, span(tree)[0])

    def _call(self, tree: Tree) -> t.Node:
        name, *parts = tree.children
        function = name.lstrip("\\").replace("ln", "log")
        power = parts.pop(0) if is_(parts[0], "power") else None
        if is_(parts[0], "paren"):
            parts = parts[0].children
        arguments = tuple(self.expr(part) for part in parts)
        return self.raised(t.Apply(function, arguments), power, tree)

    def _log_call(self, tree: Tree) -> t.Node:
        name, base, paren = tree.children
        if name not in (r"\log",) or len(paren.children) != 1:
            raise Unreadable(f"{name} takes no base", span(tree)[0])
        digits = t.Num(re.sub(r"\D", "", self.text(base)))
        return t.Apply("log", (self.expr(paren.children[0]), digits))

    def _bare(self, tree: Tree) -> t.Node:
        name, *power, argument = tree.children
        function = name.lstrip("\\").replace("ln", "log")
        node = t.Apply(function, (self.factor(argument),))
        return self.raised(node, power[0] if power else None, tree)

    def raised(self, node: t.Apply, power: Tree | None, tree: Tree) -> t.Node:
        r"""Build \tanh^2(z); other functions must be raised outside."""
        if power is None:
            return node
        exponent = self.text(power).lstrip("^ ")
        if node.function not in POWERED or exponent in "01":
            name = "\\" + node.function
            raise Unreadable(
                f"a power on {name}: write ({name}(…))^2",
                span(power)[0],
            )
        return t.Pow(replace(node, span=span(tree)), t.Num(exponent))
