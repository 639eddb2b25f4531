"""Symbols: names in a normal form, kinds, tables and comments."""

import pytest

from verify.equations.errors import EquationError
from verify.equations.symbols import Symbols, declared, key, symbol, tabled


@pytest.mark.parametrize(
    ("latex", "normal"),
    [
        (r"\bar x", r"\bar{x}"),
        ("w_t", "w_{t}"),
        (r"\lambda_\max", r"\lambda_{\max}"),
        (r"W^{ (1) }", "W^{(1)}"),
        (r"\hat{w}_t", r"\hat{w}_{t}"),
        (r"\overline{x^2}", r"\overline{x^{2}}"),
        (r"\ell_\text{abs}", r"\ell_{\text{abs}}"),
        ("{w}", "w"),
    ],
)
def test_a_name_has_one_normal_form(latex, normal):
    assert key(latex) == normal


def test_kinds():
    assert symbol("w", "real").shape == ()
    assert symbol("X", "real[n, d]").shape == (("1", "n"), ("1", "d"))
    assert symbol("x", "real[p+K-1]").shape == (("1", "p+K-1"),)
    assert symbol("i", "1..n").shape == (("1", "n"),)
    assert symbol("n", "size").kind == "size"
    assert not symbol("f", "func").is_number
    with pytest.raises(EquationError, match="no kind of symbol"):
        symbol("w", "number")


def test_a_sequence_lives_beside_the_plain_name():
    symbols = Symbols().plus(declared("w : real\nw_t : real[0..T]"))
    assert symbols["w"].shape == ()
    assert symbols.vector("w", "t") == "w_"
    assert symbols["w_"].shape == (("0", "T"),)


def test_an_index_tells_a_vector_from_a_sequence_of_the_same_letter():
    symbols = Symbols().plus(
        declared("b_t : real[0..T]\nb : real[K]\nt : 0..T\nk : 1..K")
    )
    assert symbols.vector("b", "k") == "b"
    assert symbols.vector("b", "t") == "b_"
    assert symbols.vector("b", "") == "b"
    assert symbols.vector("c", "k") is None


def test_a_table_declares_its_symbols():
    table = """
| symbol | meaning | kind | in code |
|---|---|---|---|
| $n$ | the number of samples | `size` | `n` |
| $x$, $y$ | data | `real[n]` | `x` |
| $w_t$ | after $t$ epochs | `real` | `w` |

| name | meaning |
|---|---|
| `x` | real |
"""
    assert [(s.key, s.kind) for s in tabled(table)] == [
        ("n", "size"),
        ("x", "real"),
        ("y", "real"),
        ("w_{t}", "real"),
    ]


def test_a_line_that_declares_nothing_is_refused():
    with pytest.raises(EquationError, match="names : kind"):
        declared("w real")
