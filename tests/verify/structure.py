"""The rule of the stem: one name finds a chapter's pages, code and tests.

Each function yields what breaks one part of it, in sentences for the author.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from page import Fault, shown
from verify import figures
from verify.project import LANGUAGES, ROOT

# Parts of tests/ that belong to no chapter.
NO_CHAPTER = ("rosetta", "site", "verify")


def files(root: Path = ROOT) -> Iterator[Fault]:
    """Yield the files that lack what belongs to them by their name."""
    needed = []  # each file, and of what there must be one

    def need(path: Path, *places: str) -> None:
        needed.append((path, [root / place for place in places]))

    for path in root.glob("docs/??/**/*.*"):
        here, *rest = path.relative_to(root / "docs").parts
        need(path, "/".join(["docs", LANGUAGES[here == "zh"], *rest]))
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
    """Yield code that no page includes, and figures and data without a link.

    What one language shows, the other does, as verify.translations sees to.
    """
    sources = [*root.glob("docs/*/*.md"), *root.glob("snippets/*/*.py")]
    text = "".join(path.read_text("utf-8") for path in sources)
    files = [figures.path(*each, root) for each in figures.files(root)]
    for path in sorted([*root.glob("snippets/*/*.*"), *files]):
        place = f"{path.parent.name}/{path.name}"
        is_code = path.suffix == ".py" and path.stem != "figure"
        needed = f'8<-- "{place}' if is_code else f"/{place})"
        is_shown = is_code or path.suffix in (".csv", ".gz", ".svg")
        if is_shown and needed not in text:
            mend = f"Show it where it belongs, by …{needed}…, or delete it."
            yield Fault(path, 1, "no page shows this file", mend)
