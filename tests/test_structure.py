"""The rule of the stem: one name finds a chapter's pages, code and tests."""

import pytest

import page
from verify import rules, structure
from verify.faults import expect_none
from verify.project import LANGUAGES, pages


@pytest.mark.parametrize(
    "rule",
    [structure.files, structure.unseen, structure.unseen_figures],
    ids=lambda rule: rule.__name__,
)
def test_the_project_keeps_the_rule(rule):
    expect_none(rule())


@pytest.mark.parametrize(
    "path",
    [path for language in LANGUAGES for path in pages(language)],
    ids=page.shown,
)
def test_a_page_is_in_order(path):
    expect_none(rules.faults(page.read(path)))
