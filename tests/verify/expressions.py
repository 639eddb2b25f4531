"""Evaluates the expressions that tie numbers of a page to its code."""

from __future__ import annotations

import ast
import builtins
import importlib.util
from collections.abc import Mapping


class Missing(ValueError):
    """A name that the page does not have at this point."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the page has no {name}")


class _Snippets:
    """A folder of snippets: `gradient_descent.scratch` is a module in it."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def __getattr__(self, role: str) -> object:
        name = f"{self._folder}.{role}"
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            raise Missing(name) from error


def evaluate(expression: str, namespace: Mapping) -> object:
    """Return the value of an expression in a page's namespace.

    A name that the page does not have may be a folder of snippets, as in
    `gradient_descent.scratch.train(x, y)[0]`. Raises ValueError for what is
    no expression or only repeats a number, Missing for a name that is not
    there, and whatever the called code raises.
    """
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except SyntaxError as error:
        raise ValueError(f"this is no expression: {expression}") from error
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    if not names and not isinstance(tree.body, ast.BinOp):
        raise ValueError(
            "it is the number itself, which says where nothing is from; name "
            "what gives it, or its source"
        )
    bound = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    known = dict(namespace)
    for name in {node.id for node in names} - bound - known.keys():
        spec = importlib.util.find_spec(name)
        if spec and spec.origin is None:  # a folder without __init__.py
            known[name] = _Snippets(name)
        elif not hasattr(builtins, name):
            raise Missing(name)
    return eval(compile(tree, "<tie>", "eval"), known)
