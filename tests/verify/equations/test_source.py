"""Which equations a page has, and which comments go with them."""

import pytest

from verify.equations.directives import Directive
from verify.equations.source import (
    Declaration,
    Equation,
    Misplaced,
    items,
    read,
    states_relation,
)

PAGE = r"""---
title: $a = b$
---

# A line {#line}

For $w = 0$ and `$b = 1$` the price is \$5, $z_i$ is $\sum_{i=1}^n x_i$,
and $w = 454.158$<!-- = w --> in $\sum_{i=1}^n x_i = n \bar{x}$.

<!-- math: symbols
k : 1..n
-->

<!-- math: define code=line.scratch:predict(w,b,x_i) -->

$$
z_i = w x_i + b
$$

```python
print("$$ a = b $$")
```

    <!-- math: wrong -->

    $$
    z_i = b
    $$

where **$e_i > 0$**<!-- math: wrong --> and <!-- $a = b$ --> nothing.
"""


def test_equations_are_found_in_order(book):
    found = read(book.page(PAGE)).items
    claims = [i for i in found if isinstance(i, Equation) and i.is_claim]
    shown = [
        (item.latex.strip(), item.line, item.display, item.directive.mode)
        for item in claims
    ]
    assert shown == [
        ("w = 0", 7, False, "verify"),
        (r"w = 454.158", 8, False, "verify"),
        (r"\sum_{i=1}^n x_i = n \bar{x}", 8, False, "verify"),
        ("z_i = w x_i + b", 16, True, "define"),
        ("z_i = b", 26, True, "wrong"),
        ("e_i > 0", 30, False, "wrong"),
    ]
    assert [item.directive.is_tied for item in claims] == [
        False, True, False, False, False, False,
    ]  # fmt: skip
    (symbols,) = (item for item in found if isinstance(item, Declaration))
    assert symbols.symbols[0].key == "k"
    assert symbols.line == 10
    others = [i for i in found if isinstance(i, Equation) and not i.is_claim]
    assert [item.latex for item in others] == [
        "z_i",
        r"\sum_{i=1}^n x_i",
    ]


@pytest.mark.parametrize(
    "text", ["is $5", r"is \(a = b\)", r"\[a = b\]", "\\begin{equation}"]
)
def test_what_begins_no_formula_is_a_fault(text):
    (fault,) = items(f"A line.\n\nThis {text} here.\n")
    assert "begins no formula" in fault.message
    assert fault.line == 3


def test_a_comment_without_an_equation_is_a_fault():
    (fault,) = list(items("<!-- math: wrong -->\n\ntext\n\n$$\na = b\n$$"))[:1]
    assert isinstance(fault, Misplaced)
    assert fault.line == 1


def test_a_comment_that_is_not_understood_is_a_fault():
    equation, fault = items("<!-- math: sure -->\n\n$$\na = b\n$$\n")
    assert "'sure' is not understood" in fault.message
    assert equation.directive == Directive()
    formula, _ = items("$w$<!-- math: symbols\nw : real\n-->")
    assert not formula.is_claim
    (fault,) = items("<!-- math: symbols\nw is real\n-->\n")
    assert "names : kind" in fault.message


def test_relations_within_braces_state_nothing():
    assert states_relation(r"w_{t} = 2")
    assert states_relation(r"\frac{a}{b} \le c")
    assert states_relation(r"y \in \{0, 1\}")
    assert not states_relation(r"\sum_{i=1}^n x_i")
    assert not states_relation(r"\left(a, b\right)")
