"""Each operator plants the faults of its kind, one at a time."""

import ast

import pytest

import page
from verify.mutation import mutants
from verify.reading import Reading

CODE = '''"""A docstring with 1 number."""


def step(w, lr=0.5):
    w -= lr * (w - 2)
    if w < 0:
        print(-w)
    return w @ w
'''
PAGE = """\
---
title: A page
---

# A page {#page}

A sentence with $w_i$ and a [link](chain_rule.md#nudge).

- The first item
- The second item

| a | b |
|---|---|
| 1 | 2.5<!-- = b --> |

```python
print(w)
#> 1.25
```

```text
shape (3, 4)
```
"""


def faults(edits, source):
    return {f"{source[a:b]} → {new}" for a, b, new in edits}


def texts(edits, source):
    return [source[:a] + new + source[b:] for a, b, new in edits]


@pytest.fixture
def planted(book):
    """A function that returns a page with each fault of an operator."""

    def planted(operator, text=PAGE):
        found = operator(Reading.of(page.read(book.page(text))))
        return texts(found, text)

    return planted


def test_numbers_operators_signs_and_statements_of_code_are_changed():
    found = faults(mutants.code(CODE), CODE)
    assert found >= {
        "0.5 → 2.0",
        "2 → 3",
        "* → /",
        "- → +",
        "< → >=",
        "@ → *",
        "w -= lr * (w - 2) → pass",
        "print(-w) → pass",
    }
    assert not any("docstring" in fault for fault in found)


@pytest.mark.parametrize("text", texts(mutants.code(CODE), CODE))
def test_code_stays_code_and_changes_in_one_line(text):
    ast.parse(text)
    pairs = zip(CODE.split("\n"), text.split("\n"), strict=True)
    assert sum(a != b for a, b in pairs) == 1


def test_a_star_before_arguments_is_no_operator():
    assert list(mutants.code("f(*x)\n"))[:-1] == []


def test_shapes_beside_code_get_another_dimension():
    source = "# (n,)\nx = y  # z, (n,)\nz = x  # (x + 1) y\nw = 1  # ()\n"
    found = texts(mutants.comments(source), source)
    assert found == [
        source.replace("z, (n,)", "z, (2, n,)"),
        source.replace("()", "(2, )"),
    ]


def test_derivatives_beside_code_get_another_variable():
    source = "dz = e  # dl/dz\nreturn g  # dl/dw, dl/db\nt = 1  # dl/t of\n"
    found = texts(mutants.comments(source), source)
    assert found == [
        source.replace("dl/dz", "dl/dz2"),
        source.replace("dl/db", "dl/db2"),
    ]


def test_formulas_beside_code_get_another_operator():
    source = "e = f(w)  # z - y, (n,)\nr = s  # s / sqrt(S)\nk = 1  # km\n"
    assert faults(mutants.comments(source), source) == {
        "- → +",
        "/ → *",
        " → 2, ",
    }


def test_outputs_are_changed_in_comments_and_in_fences(planted):
    first, second = planted(mutants.outputs)
    assert "#> 1.20" in first
    assert "shape (3, 9)" in second


def test_a_number_that_is_tied_to_code_is_changed(planted):
    (text,) = planted(mutants.numbers)
    assert "| 1 | 2.0<!-- = b --> |" in text


def test_a_number_that_has_a_source_is_changed(planted):
    text = "- About 67 km/s<!-- source: [^p] -->.\n"
    assert text.replace("67", "62") in planted(mutants.translations, text)
    text = text.replace("67", "70")
    assert text.replace("70", "77") in planted(mutants.translations, text)


def test_what_stands_in_a_sample_of_markdown_is_no_output(planted):
    sample = f"````markdown\n{PAGE}````\n"
    assert planted(mutants.outputs, sample) == []
    assert planted(mutants.numbers, sample) == []


def test_a_page_is_made_to_differ_from_its_counterpart(planted):
    found = planted(mutants.translations)
    for old, new in {
        "{#page}": "{#page-x}",
        "#nudge": "#nudge-x",
        "chain_rule.md": "notation.md",
        "$w_i$": "$w_i'$",
        "- The first item\n": "",
        "| 1 | 2.5<!-- = b --> |\n": "",
        "A sentence with $w_i$ and a [link](chain_rule.md#nudge).\n": "",
    }.items():
        assert PAGE.replace(old, new) in found
