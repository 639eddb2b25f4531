"""How a page is read: the one module that knows.

A page is read with the site's own Markdown extensions, out of mkdocs.yml:
snippets are expanded by pymdownx's preprocessor and fences are found by its
SuperFences, so that a check sees exactly the blocks that a reader sees. Every
line remembers where it was written: in the page, or in an included file.
"""

from __future__ import annotations

import codecs
import dataclasses
import difflib
import functools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import markdown
import yaml
from mkdocs.utils.meta import YAML_RE, get_data
from mkdocs.utils.yaml import yaml_load
from pymdownx.snippets import SnippetMissingError
from pymdownx.superfences import SuperFencesBlockPreprocessor

from notebook import as_page

CONFIG = "mkdocs.yml"
PYTHON = ("python", "py", "python3")
ELSEWHERE = "rosetta"  # the mark of what `make rosetta` runs, and not the page
SAVED = (
    "docs/*/*.md",
    "docs/*/*.ipynb",
    "snippets/*/*.py",
    "snippets/*/*.csv",
)
FENCE = re.compile(r"^[ \t>]*(?P<marks>`{3,}|~{3,})(?P<info>.*)$")
# A line that begins like an include, and what it includes: a file, or a region
# of one by its name.
MARKER = re.compile(r"[ \t]*;*[-–—]*8<")
INCLUDED = re.compile(
    r"""[ \t]*(?:;|-+8<-+[ \t]+(["'])(?P<file>[^"':]+)"""
    r"""(?P<region>:[a-z][\w-]*)?\1$)"""
)
REGION = re.compile(r"-8<-+ \[start:([\w-]+)\]")
CODE = re.compile(r"<code\b.*?</code>", re.DOTALL)


class Fault(Exception):
    """Something that an author has to mend: where, what, and how."""

    def __init__(self, path: Path, line: int, what: str, mend: str) -> None:
        self.path, self.line, self.what, self.mend = path, line, what, mend
        super().__init__(f"{shown(path)}:{line}: {what}\n    {mend}")


@dataclass(frozen=True)
class Line:
    """A line of a page, includes expanded, and where it was written.

    `number` is its line in the page; for an included line that of the include,
    while `file` and `file_number` say where the line itself stands.
    """

    text: str
    number: int
    file: Path | None = None
    file_number: int = 0


@dataclass(frozen=True)
class Fence:
    """An outermost fenced block, as the site shows it.

    `first` and `last` are the page's lines of the two fences, `indent` what
    stands before them; `lines` are the lines between, without that indent.
    """

    language: str
    classes: tuple[str, ...]
    options: dict[str, str]
    lines: tuple[Line, ...]
    first: int
    last: int
    indent: str

    @property
    def text(self) -> str:
        """The content, as a reader copies it."""
        return "".join(line.text + "\n" for line in self.lines)

    @property
    def is_python(self) -> bool:
        """Whether the block is Python that runs with its page."""
        return self.language in PYTHON and ELSEWHERE not in self.classes


@dataclass(frozen=True)
class Page:
    """A page as it is read: its source, its expanded lines and its fences.

    `prose` are the lines outside of front matter and fences, and `faults`
    what could not be read.
    """

    path: Path
    source: str
    meta: dict
    lines: tuple[Line, ...]
    fences: tuple[Fence, ...]
    prose: tuple[Line, ...]
    faults: tuple[Fault, ...]

    @functools.cached_property
    def html(self) -> str:
        """The page as the site renders it, before its theme."""
        text = self.source.replace("\r\n", "\n")
        md = reader(root(self.path)).markdown()
        return plain(md.convert(get_data(text)[0]))


def read(path: Path | str) -> Page:
    """Read a page of the project, or of a folder with its own mkdocs.yml."""
    path = Path(path).resolve()
    # newline="" keeps what the file holds, for those who write it back.
    with path.open(encoding="utf-8", newline="") as file:
        source = file.read()
    source = as_page(source) if path.suffix == ".ipynb" else source
    return reader(root(path)).read(path, source)


def plain(html: str) -> str:
    """Return HTML without the colours of code: most tags, and no text."""
    return CODE.sub(lambda e: re.sub(r"</?span\b[^>]*>", "", e[0]), html)


