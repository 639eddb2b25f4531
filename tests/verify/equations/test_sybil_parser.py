"""pytest checks the equations of pages: an item for each."""

import re
import sys

import pytest

from verify.conftest import Book
from verify.project import ROOT

PAGE = r"""
# A line {#line}

<!-- math: symbols
u v : real
-->

$$
(u + v)^2 = u^2 + 2 u v + v^2
$$

With $u = 0$ we get

$$
(u + v)^2 = v^2
$$

| case | value |
|---|---|
| one | $|u|$ |

<!-- math: wrong -->

and no equation.
"""


@pytest.fixture
def book(pytester, monkeypatch):
    """Return a book whose pages pytest runs as it does the project's."""
    # Else pytest takes the project's own, which reads the project's pages.
    monkeypatch.delitem(sys.modules, "docs.conftest", raising=False)
    book = Book(pytester.path)
    book.write(
        "docs/conftest.py", (ROOT / "docs/conftest.py").read_text("utf-8")
    )
    book.write(
        "pytest.ini",
        """
        [pytest]
        addopts = --strict-markers --import-mode=importlib -v -rs
        markers = cuda: needs a GPU
        """,
    )
    book.page(PAGE)
    return book


def test_each_equation_is_an_item(book, pytester):
    result = pytester.runpytest_inprocess(
        "docs", "-k", "equation or comment or shown"
    )
    said = str(result.stdout)
    lines = re.findall(
        r"^docs/zh/line.md::(line-\d+ (?:equation|\(comment\)|formulas)).* "
        r"(PASSED|FAILED|SKIPPED)",
        said,
        re.M,
    )
    assert lines == [
        ("line-1 formulas", "FAILED"),
        ("line-7 equation", "PASSED"),
        ("line-11 equation", "PASSED"),
        ("line-13 equation", "FAILED"),
        ("line-21 (comment)", "FAILED"),
    ]
    assert "docs/zh/line.md:14: this step does not hold: … = v^2" in said
    assert "counter-example: " in said
    assert "docs/zh/line.md:19: readers do not see this as a formula" in said
    assert "docs/zh/line.md:21: no equation follows this comment" in said
