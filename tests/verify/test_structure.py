"""The rules of the stem: a fault is planted in a small book, and is named."""

import pytest

import page
from page import Fault
from verify import rules, structure
from verify.translations.sequence import blocks, differences

ZH = """---
title: 线
description: 一句话。
---
# 线 {#line}

## 问题 {#question}
"""
EN = """---
title: Line
description: A sentence.
---
# Line {#line}

## Question {#question}
"""


@pytest.fixture
def chapter(book):
    """A book with one chapter that keeps all rules."""
    (book.root / "docs/assets/figures/line").mkdir(parents=True)
    include = '\n```python\n--8<-- "line/scratch.py"\n```\n'
    book.page(ZH + include)
    book.page(EN + include, "en/line")
    book.write("snippets/line/scratch.py", "w = 1\n")
    book.write("snippets/line/figure.py", "")
    book.write("tests/line/test_scratch.py", "")
    book.write("tests/line/test_figure.py", "")
    return book


def told(rule, book):
    """Return what a rule for the project, or for each page, finds."""
    if rule.__module__ == "verify.rules":
        paths = [*book.root.glob("docs/zh/*.md")]
        paths += book.root.glob("docs/en/*.md")
        read = map(page.read, paths)
        return [
            str(Fault(each.path, *found))
            for each in read
            for found in rule(each)
        ]
    return [str(fault) for fault in rule(book.root)]


RULES = [
    structure.files,
    structure.unseen,
    rules.unsaid,
    rules.headings,
    rules.names,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_chapter_that_keeps_the_rules_passes(rule, chapter):
    assert told(rule, chapter) == []


def test_a_page_without_its_counterpart_is_named(chapter):
    (chapter.root / "docs/en/line.md").unlink()
    (fault,) = told(structure.files, chapter)
    assert fault.startswith("docs/zh/line.md:1: there is no docs/en/line.md")


def test_a_notebook_needs_its_counterpart_too(chapter):
    chapter.write("docs/en/lab.ipynb", "{}")
    (fault,) = told(structure.files, chapter)
    assert "there is no docs/zh/lab.ipynb" in fault


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("## 直觉", "has no id"),
        ("## 直觉 {.x}", "has no id"),
        ("### 又 {#question}", "the id question stands on this page already"),
    ],
)
def test_a_heading_without_its_own_id_is_named(chapter, heading, what):
    for text, name in ((ZH, "zh/line"), (EN, "en/line")):
        chapter.page(f"{text}\n{heading}\n", name)
    faults = told(rules.headings, chapter)
    assert [what in fault for fault in faults] == [True, True]
    assert faults[0].startswith("docs/zh/line.md:9: ")


def test_a_heading_that_is_underlined_has_another_id_in_each_language(chapter):
    zh = chapter.page(f"{ZH}\n直觉\n----\n")
    en = chapter.page(f"{EN}\nIntuition\n----\n", "en/line")
    (said,) = differences(*(blocks(page.read(path)) for path in (zh, en)))
    assert "link #_1" in said


def test_a_page_without_headings_is_named(chapter):
    chapter.page("一句话。\n")
    chapter.page("One sentence.\n", "en/line")
    faults = told(rules.headings, chapter)
    assert ["the page has no heading" in each for each in faults] == [True] * 2


def test_what_only_looks_like_a_heading_is_none(chapter):
    chapter.page(ZH + "\n```bash\n# 注释\n```\n\n| a |\n|---|\n| b |\n\n---\n")
    assert told(rules.headings, chapter) == []


def test_the_first_heading_is_named_after_the_page(chapter):
    for text, name in ((ZH, "zh/line"), (EN, "en/line")):
        chapter.page(text.replace("{#line}", "{#lien}"), name)
    faults = told(rules.headings, chapter)
    assert "Begin with # 线 {#line}." in faults[0]
    assert "Begin with # Line {#line}." in faults[1]