def missaved(folder: Path) -> Iterator[Fault]:
    """Yield a project's pages and snippets that are no plain UTF-8."""
    for place in SAVED:
        for path in sorted(folder.glob(place)):
            content = path.read_bytes()
            try:
                content.decode("utf-8")
                at = 0 if content.startswith(codecs.BOM_UTF8) else None
            except UnicodeDecodeError as error:
                at = error.start
            if at is not None:
                yield Fault(
                    path,
                    content.count(b"\n", 0, at) + 1,
                    "this is no plain UTF-8",
                    f"Save {path.name} as UTF-8 without BOM.",
                )


@functools.cache
def root(path: Path) -> Path:
    """Return the folder of the mkdocs.yml that a page belongs to."""
    for folder in (*path.parents, *Path(__file__).resolve().parents):
        if (folder / CONFIG).is_file():
            return folder
    raise FileNotFoundError(f"no {CONFIG} above {path}")


def shown(path: Path) -> str:
    """Return a path as messages name it: from the project's root."""
    try:
        return path.relative_to(root(path)).as_posix()
    except ValueError:
        return path.as_posix()


def line_of(text: str, path: Path) -> int:
    """Return the number of the first line that holds the text, or 1.

    In a notebook, it stands as JSON has it.
    """
    texts = text, json.dumps(text, ensure_ascii=False)[1:-1]
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return next((n for n, line in lines if any(t in line for t in texts)), 1)


@functools.cache
def reader(folder: Path) -> Reader:
    """Return the reader of the site whose mkdocs.yml stands in a folder."""
    return Reader(folder / CONFIG)


class Reader:
    """Reads pages with the extensions of one mkdocs.yml."""

    def __init__(self, config: Path) -> None:
        with config.open("rb") as file:
            settings = yaml_load(file)
        # MkDocs adds the first three, and takes paths from where it starts.
        self.extensions = {"toc": {}, "tables": {}, "fenced_code": {}}
        for each in settings.get("markdown_extensions", ()):
            named = each if isinstance(each, dict) else {each: {}}
            self.extensions |= named
        if snippets := self.extensions.get("pymdownx.snippets"):
            folders = snippets.get("base_path", ["."])
            snippets["base_path"] = [str(config.parent / f) for f in folders]

    def markdown(self) -> markdown.Markdown:
        """Return a new converter with the site's extensions."""
        return markdown.Markdown(
            extensions=[*self.extensions], extension_configs=self.extensions
        )

    def read(self, path: Path, source: str) -> Page:
        """Read a page from its text."""
        text = source.replace("\r\n", "\n")
        body, meta = get_data(text)
        faults = list(_front_matter_faults(path, text))
        if faults and (front := YAML_RE.match(text)):
            body = text[front.end() :]
        first = text.count("\n") - body.count("\n") + 1
        md = self.markdown()
        lines = []
        for number, line in enumerate(body.split("\n"), first):
            plain = Line(line.expandtabs(md.tab_length), number)
            try:
                lines += _expanded(md, plain)
            except SnippetMissingError as error:
                mend = f"Write it like this: {_like(md, plain.text)}"
                faults.append(Fault(path, number, str(error), mend))
        found = _FenceFinder(md, lines).found
        fences = [fence for *_, fence in found]
        fenced = {n for start, end, _ in found for n in range(start, end)}
        prose = [line for n, line in enumerate(lines) if n not in fenced]
        faults += _fence_faults(path, fences, prose, text.split("\n"))
        faults.sort(key=lambda fault: fault.line)
        return Page(
            path,
            source,
            meta,
            tuple(lines),
            tuple(fences),
            tuple(prose),
            tuple(faults),
        )


