"""What the READMEs and the page Contributing tell an author is so."""

import ast
import re
from pathlib import Path

import pytest
from pymdownx import snippets

from verify.project import ROOT
from verify.translations.sequence import numbers

READMES = ("README.md", "README.zh.md")
GUIDES = (*READMES, "CONTRIBUTING.md", "docs/zh/contributing.md")
FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"(?:^|`)make ([\w./-]+)", re.MULTILINE)
TARGET = re.compile(r"^([\w./-]+):(?!=)", re.MULTILINE)


def read(place):
    return (ROOT / place).read_text(encoding="utf-8")


def commands(place):
    """Return the commands in the blocks of a text, without their comments."""
    lines = "".join(FENCE.findall(read(place))).splitlines()
    return [line.partition("#")[0].strip() for line in lines]


@pytest.mark.parametrize("guide", GUIDES)
def test_each_command_of_make_is_there(guide):
    named = set(COMMAND.findall(read(guide)))
    assert named
    assert named <= set(TARGET.findall(read("Makefile")))


def test_both_readmes_name_the_same_commands_and_files():
    chinese, english = map(read, READMES[::-1])
    assert commands(READMES[0]) == commands(READMES[1])
    files = [
        sorted(CODE.findall(text))
        for text in (chinese, english.replace("<page>", "<页面>"))
    ]
    assert files[0] == files[1]


def test_both_readmes_have_the_same_numbers_and_the_same_links():
    chinese, english = map(read, READMES[::-1])
    for found in (numbers, re.compile(r"\]\(([^)]+)\)").findall):
        texts = [
            found(text.replace("/zh/", "/en/").replace(".zh.md", ".md"))
            for text in (chinese, english)
        ]
        assert sorted(texts[0]) == sorted(texts[1])


@pytest.mark.parametrize(
    "guide", [*GUIDES, "docs/en/contributing.md", "CITATION.cff"]
)
def test_the_licences_are_those_of_their_files(guide):
    text = read(guide)
    assert "Attribution-ShareAlike 4.0 " in read("LICENSE-docs")
    assert read("LICENSE").startswith("MIT License")
    assert {*re.findall(r"CC[ -]BY-SA[ -]([\d.]*\d)", text)} <= {"4.0"}


def test_the_version_to_cite_is_that_of_the_project():
    cited = re.search(r"^version: (.*)$", read("CITATION.cff"), re.M)[1]
    assert f'\nversion = "{cited}"\n' in read("pyproject.toml"), (
        f"CITATION.cff: {cited} is not the version in pyproject.toml"
    )


def test_each_place_that_a_readme_names_is_there():
    rows = [row for row in read("README.md").splitlines() if row[:3] == "| `"]
    named = CODE.findall("\n".join(row.split("|")[1] for row in rows))
    assert len(named) > 8
    for place in named:
        assert (ROOT / place.replace("<page>", "gradient_descent")).exists()


def test_without_make_the_checks_are_those_of_make():
    recipe = re.search(r"^test:.*\n((?:\t.*\n)+)", read("Makefile"), re.M)[1]
    for tool in ("ruff check", "ruff format --check", "pytest"):
        assert f"$(BIN)/{tool}" in recipe
        assert any(line.startswith(tool) for line in commands("README.md"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_message_in_the_table_is_one_that_an_author_can_get(language):
    text = read(f"docs/{language}/contributing.md")
    table = text.partition("{#messages}")[2].partition("\n## ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| `")]
    quoted = CODE.findall("\n".join(row.split("|")[1] for row in rows))
    said = messages()
    assert len(quoted) > 20
    for message in quoted:
        pattern = ".*".join(map(re.escape, message.split("…")))
        assert any(re.search(pattern, each, re.DOTALL) for each in said), (
            f"no check says {message!r}"
        )


def messages():
    """Return the strings in the code of the checks, without their values.

    What cannot be included, the extension tells that includes it.
    """
    files = [*ROOT.glob("tests/verify/**/*.py"), *ROOT.glob("docs/**/*.py")]
    files.append(Path(snippets.__file__))
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in files
        if not path.name.startswith("test_")
    ]
    return [
        string
        for tree in trees
        for node in ast.walk(tree)
        if (string := text_of(node))
    ]


def text_of(node):
    if isinstance(node, ast.JoinedStr):
        return "…".join(
            part.value
            for part in node.values
            if isinstance(part, ast.Constant)
        )
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""
