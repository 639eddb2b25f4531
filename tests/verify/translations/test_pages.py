import pytest

from verify.faults import expect_none
from verify.translations import parity

pytestmark = pytest.mark.kind("translation")


@pytest.mark.parametrize("name", parity.pages())
def test_both_languages_have_the_same_structure(name):
    expect_none(parity.structure(name))


@pytest.mark.parametrize("name", parity.pages())
def test_neither_page_has_changed_since_both_were_compared(name):
    expect_none(parity.fresh(name))


@pytest.mark.parametrize("name", parity.pages())
def test_both_languages_keep_to_the_agreed_terms(name):
    expect_none(parity.words(name))


@pytest.mark.parametrize("name", parity.pages())
def test_the_chinese_page_is_set_as_chinese_is_set(name):
    expect_none(parity.typesetting(name))
