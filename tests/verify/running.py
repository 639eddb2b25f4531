"""Runs a block, and notes what it does."""

from __future__ import annotations

import ast
import contextlib
import io
import itertools
import linecache
import sys
import warnings
from dataclasses import dataclass, field

from page import Line
from verify import comments
from verify.blocks import Block, comment


@dataclass
class Part:
    """Statements of a block, and the place where it shows what they print.

    That are `comments`, its `#>` lines, or else those to come after `end`.
    """

    statements: list[ast.stmt]
    comments: list[Line]
    end: Line
    printed: str = ""


@dataclass
class Run:
    """What happened when a block ran."""

    parts: list[Part] = field(default_factory=list)
    error: BaseException | None = None
    warned: list[warnings.WarningMessage] = field(default_factory=list)
    stderr: str = ""

    @property
    def printed(self) -> str:
        """All that the block printed."""
        return "".join(part.printed for part in self.parts)


def execute(block: Block, namespace: dict) -> Run:
    """Run a block in a namespace and note what it does.

    Its code is called `block.name`, with the lines of the block.
    """
    run, text = Run(), block.fence.text
    lines = text.splitlines(keepends=True)
    linecache.cache[block.name] = len(text), None, lines, block.name
    with (
        warnings.catch_warnings(record=True) as run.warned,
        contextlib.redirect_stderr(io.StringIO()) as stderr,
    ):
        _warn_as_python_does()
        try:
            tree = ast.parse(text, block.name)
            run.parts = _parts(block, tree)
            namespace.setdefault(comments.SIZES, {})
            namespace |= comments.watch(tree, text, block.name)
            for part in run.parts:
                with contextlib.redirect_stdout(io.StringIO()) as printed:
                    try:
                        _exec(part.statements, block.name, namespace)
                    finally:
                        part.printed = printed.getvalue()
        except (Exception, SystemExit) as error:
            run.error = error
    run.stderr = stderr.getvalue()
    if "torch" in sys.modules:
        # torch gives some warnings once per process: the next page's readers
        # would not be told.
        sys.modules["torch"].set_warn_always(True)
    return run


def _exec(statements: list[ast.stmt], name: str, namespace: dict) -> None:
    # One by one, as pasted: a mistake of the compiler comes in its turn.
    for each in statements:
        module = ast.Module([each], type_ignores=[])
        exec(compile(module, name, "exec", dont_inherit=True), namespace)


def _parts(block: Block, tree: ast.Module) -> list[Part]:
    """Group the statements by the place where the page shows their output.

    A statement shares that of the next one which has `#>` lines, or which is
    of the same include; it has its own behind the last of them.
    """
    lines, found = block.fence.lines, []
    starts = [node.lineno - 1 for node in tree.body] + [len(lines)]
    places = zip(tree.body, itertools.pairwise(starts), strict=True)
    for node, (start, end) in reversed([*places]):
        shown = _comments(lines[start:end])
        last, after = lines[node.end_lineno - 1], lines[end:][:1]
        is_one_include = bool(after) and after[0].number == last.number
        is_shared = found and (found[0].comments or is_one_include)
        if shown or not is_shared:
            found.insert(0, Part([node], shown, last))
        else:
            found[0].statements.insert(0, node)
    if early := _comments(lines[: starts[0]]):
        found.insert(0, Part([], early, early[-1]))
    return found


def _comments(lines: tuple[Line, ...]) -> list[Line]:
    return [line for line in lines if comment(line) is not None]


def _warn_as_python_does() -> None:
    """Set the filters that a fresh interpreter has, but never warn once.

    pytest changes them, and a page must be told what its reader is told.
    """
    warnings.simplefilter("always")
    for category in (
        DeprecationWarning,
        PendingDeprecationWarning,
        ImportWarning,
        ResourceWarning,
    ):
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("always", "", DeprecationWarning, "__main__")
