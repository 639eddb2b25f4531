"""The whole program behind a code block: the block and what it needs.

The blocks of a page share one namespace, so a block may use names that earlier
blocks made. Its program holds those statements of the earlier blocks that it
needs, so that it runs alone in a new interpreter.

A name is looked up where it is read: at the last statement before that binds
it. What a function calls is looked up where the function is read.
"""

from __future__ import annotations

import ast
import builtins
import dis
import functools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from types import CodeType

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)
DEFINITIONS = (*FUNCTIONS, *IMPORTS)
KEEPING = (*IMPORTS, ast.If)
KNOWN = frozenset(dir(builtins)) | {"__name__"}


@dataclass(frozen=True, eq=False)
class Statement:
    """A top-level statement of a block and the names it deals with.

    `reads` are the names that must be bound before it runs, `calls` those
    that the body of a function takes from the module when it is called, and
    `binds` those that it binds.
    """

    node: ast.stmt
    text: str
    reads: set[str]
    calls: set[str]
    binds: set[str]


@functools.lru_cache(maxsize=256)
def programs(
    blocks: tuple[str, ...], failing: Collection[int] = ()
) -> list[str]:
    """Return for each of a page's Python blocks a program that runs it alone.

    A block that uses nothing of the earlier ones comes back as it is, as does
    what is no Python. Those with the numbers `failing` are meant to fail, and
    give nothing to the ones after them.
    """
    parsed = [_parsed(block) for block in blocks]
    namespace = Namespace(_stateful([*chain(*parsed)]))
    found = []
    for index, block in enumerate(blocks):
        kept = namespace.makers(_wanted(parsed[index]))
        parts, imported = [], set()
        for statements in parsed[:index]:
            chosen = [s for s in statements if s in kept]
            chosen = [s for s in chosen if s.text not in imported]
            imported |= {s.text for s in chosen if isinstance(s.node, IMPORTS)}
            parts.append(_join(chosen))
        parts.append(block.strip("\n") if kept else block)
        found.append("\n\n\n".join(filter(None, parts)))
        if index not in failing:
            for statement in parsed[index]:
                namespace.run(statement)
    return found


class Namespace:
    """What each name of a page was made by, as far as the page has run.

    `made` holds by name the statements behind its value. `sources` are the
    variables that a variable was made from. `stateful` are those that hold an
    object with a state of its own.
    """

    def __init__(self, stateful: set[str]) -> None:
        self.stateful = stateful
        self.made: dict[str, set[Statement]] = {}
        self.sources: dict[str, set[str]] = {}

    def makers(self, names: set[str]) -> set[Statement]:
        """Return the statements behind some names, and what these call."""
        found: set[Statement] = set()
        todo = [*names]
        while todo:
            new = self.made.get(todo.pop(), set()) - found
            found |= new
            todo += chain(*(each.calls for each in new))
        return found

    def run(self, statement: Statement) -> None:
        """Note what a statement makes and changes."""
        found = self.makers(statement.reads) | {statement}
        changed = self.changed(statement)
        for name in statement.binds | changed:
            # What an earlier import of a module was told, it still knows;
            # and a branch may not be taken.
            keeps = name in changed or isinstance(statement.node, KEEPING)
            before = self.made.get(name, set()) if keeps else set()
            self.made[name] = before | found

    def changed(self, statement: Statement) -> set[str]:
        """Return the names that a statement may change without binding."""
        if not isinstance(statement.node, DEFINITIONS):
            sources = self.with_sources(statement.reads | statement.binds)
            for name in statement.binds:
                self.sources[name] = self.sources.get(name, set()) | sources
        changed = set()
        for node in _effects(statement.node):
            used = {name for name, use in _uses(node) if use != "bind"}
            touched = self.with_sources(used)
            if not isinstance(node, ast.Assign) or _sets_a_part(node):
                # loss.backward() changes what loss was made from. Where no
                # variable is touched, as in torch.manual_seed(0), the module.
                changed |= (touched & self.sources.keys()) or touched
            elif _called(node):
                # A function may change an object that it is given: a model.
                changed |= touched & self.stateful
        return changed

    def with_sources(self, names: set[str]) -> set[str]:
        """Return names with those that they were made from."""
        return names.union(*(self.sources.get(name, ()) for name in names))


