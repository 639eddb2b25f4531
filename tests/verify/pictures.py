"""Whether each figure has its function, its file and its place on pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import page
from page import Fault, shown
from verify import figures, prose
from verify.project import LANGUAGES, ROOT, pages

IMAGE = re.compile(r"!\[(?P<words>[^\]\n]*)\]\((?P<target>[^()\s]+)[^()]*\)")


def unmade(stem: str, root: Path = ROOT) -> Iterator[Fault]:
    """Yield figures without a file, and files that no function makes."""
    source = root / "snippets" / stem / "figure.py"
    folder = root / figures.FIGURES / stem
    names = set(figures.functions(stem))
    files = {path.stem: path for path in folder.glob("*")}
    for name in sorted(names - set(files)):
        yield Fault(
            source,
            _line(source, name),
            f"{name}() has no {shown(figures.path(stem, name, root))}",
            f"Run: make update PAGE={stem}",
        )
    for name in sorted(set(files) - names):
        yield Fault(
            files[name],
            1,
            f"no function {name}() in {shown(source)} makes this figure",
            "Write it, or delete the file.",
        )


def stale(stem: str, name: str, root: Path = ROOT) -> Fault | None:
    """Return a fault where a figure's file is not what its function makes."""
    path = figures.path(stem, name, root)
    functions = figures.functions(stem)
    if not path.is_file() or name not in functions:
        return None  # unmade() says so
    if path.read_bytes() == figures.svg(functions[name]):
        return None
    return Fault(
        path,
        1,
        f"is not what {name}() in snippets/{stem}/figure.py draws now",
        f"If the code is right: make update PAGE={stem}",
    )


def unseen(root: Path = ROOT) -> Iterator[Fault]:
    """Yield figures that a language does not show, and images not there."""
    places: dict[str, set[Path]] = defaultdict(set)
    for language in LANGUAGES:
        for path in pages(language, root):
            for line, image in images(path):
                file = (path.parent / image["target"]).resolve()
                places[language].add(file)
                if not image["words"].strip():
                    yield Fault(
                        path,
                        line,
                        f"{image['target']} has no alternative text",
                        "Say between ![ and ] what is seen.",
                    )
                if "://" not in image["target"] and not file.is_file():
                    yield Fault(
                        path,
                        line,
                        f"shows {image['target']}, which is not there",
                        "Write ../assets/figures/<stem>/<name>.svg, and draw "
                        "it with make update PAGE=<stem>.",
                    )
    for file in sorted((root / figures.FIGURES).glob("*/*.*")):
        for language in LANGUAGES:
            if file not in places[language]:
                yield Fault(
                    file,
                    1,
                    f"no page in docs/{language} shows this figure",
                    "Show it in both languages, or delete its function and "
                    "the file.",
                )


def images(path: Path) -> Iterator[tuple[int, re.Match]]:
    """Yield the line and the parts of each image of a page."""
    text = prose.without(
        prose.sentences(page.read(path)), prose.COMMENT, prose.CODE
    )
    for number, line in enumerate(text.split("\n"), start=1):
        for image in IMAGE.finditer(line):
            yield number, image


def _line(source: Path, function: str) -> int:
    lines = source.read_text("utf-8").splitlines()
    starts = (
        n for n, each in enumerate(lines, 1) if f"def {function}(" in each
    )
    return next(starts, 1)
