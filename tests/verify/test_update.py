"""`make update`: what is stale is rewritten, all else stays as it is."""

import pytest

from page import Fault
from verify import update

STALE = """
---
title: 页
---
# 页 {#line}

```python
w = 454.15844
print(f"{w:.2f}")
#> 1.00
```

斜率 1.00<!-- = w -->，$10 w = 1,000.0$<!-- = w * 10 -->。

- 项目

    ```python
    for n in range(2):
        print(n)
        #> 5
    print("好")
    ```

    ```{.python .cuda}
    print(3)
    ```

```python
print(1)
print(2)
```

```text
0
```

```{.python .raises-ValueError}
int("a")
```

```text
ValueError
```
"""

FRESH = """
---
title: 页
---
# 页 {#line}

```python
w = 454.15844
print(f"{w:.2f}")
#> 454.16
```

斜率 454.16<!-- = w -->，$10 w = 4,541.6$<!-- = w * 10 -->。

- 项目

    ```python
    for n in range(2):
        print(n)
        #> 0
        #> 1
    print("好")
    #> 好
    ```

    ```{.python .cuda}
    print(3)
    #> 3
    ```

```python
print(1)
print(2)
```

```text
1
2
```

```{.python .raises-ValueError}
int("a")
```

```text
ValueError: invalid literal for int() with base 10: 'a'
```
"""


def test_what_is_stale_is_rewritten_and_listed(book):
    path = book.page(STALE)
    mended = update.mended(path)
    assert path.read_text("utf-8") == FRESH.lstrip("\n")
    assert [fault.line for fault in mended] == [9, 12, 12, 19, 20, 24, 33, 41]
    assert mended[1].what == (
        "the page says 1.00, and w gives 454.16 (in full 454.15844)"
    )


def test_what_is_right_is_left_alone_byte_for_byte(book):
    path = book.page("")
    # Windows line ends, spaces at line ends, no line end at the end.
    text = FRESH.replace("\n", "\r\n").replace("页", "页 ").rstrip()
    path.write_bytes(text.lstrip().encode())
    before = path.read_bytes()
    stamp = path.stat().st_mtime_ns
    assert update.mended(path) == []
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == stamp


def test_line_ends_stay_as_they_are(book):
    path = book.page("")
    path.write_bytes(b"# A {#line}\r\n\r\n```python\r\nprint(1)\r\n```\r\n")
    assert [fault.line for fault in update.mended(path)] == [4]
    assert path.read_bytes() == (
        b"# A {#line}\r\n\r\n```python\r\nprint(1)\r\n#> 1\r\n```\r\n"
    )


def test_an_output_that_is_no_longer_printed_is_taken_out(book):
    path = book.page("```python\na = 1\n#> 1\n#> 2\n```\n")
    update.mended(path)
    assert path.read_text("utf-8") == "```python\na = 1\n```\n"


def test_outputs_of_included_code_come_after_the_include(book):
    book.write("snippets/line/scratch.py", "print(1)\nprint(2)\n")
    path = book.page(
        '```python\n--8<-- "line/scratch.py"\n\na = 1\nprint(3)\n```\n'
    )
    update.mended(path)
    assert path.read_text("utf-8") == (
        '```python\n--8<-- "line/scratch.py"\n#> 1\n#> 2\n\na = 1\nprint(3)\n'
        "#> 3\n```\n"
    )
    assert update.mended(path) == []


def test_an_output_in_several_places_of_a_loop_is_refused(book):
    path = book.page(
        "```python\nfor n in range(2):\n    print(n)\n    #> 5\n"
        "    print(n)\n    #> 6\n    #> 7\n```\n"
    )
    with pytest.raises(Fault, match=":4: the output of one statement stands"):
        update.mended(path)


def test_what_is_printed_and_what_is_raised_are_rewritten_in_their_places(
    book,
):
    path = book.page(
        "```{.python .raises-KeyError}\nprint(1)\n#> 2\n{}['w']\n```\n\n"
        "```text\nKeyError: 'b'\n```\n"
    )
    update.mended(path)
    assert path.read_text("utf-8") == (
        "```{.python .raises-KeyError}\nprint(1)\n#> 1\n{}['w']\n```\n\n"
        "```text\nKeyError: 'w'\n```\n"
    )


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("print('a\\tb')", "cannot show"),
        ("print('1%\\r2%')", "cannot show"),
        ("print('\\x1b[31mred')", "cannot show"),
        ("import warnings; warnings.warn('x', stacklevel=1)", "UserWarning"),
        ("```\n```{.python .norun}", "unknown mark"),
        ("a = 1\n\n```python\nb = 1", "open"),
    ],
)
def test_a_page_that_cannot_be_trusted_is_left_alone(book, code, what):
    text = f"```python\nprint(1)\n#> 2\n```\n\n```python\n{code}\n```\n"
    path = book.page(text)
    before = path.read_bytes()
    with pytest.raises(Fault, match=what):
        update.mended(path)
    assert path.read_bytes() == before


def test_an_edit_made_meanwhile_is_not_overwritten(book):
    path = book.page("")
    path.write_text(
        "```python\nfrom pathlib import Path\n"
        f"Path({str(path)!r}).write_text('新', 'utf-8')\nprint(1)\n```\n",
        encoding="utf-8",
    )
    with pytest.raises(Fault, match="changed meanwhile"):
        update.mended(path)
    assert path.read_text("utf-8") == "新"


FIGURE = """
def rise():
    from matplotlib import pyplot as plt
    figure, axes = plt.subplots()
    axes.plot([0, 1], [0, {end}])
    return figure
"""


def test_figures_are_made_and_made_again(book, monkeypatch):
    import sys

    book.write("snippets/update_test/figure.py", FIGURE.format(end=1))
    made = book.root / "docs/assets/figures/update_test/rise.svg"
    assert len(update.mended(made)) == 1
    first = made.read_bytes()
    assert update.mended(made) == []
    book.write("snippets/update_test/figure.py", FIGURE.format(end=-12345))
    monkeypatch.delitem(sys.modules, "update_test.figure")
    (fault,) = update.mended(made)
    assert "is not what rise() in snippets/update_test" in fault.what
    assert made.read_bytes() != first


def test_a_chapter_is_its_figures_and_both_its_pages(book):
    book.write("snippets/line/figure.py", "def rise(): ...\n")
    book.page("甲\n")
    book.page("one\n", "en/line")
    assert len(update.files("line", book.root)) == 3
    book.write("docs/en/line.ipynb", "{}")
    assert len(update.files("line", book.root)) == 4
    assert update.files("lien", book.root) == []
    assert update.chapters(book.root) == ["line"]


def test_a_name_of_nothing_is_told(capsys):
    assert update.main(["docs/zh/lien.md"]) == 1
    assert "Nothing is called lien." in capsys.readouterr().err
