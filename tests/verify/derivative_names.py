"""Whether a comment names the derivative that its line makes.

    dw = (error * x).mean()  # dL/dw
    return dw, db  # dL/dw, dL/db

What a line assigns is called after the variable of its derivative. What it
returns are the derivatives by the first parameters of its function, in their
order. Whether the values are right is for the tests of the code to say.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from verify.comments import comments

DERIVATIVES = re.compile(r"# d\w+/d\w+(?:, d\w+/d\w+)*")


def misnamed(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that make other derivatives than their comments say.

    Each comes with what its comment says.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:  # which running it will show
        return
    made = dict(_made(tree))
    stated = {
        line: comment
        for line, comment in comments(source).items()
        if DERIVATIVES.fullmatch(comment)
    }
    for line, comment in sorted(stated.items()):
        variables = re.findall(r"/d(\w+)", comment)
        expected = made.get(line, [])
        if not expected or variables != expected[: len(variables)]:
            yield line, comment.removeprefix("# ")


def _made(tree: ast.Module) -> Iterator[tuple[int, list[str]]]:
    """Yield the variables of the derivatives that a line makes, by names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield node.end_lineno, _assigned(node.targets[0])
        elif isinstance(node, ast.AugAssign):
            yield node.end_lineno, _assigned(node.target)
        elif isinstance(node, ast.FunctionDef):
            parameters = [each.arg for each in node.args.args]
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return):
                    yield inner.end_lineno, parameters


def _assigned(target: ast.expr) -> list[str]:
    """Return `["w", "b"]` for `dw, db`."""
    names = target.elts if isinstance(target, ast.Tuple) else [target]
    return [
        name.id[1:]
        for name in names
        if isinstance(name, ast.Name) and name.id.startswith("d")
    ]
