"""How a page is read: the one module that knows.

A page is read with the site's own Markdown extensions, out of mkdocs.yml:
snippets are expanded by pymdownx's preprocessor and fences are found by its
SuperFences, so that a check sees exactly the blocks that a reader sees. Every
line remembers where it was written: in the page, or in an included file.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import markdown
from mkdocs.config import base, config_options
from mkdocs.utils.meta import get_data
from mkdocs.utils.yaml import get_yaml_loader, yaml_load
from pymdownx.snippets import SnippetMissingError, SnippetPreprocessor
from pymdownx.superfences import SuperFencesBlockPreprocessor

CONFIG = "mkdocs.yml"
PYTHON = ("python", "py", "python3")
FENCE = re.compile(r"^[ \t>]*(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
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
        """Whether the block is Python, under any name that Pygments takes."""
        return self.language in PYTHON


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
        body, meta = get_data(source)
        skipped = source.count("\n") - body.count("\n")
        md = self.markdown()
        faults: list[Fault] = []
        lines = list(_expanded(md, path, _lines(body), skipped + 1, faults))
        finder = _FenceFinder(md, lines)
        fenced = {n for part in finder.found for n in range(*part[:2])}
        prose = [line for n, line in enumerate(lines) if n not in fenced]
        fences = [fence for *_, fence in finder.found]
        faults += _fence_faults(path, fences, prose)
        return Page(
            path,
            source,
            meta,
            tuple(lines),
            tuple(fences),
            tuple(prose),
            tuple(sorted(faults, key=lambda fault: fault.line)),
        )

    def html(self, source: str) -> str:
        """Render a page's text as the site does, before its theme."""
        return self.markdown().convert(get_data(source)[0])


class _Tracer(SnippetPreprocessor):
    """Expands includes, and writes at the end of each line where it is from.

    Blank lines and snippet notation stay as they are: the marks would
    change what they mean.
    """

    def __init__(self, original: SnippetPreprocessor, md: markdown.Markdown):
        extension = next(
            each
            for each in md.registeredExtensions
            if type(each).__module__ == type(original).__module__
        )
        super().__init__(extension.getConfigs(), md)
        self.origins: list[tuple[Path, int]] = []

    def read_lines(self, path: str) -> list[str]:
        """Read a snippet, each line marked with its file and number."""
        lines = super().read_lines(path)
        marked = []
        notation = self.get_syntax_mask(lines)
        for number, line in enumerate(lines, 1):
            if line.strip() and not notation[number - 1]:
                line += f"\0{len(self.origins)}"
                self.origins.append((Path(path), number))
            marked.append(line)
        return marked

    def line(self, text: str, previous: Line) -> Line:
        """Take the mark off an expanded line again."""
        mark = ORIGIN.search(text)
        if not mark:  # a blank line
            number = previous.file_number + 1
            return Line(text, previous.number, previous.file, number)
        file, number = self.origins[int(mark["index"])]
        return Line(text[: mark.start()], previous.number, file, number)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def _expanded(md, path, lines, first, faults):
    """Yield a page's lines with its includes expanded."""
    tracer = None
    if "snippet" in md.preprocessors:
        tracer = _Tracer(md.preprocessors["snippet"], md)
    notation = tracer.get_syntax_mask(lines) if tracer else []
    number = 0
    while number < len(lines):
        start = number
        number += 1
        if tracer is None or (
            "8<-" not in lines[start] and not notation[start]
        ):
            yield Line(lines[start].expandtabs(md.tab_length), first + start)
            continue
        marker = tracer.RE_ALL_SNIPPETS.match(lines[start])
        if marker and marker["block_marker"]:
            while number < len(lines) and notation[number]:
                number += 1
        try:
            expanded = tracer.run(lines[start:number])
        except SnippetMissingError as error:
            faults.append(_missing(tracer, path, first + start, marker, error))
            continue
        line = Line("", first + start)
        for text in expanded:
            line = tracer.line(text, line)
            yield line


def _missing(tracer, path, number, marker, error) -> Fault:
    """Say which file or region of an include is not there."""
    include = (marker["snippet"] or "").strip("\"'") if marker else ""
    name, _, region = include.partition(":")
    base = Path(tracer.base_path[0])
    file = base / name
    if not file.is_file():
        near = sorted(
            each.relative_to(base).as_posix() for each in base.rglob("*.py")
        )
        close = _close(name, near)
        return Fault(
            path,
            number,
            f"includes {shown(file)}, and there is no such file",
            f"Did you mean {close}?"
            if close
            else "Write it, or mend the path.",
        )
    marks = tracer.RE_SNIPPET_SECTION
    found = [
        mark["name"]
        for mark in map(marks.match, file.read_text("utf-8").splitlines())
        if mark and mark["type"] == "start"
    ]
    return Fault(
        path,
        number,
        f"includes the region '{region}' of {shown(file)}, which has none "
        f"of that name ({error})"
        if not region
        else f"includes the region '{region}' of {shown(file)}, which has none of "
        f"that name",
        f"It has: {', '.join(found)}."
        if found
        else f"Mark it there with `# --8<-- [start:{region}]` and "
        f"`# --8<-- [end:{region}]`.",
    )


def _close(word: str, words: list[str]) -> str:
    import difflib

    return next(iter(difflib.get_close_matches(word, words, 1)), "")


class _FenceFinder(SuperFencesBlockPreprocessor):
    """Runs SuperFences over a page, and notes the blocks that it finds."""

    def __init__(self, md: markdown.Markdown, lines: list[Line]) -> None:
        super().__init__(md)
        original = md.preprocessors["fenced_code_block"]
        self.config, self.extension = original.config, original.extension
        self.found: list[tuple[int, int, Fence]] = []
        self.page = lines
        self.run([line.text for line in lines])

    def process_nested_block(self, ws, content, start, end):
        """Note a block instead of rendering it."""
        inner = self.page[start + 1 : end - 1]
        texts = self.rebuild_block(self.code).split("\n") if inner else []
        fence = Fence(
            self.lang or "",
            tuple(self.classes),
            dict(self.options),
            tuple(
                Line(text, line.number, line.file, line.file_number)
                for text, line in zip(texts, inner, strict=True)
            ),
            self.page[start].number,
            self.page[end - 1].number,
            self.ws,
        )
        self.found.append((start, end, fence))
        self.clear()


def _fence_faults(path, fences, prose):
    """Yield what looks like a fence and is none, and fences left open."""
    for fence in fences:
        for line in fence.lines:
            mark = FENCE.match(line.text)
            if mark and line.file is None and mark["info"].strip():
                opener = _opener(path, fence)
                same = mark["fence"][0] == opener[0]
                if same and len(mark["fence"]) >= len(opener):
                    yield Fault(
                        path,
                        fence.first,
                        "this fence is left open: the next block begins in "
                        f"it, at line {line.number}",
                        f"Close it with {opener} before that line.",
                    )
                    break
    for line in prose:
        mark = FENCE.match(line.text)
        if not mark:
            continue
        if mark["info"].strip():
            what = f"the site does not read {line.text.strip()!r} as a fence"
            mend = (
                "Close it with a line of the same marks and the same indent, "
                "and write its first line as ```python, "
                '```python title="…" or ```{.python .mark}.'
            )
        else:
            what = f"this {mark['fence']} neither opens nor closes a block"
            mend = "Give both fences of the block the same marks and indent."
        yield Fault(path, line.number, what, mend)
        break  # what follows the first one is its consequence


def _opener(path: Path, fence: Fence) -> str:
    text = path.read_text("utf-8").splitlines()[fence.first - 1]
    return FENCE.match(text)["fence"]
