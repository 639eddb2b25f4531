"""The comments of Python code."""

from __future__ import annotations

import io
import tokenize


def comments(source: str) -> dict[int, str]:
    """Return the comments by line: `{7: "# dL/dw"}`.

    Raises SyntaxError or tokenize.TokenError where the code is broken.
    """
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string
        for token in tokens
        if token.type == tokenize.COMMENT
    }