def _wanted(statements: Iterable[Statement]) -> set[str]:
    """Return the names that the statements of a block need from others."""
    wanted, bound = set(), set()
    for each in statements:
        wanted |= each.reads - bound
        bound |= each.binds
    return wanted.union(*(each.calls - bound for each in statements))


def _effects(node: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the simple statements that may change something."""
    if not (isinstance(node, (*DEFINITIONS, ast.Assert)) or _is_print(node)):
        parts = ast.iter_child_nodes(node)
        inner = [each for each in parts if isinstance(each, ast.stmt)]
        yield from chain(*map(_effects, inner)) if inner else [node]


def _stateful(statements: Iterable[Statement]) -> set[str]:
    """Return the variables that hold an object with a state of its own.

    By convention the call of a capitalised name makes one, nn.Linear(1, 1);
    what is called itself is one, too: model(x).
    """
    statements = list(statements)
    called = {name for each in statements for name in _called(each.node)}
    return {
        name
        for each in statements
        if isinstance(each.node, ast.Assign)
        for name in each.binds
        if name in called or any(n[:1].isupper() for n in _called(each.node))
    }


def _parsed(code: str) -> tuple[Statement, ...]:
    """Return the statements of a block; what is no Python has none."""
    lines = code.splitlines()
    try:
        body = ast.parse(code).body
    except SyntaxError:
        return ()
    return tuple(_statement(node, lines) for node in body)


def _statement(node: ast.stmt, lines: list[str]) -> Statement:
    decorators = getattr(node, "decorator_list", [])
    first = min(part.lineno for part in [node, *decorators])
    hidden = set(_printing_lines(node))
    text = "\n".join(
        lines[number - 1]
        for number in range(first, node.end_lineno + 1)
        if number not in hidden
        and not lines[number - 1].lstrip().startswith("#>")
    )
    reads, calls, binds = set(), set(), set()
    for name, use in _uses(node):
        if use == "bind":
            binds.add(name)
        elif name not in binds:
            is_later = use == "call" and isinstance(node, FUNCTIONS)
            (calls if is_later else reads).add(name)
    return Statement(node, text, reads, calls, binds)


@functools.cache
def _uses(node: ast.stmt) -> tuple[tuple[str, str], ...]:
    """Return what becomes of names, in the order in which Python does it.

    Each is of the kind "read" or "bind"; "call" where an inner function reads.
    """
    code = compile(ast.Module([node], []), "<block>", "exec")
    return tuple(each for each in _in_code(code) if each[0] not in KNOWN)


def _in_code(code: CodeType) -> Iterator[tuple[str, str]]:
    for each in dis.get_instructions(code):
        if each.opname in ("LOAD_NAME", "LOAD_GLOBAL"):
            yield each.argval, "read"
        elif each.opname == "STORE_NAME":
            yield each.argval, "bind"
        elif isinstance(each.argval, CodeType):
            for name, use in _in_code(each.argval):
                if use != "bind":
                    yield name, "call"


def _printing_lines(node: ast.stmt) -> Iterator[int]:
    """Yield the lines of prints that a kept loop can do without.

    The program prints what its own block prints, and no more.
    """
    body = getattr(node, "body", [])
    if isinstance(node, FUNCTIONS) or not isinstance(body, list):
        return
    prints = [part for part in body if _is_print(part)]
    for part in body:
        if part in prints and len(prints) < len(body):
            yield from range(part.lineno, part.end_lineno + 1)
        else:
            yield from _printing_lines(part)


def _is_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and _called(node)[:1] == ["print"]


@functools.cache
def _called(node: ast.AST) -> list[str]:
    """Return the names of what is called, without what stands before a dot."""
    calls = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
    return [getattr(c.func, "attr", getattr(c.func, "id", "")) for c in calls]


def _sets_a_part(node: ast.Assign) -> bool:
    """Whether an assignment changes an object: `a[0] = 1` or `a.b = 1`."""
    parts = (ast.Attribute, ast.Subscript)
    found = (each for each in ast.walk(node) if isinstance(each, parts))
    return any(isinstance(each.ctx, ast.Store) for each in found)


def _join(statements: Iterable[Statement]) -> str:
    """Join statements, with two blank lines around a function or a class."""
    text = ""
    previous_is_wide = False
    for statement in statements:
        is_wide = isinstance(statement.node, FUNCTIONS)
        gap = "\n\n\n" if is_wide or previous_is_wide else "\n"
        text += (gap if text else "") + statement.text
        previous_is_wide = is_wide
    return text
