"""The rule of the stem: one name finds a chapter's pages, code and tests."""

import pytest

import page
from verify import structure
from verify.built import escaped_block
from verify.faults import expect_none
from verify.project import LANGUAGES, pages


@pytest.mark.parametrize(
    "rule",
    [
        structure.missing_counterparts,
        structure.heading_faults,
        structure.front_matter_faults,
        structure.snippet_faults,
        structure.stale_names,
        structure.orphan_tests,
        structure.chapter_faults,
    ],
    ids=lambda rule: rule.__name__,
)
def test_the_project_keeps_the_rule(rule):
    expect_none(rule())


@pytest.mark.parametrize(
    "path",
    [path for language in LANGUAGES for path in pages(language)],
    ids=page.shown,
)
def test_readers_see_the_blocks_that_are_run(path):
    expect_none([escaped_block(path)])
