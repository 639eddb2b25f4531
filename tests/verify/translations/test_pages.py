import pytest

from verify.faults import expect_none
from verify.translations.freshness import staleness
from verify.translations.parity import EN, ZH, pages, pair
from verify.translations.sequence import differences
from verify.translations.terms import read_terms, unequal, wrong_words
from verify.translations.typography import mistakes

pytestmark = pytest.mark.kind("translation")
GLOSSARY = "glossary.md"
# These two pages are about words: they quote what others avoid.
ABOUT_WORDS = (GLOSSARY, "changes.md")


@pytest.mark.parametrize("name", pages())
def test_both_languages_have_the_same_structure(name):
    expect_none(differences(*pair(name)))


@pytest.mark.parametrize("name", pages())
def test_neither_page_has_changed_since_both_were_compared(name):
    expect_none([staleness(ZH / name, EN / name)])


@pytest.mark.parametrize("name", pages())
def test_both_languages_keep_to_the_agreed_terms(name):
    terms = read_terms(*pair(GLOSSARY))
    if name == GLOSSARY:
        expect_none(unequal(terms))
    elif name not in ABOUT_WORDS:
        expect_none(wrong_words(*pair(name), terms))


@pytest.mark.parametrize("name", pages())
def test_the_chinese_page_is_set_as_chinese_is_set(name):
    expect_none(mistakes(pair(name)[0]))
