"""Each operator plants the faults of its kind, one at a time."""

import ast

import pytest

from verify.mutation import operators

CODE = '''"""A docstring with 1 number."""


def step(w, lr=0.5):
    w -= lr * (w - 2)
    if w < 0:
        print(-w)
    return w @ w
'''
PAGE = """---
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


def found(mutants):
    return {mutant.fault for mutant in mutants}


def test_numbers_operators_signs_and_statements_of_code_are_changed():
    faults = found(operators.code(CODE))
    assert faults >= {
        "0.5 → 2.0",
        "2 → 3",
        "* → /",
        "- → +",
        "< → >=",
        "@ → *",
        "- → nothing",
        "w -= lr * (w - 2) → pass",
        "print(-w) → pass",
    }
    assert not any("docstring" in fault for fault in faults)


@pytest.mark.parametrize(
    "mutant", [*operators.code(CODE)], ids=lambda mutant: mutant.fault
)
def test_code_stays_code_and_changes_in_its_line(mutant):
    ast.parse(mutant.text)
    pairs = zip(CODE.split("\n"), mutant.text.split("\n"), strict=True)
    changed = [n for n, (a, b) in enumerate(pairs, start=1) if a != b]
    assert changed == [mutant.line]


def test_shapes_beside_code_get_another_dimension():
    source = "# (n,)\nx = y  # z, (n,)\nz = x  # (x + 1) y\nw = 1  # ()\n"
    assert found(operators.comments(source)) == {
        "(n,) → (2, n,)",
        "() → (2,)",
    }
    assert [mutant.line for mutant in operators.comments(source)] == [2, 4]


def test_derivatives_beside_code_get_another_variable():
    source = "dz = e  # dl/dz\nreturn g  # dl/dw, dl/db\nt = 1  # dl / dt\n"
    assert found(operators.comments(source)) == {
        "# dl/dz → # dl/dz2",
        "# dl/dw, dl/db → # dl/dw, dl/db2",
    }


def test_outputs_are_changed_in_comments_and_in_fences():
    other = f"{PAGE}\nA tree:\n\n```text\ndocs/\n```\n"
    texts = [mutant.text for mutant in operators.outputs(other)]
    assert len(texts) == 2
    assert "#> 1.20" in texts[0]
    assert "shape (3, 9)" in texts[1]


def test_a_number_that_is_tied_to_code_is_changed():
    (mutant,) = operators.numbers(PAGE)
    assert "| 1 | 2.0<!-- = b --> |" in mutant.text
    assert PAGE.split("\n")[mutant.line - 1].startswith("| 1 |")


def test_a_number_that_has_a_source_is_changed():
    (mutant,) = operators.sourced("About 70 km/s<!-- source: [^p] -->.\n")
    assert mutant.text == "About 75 km/s<!-- source: [^p] -->.\n"


def test_what_stands_in_a_sample_of_markdown_is_no_output_and_no_number():
    sample = f"````markdown\n{PAGE}````\n"
    assert [*operators.outputs(sample), *operators.numbers(sample)] == []


def test_a_page_is_made_to_differ_from_its_counterpart():
    faults = " ".join(found(operators.translations(PAGE)))
    for fault in (
        "the id page is another",
        "a link goes to another anchor than nudge",
        "a prime on $w_i$",
        "the list item '- The first item' is gone",
        "the row '| 1 | 2.5<!-- = b --> |' is gone",
        "the paragraph 'A sentence with $w_i$ an' is gone",
    ):
        assert fault in faults


def test_no_operator_leaves_its_text_as_it_was():
    for operator in (
        operators.outputs,
        operators.numbers,
        operators.translations,
    ):
        assert all(mutant.text != PAGE for mutant in operator(PAGE))
