"""The rule of the stem: one name finds a chapter's pages, code and tests.

Each function yields what breaks one part of it, in sentences for the author.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator
from pathlib import Path

import page
from page import Fault, shown
from verify import prose
from verify.project import LANGUAGES, ROOT, counterpart, pages

# Parts of tests/ that belong to no chapter.
NO_CHAPTER = ("rosetta", "site", "verify")
# Pages whose `code` is no Python: they speak of symbols, marks and misprints.
ABOUT_NAMES = ("changes", "contributing", "glossary", "notation")
WORD = re.compile(r"[A-Za-z_]\w*")
NAME = re.compile(rf"(?P<name>{WORD.pattern})(?:\(.*\))?")
HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<text>.*?)\s*(?P<id>\{.*\})?$")
ID = re.compile(r"#(?P<id>[\w-]+)")
UNDERLINE = re.compile(r"^(?:=+|-{2,})\s*$")
LINK = re.compile(r"\]\((?P<target>[^()\s#]+)[^()]*\)")
# A row of the table in which contributing.md agrees on a heading's words.
AGREED = re.compile(
    r"^\| `#(?P<id>[\w-]+)` \| (?P<zh>[^|]+) \| (?P<en>[^|]+) \|$",
    re.MULTILINE,
)


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


def heading_faults(root: Path = ROOT) -> Iterator[Fault]:
    """Yield headings without an id of their own, or with other words.

    The first one is the title, but for the home page, whose title has to be
    short. One with an agreed id begins with its words: `Derivation: why?`
    """
    agreed = agreed_headings(root)
    for path in (path for each in LANGUAGES for path in pages(each, root)):
        read, names = page.read(path), {None}
        for line, heading in _headings(read):
            found = ID.search(heading["id"] or "")
            name = found and found["id"]
            words = agreed.get((path.parent.name, name))
            begins = re.split("[:：]", heading["text"])[0]
            if len(names) == 1:  # the first
                if (heading["marks"], name) != ("#", path.stem):
                    what = "the first heading is not the page's"
                    mend = f"Begin with # … {{#{path.stem}}}."
                    yield Fault(path, line, what, mend)
                if path.stem != "index":
                    words, begins = read.meta.get("title"), heading["text"]
            if not name:
                what = "this heading has no id"
                mend = "Write one after it, as in both languages: {#name}."
                yield Fault(path, line, what, mend)
            elif name in names:
                what = f"the id {name} stands on this page already"
                mend = "Give each heading an id of its own."
                yield Fault(path, line, what, mend)
            if words and begins != words:
                what = f"this heading is {begins!r}, and not {words!r}"
                mend = "Write it as the title in the front matter, or as the "
                mend += "table of headings in contributing.md."
                yield Fault(path, line, what, mend)
            names.add(name or "")
        if len(names) == 1:
            mend = f"# … {{#{path.stem}}}"
            yield Fault(path, 1, "the page has no heading", mend)


def agreed_headings(root: Path = ROOT) -> dict[tuple[str, str], str]:
    """Return the words that a heading begins with, by language and id."""
    path = root / "docs" / LANGUAGES[0] / "contributing.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return {
        (language, row["id"]): row[language]
        for row in AGREED.finditer(text)
        for language in LANGUAGES
    }


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
    for path in sorted((root / "snippets").glob("*/*.csv*")):
        if path not in seen:
            yield Fault(
                path, 1, "no page links to this file", "Say where it is from."
            )


def stale_names(root: Path = ROOT) -> Iterator[Fault]:
    """Yield names in `code` that neither the page's blocks nor snippets have.

    So a function that is renamed is renamed in sentences, too.
    """
    code = [path.read_text("utf-8") for path in root.glob("snippets/*/*.py")]
    everywhere = {
        *dir(builtins),
        *keyword.kwlist,
        *WORD.findall("".join(code)),
    }
    for path in (path for each in LANGUAGES for path in pages(each, root)):
        if path.stem in ABOUT_NAMES:
            continue
        read = page.read(path)
        text = prose.without(prose.sentences(read), prose.COMMENT)
        known = {
            *everywhere,
            *WORD.findall("".join(fence.text for fence in read.fences)),
        }
        for number, line in enumerate(text.split("\n"), start=1):
            for span in prose.CODE.finditer(line):
                name = NAME.fullmatch(span[0].strip("`"))
                if name and name["name"] not in known:
                    yield Fault(
                        path,
                        number,
                        f"nothing on this page or in snippets/ is called "
                        f"{name['name']}",
                        "Call it as the code does; write a name of another "
                        "library with its module, as in torch.nn.Linear.",
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
    """Yield pages without a title or a description."""
    for language in LANGUAGES:
        for path in pages(language, root):
            read = page.read(path)
            meta = read.meta
            if any("front matter" in fault.what for fault in read.faults):
                continue  # said already
            for key in ("title", "description"):
                if not meta.get(key):
                    yield Fault(
                        path,
                        1,
                        f"the front matter has no {key}",
                        f"Begin the page with ---, {key}: …, ---.",
                    )


def _headings(read: page.Page) -> Iterator[tuple[int, re.Match]]:
    """Yield the line and the parts of each heading, ATX or underlined."""
    text = prose.without(prose.sentences(read), prose.COMMENT)
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
                if link["target"].endswith((".csv", ".csv.gz"))
            }
    return found
