"""The rule of the stem: one name finds a chapter's pages, code and tests.

Each function yields what breaks one part of it, in sentences for the author.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.utils.meta import get_data
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

import page
from page import Fault, shown
from verify import prose
from verify.project import CONFIGS, LANGUAGES, ROOT, counterpart, pages

# Parts of tests/ that belong to no chapter.
NO_CHAPTER = ("site", "verify")
HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<text>.*?)\s*(?P<id>\{.*\})?$")
ID = re.compile(r"#(?P<id>[\w-]+)")
UNDERLINE = re.compile(r"^(?:=+|-{2,})\s*$")
LINK = re.compile(r"\]\((?P<target>[^()\s#]+)[^()]*\)")
# A row of the table in which contributing.md agrees on a heading's words.
AGREED = re.compile(
    r"^\| `#(?P<id>[\w-]+)` \| (?P<zh>[^|]+) \| (?P<en>[^|]+) \|$",
    re.MULTILINE,
)
Heading = tuple[int, int, str]  # its line, its level, and its id or ""


def missing_counterparts(root: Path = ROOT) -> Iterator[Fault]:
    """Yield the pages and notebooks that stand in one language only."""
    for language in LANGUAGES:
        folder = root / "docs" / language
        for path in sorted(
            path for path in folder.rglob("*") if path.is_file()
        ):
            other = counterpart(path)
            if not other.is_file():
                yield Fault(
                    path,
                    1,
                    f"there is no {shown(other)}",
                    "Write it: every page stands in both languages.",
                )


def nav_faults(root: Path = ROOT) -> Iterator[Fault]:
    """Yield pages that no nav leads to, and entries for no page."""
    for language, name in CONFIGS.items():
        config = root / name
        with config.open("rb") as file:
            entries = list(_entries(yaml_load(file, get_yaml_loader())["nav"]))
        folder = root / "docs" / language
        files = {
            path.relative_to(folder).as_posix()
            for pattern in ("*.md", "*.ipynb")
            for path in folder.rglob(pattern)
        }
        for entry in entries:
            if entry not in files:
                yield Fault(
                    *_place(root, name, entry),
                    f"the nav names {entry}, and there is no "
                    f"{shown(folder / entry)}",
                    "Write the page, or take the entry out.",
                )
            if entries.count(entry) > 1:
                yield Fault(
                    *_place(root, name, entry),
                    f"the nav names {entry} more than once",
                    "Keep one entry.",
                )
        for file in sorted(files - set(entries)):
            yield Fault(
                folder / file,
                1,
                f"no entry of the nav in {name} leads here",
                f"Add {file} to the nav in mkdocs.yml.",
            )


def heading_faults(root: Path = ROOT) -> Iterator[Fault]:
    """Yield headings without an id, and ids that differ between languages."""
    for path in pages(LANGUAGES[0], root):
        other = counterpart(path)
        if not other.is_file():
            continue  # missing_counterparts says so
        found = (headings(path), headings(other))
        yield from _unnamed_headings(path, found[0])
        yield from _unnamed_headings(other, found[1])
        fault = _first_difference(path, other, *found)
        if fault:
            yield fault


def _first_difference(
    path: Path, other: Path, ours: list[Heading], theirs: list[Heading]
) -> Fault | None:
    pairs = itertools.zip_longest(ours, theirs)
    for here, there in pairs:
        if here and there and here[1:] == there[1:]:
            continue
        if here is None:
            path, other, here, there = other, path, there, here
        line, *what = here
        said = (
            f"{_heading(*there[1:])} at line {there[0]}" if there else "none"
        )
        return Fault(
            path,
            line,
            f"this heading is {_heading(*what)}, and its counterpart in "
            f"{shown(other)} is {said}",
            "Give both languages the same headings in the same order.",
        )
    return None


def _heading(level: int, name: str) -> str:
    return f"{'#' * level} … {{#{name}}}"


def headings(path: Path) -> list[Heading]:
    """Return the headings of a page, in order."""
    found = []
    for number, match in _headings(path):
        name = ID.search(match["id"] or "")
        level = len(match["marks"])
        found.append((number, level, name["id"] if name else ""))
    return found


def agreed_headings(root: Path = ROOT) -> dict[tuple[str, str], str]:
    """Return the words that a heading begins with, by language and id."""
    path = root / "docs" / LANGUAGES[0] / "contributing.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return {
        (language, row["id"]): row[language]
        for row in AGREED.finditer(text)
        for language in LANGUAGES
    }


def wording_faults(root: Path = ROOT) -> Iterator[Fault]:
    """Yield headings that say something else than what is agreed.

    The first one is the title, but for the home page, whose title has to be
    short. One with an agreed id begins with its words: `Derivation: why?`
    """
    agreed = agreed_headings(root)
    for language in LANGUAGES:
        for path in pages(language, root):
            _, meta = get_data(path.read_text(encoding="utf-8"))
            for index, (line, heading) in enumerate(_headings(path)):
                name = ID.search(heading["id"] or "")
                words = agreed.get((language, name and name["id"]))
                begins = re.split("[:：]", heading["text"])[0]
                if index == 0 and path.stem != "index":
                    words, begins = meta.get("title"), heading["text"]
                if words and begins != words:
                    yield Fault(
                        path,
                        line,
                        f"this heading is {begins!r}, and not {words!r}",
                        "Write it as the front matter has it, or the table "
                        "of headings in contributing.md.",
                    )


def snippet_faults(root: Path = ROOT) -> Iterator[Fault]:
    """Yield snippets that no page shows, or that have no test.

    Figures have tests and rules of their own.
    """
    seen = _shown_files(root)
    for path in sorted((root / "snippets").glob("*/*.py")):
        stem, role = path.parent.name, path.stem
        if role == "figure":
            continue
        test = root / "tests" / stem / f"test_{role}.py"
        if not test.is_file():
            yield Fault(path, 1, f"there is no {shown(test)}", "Write it.")
        if path not in seen:
            yield Fault(
                path,
                1,
                "no page shows this file",
                f'Include it in docs/*/{stem}.md: --8<-- "{stem}/{path.name}"',
            )
    for path in sorted((root / "snippets").glob("*/*.csv")):
        if path not in seen:
            yield Fault(
                path, 1, "no page links to this file", "Say where it is from."
            )


def orphan_tests(root: Path = ROOT) -> Iterator[Fault]:
    """Yield tests of a chapter that test no snippet and no notebook of it."""
    for path in sorted((root / "tests").glob("*/*.py")):
        stem = path.parent.name
        if stem in NO_CHAPTER:
            continue
        role = path.stem.removeprefix("test_")
        tested = (
            root / "snippets" / stem / f"{role}.py",
            root / "docs/zh" / f"{role}.ipynb",
        )
        if not any(each.is_file() for each in tested):
            yield Fault(
                path,
                1,
                f"there is no snippets/{stem}/{role}.py",
                "Name a test after the snippet that it tests.",
            )


def chapter_faults(root: Path = ROOT) -> Iterator[Fault]:
    """Yield folders of snippets or figures that belong to no page."""
    stems = {path.stem for path in (root / "docs/zh").iterdir()} | {"data"}
    for place in ("snippets", "docs/assets/figures"):
        for folder in sorted((root / place).iterdir()):
            if folder.is_dir() and folder.name not in (*stems, "__pycache__"):
                yield Fault(
                    folder,
                    1,
                    f"no page is called {folder.name}",
                    "Name the folder after its page.",
                )


def front_matter_faults(root: Path = ROOT) -> Iterator[Fault]:
    """Yield pages without a title or description, or with another's."""
    for language in LANGUAGES:
        told: dict[str, Path] = {}
        for path in pages(language, root):
            _, meta = get_data(path.read_text(encoding="utf-8"))
            for key in ("title", "description"):
                if not meta.get(key):
                    yield Fault(
                        path,
                        1,
                        f"the front matter has no {key}",
                        f"Begin the page with ---, {key}: …, ---.",
                    )
            text = meta.get("description")
            if text in told:
                yield Fault(
                    path,
                    1,
                    f"its description is that of {shown(told[text])}",
                    "Say in one sentence what this page is.",
                )
            told[text] = path


