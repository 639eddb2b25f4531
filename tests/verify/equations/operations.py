"""What operations do with values: torch in float64, vectors as columns.

Shapes are strict. Only a number is added to each element of a vector, and a
vector to each row of a matrix; functions take each element.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import torch

from verify.equations.errors import Refuted

Tensor = torch.Tensor
# float64 keeps 16 digits; sums of a few dozen terms lose one or two of them.
TOLERANCE = 1e-9


def scalar(number: float) -> Tensor:
    """Return a number as a tensor without dimensions."""
    return torch.tensor(float(number), dtype=torch.float64)


def shape(value: Tensor) -> str:
    """Return how messages call a shape."""
    if not value.ndim:
        return "a number"
    rows, columns = value.shape
    is_vector = columns == 1
    return f"a vector of {rows}" if is_vector else f"a {rows}×{columns} matrix"


def shown(value: Tensor) -> str:
    """Return how messages write a value."""
    numbers = [f"{float(n):.6g}" for n in value.detach().reshape(-1)[:12]]
    return f"({', '.join(numbers)})" if value.ndim else numbers[0]


def is_column(value: Tensor) -> bool:
    """Whether a value is a vector."""
    return value.ndim == 2 and value.shape[1] == 1


def fitting(left: Tensor, right: Tensor) -> tuple[Tensor, Tensor]:
    """Return two values; refuse those of different shapes."""
    if left.shape != right.shape:
        raise Refuted(f"{shape(left)} and {shape(right)} do not fit")
    return left, right


def spread(value: Tensor, other: Tensor) -> Tensor:
    """Return a number for all of a vector, or a vector for all rows."""
    if not value.ndim and is_column(other):
        return value.expand_as(other)
    is_row = is_column(value) and other.ndim and other.shape[1] == len(value)
    return value.T.expand_as(other) if is_row and len(value) > 1 else value


def add(left: Tensor, right: Tensor) -> Tensor:
    """Return a sum, of a matrix and a vector row by row."""
    return torch.add(*fitting(spread(left, right), spread(right, left)))


def mul(left: Tensor, right: Tensor) -> Tensor:
    """Return a product, of matrices as matrices multiply."""
    if not left.ndim or not right.ndim:
        return left * right
    if left.shape[1] != right.shape[0]:
        raise Refuted(f"{shape(left)} times {shape(right)} does not fit")
    found = left @ right
    return found.reshape(()) if found.numel() == 1 else found


def div(top: Tensor, bottom: Tensor) -> Tensor:
    """Return a quotient by a number."""
    if bottom.ndim:
        raise Refuted(f"a division by {shape(bottom)}")
    return top / bottom


def power(base: Tensor, exponent: Tensor) -> Tensor:
    r"""Return a power of a number, or the inverse of a matrix."""
    if not base.ndim and not exponent.ndim:
        return base**exponent
    if exponent.ndim or float(exponent) != -1:
        raise Refuted(
            rf"a power of {shape(base)}; for Euler's number write \exp(…)"
        )
    return torch.linalg.inv(base)


def transposed(base: Tensor, exponent: Tensor | None = None) -> Tensor:
    r"""Return a transpose, or the power `a^T` of a number."""
    if base.ndim:
        return base.T
    return base if exponent is None else base**exponent


def stacked(*parts: Tensor) -> Tensor:
    """Return parts as a vector; a single one is what it is."""
    columns = [part.reshape(-1, 1) for part in parts]
    return parts[0] if len(parts) == 1 else torch.cat(columns)


OPERATIONS: dict[str, Callable] = {
    "add": add, "sub": lambda left, right: add(left, -right),
    "odot": lambda left, right: torch.mul(*fitting(left, right)),
    "mul": mul, "div": div, "neg": torch.neg, "ln": torch.log,
    "pow": power, "top": transposed, "paren": stacked,
    "norm": torch.linalg.vector_norm, "tr": torch.trace,
    "diag": lambda value: torch.diag(value.reshape(-1)),
    "sum": lambda *terms: reduce(add, terms),
    "prod": lambda *terms: reduce(mul, terms),
    "max": lambda *parts: stacked(*parts).max(),
    "min": lambda *parts: stacked(*parts).min(),
    # of a vector, or of each row of a matrix
    "softmax": lambda v: torch.softmax(v, int(v.ndim and not is_column(v))),
}  # fmt: skip


def apply(name: str, *values: Tensor) -> Tensor:
    """Return what an operation gives, by the name of the node.

    What is not named here is as torch calls it.
    """
    return (OPERATIONS.get(name) or getattr(torch, name))(*values)


RELATIONS: dict[str, Callable] = {
    "=": torch.eq, r"\ne": torch.ne, "<": torch.lt, ">": torch.gt,
    r"\le": torch.le, r"\ge": torch.ge,
}  # fmt: skip


def close(left: Tensor, right: Tensor) -> bool:
    """Whether a value is equal to a finite one, but for rounding."""
    scale = max(1.0, float(right.detach().abs().max()))
    return float((left - right).detach().abs().max()) <= TOLERANCE * scale


def gradient(top: Tensor, leaf: Tensor) -> Tensor:
    """Return the gradient of a number, zero where it does not depend."""
    if not top.requires_grad:
        return torch.zeros_like(leaf)
    return torch.autograd.grad(
        top, leaf, create_graph=True, materialize_grads=True
    )[0]


def as_leaf(value: Tensor) -> Tensor:
    """Return a copy to differentiate by."""
    is_inner = value.requires_grad
    return (
        value.clone() if is_inner else value.detach().clone().requires_grad_()
    )
