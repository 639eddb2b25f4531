"""The rule of the stem: one name finds a chapter's pages, code and tests."""

import functools
import itertools
import re
from pathlib import Path

import pytest

import page
from verify import prose, rules, structure
from verify.equations import symbols
from verify.faults import expect_none
from verify.project import LANGUAGES, ROOT, pages

LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\(([^()\s]+)\)")
LETTERS = re.compile(
    r"^\| \[[^\]]+\]\((?P<stem>\w+)\.md[^)]*\) \| (?P<letters>.*\$.*) \|$",
    re.MULTILINE,
)
DECLARED = re.compile(r"<!-- math: symbols(.*?)-->", re.DOTALL)
FORMULA = re.compile(r"\$([^$]+)\$")
EXERCISE = re.compile(r"(?:exercise|练习) (\d)", re.IGNORECASE)
NEIGHBOUR = re.compile(r"(?:(next|下一)|last|previous|上一) ?(?:chapter|章)")


@functools.cache
def neighbours(step):
    """Return by page the one behind it (1), or before it (-1)."""
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:")[1]
    stems = re.findall(r"- (\w+)\.(?:md|ipynb)", nav)[::step]
    return dict(itertools.pairwise(stems))


@functools.cache
def stems(language):
    """Return the stem of each page, by its title in small letters."""
    return {
        str(page.read(path).meta["title"]).casefold(): path.stem
        for path in pages(language)
    }


@pytest.mark.parametrize(
    "rule",
    [structure.files, structure.unseen],
    ids=lambda rule: rule.__name__,
)
def test_the_project_keeps_the_rule(rule):
    expect_none(rule())


@pytest.mark.parametrize(
    "path",
    [path for language in LANGUAGES for path in pages(language)],
    ids=page.shown,
)
def test_a_page_is_in_order(read, path):
    found = read(path)
    expect_none(found.faults or rules.faults(found))


@pytest.mark.parametrize(
    "path",
    [path for language in LANGUAGES for path in pages(language)],
    ids=page.shown,
)
def test_a_link_leads_to_what_it_is_called_after(read, path):
    expect_none(_misled(read(path)))


def _misled(read):
    text = prose.without(prose.sentences(read), prose.COMMENT, prose.CODE)
    for link in LINK.finditer(text):
        words, target = link.groups()
        place, _, anchor = target.partition("#")
        stem = stems(read.path.parent.name).get(words.casefold())
        number = EXERCISE.search(words)
        side = NEIGHBOUR.search(words)
        near = neighbours(1 if side and side[1] else -1)
        is_file = re.fullmatch(r"[\w.]+\.(?:py|csv|gz|ipynb|json)", words)
        if (
            stem not in (None, Path(place).stem)
            or (is_file and words != Path(place).name)
            or (number and anchor != f"exercise-{number[1]}")
            or (side and Path(place).stem != near.get(read.path.stem))
        ):
            yield page.Fault(
                read.path,
                prose.line_of(read, link.start()),
                f"the link {words} leads to {target}",
                "Let it lead to what it is called after, or call it anew.",
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chapter_has_the_letters_that_the_notation_page_lists(language):
    expect_none(_unknown_letters(ROOT / "docs" / language / "notation.md"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notation_page_lists_the_letters_of_each_chapter(language):
    path = ROOT / "docs" / language / "notation.md"
    source = page.read(path).source
    shared = {each.key for each in symbols.tabled(source)}
    listed = {
        row["stem"]: _keys(row["letters"]) for row in LETTERS.finditer(source)
    }
    expect_none(
        page.Fault(
            path,
            1,
            f"{chapter.stem} declares {letter}, which is not listed",
            "Say in the row of that chapter what it means there.",
        )
        for chapter in pages(language)
        if chapter.stem not in rules.ABOUT_NAMES
        for letter in sorted(
            _own_letters(chapter) - listed.get(chapter.stem, set()) - shared
        )
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_that_the_notation_page_lists_are_in_the_code(language):
    text = (ROOT / "docs" / language / "notation.md").read_text("utf-8")
    last = re.findall(r"^\| \$.*\| (`[^|]*`) \|$", text, re.MULTILINE)
    first = re.findall(r"^\| (`[^|]*`) \|", text, re.MULTILINE)
    listed = {*rules.WORD.findall(" ".join([*last, *first]))}
    assert len(listed) > 40
    unknown = listed - rules._names_of_snippets(ROOT)
    assert not unknown, f"notation.md names what no code has: {unknown}"


def _keys(text):
    """Return the keys of the names in a text, of s_j that of the row too."""
    names = {symbols.key(each) for each in FORMULA.findall(text)}
    return names | {symbols.SEQUENCE.sub(r"\1_", each) for each in names}


def _own_letters(path):
    """Return the letters that a page declares and has in a formula.

    One with a power, R^2, is a name, and no letter that means anything alone.
    """
    source = page.read(path).source
    said = DECLARED.sub("", source)
    return {
        each.key
        for lines in DECLARED.findall(source)
        for each in symbols.declared(lines)
        if "^" not in each.key
        and each.key.rstrip("_") in symbols.SPACE.sub("", said)
    }


def _unknown_letters(path):
    source = page.read(path).source
    for row in LETTERS.finditer(source):
        other = page.read(path.with_name(f"{row['stem']}.md")).source
        declared = " ".join(DECLARED.findall(other))
        for letter in FORMULA.findall(row["letters"]):
            is_there = letter in declared.split() or f"${letter}$" in other
            if not is_there and " " not in letter:  # p is the product $w x_i$
                yield page.Fault(
                    path,
                    source[: row.start()].count("\n") + 1,
                    f"{row['stem']} is said to have the letter {letter}, and "
                    "has it nowhere",
                    "Name the letters that its formulas have.",
                )
