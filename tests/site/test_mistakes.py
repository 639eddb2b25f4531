"""An author's mistake ends the build with a sentence that helps."""

import shutil

import pytest

PAGE = """---
title: {0}
description: {0}.
---

# {0} {{#{0}}}
"""


@pytest.fixture
def project(root, tmp_path):
    """A small site with the project's own settings and hooks."""
    for path in ("docs/hooks", "docs/overrides", "docs/assets"):
        shutil.copytree(root / path, tmp_path / path)
    shutil.copy(root / "docs/words.txt", tmp_path / "docs")
    (tmp_path / "node_modules").symlink_to(root / "node_modules")
    (tmp_path / "snippets/line").mkdir(parents=True)
    (tmp_path / "snippets/line/scratch.py").write_text("w = 1\n")
    settings = (root / "mkdocs.yml").read_text()
    before, rest = settings.split("nav:\n")
    (tmp_path / "mkdocs.yml").write_text(
        f"{before}nav:\n  - index.md\n  - notation.md\n\n"
        + rest[rest.index("theme:") :]
    )
    shutil.copy(root / "mkdocs.en.yml", tmp_path)
    for language in ("zh", "en"):
        (tmp_path / "docs" / language).mkdir()
        for stem in ("index", "notation"):
            page = tmp_path / "docs" / language / f"{stem}.md"
            page.write_text(PAGE.format(stem))
    return tmp_path


def add(path, text):
    """Add lines to a page."""
    path.write_text(path.read_text() + text)


def test_build_without_mistakes_passes(project, build):
    built = build(project / "site", project)
    assert not built.failed, built.log


def test_broken_references_are_named_with_file_and_line(project, build):
    add(
        project / "docs/zh/index.md",
        "\n[gone](gone.md)\n\n![gone](../assets/figures/gone.svg)\n\n"
        "[test](../../tests/gone.py)\n\n[place](#gone)\n",
    )
    (project / "docs/zh/lonely.md").write_text(PAGE.format("lonely"))
    nav = (project / "mkdocs.yml").read_text()
    nav = nav.replace("  - index.md\n", "  - index.md\n  - absent.md\n")
    (project / "mkdocs.yml").write_text(nav)
    line = nav[: nav.index("absent.md")].count("\n") + 1

    built = build(project / "site", project)

    assert built.failed
    for sentence in (
        "docs/zh/index.md:8: contains a link 'gone.md'",
        "docs/zh/index.md:10: contains a link '../assets/figures/gone.svg'",
        "docs/zh/index.md:12: contains a link '../../tests/gone.py'",
        "docs/zh/index.md:14: contains a link '#gone'",
        "docs/zh/lonely.md: has no counterpart; write docs/en/lonely.md",
        f"mkdocs.yml:{line}: the nav names absent.md, which is not there; "
        "write docs/zh/absent.md, or take the entry out.",
        "mkdocs.yml: the nav lacks lonely.md of docs/zh; add it there.",
    ):
        assert sentence in built.log


def test_missing_include_is_named_with_file_and_line(project, build):
    add(
        project / "docs/en/index.md",
        '\n```python\n--8<-- "line/scrach.py"\n```\n',
    )
    built = build(project / "site", project)
    assert built.failed
    assert "docs/en/index.md:9: " in built.log
    assert "line/scratch.py" in built.log
    assert "Traceback" not in built.log


def test_missing_mathjax_is_named(project, build):
    (project / "node_modules").unlink()
    built = build(project / "site", project)
    assert built.failed
    assert "make site" in built.log
