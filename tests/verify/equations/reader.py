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

from verify.equations.errors import EquationError
from verify.equations.formula import Chain, Claim, Node
from verify.equations.grammar import parse_tree
from verify.equations.symbols import Symbols, key

CONDITION = re.compile(r"\\text\s*\{\s*((for|if|when)\b|对|当(?!且)|若|如果)")
SAME = {
    r"\lt": "<", r"\gt": ">", r"\leq": r"\le", r"\geq": r"\ge",
    r"\neq": r"\ne",
}  # fmt: skip
DECLARE = (
    "\n    Declare it in the table of the notation page, or on this page in "
    "<!-- math: symbols … -->."
)
Span = tuple[int, int]


def parse(source: str, symbols: Symbols) -> list[Chain]:
    """Return the chains of a formula, each a side or more.

    Raises EquationError, with a position.
    """
    names = {k for k, symbol in symbols.items() if symbol.kind == "func"}
    try:
        tree = parse_tree(source, frozenset(names))
        chains = Reader(source, symbols).transform(tree)
    except VisitError as error:
        raise error.orig_exc from None
    for chain in chains:
        _demand_indices(chain, symbols)
    return chains


def _demand_indices(chain: Chain, symbols: Symbols) -> None:
    """Refuse letters that nothing declares, or that a sum binds elsewhere."""
    every = [each for node in chain.nodes for each in node]
    bound = {each.args[1] for each in every if each.op == "over"}
    free = set().union(*(node.free() for node in chain.nodes))
    for each in every:
        if each.op == "index" and each.args[0] in free:
            (name,) = each.args
            if name not in symbols:
                refuse(f"the symbol {name} is not declared{DECLARE}", each)
            if name in bound:
                said = f"the index {name} is bound by a sum"
                refuse(f"{said} and also stands outside it", each)


