"""The whole program behind a code block: the block and what it needs.

The blocks of a page share one namespace, so a block may use names that earlier
blocks made. `program` keeps those statements of the earlier blocks that the
block needs, so that the result runs alone in a new interpreter.
"""

from __future__ import annotations

import ast
import builtins
import functools
import symtable
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)
DEFINITIONS = (*FUNCTIONS, *IMPORTS)
COMPOUND = (ast.For, ast.While, ast.If, ast.With)
KNOWN = frozenset(dir(builtins)) | {"__name__"}


@dataclass(frozen=True)
class Statement:
    """A top-level statement of a block and the names it deals with.

    `reads` are the names that must be bound before it runs, `calls` those
    that the body of a function takes from the module when it is called,
    `binds` those that it surely binds and `touches` all that it mentions.
    """

    node: ast.stmt
    text: str
    reads: frozenset[str]
    calls: frozenset[str]
    binds: frozenset[str]
    touches: frozenset[str]


def program(blocks: Sequence[str], index: int) -> str:
    """Return a program that runs `blocks[index]` alone.

    `blocks` are the page's Python blocks as a reader sees them, in order.
    A block that uses nothing of the earlier ones comes back as it is.
    Raises SyntaxError where a block is not Python.
    """
    own = _statements(blocks[index])
    earlier = [_statements(block) for block in blocks[:index]]
    line = [statement for block in earlier for statement in block]
    kept = _needed(line, own)
    if not kept:
        return blocks[index]
    parts = []
    imported: set[str] = set()
    for block in earlier:
        chosen = [s for s in block if id(s) in kept and s.text not in imported]
        imported |= {s.text for s in chosen if isinstance(s.node, IMPORTS)}
        parts.append(_join(chosen))
    return "\n\n\n".join([*filter(None, parts), blocks[index].strip("\n")])


@functools.lru_cache(maxsize=1024)
def last(*blocks: str) -> str:
    """Return the program of the last block: each language asks for it."""
    return program(blocks, len(blocks) - 1)


def _needed(earlier: list[Statement], own: list[Statement]) -> set[int]:
    """Return the ids of the statements that the own ones depend on.

    What a function calls may stand below it, so the walk is repeated until
    it finds nothing new.
    """
    history = _made_from(earlier)
    objects = _objects([*earlier, *own])
    kept: set[int] = set()
    while True:
        before = len(kept)
        wanted = _reads(own)
        called = {name for s in own for name in s.calls}
        called -= {name for s in own for name in s.binds}
        called |= {name for s in earlier if id(s) in kept for name in s.calls}
        for statement in reversed(earlier):
            if _serves(statement, wanted | called, history, objects):
                kept.add(id(statement))
                if not isinstance(statement.node, IMPORTS):
                    # A function may be called before the next import of
                    # what it needs, so all imports of a name are kept.
                    wanted -= statement.binds
                    called -= statement.binds
                wanted |= statement.reads
        if len(kept) == before:
            return kept


def _serves(
    statement: Statement,
    wanted: set[str],
    history: dict[str, set[str]],
    objects: set[str],
) -> bool:
    """Whether what is wanted may depend on this statement."""
    if statement.binds & wanted:
        return True
    for node in _effects(statement.node):
        named = _mentions(node)
        touched = named.union(*(history.get(name, ()) for name in named))
        if isinstance(node, ast.Assign) and _targets_are_names(node):
            # Of what it is given, a function may change an object: a model.
            if _has_call(node) and touched & wanted & objects:
                return True
            continue
        # loss.backward() changes what loss was made from. Where no variable
        # is touched, as in torch.manual_seed(0), the module is changed.
        variables = touched & history.keys()
        if (variables or touched) & wanted:
            return True
    return False


