"""How many planted mistakes the check of equations finds.

    python -m verify.equations.mutate docs/zh/*.md

Every equation of every page is mutated in every way of mutants.py. A mutant
is caught by its own check, or later: a wrong definition may make a later
equation of the page false. The rest survives, and has to stand in
survivors.txt with its reason.
"""

from __future__ import annotations

import collections
import multiprocessing
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import page
from verify.equations.check import verdict
from verify.equations.errors import EquationError
from verify.equations.mutants import Mutant, mutants
from verify.equations.pages import NOTATION, Equations, behind, claims
from verify.equations.scope import Scope
from verify.equations.source import Equation, Source, read

FLOOR = 0.98
SURVIVORS = Path(__file__).with_name("survivors.txt")
CHECKED = ("define", "verify")


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: 'own', 'later' or 'survived'."""

    path: Path
    line: int
    mutant: Mutant
    how: str
    said: str = ""

    @property
    def name(self) -> str:
        """Return the line by which survivors.txt knows it."""
        return f"{self.path.stem} | {plain(self.mutant.latex)}"


def plain(latex: str) -> str:
    """Return LaTeX without needless spaces."""
    return re.sub(r"\s+", " ", latex).strip()


def jobs(source: Source) -> list[tuple[Source, int]]:
    """Return the equations of a page that claim something and hold."""
    return [job for job in displayed(source) + inline(source) if _claims(job)]


def displayed(source: Source) -> list[tuple[Source, int]]:
    """Return the display equations of a page that are checked."""
    return [
        (source, index)
        for index, item in claims(source)
        if item.display and item.directive.mode in CHECKED
    ]


def inline(source: Source) -> list[tuple[Source, int]]:
    """Return the inline formulas of a page that are checked."""
    return [
        (source, index)
        for index, item in claims(source)
        if not item.display and item.directive.mode in CHECKED
    ]


def _claims(job: tuple[Source, int]) -> bool:
    source, index = job
    scope = _equations(source).scope(index)
    try:
        found, _ = verdict(source.items[index], scope, proofs=False)
    except EquationError:
        return False  # wrong as it stands: the tests say so
    return found.kind in ("equation", "definition")


def fates(job: tuple[Source, int]) -> list[Fate]:
    """Return the fates of all mutants of one equation."""
    source, index = job
    return [fate(source, index, mutant) for mutant in planted(source, index)]


def planted(source: Source, index: int) -> list[Mutant]:
    """Return the mutants of one equation of a page."""
    item, scope = source.items[index], _equations(source).scope(index)
    define = item.directive.mode == "define"
    return mutants(item.latex, scope.symbols, define)


def fate(source: Source, index: int, mutant: Mutant) -> Fate:
    """Return what becomes of one mutant."""
    item, scope = source.items[index], _equations(source).scope(index)
    changed = replace(item, latex=mutant.latex)

    def found(how: str, said: str = "") -> Fate:
        return Fate(source.path, item.line, mutant, how, said)

    try:
        checked, after = verdict(changed, scope, proofs=False)
    except EquationError as error:
        return found("own", f"{type(error).__name__}: {error.message}")
    if item.directive.mode == "define":
        for later in _later(source.items[index + 1 :], after):
            return found("later", later)
    if checked.kind not in ("equation", "definition"):
        return found("own", "it states nothing any more")
    return found("survived")


def _later(items: Iterable, scope: Scope) -> Iterator[str]:
    """Yield what is wrong below a wrong definition."""
    for item in items:
        if isinstance(item, Equation) and item.directive.mode in CHECKED:
            try:
                verdict(item, scope, proofs=False)
            except EquationError as error:
                yield error.message
        scope = behind(item, scope)


def known_survivors() -> dict[str, str]:
    """Return the survivors that are expected, each with its reason."""
    found = {}
    for line in SURVIVORS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, reason = line.rpartition(" | ")
            found[name.strip()] = reason.strip()
    return found


def run(paths: list[Path], processes: int = 2) -> list[Fate]:
    """Return the fates of all mutants of pages.

    Where two languages have the same equations, one of them is mutated, and
    its fates count for both.
    """
    languages: dict[tuple, list[Path]] = {}
    for path in paths:
        languages.setdefault(_content(read(path)), []).append(path)
    todo, alike = [], {}
    for same in languages.values():
        todo += jobs(read(same[0]))
        alike[same[0]] = same
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes) as pool:
        done = [each for part in pool.imap(fates, todo) for each in part]
    return [
        replace(each, path=path) for each in done for path in alike[each.path]
    ]


def _content(source: Source) -> tuple:
    """Return what decides over the fates of a page's mutants."""
    notation = source.path.with_name(NOTATION)
    first = read(notation) if notation.is_file() else source
    return source.path.stem, *(
        (each.tabled, tuple(replace(item, line=0) for item in each.items))
        for each in (source, first)
    )


def report(found: list[Fate]) -> tuple[list[str], bool]:
    """Return the lines of a report, and whether the floor is met."""
    lines = []
    by_mistake = collections.Counter((f.mutant.mistake, f.how) for f in found)
    for mistake in sorted({f.mutant.mistake for f in found}):
        own, later, left = (
            by_mistake[mistake, how] for how in ("own", "later", "survived")
        )
        lines.append(
            f"{mistake:22} own {own:5}  later {later:4}  survived {left:4}"
        )
    known = known_survivors()
    survived = [each for each in found if each.how == "survived"]
    new = [each for each in survived if each.name not in known]
    share = 1 - len(survived) / max(1, len(found))
    lines.append(
        f"{len(found)} mutants, {len(found) - len(survived)} caught "
        f"({share:.2%}), {len(survived)} survived, {len(new)} of them new"
    )
    for each in new:
        where = f"{page.shown(each.path)}:{each.line}"
        text = plain(each.mutant.latex)
        lines.append(f"{where}: survived: {each.mutant.mistake}: {text}")
    return lines, share >= FLOOR and not new


def _equations(source: Source) -> Equations:
    if source not in _CACHE:
        _CACHE[source] = Equations(source)
    return _CACHE[source]


_CACHE: dict[Source, Equations] = {}


def main(paths: list[str]) -> int:
    """Print the report; return 1 where the floor is missed."""
    lines, met = report(run([Path(path).resolve() for path in paths]))
    print("\n".join(lines))
    return not met


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