def refuse(text: str, place: Node | Span) -> NoReturn:
    """Raise EquationError at a place."""
    span = place.span if isinstance(place, Node) else place
    raise EquationError(text, span[0])


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
        span = (0, 0) if meta.empty else (meta.start_pos, meta.end_pos)
        return Node(str(data), tuple(children), span)

    # ---- relations

    def start(self, span, *chains):
        r"""Return the chains; `for k \ne j` is a condition of the last one."""
        found: list[Chain] = []
        for chain in chains:
            if not chain.claims and len(chains) > 1:
                refuse("this states none of the relations", chain.first)
            if found and chain.is_condition:
                claims = [
                    replace(each, conditions=each.conditions + chain.tests)
                    for each in found[-1].claims
                ]
                chain = replace(found.pop(), claims=tuple(claims))
            found.append(chain)
        return found

    def chain(self, span, *parts):
        """Return a first side and a claim for each relation."""
        is_condition = False
        if isinstance(parts[0], Token):
            word, *parts = parts
            is_condition = bool(CONDITION.match(word))
        first, *rest = parts
        left, claims = first, []
        for sign, right in zip(rest[::2], rest[1::2], strict=True):
            place = (sign.start_pos, right.span[1])
            relation = SAME.get(str(sign), str(sign))
            if sign.type == "RANGE":  # k = 1, \dots, K
                self._demand_range(first, left, right)
                relation, left = "range", claims.pop().left
            claims.append(Claim(relation, left, right, place))
            left = right
        return Chain(first, tuple(claims), is_condition)

    def _demand_range(self, index, low, high):
        ends = tuple(key(self.source[slice(*e.span)]) for e in (low, high))
        known = self.symbols.get(str(index.args[0]))
        if known is None or known.shape != (ends,):
            refuse(f"declare this index as {'..'.join(ends)}", index)

    # ---- sums and products

    def expr(self, span, *parts):
        """Return a sum of terms with signs; words behind it are a unit."""
        total, sign = None, "+"
        for part in parts:
            if isinstance(part, Token):
                sign = str(part)
                continue
            here = (span[0], part.span[1])
            if total:
                op = "add" if sign == "+" else "sub"
                total = Node(op, (total, part), here)
            else:
                total = Node("neg", (part,), here) if sign == "-" else part
        return total

    def term(self, span, *parts):
        """Return a product."""
        result, op = parts[0], "mul"
        for part in parts[1:]:
            if isinstance(part, Token):
                op = "odot" if part == r"\odot" else "mul"
                continue
            if {op, result.op} == {"odot", "mul"}:
                refuse(
                    r"\odot beside another product: write parentheses", span
                )
            result = Node(op, (result, part), (span[0], part.span[1]))
            op = "mul"
        return result

    def lower(self, span, inner):
        """Return (letter, ends, tests) of what stands below a sum."""
        if isinstance(inner, Token):
            return str(inner), [], ()
        sides = [inner.first, *(claim.right for claim in inner.claims)]
        relations = [claim.relation for claim in inner.claims]
        letter, ends, tests = sides[0], [], inner.tests
        if relations == ["="]:
            ends, tests = sides[1:], ()
        elif relations == [r"\le", r"\le"]:
            (low, letter, high), tests = sides, ()
            ends = [low, high]
        if letter.op not in ("index", "name"):
            refuse("an index has to stand here", span)
        return letter.args[0], ends, tests

    def big(self, span, sign, lower, *rest):
        """Return a sum, a product or an extreme over an index."""
        letter, ends, tests = lower
        *upper, body = rest
        name = str(sign)[1:]
        return self._over(name, span, letter, [*ends, *upper], tests, body)

    def _over(self, name, span, letter, ends, tests, body):
        known = self.symbols.get(letter)
        if len(ends) == 1:
            refuse(r"a sum needs both bounds, as in \sum_{i=1}^n", span)
        if not ends and (known is None or known.kind != "index"):
            refuse(f"{letter} needs bounds, or a declaration as 1..K", span)
        run = Node("run", tuple(ends)) if ends else Node("all", tests)
        return Node("over", (body, letter, run, name), span)

    def optimum(self, span, sign, targets, body):
        """Return the place of an optimum, among symbols or along an index."""
        op = f"arg{str(sign)[-3:]}"
        if targets[0].op == "index":
            return self._over(op, span, targets[0].args[0], [], (), body)
        return Node(f"{op}_by", (body, *targets), span)

    def targets(self, span, *names):
        """Return symbols below an operator."""
        return [self._side(name) for name in names]

    def call(self, span, name, *parts):
        r"""Return a built-in function's value, as \log a and \tanh^2(u)."""
        *power, group = parts
        op = re.sub(r"operatorname|[\\{}]", "", name)
        args = group.args if group.op == "paren" else (group,)
        exponents = [Node("num", (str(digit),)) for digit in power]
        value = Node(op, args, span)
        return Node("pow", (value, *exponents), span) if power else value

    def value(self, span, name, *parts):
        """Return the value of a function that is declared, or of its slope."""
        *primes, group = parts
        return Node(
            "call", (str(name), len("".join(primes)), *group.args), span
        )

    def power(self, span, digit):
        """Return a digit in a superscript."""
        return int(digit)

    def baseless(self, span, name, index):
        r"""Return what `\log_a` is, which has no value."""
        return Node("baseless", (str(name),), span)

    # ---- derivatives

    def gradient(self, span, nabla, *parts):
        r"""Return a gradient, or a Hessian `\nabla^2`, as its derivatives."""
        *order, by, body = parts
        slopes = [Node("slope", (body, each), each.span) for each in by]
        found = Node("paren", tuple(slopes), span)
        if not order:
            return found
        columns = [Node("slope", (found, each), span) for each in by]
        return Node("row", tuple(columns), span)

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
        (body,) = (part for part in parts if isinstance(part, Node))
        order = next((part for part in parts if isinstance(part, int)), 1)
        if len(by) != order:
            refuse(f"a derivative of order {order} by {len(by)} symbols", span)
        return Node("slope", (body, *by), span)

    # ---- factors

    def number(self, span, token, *power):
        """Return a number, maybe with a power."""
        text = token.replace("{,}", "")
        node = Node("num", (text,), (token.start_pos, token.end_pos))
        return Node("pow", (node, *power), span) if power else node

    def argument(self, span, inner):
        """Return what stands in braces, or a single letter or digit."""
        return self._side(inner)

    def underbrace(self, span, body, words):
        """Return what stands over a brace."""
        return body

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
            return self._named(atom, scripts)
        return self._scripted(atom, scripts)

    def grouped(self, span, atom, *scripts):
        """Return a group with its scripts; a function may stand before it."""
        is_call = atom.op != "paren"
        if is_call and any(script.op == "sup" for script in scripts):
            refuse("what stands behind the bracket is ambiguous", scripts[0])
        return self._scripted(atom, scripts)

    # ---- names

    def _side(self, inner):
        """Return a node for what may be a single letter or digit."""
        if isinstance(inner, Node):
            return inner
        if inner.type == "DIGIT":
            return Node("num", (str(inner),), (inner.start_pos, inner.end_pos))
        return self._named(inner, ())

    def _named(self, token, scripts):
        """Return what a letter with scripts stands for, by what is declared.

        The longest declared name counts: `w_1` before an element of `w`.
        """
        ends = [token.end_pos, *(script.span[1] for script in scripts)]
        names = [key(self.source[token.start_pos : end]) for end in ends[:3]]
        known = [name for name in names if name in self.symbols]
        name = known[-1] if known else names[0]
        n = names.index(name)
        symbol, rest = self.symbols.get(name), scripts[n:]
        span = (token.start_pos, ends[n])
        if not known and name == "e" and rest and rest[0].op == "sup":
            exponent = Node("exp", rest[0].args, (span[0], ends[1]))
            return self._scripted(exponent, rest[1:])
        is_index = symbol.kind == "index" if symbol else not rest
        if not is_index and rest and rest[0].op == "sub":
            indices = self._indices(rest[0], 2)
            is_delta = name == r"\delta" and not (symbol and symbol.shape)
            if is_delta and len(indices) == 2:  # Kronecker's
                test = Node("test", ("=", *indices), rest[0].span)
                return Node("indicator", (test,), (span[0], ends[n + 1]))
            index = min(indices[0].free(), default="")
            name = self.symbols.vector(name, index)
            if not name:
                return self._undeclared(token, ends[1], known)
        elif not symbol and (rest or len(token) > 1):
            return self._undeclared(token, ends[-1], known)
        op = "index" if is_index else "name"
        return self._scripted(Node(op, (name,), span), rest)

    def _undeclared(self, token, end, known) -> NoReturn:
        name = key(self.source[token.start_pos : end])
        but = f"{token} is declared, but not as a vector: " if known else ""
        raise EquationError(
            f"{but}the symbol {name} is not declared{DECLARE}", token.start_pos
        )

    def _scripted(self, node, scripts):
        for script in scripts:
            span = (node.span[0], script.span[1])
            if script.op == "sup":
                node = self._power(node, script, span)
                continue
            is_name = node.op == "name"
            shape = self.symbols[node.args[0]].shape if is_name else "1"
            indices = self._indices(script, len(shape))
            node = Node("at", (node, *indices), span)
        return node

    def _power(self, node, script, span):
        (power,) = script.args
        if power == r"\top":
            return Node("top", (node,), span)
        text = re.sub(r"[\s{}]", "", self.source[slice(*script.span)])[1:]
        if text.startswith("("):
            refuse("a superscript in brackets is no power: this name is not "
                   "declared", script)  # fmt: skip
        if text == "T":  # a transpose, or a power where the base is a number
            known = "T" in self.symbols
            return Node("pow_T", (node, *[Node("name", ("T",))] * known), span)
        return Node("pow", (node, power), span)

    def _indices(self, script, dimensions):
        """Return the indices of an element: W_{ij} has two."""
        indices = tuple(map(self._side, script.args))
        is_pair = dimensions == 2 and indices[0].op == "mul"
        return indices[0].args if is_pair and len(indices) == 1 else indices
