"""Runs the blocks of a page as a reader would: in order, in one namespace."""

from __future__ import annotations

import ast
import contextlib
import io
import itertools
import sys
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType

import page
from page import Fault
from verify import comments
from verify.blocks import Block, comment
from verify.interpreter import Interpreter
from verify.mishaps import mishap
from verify.project import data_folder


@dataclass
class Part:
    """Statements of a block and what they printed, up to its `#>` lines.

    `comments` are these lines (indexes into the block's lines), and `end` the
    index of the line after the last statement.
    """

    comments: list[int] = field(default_factory=list)
    end: int = 0
    printed: str = ""


@dataclass
class Run:
    """What happened when a block ran; `namespace` is a copy made after it."""

    parts: list[Part] = field(default_factory=list)
    error: BaseException | None = None
    warned: list[warnings.WarningMessage] = field(default_factory=list)
    stderr: str = ""
    namespace: dict = field(default_factory=dict)

    @property
    def printed(self) -> str:
        """All that the block printed."""
        return "".join(part.printed for part in self.parts)


class Failed(Fault):
    """Something could not be run, since a block before it fails."""


class World:
    """One namespace in which a page's blocks run in order, each once."""

    def __init__(
        self,
        blocks: list[Block],
        seed: int = 0,
    ) -> None:
        self.blocks = blocks
        place = blocks[0].page.path if blocks else Path.cwd()
        # A block that forgets its seed prints other numbers on the Chinese
        # page than on the English one, and is found out.
        self.interpreter = Interpreter(
            seed + zlib.crc32(str(place).encode()) // 2,
            data_folder(page.root(place)),
        )
        self.runs: list[Run] = []

    def run(self, block: Block) -> Run:
        """Return what a block does, after all the blocks before it."""
        index = self.blocks.index(block)
        self.run_before(block.line)
        if len(self.runs) == index:
            self.runs.append(self._run(block))
        return self.runs[index]

    def run_before(self, line: int) -> None:
        """Run what stands before a line and has not run yet."""
        for number, block in enumerate(self.blocks):
            if block.line >= line:
                return
            if number == len(self.runs):
                self.runs.append(self._run(block))
            if block.is_unread or mishap(block, self.runs[number]):
                raise Failed(
                    block.page.path,
                    line,
                    f"not run, since the block at line {block.line} fails",
                    "Mend that one first.",
                )

    def before(self, line: int) -> dict:
        """Return the names that there are at a line of the page."""
        self.run_before(line)
        names = {}
        for block, run in zip(self.blocks, self.runs, strict=False):
            if block.line < line:
                names = run.namespace
        return names

    def aside(
        self,
        blocks: list[Block],
        around: Callable[[], AbstractContextManager],
    ) -> Run:
        """Return what the last of some blocks of another world does here.

        Each knows what those before it made, and nothing of it stays.
        """
        made: dict = {}
        for block in blocks:
            here = self.before(block.line)
            names = {**here, **made}
            with self.interpreter.entered(), around():
                run = execute(block, names)
            made = {k: v for k, v in names.items() if here.get(k) is not v}
        return run

    def _run(self, block: Block) -> Run:
        with self.interpreter.entered():
            run = execute(block, self.interpreter.namespace)
        run.namespace = dict(self.interpreter.namespace)
        return run


def execute(block: Block, namespace: dict) -> Run:
    """Run a block in a namespace and note what it does."""
    run = Run()
    try:
        tree = ast.parse(block.fence.text)
    except SyntaxError as error:
        line = block.fence.lines[min(error.lineno, len(block.fence.lines)) - 1]
        error.filename = str(line.file or block.page.path)
        error.lineno = line.file_number or line.number
        run.error = error
        run.parts = [Part(end=len(block.fence.lines))]
        return run
    for name, value in comments.watch(tree, block.fence.text).items():
        namespace.setdefault(name, value)
    stderr = io.StringIO()
    with (
        warnings.catch_warnings(record=True) as run.warned,
        contextlib.redirect_stderr(stderr),
    ):
        _warn_as_python_does()
        for part, statements in _parts(block, tree):
            run.parts.append(part)
            stdout = io.StringIO()
            try:
                with contextlib.redirect_stdout(stdout):
                    for statement in statements:
                        exec(_compiled(block, statement), namespace)
            except (Exception, SystemExit) as error:
                run.error = error
                break
            finally:
                part.printed = stdout.getvalue()
    run.stderr = stderr.getvalue()
    if "torch" in sys.modules:
        # torch gives some warnings once per process: the next page's readers
        # would not be told.
        sys.modules["torch"].set_warn_always(True)
    return run


def _parts(
    block: Block, tree: ast.Module
) -> Iterator[tuple[Part, list[ast.stmt]]]:
    """Group statements: a group ends where its `#>` lines do.

    After the last of these, each statement of the page is one by itself, and
    so are those that one include brings.
    """
    lines = block.fence.lines
    starts = [_first(node) - 1 for node in tree.body] + [len(lines)]
    shown = [
        [n for n in range(start, end) if comment(lines[n]) is not None]
        for start, end in itertools.pairwise(starts)
    ]
    leading = [n for n in range(starts[0]) if comment(lines[n]) is not None]
    if leading:
        yield Part(leading), []
    last = max((n for n, each in enumerate(shown) if each), default=-1)
    part, statements = Part(), []
    for number, node in enumerate(tree.body):
        statements.append(node)
        part.end = node.end_lineno
        part.comments += shown[number]
        following = lines[starts[number + 1] :][:1]
        same_include = (
            following and following[0].number == lines[part.end - 1].number
        )
        if part.comments or (number > last and not same_include):
            yield part, statements
            part, statements = Part(), []


def _first(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)])


def _compiled(block: Block, statement: ast.stmt) -> CodeType:
    """Compile a statement under the name and the lines of its source.

    So a traceback names the snippet that an included line comes from.
    """
    start, end = _first(statement), statement.end_lineno
    lines = block.fence.lines
    file = lines[start - 1].file
    whole = all(line.file == file for line in lines[start - 1 : end])
    for node in ast.walk(statement):
        for name in ("lineno", "end_lineno"):
            if getattr(node, name, None) is not None:
                # Python 3.11 misplaces parts of long f-strings.
                number = min(max(getattr(node, name), start), end)
                line = lines[number - 1]
                number = line.file_number if file and whole else line.number
                setattr(node, name, number)
    name = str(file if file and whole else block.page.path)
    module = ast.Module([statement], type_ignores=[])
    return compile(module, name, "exec", dont_inherit=True)


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
