"""How many planted mistakes the check of formulas finds.

    python -m verify.equations.mutate docs/zh/*.md docs/en/*.md

A mutant is caught by its own check, or later: a wrong definition may make a
later formula of the page false. The rest survives, and has to stand in
survivors.txt below its reason.
"""

from __future__ import annotations

import collections
import multiprocessing
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from page import Fault
from verify.equations.check import check
from verify.equations.errors import EquationError
from verify.equations.mutants import mutants
from verify.equations.pages import behind, examined, plain, scopes
from verify.equations.source import Equation, Source, read

FLOOR = 0.98
SURVIVORS = Path(__file__).with_name("survivors.txt")
CHECKED, CLAIMS = ("define", "verify"), ("equation", "definition")
Job = tuple[Source, int]


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: 'own', 'later' or 'survived'."""

    path: Path
    line: int
    mistake: str
    latex: str
    how: str

    @property
    def name(self) -> str:
        """The line by which survivors.txt knows it."""
        return f"{self.path.stem}: {plain(self.latex)}"


def jobs(source: Source) -> Iterator[Job]:
    """Yield the formulas of a page that claim something and hold."""
    for index in range(len(source.items)):
        found = examined(source, index)
        if isinstance(found, Fault):
            raise SystemExit(f"red before any mistake: {found}")
        if found and found.kind in CLAIMS:
            yield source, index


def fates(job: Job) -> list[Fate]:
    """Return what becomes of each mutant of one formula."""
    source, index = job
    item, scope, found = source.items[index], scopes(source)[index], []
    for latex, mistake in mutants(item.latex, scope.symbols).items():
        changed, how = replace(item, latex=latex), "survived"
        try:
            verdict = check(latex, item.directive, scope)
            if verdict.kind not in CLAIMS:
                how = "own"  # it claims nothing any more
        except EquationError:
            how = "own"
        if how == "survived" and item.directive.mode == "define":
            rest = source.items[index + 1 :]
            how = "later" if _is_red(rest, behind(scope, changed)) else how
        found.append(Fate(source.path, item.line, mistake, latex, how))
    return found


def _is_red(items: tuple, scope) -> bool:
    """Whether a formula below a wrong definition does not hold."""
    for item in items:
        is_claim = isinstance(item, Equation) and item.is_claim
        if is_claim and item.directive.mode in CHECKED:
            try:
                check(item.latex, item.directive, scope)
            except EquationError:
                return True
        scope = behind(scope, item)
    return False


def known_survivors() -> dict[str, str]:
    """Return the survivors that are expected, each with its reason."""
    found, reason = {}, ""
    for line in SURVIVORS.read_text("utf-8").splitlines():
        if line.startswith("#"):
            reason = line.removeprefix("#").strip()
        elif line:
            found[line] = reason
    return found


def run(paths: list[Path], processes: int = 2) -> list[Fate]:
    """Return the fates of all mutants of pages; what is alike counts once."""
    todo: dict[tuple, Job] = {}
    for path in paths:
        for source, index in jobs(read(path)):
            item = source.items[index]
            key = path.stem, index, item.latex, item.directive
            todo.setdefault(key, (source, index))
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes) as pool:
        return [
            each for part in pool.imap(fates, todo.values()) for each in part
        ]


def report(found: list[Fate]) -> tuple[list[str], bool]:
    """Return the lines of a report, and whether the floor is met."""
    known, lines = known_survivors(), []
    count = collections.Counter((each.mistake, each.how) for each in found)
    for mistake in sorted({each.mistake for each in found}):
        hows = [
            f"{how} {count[mistake, how]}"
            for how in ("own", "later", "survived")
        ]
        lines.append(f"{mistake:22} {'  '.join(hows)}")
    survived = [each for each in found if each.how == "survived"]
    new = [each for each in survived if each.name not in known]
    share = 1 - len(survived) / max(1, len(found))
    lines.append(
        f"{len(found)} mutants, {share:.2%} caught, {len(survived)} survived, "
        f"{len(new)} of them new"
    )
    lines += [f"line {each.line}: survived: {each.name}" for each in new]
    return lines, share >= FLOOR and not new


def main(paths: list[str]) -> int:
    """Print the report; return 1 where the floor is missed."""
    lines, is_met = report(run([Path(path).resolve() for path in paths]))
    print("\n".join(lines))
    return not is_met


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
