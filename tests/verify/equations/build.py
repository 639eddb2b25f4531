"""Parse tree to syntax tree: what the names mean settles how it is read.

`w (x + 1)` is a product where `w` is declared a number and a value where it is
declared a function; `x_i` is an element where `x` is a vector and a name of
its own where `x_i` is declared. What nothing declares is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from lark import Token, Tree

from verify.equations import tree as t
from verify.equations.errors import Undeclared, Unreadable
from verify.equations.parser import parse_tree
from verify.equations.symbols import Symbols, key

RELATIONS = {
    "=": "=", r"\equiv": "=", "<": "<", r"\lt": "<", ">": ">", r"\gt": ">",
    r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=", r"\ge": ">=",
    r"\geq": ">=", r"\geqslant": ">=", r"\ne": "!=", r"\neq": "!=",
    r"\approx": "~", r"\leftarrow": "<-", r"\gets": "<-",
}  # fmt: skip
BUILT_IN = {
    "softmax", "sigmoid", "ReLU", "relu", "tr", "diag", "sign", "rank",
    "argmax", "argmin",
}  # fmt: skip
POWERED = {"sin", "cos", "tan", "tanh", "sinh", "cosh"}


def parse(source: str, symbols: Symbols, define: bool = False) -> t.Formula:
    r"""Return the formula that a LaTeX source states.

    Where it defines (`define`), the arguments on the left of a function are
    its parameters: in `f(u) = u^2`, `u` need not be declared.

    Raises Unreadable for what the grammar refuses and Undeclared for names.
    """
    from verify.equations.rows import formula

    return formula(parse_tree(source), Builder(source, symbols), define)


class Builder:
    """Builds expressions of one source among declared symbols."""

    def __init__(self, source: str, symbols: Symbols) -> None:
        self.source = source
        self.symbols = symbols
        self.bound: list[str] = []
        self.extra: list[t.Statement] = []

    # ---- helpers ---------------------------------------------------------

    def text(self, part: Tree | Token) -> str:
        """Return the source of a part."""
        start, end = span(part)
        return self.source[start:end]

    @contextmanager
    def binding(self, *names: str) -> Iterator[None]:
        """Read names as bound: indices of sums, parameters of functions."""
        self.bound.extend(names)
        try:
            yield
        finally:
            del self.bound[len(self.bound) - len(names) :]

    # ---- sums and products ------------------------------------------------

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
            return self.product([*flat(run), (_sign(sign), last)])
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

    # ---- factors -----------------------------------------------------------

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

    def scripted(
        self, node: t.Node, scripts: list[Tree], start: int
    ) -> t.Node:
        """Build what subscripts, powers, transposes and bars make of a node."""
        for script in scripts:
            end = span(script)[1]
            if script.data == "sub":
                node = t.Index(node, self.indices(script, None))
            elif script.data == "sup":
                node = self.powered(node, script)
            elif script.data == "bar":
                node = t.At(node, self.settings(script.children[0]))
            else:
                raise Unreadable(
                    "a prime belongs to a name that is declared a function",
                    span(script)[0],
                )
            node = replace(node, span=(start, end))
        return node

    def powered(self, node: t.Node, script: Tree) -> t.Node:
        """Build a power or a transpose."""
        (sup,) = script.children
        (inner,) = sup.children
        text = re.sub(r"[\s{}]", "", self.text(sup))
        if text in (r"\top", r"\intercal") or (
            text == "T" and "T" not in self.symbols
        ):
            return t.Transpose(node)
        if isinstance(inner, Token) and inner.type == "STAR" or (
            isinstance(inner, Tree) and inner.data == "tag"
        ):
            raise Undeclared(
                f"{self.source[node.span[0]:span(script)[1]]!r} is not "
                "declared",
                span(script)[0],
            )
        if re.fullmatch(r"\([^()]*\)|\[[^\[\]]*\]", text):
            raise Unreadable(
                "a superscript in brackets is the number of a layer or a "
                "sample, not a power: declare the whole name, as in "
                r"'W^{(1)} : real[h,d]'",
                span(script)[0],
            )
        return t.Pow(node, self.argument(sup))

    def _name(self, tree: Tree) -> t.Node:
        return self.named(tree, [])

    def named(self, atom: Tree, scripts: list[Tree]) -> t.Node:
        """Build a declared or bound name with what is attached to it."""
        start = span(atom)[0]
        base = key(self.text(atom))
        found, rest = self.resolve(atom, scripts)
        if found is None:
            return self.undeclared(base, scripts, start)
        taken = [s for s in scripts if s not in rest]
        end = max([span(atom)[1], *(span(s)[1] for s in taken)])
        if found in self.bound or self.symbols[found].kind == "index":
            if found == "e_" or found not in self.bound:
                found = self.symbols[found].key
            node, shape = t.Bound(found, span=(start, end)), None
        elif rest and rest[0].data == "sub":
            vector = self.symbols.vector(found)
            if vector is None:
                return self.undeclared(base, scripts, start)
            node = t.Name(vector.key, span=(start, end))
            shape = vector.shape
        else:
            node, shape = t.Name(found, span=(start, end)), ()
        if rest and rest[0].data == "sub":
            indices = self.indices(rest[0], shape and len(shape))
            node = t.Index(node, indices, span=(start, span(rest[0])[1]))
            rest = rest[1:]
        return self.scripted(node, rest, start)

    def resolve(
        self, atom: Tree, scripts: list[Tree]
    ) -> tuple[str | None, list[Tree]]:
        """Return the key of the longest declared name, and what is left.

        Names may take one subscript, one superscript and primes with them.
        """
        base = key(self.text(atom))
        texts = [key("x" + self.text(s))[1:] for s in scripts[:2]]
        options = [
            ("".join(texts), scripts[2:]),
            ("".join(reversed(texts)), scripts[2:]),
            ("".join(texts[:1]), scripts[1:]),
            ("".join(texts[1:]), scripts[:1] + scripts[2:]),
        ]
        if base in self.bound:
            return base, scripts
        for text, rest in options:
            if text and base + text in self.symbols:
                return base + text, rest
        for name in (base, base + "_"):
            if name in self.symbols:
                return name, scripts
        return None, scripts

    def undeclared(
        self, base: str, scripts: list[Tree], start: int
    ) -> t.Node:
        """Build Euler's number, or refuse a name that nothing declares."""
        if base == "e" and scripts and scripts[0].data == "sup":
            node = t.Constant("e", span=(start, start + 1))
            return self.scripted(node, scripts, start)
        end = span(scripts[0])[1] if scripts else None
        name = key(self.source[start:end]) if scripts else base
        if scripts and scripts[0].data != "sub":
            name = base
        known = base in self.symbols and scripts
        raise Undeclared(
            f"the symbol {name} is not declared"
            + (f" ({base} is, but not as a vector)" if known else "")
            + (": an index has to be declared, or bound by a sum"
               if name in "ijkt" else ""),
            start,
        )

    def indices(self, script: Tree, count: int | None) -> tuple[t.Node, ...]:
        """Build the indices of an element; `count` of them, where known."""
        (subscript,) = script.children
        text = re.sub(r"[\s{}]", "", self.text(subscript))
        if count == 2 and re.fullmatch(r"[A-Za-z0-9]{2}", text):
            start = span(subscript)[0]
            return tuple(self.letter(c, start) for c in text)
        parts = tuple(self.index(part) for part in subscript.children)
        if count is not None and len(parts) != count:
            raise Unreadable(
                f"{count} indices are expected, not {text!r}", span(script)[0]
            )
        return parts

    def index(self, part: Tree | Token) -> t.Node:
        """Build one index: numbers, indices and sizes only."""
        if isinstance(part, Token):
            return self.letter(str(part), part.start_pos)
        node = self.expr(part) if part.data == "expr" else None
        allowed = (t.Num, t.Bound, t.Name, t.Add, t.Sub, t.Mul, t.Neg)
        if node is None or not all(isinstance(n, allowed) for n in t.walk(node)):
            raise Unreadable(
                f"{self.text(part)!r} is no index", span(part)[0]
            )
        return node

    def letter(self, text: str, start: int) -> t.Node:
        """Build a number or a name of one letter."""
        where = (start, start + len(text))
        if text.isdigit():
            return t.Num(text, span=where)
        name = key(text)
        if name in self.bound:
            return t.Bound(name, span=where)
        declared = self.symbols.get(name)
        if declared is None:
            return self.undeclared(name, [], start)
        kind = t.Bound if declared.kind == "index" else t.Name
        return kind(name, span=where)

    # ---- functions -----------------------------------------------------------

    def function(self, tree: Tree) -> str | None:
        """Return the key of the function that a factor names, if any."""
        if tree.data != "plain" or tree.children[0].data != "name":
            return None
        atom, *scripts = tree.children
        base = key(self.text(atom))
        found, _ = self.resolve(atom, scripts)
        if found and found not in self.bound:
            return found if self.symbols[found].kind == "func" else None
        plain = re.sub(r"\\(operatorname|mathrm|text)\{(\w+)\}", r"\2", base)
        return plain if found is None and plain in BUILT_IN else None

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
        power = parts.pop(0) if _is(parts[0], "power") else None
        if _is(parts[0], "paren"):
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
            raise Unreadable(
                f"a power on \\{node.function}: write (\\{node.function}(…))^2",
                span(power)[0],
            )
        return t.Pow(replace(node, span=span(tree)), t.Num(exponent))

    # ---- derivatives -----------------------------------------------------------

    def _derivative(self, tree: Tree) -> t.Node:
        mark, *parts = tree.children
        order = self.order(parts)
        body = self.operand(parts)
        return self.differentiated(body, order, parts, str(mark), tree)

    def _operator(self, tree: Tree) -> t.Node:
        mark, *parts = tree.children
        order = self.order(parts)
        last = max(
            n for n, part in enumerate(parts) if isinstance(part, Token)
        )
        operand = parts[last + 2 :]
        body = self.operand(operand)
        return self.differentiated(
            body, order, parts[: last + 2], str(mark), tree
        )

    def _gradient(self, tree: Tree) -> t.Node:
        _, *parts = tree.children
        order = self.order(parts)
        targets = parts.pop(0)
        variables = tuple(self.variable(part) for part in targets.children)
        if order not in (1, 2):
            raise Unreadable(r"only \nabla and \nabla^2 are known")
        return t.Gradient(self.operand(parts), variables, order)

    def order(self, parts: list) -> int:
        """Take the order of a derivative from the front of its parts."""
        if _is(parts[0], "power"):
            return int(self.text(parts.pop(0)).lstrip("^ "))
        return 1

    def operand(self, parts: list) -> t.Node:
        """Take what is differentiated from the front of the parts."""
        factor = parts.pop(0)
        name = self.function(factor)
        if not parts or not _is(parts[0], "paren"):
            return self.factor(factor)
        group = parts.pop(0)
        if not name:
            raise Unreadable(
                "what is differentiated is ambiguous: write it in parentheses",
                span(group)[0],
            )
        return self.called(factor, name, Tree("grouped", [group], group.meta))

    def differentiated(
        self, body: t.Node, order: int, parts: list, mark: str, tree: Tree
    ) -> t.Node:
        """Build a derivative with respect to what the denominator names."""
        variables: list[t.Node] = []
        for part in parts:
            if isinstance(part, Token):
                continue
            times = 1
            if part.children[1:] and part.children[-1].data == "sup":
                power = re.sub(r"[\s{}^]", "", self.text(part.children[-1]))
                if power.isdigit():
                    times = int(power)
                    part = Tree(part.data, part.children[:-1], part.meta)
            variables += [self.variable(part)] * times
        if len(variables) != order:
            raise Unreadable(
                f"a derivative of order {order} with a denominator of order "
                f"{len(variables)}",
                span(tree)[0],
            )
        mark = re.sub(r"\s", "", mark)
        return t.Derivative(body, tuple(variables), mark, span=span(tree))

    def variable(self, part: Tree) -> t.Node:
        """Build a symbol that something is differentiated by."""
        node = self.factor(part)
        plain = node.base if isinstance(node, t.Index) else node
        if not isinstance(plain, t.Name | t.Bound):
            raise Unreadable(
                "only a symbol can be differentiated by", span(part)[0]
            )
        return node

    def is_operator(self, tree: Tree) -> bool:
        """Whether a factor is d/dw, with nothing behind the upper d."""
        return (
            tree.data == "plain"
            and tree.children[0].data == "fraction"
            and "d" not in self.symbols
            and bool(
                re.fullmatch(
                    r"\{?\s*d\s*\}?", self.text(tree.children[0].children[0])
                )
            )
        )

    def applied(self, tree: Tree, items: list) -> tuple[t.Node, list]:
        """Build d/dw of the one factor that follows."""
        (fraction,) = tree.children
        _, bottom = fraction.children
        if not items or items[0][0]:
            raise Unreadable(
                "d/dw needs something to differentiate", span(tree)[1]
            )
        parts = [part for _, part in items]
        if len(parts) == 2 and _is(parts[1], "grouped"):
            parts[1] = parts[1].children[0]
        body = self.operand(parts)
        if parts:
            raise Unreadable(
                "what is differentiated is ambiguous: write it in parentheses",
                span(parts[0])[0],
            )
        variables = self.denominator(bottom)
        node = t.Derivative(body, variables, "d", span=span(tree))
        return node, []

    def denominator(self, argument: Tree) -> tuple[t.Node, ...] | None:
        """Return the w of {d w}, or None where the argument is not that."""
        (inner,) = argument.children
        if not _is(inner, "expr") or len(inner.children) != 1:
            return None
        (run,) = inner.children
        parts = flat(run) if run.data == "run" else []
        if len(parts) != 2 or self.text(parts[0][1]) != "d" or parts[1][0]:
            return None
        return (self.variable(parts[1][1]),)

    def _fraction(self, tree: Tree) -> t.Node:
        top, bottom = tree.children
        variables = None if "d" in self.symbols else self.denominator(bottom)
        (inner,) = top.children
        if variables and _is(inner, "expr") and len(inner.children) == 1:
            run = inner.children[0]
            parts = [p for _, p in flat(run)] if run.data == "run" else []
            if len(parts) >= 2 and self.text(parts[0]) == "d":
                rest = parts[1:]
                if len(rest) == 2 and _is(rest[1], "grouped"):
                    rest[1] = rest[1].children[0]
                body = self.operand(rest)
                if not rest:
                    return t.Derivative(body, variables, "d")
        return t.Div(self.argument(top), self.argument(bottom))

    # ---- the other atoms ------------------------------------------------------

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
            rest = [p for p in row.children[1:] if not _is(p, "TEXT")]
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
        if _is(said, "expr"):
            where = span(said)
            self.extra.append(
                t.Statement("=", body, self.expr(said), span=where)
            )
        return body

    def _at(self, tree: Tree) -> t.Node:
        body, settings = tree.children
        return t.At(self.expr(body), self.settings(settings))

    def settings(self, tree: Tree) -> tuple[tuple[t.Node, t.Node], ...]:
        """Build the w = 1 below a bar."""
        parts = tree.children
        return tuple(
            (self.variable(name), self.expr(value))
            for name, value in zip(parts[::3], parts[2::3], strict=True)
        )

    def _big(self, tree: Tree) -> t.Node:
        operator, lower, *upper, body = tree.children
        name = str(lower.children[0])
        low, high = self.bounds(lower, upper)
        with self.bind_index(name, lower):
            inner = self.term(body)
        return t.Big(operator.lstrip("\\"), name, low, high, inner,
                     span=span(tree))

    def bounds(self, lower: Tree, upper: list) -> tuple:
        """Build the bounds of a sum; both, or none for a declared index."""
        name = str(lower.children[0])
        if len(lower.children) == 3 and upper:
            if "=" not in lower.children[1]:
                raise Unreadable("write i=1 below a sum", span(lower)[0])
            low = self.expr(lower.children[2])
            return low, self.argument(upper[0].children[0])
        declared = self.symbols.get(name)
        if len(lower.children) == 3 or upper:
            raise Unreadable(
                r"a sum needs both bounds, as in \sum_{i=1}^n", span(lower)[0]
            )
        if declared is None or declared.kind != "index":
            raise Undeclared(
                f"a sum over {name} needs bounds, as in \\sum_{{i=1}}^n, or an "
                "index that is declared",
                span(lower)[0],
            )
        return None, None

    @contextmanager
    def bind_index(self, name: str, where: Tree) -> Iterator[None]:
        """Bind an index, unless it is bound already."""
        if name in self.bound:
            raise Unreadable(
                f"the index {name} is bound already", span(where)[0]
            )
        with self.binding(name):
            yield

    def _expectation(self, tree: Tree) -> t.Node:
        _, *lower, group = tree.children
        if len(group.children) != 1:
            raise Unreadable("an expectation of several", span(group)[0])
        if lower:
            name = str(lower[0].children[0])
            self.bounds(lower[0], [])
            with self.bind_index(name, lower[0]):
                return t.Mean(name, self.expr(group.children[0]))
        return t.Mean(None, self.expr(group.children[0]))

    def _optimum(self, tree: Tree) -> t.Node:
        *words, targets, body = tree.children
        text = "".join(words)
        operator = "max" if "max" in text else "min"
        argument = "arg" in text
        name = key(self.text(targets).strip("{} "))
        declared = self.symbols.get(name)
        if declared is not None and declared.kind == "index":
            with self.bind_index(name, targets):
                inner = self.term(body)
            operator = ("arg" if argument else "") + operator
            return t.Big(operator, name, None, None, inner, span=span(tree))
        variables = tuple(self.variable(part) for part in targets.children)
        return t.Optimum(operator, variables, self.term(body), argument,
                         span=span(tree))

    # ---- sides and sets ---------------------------------------------------------

    def side(self, tree: Tree) -> t.Node:
        """Build one side of a relation; a unit behind it says nothing."""
        return self.expr(tree.children[0])

    def relations(self, first: t.Node, parts: list) -> tuple:
        """Build the steps of a chain from (relation, side) pairs."""
        steps, left = [], first
        for sign, side in zip(parts[::2], parts[1::2], strict=True):
            relation = RELATIONS[re.sub(r"[&\s]", "", sign)]
            right = self.side(side)
            where = (sign.start_pos, span(side)[1])
            steps.append(t.Statement(relation, left, right, span=where))
            left = right
        return tuple(steps)

    def set(self, tree: Tree) -> t.Node:
        """Build what stands behind \\in."""
        if tree.data == "reals":
            _, *size = tree.children
            shape = tuple(
                self.letter(str(part), part.start_pos)
                if isinstance(part, Token)
                else self.expr(part)
                for part in size
            )
            return t.Reals(shape, span=span(tree))
        if tree.data == "interval":
            open_, low, high, close = tree.children
            ends = self.text(open_)[-1] + self.text(close)[-1]
            return t.Interval(self.expr(low), self.expr(high), ends,
                              span=span(tree))
        run = any(_is(part, "DOTS") for part in tree.children)
        parts = [part for part in tree.children if not _is(part, "DOTS")]
        items = tuple(self.expr(part) for part in parts)
        return t.Elements(items, run, span=span(tree))


def span(part: Tree | Token) -> tuple[int, int]:
    """Return where a part begins and ends."""
    if isinstance(part, Token):
        return part.start_pos, part.end_pos
    if part.meta.empty:
        return 0, 0
    return part.meta.start_pos, part.meta.end_pos


def flat(run: Tree) -> list[tuple[str, Tree]]:
    """Return the factors of a product, each with the sign before it."""
    if run.data != "run":
        return [("", run)]
    *before, last = run.children
    if not before:
        return [("", last)]
    return [*flat(before[0]), (_sign(before[1:]), last)]


def _sign(tokens: list[Token]) -> str:
    return str(tokens[0]) if tokens else ""


def _is(part: Tree | Token, name: str) -> bool:
    kind = part.type if isinstance(part, Token) else part.data
    return kind == name


def _order(text: str) -> str:
    return {"infty": "inf", "F": "2"}.get(text, text)