def _unnamed_headings(path: Path, found: list[Heading]) -> Iterator[Fault]:
    names: set[str] = set()
    for index, (line, level, name) in enumerate(found):
        if not name:
            yield Fault(
                path,
                line,
                "this heading has no id",
                "Write one after it, the same in both languages: {#name}.",
            )
        elif name in names:
            yield Fault(
                path,
                line,
                f"the id {name} stands on this page already",
                "Give each heading an id of its own.",
            )
        names.add(name)
        if index == 0 and (level, name) != (1, path.stem):
            yield Fault(
                path,
                line,
                "the first heading is not the page's",
                f"Begin with # … {{#{path.stem}}}.",
            )
    if not names:
        yield Fault(
            path, 1, "the page has no heading", f"# … {{#{path.stem}}}"
        )


def _headings(path: Path) -> Iterator[tuple[int, re.Match]]:
    """Yield the line and the parts of each heading, ATX or underlined."""
    text = prose.without(prose.sentences(page.read(path)), prose.COMMENT)
    previous = ""
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip()
        heading = HEADING.match(line)
        if heading:
            yield number, heading
        elif UNDERLINE.match(line) and previous and "|" not in previous:
            marks = "#" if line[0] == "=" else "##"
            yield number - 1, HEADING.match(f"{marks} {previous}")
        previous = line.strip()


def _shown_files(root: Path) -> set[Path]:
    """Return the files that pages include, and data that they link to."""
    found: set[Path] = set()
    for language in LANGUAGES:
        for path in pages(language, root):
            read = page.read(path)
            found |= {line.file for line in read.lines if line.file}
            found |= {
                (path.parent / link["target"]).resolve()
                for link in LINK.finditer(read.source)
                if link["target"].endswith(".csv")
            }
    return found


def _entries(nav: object) -> Iterator[str]:
    """Yield the files that a nav names, at any depth."""
    if isinstance(nav, str):
        if "://" not in nav:
            yield nav
    else:
        for each in nav.values() if isinstance(nav, dict) else nav:
            yield from _entries(each)


def _place(root: Path, config: str, entry: str) -> tuple[Path, int]:
    """Return the file and line of an entry; the nav may be inherited."""
    for name in (config, CONFIGS[LANGUAGES[0]]):
        lines = (root / name).read_text("utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if re.search(rf"[\s:]{re.escape(entry)}\s*$", line):
                return root / name, number
    return root / config, 1
