"""The rule of the stem: one name finds a chapter's pages, code and tests.

Each function yields what breaks one part of it, in sentences for the author.
"""

from __future__ import annotations

import builtins
import functools
import keyword
import re
from collections.abc import Iterator
from pathlib import Path

import page
from page import Fault, Page, shown
from verify import prose
from verify.project import LANGUAGES, ROOT, counterpart

# Parts of tests/ that belong to no chapter.
NO_CHAPTER = ("rosetta", "site", "verify")
# Pages whose `code` is no Python: they speak of symbols, marks and misprints.
ABOUT_NAMES = ("changes", "contributing", "glossary", "notation")
WORD = re.compile(r"[A-Za-z_]\w*")
NAME = re.compile(rf"(?P<name>{WORD.pattern})(?:\(.*\))?")
HEADING = re.compile(
    r"^(?P<marks>#{1,6})\s+(?P<text>.*?)\s*(?:\{(?:.*#(?P<id>[\w-]+))?.*\})?$"
)
UNDERLINE = re.compile(r"^(?:=+|-{2,})\s*$")
# A row of the table in which contributing.md agrees on a heading's words.
AGREED = re.compile(
    r"^\| `#(?P<id>[\w-]+)` \| (?P<zh>[^|]+) \| (?P<en>[^|]+) \|$",
    re.MULTILINE,
)


def files(root: Path = ROOT) -> Iterator[Fault]:
    """Yield the files that lack what belongs to them by their name."""
    needed = []  # each file, and of what there must be one

    def need(path: Path, *places: str) -> None:
        needed.append((path, [root / place for place in places]))

    for path in root.glob("docs/??/**/*.*"):
        need(path, counterpart(path))
    for path in root.glob("docs/assets/figures/*/*.*"):
        need(path, f"docs/zh/{path.parent.name}.md")
    for path in root.glob("snippets/*/*.py"):
        stem = path.parent.name
        need(path, f"tests/{stem}/test_{path.name}")
        if stem != "data":
            need(path, f"docs/zh/{stem}.md")
    for path in root.glob("tests/*/*.py"):
        stem, name = path.parent.name, path.name.removeprefix("test_")
        if stem not in NO_CHAPTER:
            need(path, f"snippets/{stem}/{name}", f"docs/zh/{stem}.ipynb")
    for path, others in sorted(needed):
        if not any(other.is_file() for other in others):
            yield Fault(
                path,
                1,
                f"there is no {shown(others[0])}",
                "Write it, or mend the name: a page stands in both languages, "
                "a snippet has a test, and both bear the name of the page.",
            )


def unseen(root: Path = ROOT) -> Iterator[Fault]:
    """Yield snippets that no page includes, and data without a link."""
    sources = [*root.glob("docs/*/*.md"), *root.glob("snippets/*/*.py")]
    text = "".join(path.read_text("utf-8") for path in sources)
    for path in sorted(root.glob("snippets/*/*.*")):
        place = f"{path.parent.name}/{path.name}"
        is_code = path.suffix == ".py" and path.stem != "figure"
        is_data = path.suffix in (".csv", ".gz")
        if is_code and f'8<-- "{place}' not in text:
            mend = (
                f'Include it in docs/*/{path.parent.name}.md: --8<-- "{place}"'
            )
            yield Fault(path, 1, "no page shows this file", mend)
        if is_data and f"/{place})" not in text:
            what = "no page links to this file"
            yield Fault(path, 1, what, "Say where it is from.")


def headings(read: Page) -> Iterator[Fault]:
    """Yield headings without an id of their own, or with other words.

    The first one is the title, but for the home page, whose title has to be
    short. One with an agreed id begins with its words: `Derivation: why?`
    """
    path, names = read.path, {""}
    agreed = agreed_headings(page.root(path))
    for line, heading in _headings(read):
        name, text = heading["id"] or "", heading["text"]
        words = agreed.get((path.parent.name, name))
        begins = re.split("[:：]", text)[0]
        wrong = []
        if len(names) == 1 and (heading["marks"], name) != ("#", path.stem):
            what = "the first heading is not the page's"
            wrong.append((what, f"Begin with # … {{#{path.stem}}}."))
        if len(names) == 1 and path.stem != "index":
            words, begins = read.meta.get("title"), text
        if not name:
            mend = "Write one after it, as in both languages: {#name}."
            wrong.append(("this heading has no id", mend))
        elif name in names:
            what = f"the id {name} stands on this page already"
            wrong.append((what, "Give each heading an id of its own."))
        if words and begins != words:
            what = f"this heading is {begins!r}, and not {words!r}"
            mend = "Write it as the title in the front matter, or as the "
            mend += "table of headings in contributing.md."
            wrong.append((what, mend))
        names.add(name or text)
        yield from (Fault(path, line, *each) for each in wrong)
    if len(names) == 1:
        mend = f"Begin with # … {{#{path.stem}}}."
        yield Fault(path, 1, "the page has no heading", mend)
    for key in ("title", "description"):
        if not read.meta.get(key) and not read.faults:
            what = f"the front matter has no {key}"
            yield Fault(
                path, 1, what, f"Begin the page with ---, {key}: …, ---."
            )


@functools.cache
def agreed_headings(root: Path) -> dict[tuple[str, str], str]:
    """Return the words that a heading begins with, by language and id."""
    path = root / "docs" / LANGUAGES[0] / "contributing.md"
    text = path.read_text("utf-8") if path.is_file() else ""
    return {
        (language, row["id"]): row[language]
        for row in AGREED.finditer(text)
        for language in LANGUAGES
    }


def names(read: Page) -> Iterator[Fault]:
    """Yield names in `code` that neither the page's blocks nor snippets have.

    So a function that is renamed is renamed in sentences, too.
    """
    path, code = read.path, "".join(fence.text for fence in read.fences)
    known = {*_names_of_snippets(page.root(path)), *WORD.findall(code)}
    text = prose.without(prose.sentences(read), prose.COMMENT)
    for span in prose.CODE.finditer(text):
        name = NAME.fullmatch(span[0].strip("`"))
        if name and name["name"] not in known and path.stem not in ABOUT_NAMES:
            yield Fault(
                path,
                prose.line_of(read, span.start()),
                f"nothing on this page or in snippets/ is called "
                f"{name['name']}",
                "Call it as the code does; write a name of another library "
                "with its module, as in torch.nn.Linear.",
            )


@functools.cache
def _names_of_snippets(root: Path) -> set[str]:
    texts = (path.read_text("utf-8") for path in root.glob("snippets/*/*.py"))
    words = WORD.findall("\n".join(texts))
    return {*dir(builtins), *keyword.kwlist, *words}


def _headings(read: Page) -> Iterator[tuple[int, re.Match]]:
    """Yield the line and the parts of each heading, ATX or underlined."""
    text = prose.without(prose.sentences(read), prose.COMMENT)
    previous = ""
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip()
        if heading := HEADING.match(line):
            yield number, heading
        elif UNDERLINE.match(line) and previous and "|" not in previous:
            marks = "#" if line[0] == "=" else "##"
            yield number - 1, HEADING.match(f"{marks} {previous}")
        previous = line.strip()
