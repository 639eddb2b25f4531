"""Parse tree to syntax tree: what the names mean settles how it is read.

`w (x + 1)` is a product where `w` is declared a number and a value where it is
declared a function; `x_i` is an element where `x` is a vector and a name of
its own where `x_i` is declared. What nothing declares is refused.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lark import Token, Tree

from verify.equations import tree as t
from verify.equations.derivatives import Derivatives
from verify.equations.errors import Unreadable
from verify.equations.operators import Operators
from verify.equations.parser import parse_tree
from verify.equations.parts import flat, is_, sign_of, span
from verify.equations.rows import formula
from verify.equations.sides import Sides
from verify.equations.symbols import Symbols


def parse(source: str, symbols: Symbols, define: bool = False) -> t.Formula:
    r"""Return the formula that a LaTeX source states.

    Where it defines (`define`), the arguments on the left of a function are
    its parameters: in `f(u) = u^2`, `u` need not be declared.

    Raises Unreadable for what the grammar refuses and Undeclared for names.
    """
    return formula(parse_tree(source), Builder(source, symbols), define)


class Builder(Derivatives, Operators, Sides):
    """Builds expressions of one source among declared symbols."""

    def expr(self, tree: Tree) -> t.Node:
        """Build a sum of terms with signs."""
        total, sign, start = None, "+", span(tree)[0]
        for part in tree.children:
            if isinstance(part, Token):
                sign = str(part)
                continue
            term = self.term(part)
            where = (start, span(part)[1])
            if total is None:
                total = t.Neg(term, span=where) if sign == "-" else term
            else:
                kind = t.Sub if sign == "-" else t.Add
                total = kind(total, term, span=where)
        return total

    def term(self, tree: Tree) -> t.Node:
        """Build a product, a quotient or a single factor."""
        if tree.data == "quotient":
            run, divisor = tree.children
            top = self.product(flat(run))
            return t.Div(top, self.factor(divisor), span=span(tree))
        if tree.data == "run_last":
            run, *sign, last = tree.children
            return self.product([*flat(run), (sign_of(sign), last)])
        if tree.data == "run":
            return self.product(flat(tree))
        return self.factor(tree)

    def product(self, items: list[tuple[str, Tree]]) -> t.Node:
        """Build a product of (sign, factor) in reading order."""
        start = span(items[0][1])[0]
        built: list[tuple[str, t.Node]] = []
        while items:
            (sign, part), *items = items
            if self.is_operator(part):
                node, items = self.applied(part, items)
            elif (name := self.function(part)) and items and not items[0][0]:
                node = self.called(part, name, items[0][1])
                items = items[1:]
            else:
                node = self.factor(part)
            built.append((sign, node))
        signs = [sign for sign, _ in built[1:]]
        if r"\odot" in signs and set(signs) != {r"\odot"}:
            raise Unreadable(
                r"\odot beside another product: write parentheses", start
            )
        result = built[0][1]
        for sign, node in built[1:]:
            where = (start, node.span[1])
            if sign == r"\odot":
                result = t.Hadamard(result, node, span=where)
            else:
                result = t.Mul(result, node, sign, span=where)
        return result

    def factor(self, tree: Tree) -> t.Node:
        """Build anything that stands in a product."""
        node = getattr(self, "_" + tree.data)(tree)
        if node.span == (0, 0) or tree.data in ("paren", "grouped"):
            node = replace(node, span=span(tree))
        return node

    def _plain(self, tree: Tree) -> t.Node:
        atom, *scripts = tree.children
        if atom.data == "name":
            if self.function(tree):
                raise Unreadable(
                    f"{self.text(tree)} is a function: it needs (…)",
                    span(tree)[0],
                )
            return self.named(atom, scripts)
        if atom.data == "norm" and scripts and scripts[0].data == "sub":
            order = re.sub(r"[\W_]", "", self.text(scripts[0]))
            node = t.Norm(self.expr(atom.children[0]), _order(order))
            return self.scripted(node, scripts[1:], span(atom)[0])
        if atom.data in ("call", "log_call") and scripts:
            raise Unreadable(
                "a script behind a function's bracket is ambiguous: write "
                f"({self.text(atom)})" + self.text(scripts[0]),
                span(scripts[0])[0],
            )
        return self.scripted(self.factor(atom), scripts, span(atom)[0])

    _grouped = _plain

    def _name(self, tree: Tree) -> t.Node:
        return self.named(tree, [])

    def argument(self, tree: Tree) -> t.Node:
        """Build {…} or a single digit or letter."""
        (inner,) = tree.children
        if isinstance(inner, Token):
            if inner.type == "DIGIT":
                return t.Num(str(inner), span=span(inner))
            return self.named(Tree("name", [inner], tree.meta), [])
        return self.expr(inner)

    def _number(self, tree: Tree) -> t.Node:
        token, *power = tree.children
        text = re.sub(r"\{,\}|\\|\s", "", token)
        number = t.Num(text, span=span(token))
        return t.Pow(number, self.argument(power[0])) if power else number

    def _constant(self, tree: Tree) -> t.Node:
        return t.Constant("pi")

    def _paren(self, tree: Tree) -> t.Node:
        items = tuple(self.expr(part) for part in tree.children)
        return t.Tuple(items) if len(items) > 1 else items[0]

    def _bracket(self, tree: Tree) -> t.Node:
        return self.expr(tree.children[0])

    _boxed = _bracket

    def _absolute(self, tree: Tree) -> t.Node:
        return t.Abs(self.expr(tree.children[0]))

    def _norm(self, tree: Tree) -> t.Node:
        return t.Norm(self.expr(tree.children[0]))

    def _root(self, tree: Tree) -> t.Node:
        *degree, body = tree.children
        if degree:
            return t.Sqrt(self.argument(body), self.expr(degree[0]))
        return t.Sqrt(self.argument(body))

    def _matrix(self, tree: Tree) -> t.Node:
        begin, *rows = tree.children
        built = tuple(
            tuple(self.expr(cell) for cell in row.children) for row in rows
        )
        if len({len(row) for row in built}) != 1:
            raise Unreadable("the rows differ in length", span(tree)[0])
        return t.Matrix(built, "b" if "bmatrix" in begin else "p")

    def _cases(self, tree: Tree) -> t.Node:
        branches = []
        for row in tree.children:
            value = self.expr(row.children[0])
            rest = [p for p in row.children[1:] if not is_(p, "TEXT")]
            if row.data == "otherwise":
                branches.append((value, None))
            else:
                first = self.side(rest[0])
                branches.append((value, self.relations(first, rest[1:])))
        if any(condition is None for _, condition in branches[:-1]):
            raise Unreadable(
                "'otherwise' stands before the last case", span(tree)[0]
            )
        return t.Cases(tuple(branches))

    def _underbrace(self, tree: Tree) -> t.Node:
        inner, label = tree.children
        body = self.expr(inner)
        (said,) = label.children
        if is_(said, "expr"):
            where = span(said)
            self.extra.append(
                t.Statement("=", body, self.expr(said), span=where)
            )
        return body


def _order(text: str) -> str:
    return {"infty": "inf", "F": "2"}.get(text, text)