def test_the_first_heading_is_the_title(chapter):
    chapter.page(ZH.replace("# 线", "# 面"))
    (fault,) = told(rules.headings, chapter)
    assert fault == (
        "docs/zh/line.md:5: the first heading is not the page's\n"
        "    Begin with # 线 {#line}."
    )


def test_front_matter_is_complete(chapter):
    chapter.page(ZH.replace("title: 线\n", ""))
    (fault,) = told(rules.unsaid, chapter)
    assert "docs/zh/line.md:1: this page has no title" in fault


def test_front_matter_that_is_no_yaml_is_not_told_twice(chapter):
    chapter.page(ZH.replace("一句话。", "一: 句: 话"))
    assert told(rules.unsaid, chapter) == []
    assert told(rules.headings, chapter) == []
    (fault,) = page.read(chapter.root / "docs/zh/line.md").faults
    assert "docs/zh/line.md:3: the front matter cannot be read" in str(fault)


def test_a_snippet_without_a_test_or_a_page_is_named(chapter):
    chapter.write("snippets/line/concise.py", "w = 1\n")
    faults = [
        *told(structure.files, chapter),
        *told(structure.unseen, chapter),
    ]
    assert [fault.splitlines()[0] for fault in faults] == [
        "snippets/line/concise.py:1: there is no tests/line/test_concise.py",
        "snippets/line/concise.py:1: no page shows this file",
    ]


@pytest.mark.parametrize("ending", ["csv", "csv.gz"])
def test_data_is_linked(chapter, ending):
    chapter.write(f"snippets/data/hubble.{ending}", "x,y\n")
    (fault,) = told(structure.unseen, chapter)
    assert "no page shows this file" in fault
    chapter.page(ZH + f"\n[表](../../snippets/data/hubble.{ending})\n")
    assert "hubble" not in str(told(structure.unseen, chapter))


def test_a_test_of_no_snippet_is_named(chapter):
    chapter.write("tests/line/test_concise.py", "")
    chapter.write("tests/verify/test_page.py", "")
    chapter.write("docs/zh/lab.ipynb", "{}")
    chapter.write("tests/lab/test_lab.py", "")
    other, fault = told(structure.files, chapter)
    assert "there is no docs/en/lab.ipynb" in other
    assert "there is no snippets/line/concise.py" in fault


def test_a_folder_of_no_page_is_named(chapter):
    chapter.write("snippets/lien/scratch.py", "")
    chapter.write("tests/lien/test_scratch.py", "")
    chapter.write("docs/assets/figures/lein/rise.svg", "")
    figure, snippet = told(structure.files, chapter)
    assert "rise.svg:1: there is no docs/zh/lein.md" in figure
    assert "scratch.py:1: there is no docs/zh/lien.md" in snippet


def test_a_name_that_no_code_has_is_named(chapter):
    chapter.page(
        ZH + "\n函数 `fit(x, y)`、`len`、`w`、`np.ravel()`、`x + y`。\n"
    )
    assert told(rules.names, chapter) == [
        "docs/zh/line.md:9: nothing on this page or in snippets/ is called "
        "fit\n    Call it as the code does; write a name of another library "
        "with its module, as in torch.nn.Linear."
    ]
    chapter.page(ZH + "\n```python\ndef fit(x, y): ...\n```\n\n`fit(x, y)`\n")
    assert told(rules.names, chapter) == []


@pytest.mark.parametrize(
    "name", ["np.remove(x, i)", "w.gradient", "torch.nograd"]
)
def test_a_name_that_its_library_has_not_is_named(chapter, name):
    chapter.page(f"{ZH}\n函数 `{name}`。\n")
    (fault,) = told(rules.names, chapter)
    assert f"is called {name.partition('(')[0]}\n" in fault


@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("见[^a]。\n", "text"),
        ("见。\n\n[^a]: 书。\n", "sentence that calls it"),
    ],
)
def test_a_footnote_without_a_call_or_a_text_is_named(chapter, text, lack):
    chapter.page(f"{ZH}\n{text}")
    (fault,) = told(rules.footnotes, chapter)
    assert f"the footnote a has no {lack}\n" in fault
