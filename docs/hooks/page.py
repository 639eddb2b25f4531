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
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import markdown
import yaml
from mkdocs.config import base, config_options
from mkdocs.utils.meta import YAML_RE, get_data
from mkdocs.utils.yaml import get_yaml_loader, yaml_load
from pymdownx.snippets import SnippetExtension, SnippetPreprocessor
from pymdownx.superfences import SuperFencesBlockPreprocessor

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
# The mark that carries the origin of a line through the preprocessor.
ORIGIN = re.compile("\0(?P<index>\\d+)$")


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


def read(path: Path | str) -> Page:
    """Read a page of the project, or of a folder with its own mkdocs.yml."""
    path = Path(path).resolve()
    # newline="" keeps what the file holds, for those who write it back.
    with path.open(encoding="utf-8", newline="") as file:
        source = file.read()
    return reader(root(path)).read(path, source)


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


@functools.cache
def reader(folder: Path) -> Reader:
    """Return the reader of the site whose mkdocs.yml stands in a folder."""
    return Reader(folder / CONFIG)


class _Reading(base.Config):
    """The part of MkDocs' configuration that says how Markdown is read."""

    docs_dir = config_options.Type(str, default="docs")
    markdown_extensions = config_options.MarkdownExtensions(
        builtins=["toc", "tables", "fenced_code"],
        configkey="mdx_configs",
        default=[],
    )
    mdx_configs = config_options.Private()


