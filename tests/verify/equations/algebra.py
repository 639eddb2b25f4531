"""Arithmetic of scalars, columns and matrices, with strict shapes."""

from __future__ import annotations

import torch

from verify.equations.errors import Misfit

Tensor = torch.Tensor
ELEMENTWISE = {
    "exp": torch.exp, "log": torch.log, "sin": torch.sin, "cos": torch.cos,
    "tan": torch.tan, "sinh": torch.sinh, "cosh": torch.cosh,
    "tanh": torch.tanh, "sigmoid": torch.sigmoid, "ReLU": torch.relu,
    "sign": torch.sign,
}  # fmt: skip


def scalar(number: float) -> Tensor:
    """Return a number as a tensor."""
    return torch.tensor(number, dtype=torch.float64)


def shape_name(value: Tensor | tuple) -> str:
    """Return how messages call a shape."""
    shape = tuple(getattr(value, "shape", value))
    if not shape:
        return "a number"
    if len(shape) == 2 and shape[1] == 1:
        return f"a vector of {shape[0]}"
    return "a {}×{} matrix".format(*shape)


def add(left: Tensor, right: Tensor) -> Tensor:
    """Return a sum; both sides must have one shape."""
    _alike(left, right, "adding", "and")
    return left + right


def subtract(left: Tensor, right: Tensor) -> Tensor:
    """Return a difference; both sides must have one shape."""
    _alike(left, right, "subtracting", "and")
    return left - right


def multiply(left: Tensor, right: Tensor) -> Tensor:
    """Return a product of matrices, or with a number; 1×1 is a number."""
    if not left.ndim or not right.ndim:
        return left * right
    if left.shape[1] != right.shape[0]:
        raise Misfit(
            f"{shape_name(left)} times {shape_name(right)} does not fit"
        )
    product = left @ right
    return product.reshape(()) if product.shape == (1, 1) else product


def hadamard(left: Tensor, right: Tensor) -> Tensor:
    """Return an elementwise product of two arrays of one shape."""
    if not left.ndim or left.shape != right.shape:
        raise Misfit(
            f"\\odot between {shape_name(left)} and {shape_name(right)}"
        )
    return left * right


def power(base: Tensor, exponent: Tensor) -> Tensor:
    """Return a power; of a square matrix also the inverse."""
    if exponent.ndim:
        raise Misfit(f"{shape_name(exponent)} as an exponent")
    if not base.ndim:
        return base**exponent
    degree = float(exponent)
    if base.shape[0] != base.shape[1] or degree not in (-1, 2, 3):
        raise Misfit(f"a power of {shape_name(base)}")
    return torch.linalg.matrix_power(base, int(degree))


def apply(function: str, arguments: list[Tensor]) -> Tensor:
    """Return the value of a built-in function."""
    first = arguments[0]
    if function in ("max", "min"):
        return _extreme(function, arguments)
    if function == "log" and len(arguments) == 2:
        return first.log() / arguments[1].log()
    if len(arguments) != 1:
        raise Misfit(f"{function} takes one argument")
    if function in ELEMENTWISE:
        return ELEMENTWISE[function](first)
    if function == "diag" and first.ndim and first.shape[1] == 1:
        return torch.diag(first.reshape(-1))
    if function == "softmax" and first.ndim and 1 in first.shape:
        return torch.softmax(first.reshape(-1), 0).reshape(first.shape)
    if first.ndim and first.shape[0] == first.shape[1]:
        square = {"tr": torch.trace, "det": torch.linalg.det}
        if function in square:
            return square[function](first)
    raise Misfit(f"{function} of {shape_name(first)}")


def gradient(top: Tensor, leaf: Tensor) -> Tensor:
    """Return the gradient of a number, zero where it does not depend."""
    if not top.requires_grad:
        return torch.zeros_like(leaf)
    (slope,) = torch.autograd.grad(
        top, leaf, create_graph=True, allow_unused=True
    )
    return torch.zeros_like(leaf) if slope is None else slope


def as_leaf(value: Tensor) -> Tensor:
    """Return a copy to differentiate by, connected to what made the value."""
    if value.requires_grad:
        return value.clone()
    return value.detach().clone().requires_grad_()


def _extreme(function: str, arguments: list[Tensor]) -> Tensor:
    if len(arguments) == 1 and arguments[0].ndim:
        return getattr(arguments[0], function)()
    if any(argument.ndim for argument in arguments):
        raise Misfit(f"{function} of numbers and arrays together")
    return getattr(torch.stack(arguments), function)()


def _alike(left: Tensor, right: Tensor, doing: str, joined: str) -> None:
    if left.shape != right.shape:
        raise Misfit(
            f"{doing} {shape_name(left)} {joined} {shape_name(right)}"
        )
