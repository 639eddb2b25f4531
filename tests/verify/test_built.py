"""No Python block of a built page escapes being run, and no formula is raw."""

from dataclasses import replace

import pytest

import page
from verify.equations.pages import unseen
from verify.equations.source import of
from verify.rules import blocks, python_blocks

RUN = """
```python title="a.py"
a = 1
```

!!! note
    ```{.py .cuda}
    if a:

        b = "<é>"
    ```

- 项

    ~~~python3
    c = 3
    ~~~

> ```python
> d = 4
> ```

````markdown
```python
not run
```
````

```{.python .rosetta}
not run here
```

`#!python e`
"""


def test_blocks_that_run_are_those_that_are_seen(book):
    assert list(blocks(page.read(book.page(RUN)))) == []


def test_python_blocks_are_found_in_html(book):
    html = page.read(book.page(RUN)).html
    firsts = [code.split()[0] for code in python_blocks(html)]
    assert firsts == ["a", "if", "c", "d"]


@pytest.mark.parametrize(
    "text",
    [
        "<!--\n```python\na = 1\n```\n-->\n",
        "句\n\n        ```python\n        a = 1\n        ```\n",
    ],
)
def test_a_block_that_runs_unseen_is_named(book, text):
    read = page.read(book.page(f"# 页\n\n{text}"))
    ((_, fault, _),) = blocks(read)
    assert "this is not both run and shown by the site" in fault
    assert "'a = 1'" in fault


def test_an_include_of_what_is_not_there_is_told_by_the_page_alone(book):
    text = '# 页\n\n```python\n--8<-- "line/scatch.py"\n```\n'
    read = page.read(book.page(text))
    assert len(read.faults) == 1
    assert list(blocks(read)) == []


def test_a_block_that_is_seen_and_does_not_run_is_named(book):
    read = replace(page.read(book.page(RUN)), fences=())
    fault, *_ = (what for _, what, _ in blocks(read))
    assert "not both run and shown by the site: 'a = 1'" in fault


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("$$\nz = w x\n$$\n\n- 项\n\n    $$\n    z < \\text{a}\n    $$\n", []),
        ("句\n$$\nz = w x\n$$\n", [2]),
        ("$$\nz = w x\n$$\n\n句 $$z = w x$$ 句\n", [5]),
        ("- 项\n\n  $$\n  z = w x\n  $$\n  句\n", [3]),
    ],
)
def test_a_formula_that_is_shown_as_text_is_named(book, text, line):
    read = page.read(book.page(text))
    assert [fault.line for fault in unseen(read, of(read))][:1] == line