def _effects(node: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the simple statements that may change something."""
    if isinstance(node, COMPOUND):
        for part in [*node.body, *getattr(node, "orelse", [])]:
            yield from _effects(part)
    elif not (isinstance(node, (*DEFINITIONS, ast.Assert)) or _is_print(node)):
        yield node


def _made_from(statements: Iterable[Statement]) -> dict[str, set[str]]:
    """Map each variable to all names that its value was made from."""
    history: dict[str, set[str]] = {}
    for statement in statements:
        if isinstance(statement.node, DEFINITIONS):
            continue
        sources = set(statement.touches)
        for name in statement.touches:
            sources |= history.get(name, set())
        for name in statement.binds:
            history[name] = history.get(name, set()) | sources
    return history


def _objects(statements: Iterable[Statement]) -> set[str]:
    """Return the variables that hold an object with a state of its own.

    By convention the call of a capitalised name makes one, nn.Linear(1, 1);
    what is called itself is one, too: model(x).
    """
    statements = list(statements)
    called = {
        part.func.id
        for statement in statements
        for part in ast.walk(statement.node)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)
    }
    return {
        name
        for statement in statements
        if isinstance(statement.node, ast.Assign)
        for name in statement.binds
        if name in called
        or any(_is_class_call(part) for part in ast.walk(statement.node))
    }


def _reads(statements: Iterable[Statement]) -> set[str]:
    """Return the names that must be bound before the first statement."""
    reads: set[str] = set()
    bound: set[str] = set()
    for statement in statements:
        reads |= statement.reads - bound
        bound |= statement.binds
    return reads


def _statements(code: str) -> list[Statement]:
    # Copies, since a statement is told from its equal by its identity.
    return [replace(statement) for statement in _parsed(code)]


@functools.cache
def _parsed(code: str) -> tuple[Statement, ...]:
    lines = code.splitlines()
    return tuple(_statement(node, lines) for node in ast.parse(code).body)


def _statement(node: ast.stmt, lines: list[str]) -> Statement:
    first = min([node.lineno, *_decorator_lines(node)])
    hidden = set(_printing_lines(node))
    text = "\n".join(
        lines[number - 1]
        for number in range(first, node.end_lineno + 1)
        if number not in hidden
        and not lines[number - 1].lstrip().startswith("#>")
    )
    reads, binds = _flow(node)
    mentioned = set(_globals(_table(node))) - KNOWN
    calls = set()
    if isinstance(node, FUNCTIONS):
        calls = mentioned - reads - {node.name}
    return Statement(
        node,
        text,
        frozenset(reads),
        frozenset(calls),
        frozenset(binds),
        frozenset(mentioned | binds),
    )


def _flow(node: ast.stmt) -> tuple[set[str], set[str]]:
    """Return the names that a statement reads, and those it surely binds.

    A loop counts as run, a branch as perhaps not taken.
    """
    if isinstance(node, FUNCTIONS):
        node = _without_body(node)
    if isinstance(node, (ast.For, ast.While, ast.With)):
        reads, binds = _names(_without_body(node))
        more, bound = _sequence(node.body)
        return reads | (more - binds), binds | bound
    if isinstance(node, ast.If):
        reads, binds = _names(node.test)
        yes, no = _sequence(node.body), _sequence(node.orelse)
        return reads | ((yes[0] | no[0]) - binds), binds | (yes[1] & no[1])
    reads, binds = _names(node)
    if isinstance(node, ast.AugAssign):
        reads |= _names(node.target)[0]
    return reads, binds


def _sequence(nodes: list[ast.stmt]) -> tuple[set[str], set[str]]:
    reads: set[str] = set()
    binds: set[str] = set()
    for node in nodes:
        more, bound = _flow(node)
        reads |= more - binds
        binds |= bound
    return reads, binds


def _names(node: ast.AST) -> tuple[set[str], set[str]]:
    """Return the names that a piece of code refers to, and binds."""
    binds = {
        symbol.get_name()
        for symbol in _table(node).get_symbols()
        if symbol.is_assigned() or symbol.is_imported()
    }
    return set(_mentions(node)), binds


@functools.cache
def _mentions(node: ast.AST) -> frozenset[str]:
    return frozenset(_globals(_table(node))) - KNOWN


def _table(node: ast.AST) -> symtable.SymbolTable:
    return symtable.symtable(ast.unparse(node), "<block>", "exec")


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    """Yield the module's names that are referred to, in inner scopes too."""
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (top or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _globals(child)


def _without_body(node: ast.stmt) -> ast.stmt:
    fields = {name: getattr(node, name, None) for name in node._fields}
    fields["body"] = [ast.Pass()]
    if "orelse" in fields:
        fields["orelse"] = []
    return ast.copy_location(type(node)(**fields), node)


def _decorator_lines(node: ast.stmt) -> list[int]:
    return [part.lineno for part in getattr(node, "decorator_list", [])]


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
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "print"
    )


def _is_class_call(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    return name[:1].isupper()


def _has_call(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Call) for part in ast.walk(node))


def _targets_are_names(node: ast.Assign) -> bool:
    return not any(
        isinstance(part, (ast.Attribute, ast.Subscript))
        for target in node.targets
        for part in ast.walk(target)
    )


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
