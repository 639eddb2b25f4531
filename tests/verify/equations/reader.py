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
from verify.equations.formula import Chain, Node, sides
from verify.equations.grammar import parse_tree
from verify.equations.symbols import Symbols, key

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
    """Return the chains of a formula.

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
    every = [each for node in sides(chain) for each in node]
    bound = {each.args[1] for each in every if each.op == "over"}
    free = set().union(*(node.free() for node in chain))
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

    def start(self, span, *parts):
        r"""Return the chains; `for k \ne j` is a condition of the last one."""
        found: list[Chain] = []
        for part in parts:
            is_condition = isinstance(part, Node)
            chain = part.args[0] if is_condition else part
            if len(parts) > 1 and not chain[0].is_relation:
                refuse("this states none of the relations", chain[0])
            if found and is_condition:
                tests = self._tests(chain)
                found[-1] = tuple(
                    replace(each, args=each.args + tests) for each in found[-1]
                )
            else:
                found.append(chain)
        return found

    def relations(self, span, first, *rest):
        """Return an expression alone, or a relation for each sign."""
        left, found = first, []
        for sign, right in zip(rest[::2], rest[1::2], strict=True):
            relation, args = SAME.get(sign, str(sign)), (left, right)
            if sign.type == "RANGE":  # k = 1, \dots, K
                self._demand_range(first, left, right)
                relation, args = "range", (*found.pop().args, right)
            place = (sign.start_pos, right.span[1])
            found.append(Node(relation, args, place))
            left = right
        return tuple(found) or (first,)

    def _demand_range(self, index, low, high):
        ends = tuple(key(self.source[slice(*e.span)]) for e in (low, high))
        known = self.symbols.get(str(index.args[0]))
        if known is None or known.shape != (ends,):
            refuse(f"declare this index as {'..'.join(ends)}", index)

    def _tests(self, chain):
        """Return relations as conditions; ranges are looked at already."""
        if not chain[0].is_relation:
            refuse("a condition compares two sides", chain[0])
        return tuple(each for each in chain if each.op != "range")

    def branch(self, span, value, chain=None):
        """Return a value and its conditions."""
        tests = self._tests(chain) if chain else ()
        return Node("branch", (value, *tests), span)

    def indicator(self, span, chain):
        """Return 1 where a relation holds, and 0 elsewhere."""
        return Node("indicator", self._tests(chain), span)

    # ---- what runs over an index, and what is taken by a symbol

    def big(self, span, sign, below, *rest):
        r"""Return a sum, a product or an extreme over an index.

        Below stand `i`, `i=1`, `1 \le i \le n` or conditions.
        """
        *upper, body = rest
        match below:
            case (Node("=", (letter, low)),):
                ends, tests = [low, *upper], ()
            case (Node(r"\le", (low, letter)), Node(r"\le", (_, high))):
                ends, tests = [low, high], ()
            case (Node(_, (letter, _)), *_) if below[0].is_relation:
                ends, tests = [], below
            case (letter,):
                ends, tests = [], ()
        if letter.op not in ("index", "name"):
            refuse("an index has to stand here", span)
        (index,) = letter.args
        known = self.symbols.get(index)
        if len(ends) == 1:
            refuse(r"a sum needs both bounds, as in \sum_{i=1}^n", span)
        if not ends and (known is None or known.kind != "index"):
            refuse(f"{index} needs bounds, or a declaration as 1..K", span)
        run = Node("run", tuple(ends)) if ends else Node("all", tests)
        return Node("over", (body, index, run, str(sign)[1:]), span)

    def optimum(self, span, sign, *parts):
        """Return where something is smallest or largest, by symbols."""
        *by, body = parts
        return Node(f"arg{str(sign)[-3:]}", (body, *by), span)

    def operator(self, span, by, body):
        """Return a derivative or gradient; the operator stands first."""
        return Node("slope", (body, by), span)

    # ---- functions

    def call(self, span, name, *parts):
        r"""Return a built-in function's value, as \log a and \tanh^2(u)."""
        *power, group = parts
        op = re.sub(r"operatorname|[\\{}]", "", name)
        args = group.args if group.op == "paren" else (group,)
        value = Node(op, args, span)
        return Node("pow", (value, *power), span) if power else value

    def value(self, span, name, *parts):
        """Return the value of a function that is declared, or of its slope."""
        *primes, argument = parts
        return Node("call", (str(name), len("".join(primes)), argument), span)

    def baseless(self, span, name, index):
        r"""Return what `\log_a` is, which has no value."""
        return Node("baseless", (str(name),), span)

    # ---- numbers, names and their scripts

    def num(self, span, token):
        """Return a number."""
        return Node("num", (token.replace("{,}", ""),), span)

    def letter(self, span, token):
        """Return a name; one that is not declared may be a sum's index."""
        return self._declared(span) or Node("index", (key(token),), span)

    def at(self, span, base, *indices):
        """Return an element, or the name that is declared with its script."""
        if name := self._declared(span):
            return name
        if isinstance(indices[0], Token):  # such as \max
            self._undeclared(span)
        if indices[0].op == "mul":  # W_{ij} has two
            indices = indices[0].args
        if base.op in ("name", "index"):
            (name,) = base.args
            symbol = self.symbols.get(name)
            is_delta = name == r"\delta" and not (symbol and symbol.shape)
            if is_delta and len(indices) == 2:  # Kronecker's
                test = Node("=", indices, span)
                return Node("indicator", (test,), span)
            index = min(indices[0].free(), default="")
            vector = self.symbols.vector(name, index)
            if not vector:
                text = f"{name} is declared, but not as a vector: "
                self._undeclared(span, text if symbol else "")
            base = Node("name", (vector,), base.span)
        return Node("at", (base, *indices), span)

    def pow(self, span, base, power):
        """Return a power, or the name that is declared with its script."""
        if name := self._declared(span):
            return name
        if power.op == "paren":
            refuse("a superscript in brackets is no power: this name is not "
                   "declared", power)  # fmt: skip
        if power.args == ("T",):  # a power only where the base is a number
            known = "T" in self.symbols
            return Node("top", (base, power) if known else (base,), span)
        if base == Node("index", ("e",)):
            return Node("exp", (power,), span)
        return Node("pow", (base, power), span)

    def _undeclared(self, span, but=""):
        name = key(self.source[slice(*span)])
        refuse(f"{but}the symbol {name} is not declared{DECLARE}", span)

    def _declared(self, span):
        name = key(self.source[slice(*span)])
        if symbol := self.symbols.get(name):
            op = "index" if symbol.kind == "index" else "name"
            return Node(op, (name,), span)
        return None
