import pytest

import page
from verify.project import ROOT
from verify.translations.terms import (
    avoided_words,
    one_sided_terms,
    read_terms,
)

ZH = """\
| 中文 | 英文 | 含义 | 不用 | 章 |
|---|---|---|---|---|
| 学习率 | learning rate | 步子的大小 | 步长, 学习速率 | [梯度](g.md) |
| 轮 | epoch | 走一遍 | – | [梯度](g.md) |
"""
EN = """\
| Chinese | English | meaning | avoid | chapter |
|---|---|---|---|---|
| 学习率 | learning rate | the size of a step | step size | [g](g.md) |
| 轮 | epoch | once through | rate | [g](g.md) |
"""


def zh(text):
    return page.reader(ROOT).read(ROOT / "zh.md", text)


def en(text):
    return page.reader(ROOT).read(ROOT / "en.md", text)


TERMS = read_terms(zh(ZH), en(EN))


def test_the_table_is_read():
    assert [term.words["zh"] for term in TERMS] == ["学习率", "轮"]
    assert TERMS[0].avoided["zh"] == ("步长", "学习速率")
    assert TERMS[1].avoided["zh"] == ()


def test_an_avoided_word_is_found_with_its_line():
    (found,) = avoided_words(zh("一\n步长是 1"), "zh", TERMS)
    assert found.startswith("zh.md:2: '步长': the agreed term is '学习率'")
    (found,) = avoided_words(en("a\nb\nStep sizes"), "en", TERMS)
    assert found.startswith("en.md:3: 'Step size'")


@pytest.mark.parametrize(
    "text",
    ["`步长`", "$步长$", "<!-- 步长 -->", "```text\n步长\n```", "“步长”"],
)
def test_code_formulas_comments_and_quotations_are_no_prose(text):
    assert not list(avoided_words(zh(text), "zh", TERMS))


def test_a_word_inside_an_agreed_term_is_that_term():
    terms = read_terms(zh(ZH), en(EN.replace("step size", "rate")))
    assert not list(avoided_words(en("The learning rate"), "en", terms))
    assert list(avoided_words(en("The rate"), "en", terms))


def test_a_character_in_another_word_is_no_term():
    assert not list(one_sided_terms(zh("齿轮"), en("It"), TERMS))
    assert list(one_sided_terms(zh("一轮"), en("It"), TERMS))


def test_a_term_that_only_one_language_has_is_named_with_both_pages():
    found = list(one_sided_terms(zh("学习率"), en("It"), TERMS))
    assert found == [
        "zh.md:1: '学习率' stands here, but 'learning rate' nowhere in en.md"
    ]
    found = list(one_sided_terms(zh("它"), en("Epochs"), TERMS))
    assert found == ["en.md:1: 'epoch' stands here, but '轮' nowhere in zh.md"]
