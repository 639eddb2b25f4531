import json
import os
import re
import subprocess
import sys

import pytest

import marks
from marks import tree, with_marks, with_results
from page import reader
from verify.conftest import Book
from verify.project import LANGUAGES, ROOT

PAGE = """
```python
import torch
```

```python
print(1)
```

```text
1
```

<!-- math: define -->

$$
z = w x
$$

<!-- math: wrong -->

$$
z = x
$$
"""
PLACE = "docs/en/line.md"
REPORT = {
    "versions": {"Python": "3.11.7", "torch": "2.13.0"},
    "counts": {"code": {"passed": 2, "skipped": 1}},
    "marks": {
        PLACE: {"blocks": ["code", "shim"], "formulas": ["equation", "wrong"]}
    },
}


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


def marked(text=PAGE, **changed):
    marks = {PLACE: REPORT["marks"][PLACE] | changed}
    read = reader(ROOT).read(ROOT / PLACE, text)
    return with_marks(read.html, REPORT | {"marks": marks}, PLACE, "en")


def test_all_that_has_passed_carries_a_mark():
    html = marked()
    assert html.count('class="receipt"') == 4
    version = "Python\N{NO-BREAK SPACE}3.11.7"
    torch = "torch\N{NO-BREAK SPACE}2.13.0"
    assert f"✓ ran just as shown: {version}, {torch}, CPU</p></div>" in html
    assert f"ran on a CPU stand-in: {version}</p></div>" in html
    assert html.count('role="img">✓</span>') == 1
    assert html.count('role="img">✗</span>') == 1


def test_what_has_not_passed_earns_no_mark():
    html = marked(blocks=["code", ""], formulas=["", "wrong"])
    assert html.count('class="receipt"') == 2
    assert "stand-in" not in html
    assert ">✓</span>" not in html


def test_where_the_site_shows_other_blocks_or_formulas_there_are_no_marks():
    html = marked(PAGE.replace("\n\n$$\nz = w", "\n\nwith\n$$\nz = w"))
    assert html.count('class="receipt"') == 2
    assert 'role="img"' not in html


@pytest.mark.parametrize(
    ("around", "left"),
    [
        ("## Exercise {#exercise-1}\n\n%s", 1),
        ("## Exercise {#exercise-1}\n\n??? success\n\n    %s", 2),
        ("## Exercise {#exercise-1}\n\n## Sources {#sources}\n\n%s", 2),
    ],
)
def test_a_mark_does_not_answer_an_exercise(browser, around, left):
    equation = PAGE[PAGE.index("<!-- math: wrong") :].strip()
    inside = equation.replace("\n", "\n    ") if "???" in around else equation
    html = marked(PAGE.replace(equation, around % inside))
    style = (ROOT / "docs/assets/stylesheets/site.css").read_text("utf-8")
    with browser.new_page() as tab:
        tab.set_content(f"<style>{style}</style>{html}")
        tab.locator("details").evaluate_all("all => all.map(e => e.open = 1)")
        assert tab.locator("[role=img]:visible").count() == left


def test_the_totals_count_each_kind():
    text = "[[code passed]] [[code failed]] [[figure passed]] [[versions]]"
    assert with_results(text, REPORT, ", ").startswith("2 0 0 Python\xa03.11")
    assert with_results(text, {}, ", ") == "– – – –"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_row_of_the_totals_counts_a_kind_of_its_own(language):
    text = (ROOT / f"docs/{language}/verified.md").read_text("utf-8")
    rows = re.findall(r"^\| .*\[\[.*$", text, re.MULTILINE)
    found = [re.findall(r"\[\[(\w+) (\w+)\]\]", row) for row in rows]
    kinds = [row[0][0] for row in found]
    assert len({*kinds}) == len(kinds) == 10
    results = "passed", "skipped", "failed"
    assert found == [[(kind, each) for each in results] for kind in kinds]


@pytest.fixture
def report(book):
    """A function that returns the report that counts for a book."""
    book.page(PAGE)
    written = json.dumps({"tree": tree(book.root)})
    book.write("build/receipts.json", written)
    return lambda: marks.report.__wrapped__(book.root)


def test_a_report_counts_for_the_files_that_were_tested(book, report):
    assert report()
    book.write("docs/.line.md.swp", "")
    book.write("tests/__pycache__/line.pyc", "")
    path = book.root / "docs/zh/line.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert report()


@pytest.mark.parametrize(
    "file", ["docs/zh/line.md", "snippets/line/scratch.py", "mkdocs.yml"]
)
def test_a_report_counts_no_more_when_a_file_has_changed(book, report, file):
    book.write(file, "new")
    assert not report()


def test_a_build_without_a_report_shows_no_marks(tmp_path):
    assert not marks.report.__wrapped__(tmp_path)


def run(path, *tests):
    """Run some tests, and let a report of them be written."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *tests],
        cwd=ROOT,
        env=os.environ | {"RECEIPTS": str(path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


TEST = "tests/site/test_hooks.py::test_messages_of_others_stay_as_they_are"


def test_a_run_leaves_a_report_of_its_files(tmp_path):
    path = tmp_path / "receipts.json"
    done = run(path, TEST, "docs/en/preface.md")
    assert done.returncode == 0, done.stdout
    report = json.loads(path.read_text("utf-8"))
    assert report["tree"] == tree()
    assert report["counts"]["test"]["passed"] >= 2
    assert {*report["marks"]["docs/en/preface.md"]["blocks"]} == {"code"}
    assert report["versions"].keys() >= {"Python", "torch"}


def test_a_report_that_cannot_be_written_hides_no_result():
    done = run("LICENSE/receipts.json", TEST)
    assert "No report of this run was left: [Errno" in done.stdout
    assert "1 passed" in done.stdout
    assert done.returncode == 0
