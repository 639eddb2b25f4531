"""pytest runs the pages: whole, in part, with a GPU and without one."""

import re
import subprocess
import sys

import pytest

# Importing torch anew in each of pytest's runs would crash it.
import verify.cuda_on_cpu  # noqa: F401
from verify import receipts
from verify.conftest import Book
from verify.cuda_on_cpu import cuda_on_cpu
from verify.project import ROOT
from verify.reading import Reading

PAGE = """
# 页 {#line}

```python
w = 454.158
print(w)
#> 454.158
```

斜率 454<!-- = w -->，截距 −40.8。

```python
w += 1
```

```{.python .cuda}
import torch
v = torch.tensor([w, 24], device="cuda")
print(f"{v.sum().item():.3f}")
#> 479.158
```

```python
n = 24
print("v" in globals())
#> False
```

```{.python .cuda}
print(len(v), n, "v" in globals())
#> 2 24 True
```
"""


@pytest.fixture
def pages(pytester, monkeypatch):
    """A book whose pages pytest runs as it does the project's, on a CPU."""
    monkeypatch.setattr(Reading, "has_gpu", False)
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


@pytest.fixture
def run(pytester):
    """Return a function that runs pytest on the book.

    It returns what became of each item, and all that was said.
    """

    def run(*arguments):
        result = pytester.runpytest_inprocess(*arguments or ["docs"])
        said = str(result.stdout)
        lines = re.findall(r"^docs/(.*?) (PASSED|FAILED|SKIPPED)", said, re.M)
        return dict(lines), said

    return run


def test_all_of_a_page_is_run_in_items_called_by_line(pages, run):
    items, said = run()
    assert items == {
        "zh/line.md::line-1 formulas as shown": "PASSED",
        "zh/line.md::line-3": "PASSED",
        "zh/line.md::line-9 (fault)": "FAILED",
        "zh/line.md::line-9 = w": "PASSED",
        "zh/line.md::line-11": "PASSED",
        "zh/line.md::line-15": "SKIPPED",
        "zh/line.md::line-15 (on the CPU)": "PASSED",
        "zh/line.md::line-22": "PASSED",
        "zh/line.md::line-28": "SKIPPED",
        "zh/line.md::line-28 (on the CPU)": "PASSED",
    }
    assert "needs CUDA" in said
    assert "docs/zh/line.md:9: nothing says where −40.8 is from" in said
    assert "Traceback" not in said
    assert "def evaluate" not in said
    assert "another exception" not in said


def test_one_item_alone_runs_what_comes_before_it(pages, run):
    items, _ = run("docs", "-k", "line-28 and CPU")
    assert items == {"zh/line.md::line-28 (on the CPU)": "PASSED"}
    items, _ = run("docs/zh/line.md::line-9 = w")
    assert "PASSED" in items.values()


def test_cuda_blocks_alone_are_selected_and_skipped_without_a_gpu(pages, run):
    items, said = run("docs", "-m", "cuda")
    assert items == {
        "zh/line.md::line-15": "SKIPPED",
        "zh/line.md::line-28": "SKIPPED",
    }
    assert "needs CUDA" in said


def test_cuda_blocks_alone_run_on_a_gpu_after_what_they_need(
    pages, run, monkeypatch
):
    monkeypatch.setattr(Reading, "has_gpu", True)
    with cuda_on_cpu():
        items, _ = run("docs", "-m", "cuda")
    assert set(items.values()) == {"PASSED"}
    assert len(items) == 2
    items, _ = run("docs", "-k", "CPU")
    assert set(items.values()) == {"PASSED"}


def test_a_typo_in_a_cuda_block_is_found_without_a_gpu(pages, run):
    text = (pages.root / "docs/zh/line.md").read_text("utf-8")
    pages.page(text.replace("torch.tensor", "torch.tensr"))
    items, said = run("docs", "-k", "CPU")
    assert items["zh/line.md::line-15 (on the CPU)"] == "FAILED"
    assert "docs/zh/line.md:17: this block raises AttributeError" in said


def test_a_plain_block_cannot_use_what_a_cuda_block_made(pages, run):
    pages.page("```{.python .cuda}\nv = 1\n```\n\n```python\nv\n```\n")
    items, said = run("docs", "-k", "line-5")
    assert items == {"zh/line.md::line-5": "FAILED"}
    assert "NameError: name 'v' is not defined" in said


