"""Runs the blocks of a page as a reader would: in order, in one namespace."""

from __future__ import annotations
import __future__

import ast
import contextlib
import functools
import io
import itertools
import operator
import random
import sys
import traceback
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from page import Fault, shown
from verify.blocks import Block, comment
from verify.marks import exception


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
        around: Callable[[], AbstractContextManager] = contextlib.nullcontext,
    ) -> None:
        self.blocks = blocks
        self.around = around
        self.namespace: dict = {"__name__": "__main__"}
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
        if not self.runs:
            _seed(self.blocks)
        for number, block in enumerate(self.blocks):
            if block.line >= line:
                return
            if number == len(self.runs):
                self.runs.append(self._run(block))
            if unexpected(block, self.runs[number]):
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

    def _run(self, block: Block) -> Run:
        with self.around():
            run = execute(block, self.namespace)
        run.namespace = dict(self.namespace)
        return run


def execute(block: Block, namespace: dict) -> Run:
    """Run a block in a namespace and note what it does."""
    run = Run()
    try:
        tree = ast.parse(block.fence.text)
    except SyntaxError as error:
        run.error = error
        run.parts = [Part(end=len(block.fence.lines))]
        return run
    stderr, flags = io.StringIO(), _future(tree)
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
                        exec(_compiled(block, statement, flags), namespace)
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


def unexpected(block: Block, run: Run) -> Fault | None:
    """Return what a run did that the block's marks do not announce."""
    if block.marks.raises:
        return _wrong_exception(block, run)
    if run.error:
        return block.fault(
            f"this block raises {_last_line(run.error)}"
            f"{_where(block, run.error)}",
            "Mend it; if the page shows a mistake, mark the block "
            f"{{.python .raises-{_name(type(run.error))}}}.",
            _page_line(block, run.error),
        )
    if run.stderr:
        return block.fault(
            f"this block writes to stderr: {run.stderr.strip()!r}",
            "A reader would see that. Print what the page shows.",
        )
    return _wrong_warning(block, run)


def tail(block: Block, run: Run) -> str:
    """Return the last line that a reader sees of an error or a warning."""
    if block.marks.raises and run.error:
        return _last_line(run.error)
    if block.marks.warns and run.warned:
        warned = run.warned[0]
        message = str(warned.message).splitlines()[0]
        return f"{warned.category.__name__}: {message}"
    return ""


def _parts(
    block: Block, tree: ast.Module
) -> Iterator[tuple[Part, list[ast.stmt]]]:
    """Group statements: a group ends where its `#>` lines do.

    After the last of these, each statement of the page is one by itself, and
    so are those that one include brings.
    """
    lines = block.fence.lines
    starts = [_first(node) - 1 for node in tree.body] + [len(lines)]
    comments = [
        [n for n in range(start, end) if comment(lines[n]) is not None]
        for start, end in itertools.pairwise(starts)
    ]
    last = max((n for n, each in enumerate(comments) if each), default=-1)
    part, statements = Part(), []
    for number, node in enumerate(tree.body):
        statements.append(node)
        part.end = node.end_lineno
        part.comments += comments[number]
        following = lines[starts[number + 1] :][:1]
        same_include = (
            following and following[0].number == lines[part.end - 1].number
        )
        if part.comments or (number > last and not same_include):
            yield part, statements
            part, statements = Part(), []
    if statements or not tree.body:
        yield part, statements


def _first(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)])


def _compiled(block: Block, statement: ast.stmt, flags: int):
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
    return compile(module, name, "exec", flags, dont_inherit=True)


def _future(tree: ast.Module) -> int:
    """Return the compiler's flags for the block's `from __future__`."""
    return functools.reduce(
        operator.or_,
        (
            getattr(__future__, alias.name).compiler_flag
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and node.module == "__future__"
            for alias in node.names
        ),
        0,
    )


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


def _seed(blocks: list[Block]) -> None:
    """Start the random numbers of each page elsewhere.

    A block that forgets its seed then prints other numbers on the Chinese
    page than on the English one, and is found out.
    """
    seed = zlib.crc32(str(blocks[0].page.path).encode()) if blocks else 0
    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)


def _wrong_exception(block: Block, run: Run) -> Fault | None:
    wanted = exception(block.marks.raises)
    if type(run.error) is wanted:
        return None
    did = (
        f"raises {_last_line(run.error)}{_where(block, run.error)}"
        if run.error
        else "raises nothing"
    )
    return block.fault(
        f"this block {did}, and is marked .raises-{block.marks.raises}",
        "Mend the block or its mark.",
        _page_line(block, run.error),
    )


def _wrong_warning(block: Block, run: Run) -> Fault | None:
    categories = {warned.category for warned in run.warned}
    if block.marks.warns:
        if categories == {exception(block.marks.warns)}:
            return None
        names = ", ".join(sorted(map(_name, categories))) or "nothing"
        return block.fault(
            f"this block warns of {names}, and is marked "
            f".warns-{block.marks.warns}",
            "Mend the block or its mark.",
        )
    if not run.warned:
        return None
    warned = run.warned[0]
    message = str(warned.message).splitlines()[0]
    name = _name(warned.category)
    return block.fault(
        f"this block warns: {name}: {message}",
        f"Mend it, or mark it {{.python .warns-{name}}} and explain it.",
    )


def _last_line(error: BaseException) -> str:
    """Return what a traceback ends with, its first line where it has more.

    As Python does, name the module of a class that is not built in.
    """
    text = "".join(traceback.format_exception_only(error))
    if isinstance(error, SyntaxError):  # the lines above quote the code
        return text.strip().splitlines()[-1]
    return text.splitlines()[0]


def _name(kind: type) -> str:
    if kind.__module__ == "builtins":
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"


def _frames(block: Block, error: BaseException) -> list[tuple[str, int]]:
    """Return the files and lines that an error passed through."""
    if isinstance(error, SyntaxError) and error.filename == "<unknown>":
        lines = block.fence.lines
        line = lines[min(error.lineno or 1, len(lines)) - 1]
        place = (line.file, line.file_number)
        if not line.file:
            place = (block.page.path, line.number)
        return [(str(place[0]), place[1])]
    return [
        (frame.f_code.co_filename, number)
        for frame, number in traceback.walk_tb(error.__traceback__)
    ]


def _page_line(block: Block, error: BaseException | None) -> int:
    """Return the page's line at which an error came up."""
    if error is None:
        return block.line
    own, included = 0, block.line
    for file, number in _frames(block, error):
        for line in block.fence.lines:
            if line.file is None:
                if (file, number) == (str(block.page.path), line.number):
                    own = number
            elif (file, number) == (str(line.file), line.file_number):
                included = line.number
    return own or included


def _where(block: Block, error: BaseException) -> str:
    """Say where in an included file an error came up, if it did."""
    included = {str(line.file) for line in block.fence.lines if line.file}
    for file, number in reversed(_frames(block, error)):
        if file in included:
            return f" (at {shown(Path(file))}:{number})"
    return ""
