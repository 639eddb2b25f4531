"""Names with what is attached to them: subscripts, powers, primes.

`w_t` is a name of its own where that is declared, and an element where `w` is
a vector; what is neither is refused.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lark import Token, Tree

from verify.equations import tree as t
from verify.equations.errors import Undeclared, Unreadable
from verify.equations.parts import Parts, span
from verify.equations.symbols import key

BUILT_IN = {
    "softmax", "sigmoid", "ReLU", "relu", "tr", "diag", "sign", "rank",
}  # fmt: skip


class Names(Parts):
    """Builds names, elements, powers and transposes."""

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

    def undeclared(self, base: str, scripts: list[Tree], start: int) -> t.Node:
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
            + (
                ": an index has to be declared, or bound by a sum"
                if name in "ijkt"
                else ""
            ),
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
        if node is None or not all(
            isinstance(n, allowed) for n in t.walk(node)
        ):
            raise Unreadable(f"{self.text(part)!r} is no index", span(part)[0])
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

    def scripted(
        self, node: t.Node, scripts: list[Tree], start: int
    ) -> t.Node:
        """Build what scripts and bars make of a node."""
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
        if (isinstance(inner, Token) and inner.type == "STAR") or (
            isinstance(inner, Tree) and inner.data == "tag"
        ):
            raise Undeclared(
                f"{self.source[node.span[0] : span(script)[1]]!r} is not "
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

    def settings(self, tree: Tree) -> tuple[tuple[t.Node, t.Node], ...]:
        """Build the w = 1 below a bar."""
        parts = tree.children
        return tuple(
            (self.variable(name), self.expr(value))
            for name, value in zip(parts[::3], parts[2::3], strict=True)
        )

    def variable(self, part: Tree) -> t.Node:
        """Build a symbol that something is differentiated by."""
        node = self.factor(part)
        plain = node.base if isinstance(node, t.Index) else node
        if not isinstance(plain, t.Name | t.Bound):
            raise Unreadable(
                "only a symbol can be differentiated by", span(part)[0]
            )
        return node
