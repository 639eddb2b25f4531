import pytest

from verify.translations import check

pytestmark = pytest.mark.kind("translation")


@pytest.mark.parametrize("name", check.pages())
def test_both_languages_have_the_same_structure(name):
    problems = check.structure(name)
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize("name", check.pages())
def test_neither_page_has_changed_since_both_were_compared(name):
    problems = check.fresh(name)
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize("name", check.pages())
def test_both_languages_keep_to_the_agreed_terms(name):
    problems = check.words(name)
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize("name", check.pages())
def test_the_chinese_page_is_set_as_chinese_is_set(name):
    problems = check.typesetting(name)
    assert not problems, "\n" + "\n".join(problems)
