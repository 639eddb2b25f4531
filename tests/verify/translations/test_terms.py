import pytest

import page
from verify.project import ROOT
from verify.translations.sequence import blocks
from verify.translations.terms import read_terms, unequal, wrong_words

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
    return blocks(page.reader(ROOT).read(ROOT / "zh.md", text))


def en(text):
    return blocks(page.reader(ROOT).read(ROOT / "en.md", text))


TERMS = read_terms(zh(ZH), en(EN))


def wrong(chinese, english, terms=TERMS):
    return list(wrong_words(zh(chinese), en(english), terms))


def test_the_table_is_read():
    assert [term.word for term in TERMS[0]] == ["学习率", "轮"]
    assert [term.word for term in TERMS[1]] == ["learning rate", "epoch"]
    assert TERMS[0][0].avoided == ("步长", "学习速率")
    assert TERMS[0][1].avoided == ()
    assert not list(unequal(TERMS))


def test_both_glossaries_agree_on_the_same_terms():
    zh_glossary = zh(ZH.replace("| epoch", "| round"))
    (said,) = unequal(read_terms(zh_glossary, en(EN)))
    assert "('轮', 'round'), the English ('轮', 'epoch')" in said


def test_an_avoided_word_is_found_with_its_line():
    (found,) = wrong("一\n\n步长是 1", "a")
    assert found.startswith("zh.md:3: '步长': the agreed term is '学习率'")
    (found,) = wrong("一", "a\n\n- b\n- **Step\n  sizes**")
    assert found.startswith("en.md:5: 'Step\\n  size'")


@pytest.mark.parametrize(
    "text",
    [
        *("`步长`", "$步长$", "<!-- 步长 -->", "```text\n步长\n```", "“步长”"),
        "一[^a]\n\n[^a]: 步长",
    ],
)
def test_code_formulas_comments_quotations_and_footnotes_are_no_prose(text):
    assert not wrong(text, "a")


def test_a_word_inside_an_agreed_term_is_that_term():
    terms = read_terms(zh(ZH), en(EN.replace("step size", "rate")))
    assert not wrong("学习率", "The learning rate", terms)
    assert wrong("学习率", "The learning rate is a rate", terms)


def test_a_character_in_another_word_is_no_term():
    assert not wrong("齿轮", "It")
    assert wrong("一轮", "It")


def test_a_term_that_only_one_language_has_is_named_with_its_place():
    assert wrong("学习率", "It") == [
        "zh.md:1: '学习率' stands here, but 'learning rate' nowhere on the "
        "page of the other language"
    ]
    (found,) = wrong("它", "Epochs")
    assert found.startswith("en.md:1: 'epoch' stands here, but '轮' nowhere")
