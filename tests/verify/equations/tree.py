"""The syntax tree of an equation: small, immutable, compared by meaning.

`span` is the (start, end) of a node in the LaTeX that it was read from; two
nodes are equal whatever their spans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace


@dataclass(frozen=True)
class Node:
    """Anything that stands in an equation."""

    span: tuple[int, int] = field(
        default=(0, 0), compare=False, kw_only=True, repr=False
    )


@dataclass(frozen=True)
class Num(Node):
    """A number as printed: '2', '0.911375', '24863.38', '45.6%'."""

    text: str


@dataclass(frozen=True)
class Constant(Node):
    """pi or e."""

    name: str


@dataclass(frozen=True)
class Name(Node):
    """A declared symbol, whole: a scalar, a vector, a matrix or a size."""

    key: str


@dataclass(frozen=True)
class Bound(Node):
    """An index, or the parameter of a function."""

    name: str


@dataclass(frozen=True)
class Index(Node):
    """An element: x_i, W_{jk}, (X^T e)_j."""

    base: Node
    indices: tuple[Node, ...]


@dataclass(frozen=True)
class Neg(Node):
    """Minus something."""

    body: Node


@dataclass(frozen=True)
class Add(Node):
    """A sum of two."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Sub(Node):
    """A difference of two."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Mul(Node):
    r"""A product; `sign` is what is printed: '', '\cdot' or '\times'."""

    left: Node
    right: Node
    sign: str = field(default="", compare=False)


@dataclass(frozen=True)
class Hadamard(Node):
    """An elementwise product."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Div(Node):
    """A fraction, or a quotient with a slash."""

    top: Node
    bottom: Node


@dataclass(frozen=True)
class Pow(Node):
    """A power; a matrix to the -1 is its inverse."""

    base: Node
    exponent: Node


@dataclass(frozen=True)
class Transpose(Node):
    """A transposed vector or matrix."""

    base: Node


@dataclass(frozen=True)
class Call(Node):
    """A declared function at a point; `primes` counts its derivatives."""

    function: str
    arguments: tuple[Node, ...]
    primes: int = 0


@dataclass(frozen=True)
class Apply(Node):
    """A built-in function at a point: log, exp, max, softmax and the like."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Abs(Node):
    """An absolute value."""

    body: Node


@dataclass(frozen=True)
class Norm(Node):
    """A norm; `order` is '1', '2' (also for a matrix: Frobenius) or 'inf'."""

    body: Node
    order: str = "2"


@dataclass(frozen=True)
class Sqrt(Node):
    """A root; `degree` is printed only where it is not 2."""

    body: Node
    degree: Node | None = None


@dataclass(frozen=True)
class Big(Node):
    """A sum, product, max or min over an index.

    Without bounds (`low` and `high` None) the index runs over its declared
    range.
    """

    operator: str
    index: str
    low: Node | None
    high: Node | None
    body: Node


@dataclass(frozen=True)
class Mean(Node):
    """An expectation over the data: the mean over an index."""

    index: str | None
    body: Node


@dataclass(frozen=True)
class Derivative(Node):
    r"""A (partial) derivative; one entry of `variables` per order.

    `mark` is what is printed: '\partial', 'd' or '\mathrm{d}'.
    """

    body: Node
    variables: tuple[Node, ...]
    mark: str = field(default=r"\partial", compare=False)


@dataclass(frozen=True)
class Gradient(Node):
    """Nabla (order 1) or a Hessian (order 2)."""

    body: Node
    variables: tuple[Node, ...]
    order: int = 1


@dataclass(frozen=True)
class Matrix(Node):
    """Rows of scalars; one column makes a vector."""

    rows: tuple[tuple[Node, ...], ...]
    brackets: str = field(default="p", compare=False)


@dataclass(frozen=True)
class Tuple(Node):
    """Several scalars in parentheses: read as a vector."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Cases(Node):
    """Values by condition; a condition None means 'otherwise'."""

    branches: tuple[tuple[Node, tuple[Statement, ...] | None], ...]


@dataclass(frozen=True)
class Optimum(Node):
    """min, max, arg min or arg max over symbols."""

    operator: str
    variables: tuple[Node, ...]
    body: Node
    argument: bool


@dataclass(frozen=True)
class At(Node):
    """Something evaluated where symbols take given values."""

    body: Node
    settings: tuple[tuple[Node, Node], ...]


@dataclass(frozen=True)
class Reals(Node):
    """The real numbers, or vectors or matrices of them."""

    shape: tuple[Node, ...]


@dataclass(frozen=True)
class Interval(Node):
    """An interval; `ends` are its brackets, such as '(]'."""

    low: Node
    high: Node
    ends: str


@dataclass(frozen=True)
class Elements(Node):
    """A set given by its elements, or by its first and last integer."""

    items: tuple[Node, ...]
    run: bool = False


@dataclass(frozen=True)
class Statement(Node):
    r"""One relation between two sides, or between an element and a set.

    `relation` is one of = != < > <= >= ~ <- in range.
    """

    relation: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Chain(Node):
    """What one left side is said to be, step by step; maybe nothing."""

    first: Node
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Formula(Node):
    """All chains of one display or inline formula."""

    chains: tuple[Chain, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every relation, in reading order."""
        return tuple(s for chain in self.chains for s in chain.statements)


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes right below a node, in reading order."""
    for each in fields(node):
        if each.name != "span":
            yield from _nodes(getattr(node, each.name))


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all that stands below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def rebuild(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """Return a copy in which `change` replaced the nodes that it answers for.

    `change` returns the new node, or None to look below instead.
    """
    changed = change(node)
    if changed is not None:
        return changed
    return replace(
        node,
        **{
            each.name: _mapped(getattr(node, each.name), change)
            for each in fields(node)
            if each.name != "span"
        },
    )


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def _mapped(value: object, change: Callable[[Node], Node | None]) -> object:
    if isinstance(value, Node):
        return rebuild(value, change)
    if isinstance(value, tuple):
        return tuple(_mapped(item, change) for item in value)
    return value
