"""The rule of the stem: one name finds a chapter's pages, code and tests.

Each function yields what breaks one part of it, in sentences for the author.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from page import Fault, read, shown
from verify import figures, prose
from verify.project import LANGUAGES, ROOT, counterpart, pages

# Parts of tests/ that belong to no chapter.
NO_CHAPTER = ("rosetta", "site", "verify")


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


def unseen_figures(root: Path = ROOT) -> Iterator[Fault]:
    """Yield the figures that no page of a language shows."""
    for language in LANGUAGES:
        texts = (prose.sentences(read(path)) for path in pages(language, root))
        shows = [prose.without(e, prose.COMMENT, prose.CODE) for e in texts]
        for file in (figures.path(*e, root) for e in figures.files(root)):
            place = f"](../assets/figures/{file.parent.name}/{file.name}"
            if not any(place in text for text in shows):
                what = f"no page in docs/{language} shows this figure"
                mend = "Show it in both languages, or delete its function "
                yield Fault(file, 1, what, f"{mend}and the file.")
