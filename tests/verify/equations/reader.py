"""Builds the nodes of a formula from what the grammar has read.

A rule without a method here is its own operation. Methods take the span of
what they read, then its parts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NoReturn

from lark import Token, Transformer, v_args
from lark.exceptions import VisitError

from verify.equations.errors import Undeclared, Unreadable
from verify.equations.formula import Chain, Claim, Node
from verify.equations.grammar import parse_tree
from verify.equations.symbols import Symbols, key

CONDITION = re.compile(
    r"\\text\w*\s*\{\s*((for|if|when)\b|对|当(?!且)|若|如果)"
)
SAME = {
    r"\lt": "<", r"\gt": ">", r"\leq": r"\le", r"\geq": r"\ge",
    r"\neq": r"\ne",
}  # fmt: skip
BUILT_IN = ("softmax", "sigmoid", "tr", "diag")
DOTS = r"dots are understood in k = 1, \dots, K and p_1 + \dots + p_K"
D_OF = re.compile(r"d(\s*[A-Za-z\\].*)?", re.DOTALL)
TOP = (r"\top", "T")
Span = tuple[int, int]


def parse(source: str, symbols: Symbols) -> list[Chain]:
    """Return the chains of a formula, each a side or more.

    Raises Unreadable or Undeclared, with a position.
    """
    try:
        return Reader(source, symbols).transform(parse_tree(source))
    except VisitError as error:
        raise error.orig_exc from None


def refuse(text: str, place: Node | Span) -> NoReturn:
    """Raise Unreadable at a place."""
    span = place.span if isinstance(place, Node) else place
    raise Unreadable(text, span[0])


def _spanned(build, data, children, meta):
    span = (0, 0) if meta.empty else (meta.start_pos, meta.end_pos)
    return build(span, *children)


@v_args(wrapper=_spanned)
class Reader(Transformer):
    """Builds nodes bottom-up."""

    def __init__(self, source: str, symbols: Symbols) -> None:
        super().__init__(visit_tokens=False)
        self.source, self.symbols = source, symbols

    def __default__(self, data, children, meta):
        def build(span, *args):
            return Node(str(data), args, span)

        return _spanned(build, data, children, meta)

    def _text(self, place: Node | Span) -> str:
        span = place.span if isinstance(place, Node) else place
        return self.source[slice(*span)]

    def _script(self, script: Node) -> str:
        """Return what stands in a subscript or a superscript."""
        return re.sub(r"[\s{}]", "", self._text(script))[1:]

    # ---- relations

    def start(self, span, *chains):
        r"""Return the chains; `for k \ne j` is a condition of the last one."""
        found: list[Chain] = []
        rest = list(chains)
        while rest:
            chain = rest.pop(0)
            is_range = len(rest) > 1 and rest[0].first.op == "dots"
            if is_range:  # k = 1, \dots, K
                if [each.relation for each in chain.claims] != ["="]:
                    refuse(DOTS, rest[0].first)
                nodes = chain.last, rest[1].first
                ends = tuple(key(self._text(each)) for each in nodes)
                known = self.symbols.get(str(chain.first.args[0]))
                if known is None or known.shape != (ends,):
                    kind = "..".join(ends)
                    refuse(f"declare this index as {kind}", chain.first)
                claim = replace(chain.claims[0], relation="range")
                chain = replace(chain, claims=(claim,))
                del rest[:2]
            if not chain.claims and (found or rest):
                refuse("this states none of the relations", chain.first)
            if found and CONDITION.match(chain.word) and not is_range:
                claims = [
                    replace(each, conditions=each.conditions + chain.tests)
                    for each in found[-1].claims
                ]
                chain = replace(found.pop(), claims=tuple(claims))
            found.append(chain)
        return found

    def chain(self, span, *parts):
        """Return a first side and a claim for each relation."""
        word = str(parts[0]) if isinstance(parts[0], Token) else ""
        first, *rest = parts[1:] if word else parts
        left, claims = first, []
        for sign, right in zip(rest[::2], rest[1::2], strict=True):
            name = SAME.get(str(sign), str(sign))
            place = (sign.start_pos, right.span[1])
            claims.append(Claim(name, left, right, place))
            left = right
        return Chain(first, tuple(claims), word)

    def reals(self, span, sign, *sizes):
        r"""Return real numbers, or `\mathbb{R}^{n \times d}`."""
        found = [self._side(each) for each in sizes]
        while found and found[-1].op == "mul":
            found[-1:] = found[-1].args
        return Node("reals", tuple(found), span)

    # ---- sums and products

    def expr(self, span, *parts):
        """Return a sum of terms with signs; words behind it are a unit."""
        terms = [p for p in parts if isinstance(p, Node)]
        signs = [str(p) for p in parts if getattr(p, "type", "") == "SIGN"]
        signs = ["+"] * (len(terms) - len(signs)) + signs
        if len(terms) > 1 and any(term.op == "dots" for term in terms):
            return self._dotted(span, signs, terms)
        total = terms[0]
        if signs[0] == "-":
            total = Node("neg", (total,), (span[0], total.span[1]))
        for sign, term in zip(signs[1:], terms[1:], strict=True):
            op = "add" if sign == "+" else "sub"
            total = Node(op, (total, term), (span[0], term.span[1]))
        return total

    def _dotted(self, span, signs, terms):
        r"""Return `p_1 + \dots + p_K` as a sum."""
        *shown, dots, last = terms
        leaves = zip(shown[0], last, strict=False)
        pairs = {(a, b) for a, b in leaves if a != b and not a.nodes}
        is_sum = dots.op == "dots" and set(signs) == {"+"}
        if not is_sum or len(pairs) != 1:
            refuse(DOTS, dots)
        ((low, high),) = pairs

        def term(place: Node) -> Node:
            return last.map(lambda node: place if node == high else None)

        first = int(low.args[0]) if low.op == "num" else 0
        numbers = [str(first + n) for n in range(len(shown))]
        if shown != [term(Node("num", (number,))) for number in numbers]:
            refuse(DOTS, dots)
        run, letter = Node("run", (low, high)), Node("index", ("…",))
        return Node("over", (term(letter), "…", run, "sum"), span)

    def term(self, span, *parts):
        """Return a product; a function and its bracket are a value."""
        result, op, rest = None, "mul", list(parts)
        while rest:
            part = rest.pop(0)
            if isinstance(part, Token):
                op = "odot" if part == r"\odot" else "mul"
                continue
            if part.op == "function":
                part = self._called(part, rest.pop(0) if rest else None)
            if result is None:
                result = part
                continue
            if {op, result.op} == {"odot", "mul"}:
                refuse(
                    r"\odot beside another product: write parentheses", span
                )
            result = Node(op, (result, part), (span[0], part.span[1]))
            op = "mul"
        return result

    def _called(self, function, group):
        """Return a function's value, with what is attached to its bracket."""
        if not isinstance(group, Node) or group.op not in ("paren", "at"):
            name = self._text(function)
            refuse(f"{name} is a function: it needs (…); a power of it is "
                   "ambiguous without parentheses", function)  # fmt: skip
        span = (function.span[0], group.span[1])
        if group.op == "at":  # softmax(z)_k
            inner = self._called(function, group.args[0])
            return Node("at", (inner, *group.args[1:]), span)
        return Node("call", (*function.args, *group.args), span)

    def lower(self, span, inner):
        """Return (letter, first, last, tests) of what stands below a sum."""
        if isinstance(inner, Token):
            return str(inner), None, None, ()
        sides = [inner.first, *(claim.right for claim in inner.claims)]
        relations = [claim.relation for claim in inner.claims]
        letter = sides[len(sides) == 3]
        if letter.op not in ("index", "name"):
            refuse("an index has to stand here", span)
        if relations == ["="]:
            return letter.args[0], sides[1], None, ()
        if relations == [r"\le", r"\le"]:
            return letter.args[0], sides[0], sides[2], ()
        return letter.args[0], None, None, inner.tests

    def big(self, span, sign, lower, *rest):
        """Return a sum, a product or an extreme over an index."""
        *upper, body = rest
        return self._over(str(sign)[1:], span, lower, upper, body)

    def _over(self, name, span, lower, upper, body):
        letter, first, last, tests = lower
        last = upper[0] if upper else last
        known = self.symbols.get(letter)
        if bool(first) != bool(last):
            refuse(r"a sum needs both bounds, as in \sum_{i=1}^n", span)
        if not first and (known is None or known.kind != "index"):
            refuse(f"{letter} needs bounds, or a declaration as 1..K", span)
        if any(n.op == "over" and n.args[1] == letter for n in body):
            refuse(f"the index {letter} is bound already", span)
        run = Node("run", (first, last)) if first else Node("all", tests)

        def bound(node: Node) -> Node | None:
            is_own = node.op == "name" and node.args == (letter,)
            return Node("index", node.args, node.span) if is_own else None

        args = body.map(bound), letter, run.map(bound), name
        return Node("over", args, span)

    def optimum(self, span, sign, targets, body):
        """Return the place of an optimum, among symbols or along an index."""
        op = f"arg{str(sign)[-3:]}"
        if targets[0].op == "index":
            lower = (targets[0].args[0], None, None, ())
            return self._over(op, span, lower, [], body)
        return Node(f"{op}_by", (body, *targets), span)

    def targets(self, span, *names):
        """Return symbols below an operator."""
        return [self._side(name) for name in names]

    def call(self, span, name, *parts):
        r"""Return a built-in function's value, as \log a and \tanh^2(u)."""
        *power, group = parts
        is_group = group.op in ("paren", "elements")
        value = Node(str(name)[1:], group.args if is_group else (group,), span)
        if power and str(name) in (r"\exp", r"\log", r"\ln"):
            refuse(f"a power on {name}: write ({name}(…))^2", span)
        exponents = [Node("num", each.args) for each in power]
        return Node("pow", (value, *exponents), span) if power else value

    def power(self, span, digit):
        """Return a digit in a superscript."""
        return Node("power", (str(digit),), span)

    # ---- derivatives

    def gradient(self, span, nabla, *parts):
        r"""Return a gradient, or a Hessian `\nabla^2`, as its derivatives."""
        *order, by, body = parts
        slopes = [Node("slope", (body, each), each.span) for each in by]
        if not order:
            return Node("paren", tuple(slopes), span)
        rows = [
            [replace(s, args=(*s.args, each)) for s in slopes] for each in by
        ]
        return Node(
            "matrix", tuple(Node("row", tuple(r), span) for r in rows), span
        )

    def denominator(self, span, *parts):
        """Return what a derivative is taken by, each as often."""
        found = []
        for part in parts[1::2]:
            is_high = part.op == "pow" and part.args[1].op == "num"
            times = int(part.args[1].args[0]) if is_high else 1
            found += [part.args[0] if is_high else part] * times
        return found

    def derivative(self, span, dee, *parts):
        """Return a partial derivative of any order."""
        (by,) = (part for part in parts if isinstance(part, list))
        body = [part for part in parts if isinstance(part, Node)]
        order = int(body.pop(0).args[0]) if body[0].op == "power" else 1
        if len(body) > 1 and body[0].op == "function":
            body = [self._called(*body)]
        if len(body) > 1:
            refuse("what is differentiated is ambiguous", body[1])
        if len(by) != order:
            refuse(f"a derivative of order {order} by {len(by)} symbols", span)
        return Node("slope", (body[0], *by), span)

    # ---- factors

    def number(self, span, token, *power):
        """Return a number, maybe with a power."""
        text = re.sub(r"\{,\}|\\|\s", "", token)
        node = Node("num", (text,), (token.start_pos, token.end_pos))
        return Node("pow", (node, *power), span) if power else node

    def argument(self, span, inner):
        """Return what stands in braces, or a single letter or digit."""
        return self._side(inner)

    def div(self, span, top, bottom):
        """Return a fraction."""
        if all(D_OF.fullmatch(self._text(each)) for each in (top, bottom)):
            refuse(r"write \partial for a derivative, not d", span)
        return Node("div", (top, bottom), span)

    def underbrace(self, span, body, words):
        """Return what stands over a brace."""
        return body

    def matrix(self, span, *rows):
        """Return a matrix."""
        if len({len(row.args) for row in rows}) > 1:
            refuse("the rows of a matrix differ in length", span)
        return Node("matrix", rows, span)

    def cases(self, span, *branches):
        """Return cases; the one without a condition stands last."""
        if any(len(branch.args) == 1 for branch in branches[:-1]):
            refuse("'otherwise' stands before a condition", span)
        return Node("cases", branches, span)

    def branch(self, span, value, said):
        """Return a value and its conditions."""
        tests = self._tests(said) if isinstance(said, Chain) else ()
        return Node("branch", (value, *tests), span)

    def indicator(self, span, sign, chain):
        """Return 1 where a relation holds, and 0 elsewhere."""
        return Node("indicator", self._tests(chain), span)

    def _tests(self, chain):
        if not chain.tests:
            refuse("a condition compares two sides", chain.first)
        return chain.tests

    def plain(self, span, atom, *scripts):
        """Return a name or another factor with its scripts."""
        if isinstance(atom, Token):
            return self._named(atom, list(scripts))
        return self._scripted(atom, scripts)

    def grouped(self, span, atom, *scripts):
        """Return a group with its scripts; a function may stand before it."""
        if scripts and atom.op != "paren":
            refuse("what stands behind the bracket is ambiguous", scripts[0])
        return self._scripted(atom, scripts)

    # ---- names

    def _side(self, inner):
        """Return a node for what may be a single letter or digit."""
        if isinstance(inner, Node):
            return inner
        if inner.type == "DIGIT":
            return Node("num", (str(inner),), (inner.start_pos, inner.end_pos))
        return self._named(inner, [])

    def _named(self, token, scripts):
        """Return what a letter with scripts stands for, by what is declared.

        The longest declared name counts: `w_1` before an element of `w`.
        """
        found, rest = self._longest(token, scripts)
        ends = [token.end_pos, *(s.span[1] for s in scripts)]
        span = token.start_pos, rest[0].span[0] if rest else max(ends)
        symbol = self.symbols.get(found)
        if special := self._special(token, symbol, rest, span):
            return special
        if not found or (found.endswith("_") and not rest):
            self._undeclared(token, scripts)
        if found in BUILT_IN or (symbol and symbol.kind == "func"):
            if any(script.op != "prime" for script in rest):
                refuse("a script on a function is ambiguous", rest[0])
            primes = sum(len(self._text(script)) for script in rest)
            return Node("function", (found, primes), span)
        is_index = not symbol or symbol.kind == "index"
        if not is_index and rest and rest[0].op == "sub":
            index = min(self._indices(rest[0], 1)[0].free(), default="")
            found = self.symbols.vector(found.removesuffix("_"), index)
            if not found:
                self._undeclared(token, scripts)
        op = "index" if is_index else "name"
        return self._scripted(Node(op, (found,), span), rest)

    def _longest(self, token, scripts):
        """Return the longest declared key, and the scripts behind it."""
        base = key(str(token))
        texts = [key("x" + self._text(each))[1:] for each in scripts[:2]]
        for n in range(len(texts), -1, -1):
            for part in (texts[:n], texts[:n][::-1]):
                if (name := base + "".join(part)) in self.symbols:
                    return name, scripts[n:]
        plain = re.sub(r"\\(?:operatorname|mathrm)\{(\w+)\}", r"\1", base)
        if plain in BUILT_IN:
            return plain, scripts
        if base + "_" in self.symbols:
            return base + "_", scripts
        return base if not scripts and base.isalpha() else "", scripts

    def _special(self, token, symbol, scripts, span):
        """Return a power of Euler's number or Kronecker's delta, if it is."""
        if not scripts:
            return None
        script, shape = scripts[0], symbol.shape if symbol else ()
        whole = (span[0], script.span[1])
        if token == "e" and script.op == "sup":
            if not symbol:
                return Node("exp", (self._side(script.args[0]),), whole)
            if shape and self._script(script) not in TOP:
                refuse(r"e is the residual here: write \exp(…)", span)
        if token == r"\delta" and script.op == "sub" and not shape:
            pair = self._indices(script, 2)
            if len(pair) == 2:
                test = Node("test", ("=", *pair), script.span)
                return Node("indicator", (test,), whole)
        return None

    def _undeclared(self, token, scripts) -> NoReturn:
        end = scripts[0].span[1] if scripts else token.end_pos
        name = key(self.source[token.start_pos : end])
        known = key(str(token)) in self.symbols
        but = f"{token} is declared, but not as a vector: " if known else ""
        raise Undeclared(
            f"{but}the symbol {name} is not declared", token.start_pos
        )

    def _scripted(self, node, scripts):
        for script in scripts:
            span = (node.span[0], script.span[1])
            if node.op == "norm" and script.op == "sub":
                if self._script(script) not in ("2", "F"):
                    refuse("only the norms 2 and F are known", script)
            elif script.op == "sub":
                is_name = node.op == "name"
                shape = self.symbols[node.args[0]].shape if is_name else "1"
                indices = self._indices(script, len(shape))
                node = Node("at", (node, *indices), span)
            elif script.op == "sup":
                node = self._power(node, script, span)
            else:
                refuse("a prime belongs to a function", script)
        return node

    def _power(self, node, script, span):
        text = self._script(script)
        if text == r"\top":
            return Node("top", (node,), span)
        if re.fullmatch(r"\(.*\)|\*|\\ast|\\star", text):
            refuse("a superscript in brackets or a star is no power: this "
                   "name is not declared", script)  # fmt: skip
        if text == "T":  # a transpose, or a power where the base is a number
            known = "T" in self.symbols
            return Node("pow_T", (node, *[Node("name", ("T",))] * known), span)
        return Node("pow", (node, self._side(script.args[0])), span)

    def _indices(self, script, dimensions):
        """Return the indices of an element: W_{ij} has two."""
        text = self._script(script)
        if dimensions == 2 and re.fullmatch("[A-Za-z0-9]{2}", text):
            return tuple(
                Node("num" if c.isdigit() else "index", (c,), script.span)
                for c in text
            )
        return tuple(map(self._side, script.args))
