import os
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from page import reader
from receipts import (
    code_digests,
    equation_digests,
    read_report,
    totals,
    with_marks,
)
from verify.project import ROOT
from verify.receipts import digests

PAGE = """
```python
w = 1
```

```python
print(w)
```

```text
1
```

<!-- math: define -->

$$
z = w x
$$
"""
NOTATION = "| $w$ | weight | `real` |"


def render(text):
    return reader(ROOT).html(text)


@pytest.fixture
def report():
    """Return the report of a run that has passed all of the page."""
    html = render(PAGE)
    digests = [("code", each) for each in code_digests(html)]
    digests += [
        ("equation", each) for each in equation_digests(html, PAGE, NOTATION)
    ]
    return {
        "versions": {"python": "3.11.7", "torch": "2.13.0"},
        "checks": [
            {"kind": kind, "digest": digest, "result": "passed"}
            for kind, digest in digests
        ],
    }


def marks(report, text=PAGE, notation=NOTATION):
    html = with_marks(render(text), text, notation, report, "en")
    return html.count('class="receipt"')


def test_all_that_has_passed_carries_a_mark(report):
    assert marks(report) == 3


def test_a_build_without_a_report_shows_none(tmp_path):
    assert marks(read_report(tmp_path / "none.json")) == 0


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("w = 1", "w = 2", 1),  # the second block needs the first
        ("print(w)", "print(w )", 2),
        ("```text\n1", "```text\n2", 2),
        ("z = w x", "z = x w", 2),
        ("math: define", "math: verify", 2),
    ],
)
def test_what_has_changed_since_loses_its_mark(report, old, new, left):
    assert marks(report, PAGE.replace(old, new)) == left


def test_an_equation_loses_its_mark_when_a_symbol_changes(report):
    assert marks(report, notation=NOTATION.replace("real", "size")) == 2


@pytest.mark.parametrize("result", ["failed", "skipped"])
def test_what_has_not_passed_earns_no_mark(report, result):
    for check in report["checks"]:
        check["result"] = result
    assert marks(report) == 0


def test_the_totals_count_each_kind(report):
    report["checks"][0]["result"] = "failed"
    table = BeautifulSoup(totals(report, "en"), "lxml")
    rows = [[cell.text for cell in row("td")] for row in table("tr")]
    assert ["code blocks", "1", "0", "1"] in rows


def test_a_quoted_mistake_is_not_marked_as_right(report):
    report["checks"][-1]["kind"] = "wrong"
    html = with_marks(render(PAGE), PAGE, NOTATION, report, "en")
    assert 'role="img">✗</span>' in html
    assert 'role="img">✓</span>' not in html


@pytest.mark.parametrize(
    ("around", "left"),
    [
        ("## Exercise {#exercise-1}\n\n%s", 2),
        ("## Exercise {#exercise-1}\n\n??? success\n\n    %s", 3),
        ("## Exercise {#exercise-1}\n\n## More {#more}\n\n%s", 3),
    ],
)
def test_a_mark_does_not_answer_an_exercise(report, around, left):
    equation = PAGE[PAGE.index("<!-- math: define") :].strip()
    inside = equation.replace("\n", "\n    ") if "???" in around else equation
    text = PAGE.replace(equation, around % inside)
    assert marks(report, text) == left


def test_a_formula_that_the_site_shows_as_text_earns_no_page_marks(tmp_path):
    path = tmp_path / "line.md"
    path.write_text(PAGE.replace("\n\n$$", "\n\nwith\n$$"), "utf-8")
    (tmp_path / "notation.md").write_text(NOTATION, "utf-8")
    assert {kind for kind, _ in digests(path).values()} == {"code"}


def test_a_report_that_cannot_be_written_hides_no_result():
    test = "tests/site/test_hooks.py::test_messages_of_others_stay_as_they_are"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", test],
        cwd=ROOT,
        env=os.environ | {"RECEIPTS": "LICENSE/receipts.json"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "No report of this run was left: LICENSE/rec" in done.stdout
    assert "1 passed" in done.stdout
    assert done.returncode == 0