class Reader:
    """Reads pages with the extensions of one mkdocs.yml."""

    def __init__(self, config: Path) -> None:
        self.config = config
        reading = _Reading(config_file_path=str(config))
        with config.open("rb") as file:
            reading.load_dict(yaml_load(file, get_yaml_loader(config=reading)))
        failed, _ = reading.validate()
        if failed:
            raise ValueError(f"{config}: {failed[0][1]}")
        self.extensions = reading["markdown_extensions"]
        self.options = reading["mdx_configs"] or {}
        snippets = self.options.get("pymdownx.snippets", {})
        snippets["base_path"] = [
            # MkDocs takes them from where it is started: the root.
            str(config.parent / path)
            for path in snippets.get("base_path", ["."])
        ]

    def markdown(self) -> markdown.Markdown:
        """Return a new converter with the site's extensions."""
        return markdown.Markdown(
            extensions=self.extensions, extension_configs=self.options
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
        texts = enumerate(body.split("\n"), first)
        lines = list(_expanded(md, path, texts, faults))
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

    def html(self, source: str) -> str:
        """Render a page's text as the site does, before its theme."""
        return self.markdown().convert(get_data(source)[0])


class _Tracer(SnippetPreprocessor):
    """Expands includes, and writes at the end of each line where it is from.

    Blank lines and snippet notation stay as they are: the marks would change
    what they mean.
    """

    def __init__(self, md: markdown.Markdown) -> None:
        extension = next(
            each
            for each in md.registeredExtensions
            if isinstance(each, SnippetExtension)
        )
        super().__init__(extension.getConfigs(), md)
        self.origins: list[tuple[Path, int]] = []

    def read_lines(self, path: str) -> list[str]:
        """Read a snippet, each line marked with its file and number."""
        lines = super().read_lines(path)
        notation = self.get_syntax_mask(lines)
        for index, line in enumerate(lines):
            if line.strip() and not notation[index]:
                lines[index] += f"\0{len(self.origins)}"
                self.origins.append((Path(path), index + 1))
        return lines

    def expand(self, text: str, number: int) -> Iterator[Line]:
        """Expand one line of a page."""
        file, file_number = None, 0
        for expanded in self.run([text]):
            origin = ORIGIN.search(expanded)
            if origin:
                file, file_number = self.origins[int(origin["index"])]
            elif file:  # a blank line
                file_number += 1
            plain = expanded.removesuffix(origin[0] if origin else "")
            yield Line(plain, number, file, file_number)

    def complaint(self, text: str) -> tuple[str, str] | None:
        """Say what is wrong with an include, and how to mend it."""
        mark = self.RE_ALL_SNIPPETS.match(text)
        if not mark or mark["escape"]:
            return None
        if mark["block_marker"]:
            what = "this marker includes nothing"
            return what, 'Write --8<-- "stem/role.py:region" on one line.'
        include = mark["snippet"].strip("\"'").strip()
        name, lines, region = self.split_path(include)
        if lines:
            what = f"includes {include} by line numbers, which soon are wrong"
            return what, "Include a region by its name: file.py:name."
        return self._missing(name, (region or "").removeprefix(":"))

    def _missing(self, name: str, region: str) -> tuple[str, str] | None:
        base = Path(self.base_path[0])
        path = self.get_snippet_path(name)
        if not path or not Path(path).is_file():
            files = [f.relative_to(base).as_posix() for f in base.rglob("*.*")]
            near = difflib.get_close_matches(name, files, 1)
            what = f"includes {shown(base / name)}, which is not there"
            mend = "Mend the path: it begins in snippets/."
            return what, f"Did you mean {near[0]}?" if near else mend
        regions = [
            mark["name"]
            for mark in map(self.match_section, super().read_lines(path))
            if mark and mark["type"] == "start"
        ]
        if not region or region in regions:
            return None
        what = f"includes the region {region} of {shown(Path(path))}, which "
        if regions:
            return (
                f"{what}has no such region",
                f"It has: {', '.join(regions)}.",
            )
        return f"{what}has no regions", (
            f"Put `# --8<-- [start:{region}]` and `# --8<-- [end:{region}]` "
            "around it there."
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


def _expanded(
    md: markdown.Markdown,
    path: Path,
    texts: Iterable[tuple[int, str]],
    faults: list[Fault],
) -> Iterator[Line]:
    """Yield a page's lines with its includes expanded."""
    tracer = _Tracer(md) if "snippet" in md.preprocessors else None
    for number, text in texts:
        text = text.expandtabs(md.tab_length)
        if tracer is None or "8<-" not in text:
            yield Line(text, number)
        elif complaint := tracer.complaint(text):
            faults.append(Fault(path, number, *complaint))
        else:
            yield from tracer.expand(text, number)


def _front_matter_faults(path: Path, text: str) -> Iterator[Fault]:
    """Yield a fault where the front matter is left open, or is no YAML."""
    front = YAML_RE.match(text)
    if front is None:
        if text.startswith("---\n"):
            what = "the front matter is left open"
            yield Fault(path, 1, what, "Close it with a line of ---.")
        return
    try:
        is_right = isinstance(yaml.safe_load(front[1]), dict)
        line, problem = 1, "it names nothing"
    except yaml.MarkedYAMLError as error:
        is_right = False
        line, problem = error.problem_mark.line + 2, error.problem
    if not is_right:
        yield Fault(
            path,
            line,
            f"the front matter cannot be read: {problem}",
            "Write a line for each name; a text with a colon stands in "
            'quotes: description: "…".',
        )


def _fence_faults(
    path: Path, fences: list[Fence], prose: list[Line], source: list[str]
) -> Iterator[Fault]:
    """Yield fences that were left open, and what is no fence but looks it."""
    for fence in fences:
        opener = FENCE.match(source[fence.first - 1])["marks"]
        for line in fence.lines:
            mark = FENCE.match(line.text)
            if not mark or line.file or not mark["info"].strip():
                continue
            if mark["marks"].startswith(opener):
                yield Fault(
                    path,
                    fence.first,
                    "this fence is left open: another one begins in it, at "
                    f"line {line.number}",
                    f"Close it with {opener} before that line.",
                )
                break
    # What follows the first such line is often its consequence.
    for line in filter(lambda line: FENCE.match(line.text), prose):
        what = f"the site does not read {line.text.strip()!r} as a fence"
        yield Fault(
            path,
            line.number,
            what,
            "Close each block with the same marks and indent as it opens, and "
            'write the first line as ```python, ```python title="…" or '
            "```{.python .mark}.",
        )
        return