def test_what_follows_a_block_that_fails_is_told_in_one_line(pages, run):
    text = (pages.root / "docs/zh/line.md").read_text("utf-8")
    pages.page(text.replace("w += 1", "w += v"))
    items, said = run("docs")
    later = [name for name, word in items.items() if word == "SKIPPED"]
    assert items["zh/line.md::line-11"] == "FAILED"
    assert later == [
        "zh/line.md::line-15",
        "zh/line.md::line-15 (on the CPU)",
        "zh/line.md::line-22",
        "zh/line.md::line-28",
        "zh/line.md::line-28 (on the CPU)",
    ]
    reason = "docs/zh/line.md: not run, since the block at line 11 fails"
    assert [line for line in said.splitlines() if reason in line] == [
        next(line for line in said.splitlines() if "SKIPPED [3]" in line)
    ]


def test_a_number_that_waits_for_a_block_that_fails_is_not_told(pages, run):
    pages.page("1<!-- = v -->\n\n```python\nv = w\n```\n")
    items, _ = run("docs")
    assert items["zh/line.md::line-1 = v"] == "SKIPPED"
    assert items["zh/line.md::line-3"] == "FAILED"


def test_a_fault_of_a_block_is_told_before_what_is_not_run(pages, run):
    pages.page('```python\n--8<-- "no.py"\n```\n\n```python\n1\n```\n')
    items, _ = run("docs")
    assert items == {
        "zh/line.md::line-1 formulas as shown": "PASSED",
        "zh/line.md::line-1": "FAILED",
        "zh/line.md::line-5": "SKIPPED",
    }


def test_a_run_of_what_follows_a_fault_is_not_green(pages, run):
    pages.page("```python\nv\n```\n\n```python\n1\n```\n\n2<!-- = v -->\n")
    items, said = run("docs", "-k", "line-5")
    assert items == {"zh/line.md::line-5": "FAILED"}
    assert "docs/zh/line.md:2: this block raises NameError" in said
    items, _ = run("docs", "-k", "line-9")
    assert items == {"zh/line.md::line-9 = v": "FAILED"}


def found(pytester):
    """Run pytest on the book; return what the report of it says."""
    done = pytester.inline_run("docs")
    reports = done.getreports("pytest_runtest_logreport")
    told = [each for each in reports if each.when == "call" or each.skipped]
    return receipts.found(told, receipts.tree())


def test_what_is_not_run_earns_no_mark(pages, pytester):
    blocks = (f"```python\n{code}\n```\n\n" for code in ("1", "v", "2"))
    pages.page("".join(blocks))
    report = found(pytester)
    assert report["marks"]["docs/zh/line.md"]["blocks"] == ["code", "", ""]
    assert report["counts"]["code"] == {
        "passed": 1,
        "failed": 1,
        "skipped": 1,
    }


def test_the_marks_of_a_page_stand_in_order(pages, pytester):
    pages.page(
        """
        <!-- math: symbols w : real -->

        <!-- math: wrong -->

        $$
        (w + 1)^2 = w^2 + 1
        $$

        ```{.python .cuda}
        w = 1
        ```

        $w = w$<!-- math: verify -->

        $$
        w = w
        $$

        ```python
        w = 2
        ```
        """
    )
    assert found(pytester)["marks"] == {
        "docs/zh/line.md": {
            "blocks": ["shim", "code"],
            "formulas": ["wrong", "equation"],
        }
    }


def test_collecting_pages_does_not_import_torch():
    code = (
        "import pytest, sys; "
        "pytest.main(['docs/zh/cuda.md', '--collect-only', '-q', "
        "'-p', 'no:cacheprovider']); sys.exit('torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout[-500:]
    assert "line-" in done.stdout


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
def test_a_file_that_is_no_plain_utf_8_is_told_once(pages, run, encoding):
    text = "# 线 {#line}\n"
    (pages.root / "docs/zh/line.md").write_text(text, encoding)
    items, said = run()
    assert items == {}
    assert said.count("docs/zh/line.md:1: this is no plain UTF-8") == 1
    assert "Traceback" not in said