class _FenceFinder(SuperFencesBlockPreprocessor):
    """Runs SuperFences over a page, and notes the blocks that it finds.

    `found` holds each with the indexes of its first line and the line after
    its last.
    """

    def __init__(self, md: markdown.Markdown, lines: list[Line]) -> None:
        super().__init__(md)
        original = md.preprocessors["fenced_code_block"]
        self.config, self.extension = original.config, original.extension
        self.found: list[tuple[int, int, Fence]] = []
        self.page = lines
        self.run([line.text for line in lines])

    def process_nested_block(
        self, ws: str, content: str, start: int, end: int
    ) -> None:
        """Note a block instead of rendering it."""
        inner = self.page[start + 1 : end - 1]
        texts = self.rebuild_block(self.code).split("\n") if inner else []
        lines = tuple(
            dataclasses.replace(line, text=text)
            for text, line in zip(texts, inner, strict=True)
        )
        fence = Fence(
            self.lang or "",
            tuple(self.classes),
            dict(self.options),
            lines,
            self.page[start].number,
            self.page[end - 1].number,
            self.ws,
        )
        self.found.append((start, end, fence))
        self.clear()


def _expanded(md: markdown.Markdown, line: Line) -> Iterator[Line]:
    """Yield a line of a page with what it includes.

    Raises SnippetMissingError where that cannot be.
    """
    if "snippet" not in md.preprocessors or not MARKER.match(line.text):
        yield line
        return
    include = INCLUDED.match(line.text)
    if not include:
        raise SnippetMissingError(f"{line.text.strip()!r} is no include")
    texts = md.preprocessors["snippet"].run([line.text])
    if not include["file"]:  # it is escaped
        yield dataclasses.replace(line, text=texts[0])
        return
    file = Path(md.preprocessors["snippet"].get_snippet_path(include["file"]))
    source = [each.strip() for each in file.read_text("utf-8").split("\n")]
    start = f"[start{include['region']}]"
    at = next((n for n, each in enumerate(source) if start in each), 0)
    for text in texts:
        rest = range(at, len(source))
        at = next((n for n in rest if source[n] == text.strip()), at) + 1
        yield Line(text, line.number, file, at)


def _like(md: markdown.Markdown, text: str) -> str:
    """Return an include of what is there and is called alike."""
    folder = Path(md.preprocessors["snippet"].base_path[0])
    known = []
    for path in folder.glob("*/*.*"):
        regions = REGION.findall(path.read_text("utf-8", "ignore"))
        file = path.relative_to(folder).as_posix()
        known += [file, *(f"{file}:{region}" for region in regions)]
    includes = [f'--8<-- "{place}"' for place in known]
    near = difflib.get_close_matches(text.strip(), includes, 1)
    return near[0] if near else '--8<-- "stem/role.py:region"'


def _front_matter_faults(path: Path, text: str) -> Iterator[Fault]:
    """Yield a fault where the front matter is left open, or is no YAML."""
    if not text.startswith("---\n"):
        return
    line, problem = 1, "it is left open, or names nothing"
    front = YAML_RE.match(text)
    try:
        if front and isinstance(yaml.safe_load(front[1]), dict):
            return
    except yaml.MarkedYAMLError as error:
        line, problem = error.problem_mark.line + 2, error.problem
    yield Fault(
        path,
        line,
        f"the front matter cannot be read: {problem}",
        "Write a line for each name, and one of --- below; a text with a "
        'colon stands in quotes: description: "…".',
    )


def _fence_faults(
    path: Path, fences: list[Fence], prose: list[Line], source: list[str]
) -> Iterator[Fault]:
    """Yield fences that were left open, and what is no fence but looks it."""
    for fence in fences:
        opener = FENCE.match(source[fence.first - 1])["marks"]
        written = (line for line in fence.lines if not line.file)
        for mark in filter(None, (FENCE.match(e.text) for e in written)):
            if mark["marks"].startswith(opener) and mark["info"].strip():
                what = f"this fence is left open before {mark[0].strip()!r}"
                mend = f"Close it with {opener} before that line."
                yield Fault(path, fence.first, what, mend)
                break
    # What follows the first such line is often its consequence.
    for line in filter(lambda line: FENCE.match(line.text), prose):
        what = f"the site does not read {line.text.strip()!r} as a fence"
        mend = (
            "Close each block with the same marks and indent as it opens, and "
            'write the first line as ```python, ```python title="…" or '
            "```{.python .mark}."
        )
        yield Fault(path, line.number, what, mend)
        return
