"""What operations do with values: torch in float64, vectors as columns.

Shapes are strict. Only a number is added to each element of a vector, and a
vector to each row of a matrix.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import torch

from verify.equations.errors import Misfit

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


def elementwise(function: Callable) -> Callable:
    """Return an operation on two values of one shape."""

    def checked(left: Tensor, right: Tensor) -> Tensor:
        if left.shape != right.shape:
            raise Misfit(f"{shape(left)} and {shape(right)} do not fit")
        return function(left, right)

    return checked


def row_by_row(function: Callable) -> Callable:
    """Return a sum that also takes a number for all, or a row for all."""

    def checked(left: Tensor, right: Tensor) -> Tensor:
        ends = [left, right]
        for n, (one, other) in enumerate((ends, ends[::-1])):
            if is_column(one) and not other.ndim:
                return function(left, right)
            if is_column(one) and other.shape[1] == len(one) > 1:
                ends[n] = one.T
                return function(*ends)
        return elementwise(function)(left, right)

    return checked


def mul(left: Tensor, right: Tensor) -> Tensor:
    """Return a product, of matrices as matrices multiply."""
    if not left.ndim or not right.ndim:
        return left * right
    if left.shape[1] != right.shape[0]:
        raise Misfit(f"{shape(left)} times {shape(right)} does not fit")
    return matrix(left @ right)


def div(top: Tensor, bottom: Tensor) -> Tensor:
    """Return a quotient by a number."""
    if bottom.ndim:
        raise Misfit(f"a division by {shape(bottom)}")
    return top / bottom


def power(base: Tensor, exponent: Tensor) -> Tensor:
    """Return a power of a number, or the inverse of a matrix."""
    if not base.ndim and not exponent.ndim:
        return base**exponent
    if exponent.ndim or float(exponent) != -1 or len(set(base.shape)) != 1:
        raise Misfit(f"a power of {shape(base)}")
    inverse, fault = torch.linalg.inv_ex(base)
    return inverse * float("nan") if fault else inverse


def transposed(base: Tensor, exponent: Tensor | None = None) -> Tensor:
    r"""Return a transpose, or the power `a^T` of a number."""
    if base.ndim or exponent is None:
        return base.T if base.ndim else base
    return base**exponent


def of_one(function: Callable, *, numbers: bool = False) -> Callable:
    """Return a function of one value, maybe of a number only."""

    def checked(*values: Tensor) -> Tensor:
        if len(values) > 1 or (numbers and values[0].ndim):
            raise Misfit("a function of one number; here are more")
        return function(*values)

    return checked


def stacked(*parts: Tensor) -> Tensor:
    """Return parts as a vector; a single one is what it is."""
    columns = [part.reshape(-1, 1) for part in parts]
    return parts[0] if len(parts) == 1 else torch.cat(columns)


def row(*cells: Tensor) -> Tensor:
    """Return numbers or blocks side by side."""
    return torch.cat([c if c.ndim else c.reshape(1, 1) for c in cells], 1)


def matrix(*rows: Tensor) -> Tensor:
    """Return rows below each other; what has one element is a number."""
    found = torch.cat(rows)
    return found.reshape(()) if found.numel() == 1 else found


OPERATIONS: dict[str, Callable] = {
    "add": row_by_row(torch.add), "sub": row_by_row(torch.sub),
    "odot": elementwise(torch.mul), "mul": mul, "div": div, "neg": torch.neg,
    "pow": power, "pow_T": transposed, "top": transposed, "paren": stacked,
    "abs": of_one(torch.abs, numbers=True),
    "sqrt": of_one(torch.sqrt, numbers=True),
    "norm": torch.linalg.vector_norm,
    "ln": of_one(torch.log),
    "sum": lambda *terms: reduce(OPERATIONS["add"], terms),
    "prod": lambda *terms: reduce(mul, terms),
    "max": lambda *parts: stacked(*parts).max(),
    "min": lambda *parts: stacked(*parts).min(),
    "row": row, "matrix": matrix,
}  # fmt: skip
FUNCTIONS: dict[str, Callable] = {
    # of a vector, or of each row of a matrix
    "softmax": lambda v: torch.softmax(v, int(v.ndim and not is_column(v))),
    "sigmoid": torch.sigmoid,
    "tr": torch.trace,
    "diag": lambda value: torch.diag(value.reshape(-1)),
}


def operation(name: str) -> Callable:
    """Return an operation; a function is as torch calls it."""
    return OPERATIONS.get(name) or of_one(getattr(torch, name))


RELATIONS: dict[str, Callable] = {
    "=": torch.eq, r"\ne": torch.ne, "<": torch.lt, ">": torch.gt,
    r"\le": torch.le, r"\ge": torch.ge,
}  # fmt: skip


def close(left: Tensor, right: Tensor) -> bool:
    """Whether two values of one shape are equal but for rounding.

    A number that is missing on both sides, such as a logarithm of a negative
    one, is equal; on one side only, it is not.
    """
    left, right = left.detach(), right.detach()
    known = left.isfinite()
    if not torch.equal(known, right.isfinite()):
        return False
    scale = max([1.0, *left[known].abs(), *right[known].abs()])
    return bool((left - right)[known].abs().le(TOLERANCE * scale).all())


def gradient(top: Tensor, leaf: Tensor) -> Tensor:
    """Return the gradient of a number, zero where it does not depend."""
    if not top.requires_grad:
        return torch.zeros_like(leaf)
    (slope,) = torch.autograd.grad(
        top, leaf, create_graph=True, allow_unused=True
    )
    return torch.zeros_like(leaf) if slope is None else slope


def as_leaf(value: Tensor) -> Tensor:
    """Return a copy to differentiate by."""
    is_inner = value.requires_grad
    return (
        value.clone() if is_inner else value.detach().clone().requires_grad_()
    )
