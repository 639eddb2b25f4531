r"""LaTeX is read strictly: into one tree, or not at all."""

import logging

import pytest
from lark import Lark, logger

from verify.equations import tree as t
from verify.equations.build import parse
from verify.equations.errors import Undeclared, Unreadable
from verify.equations.parser import GRAMMAR, Bars
from verify.equations.symbols import Symbols, declared

SYMBOLS = Symbols().plus(
    declared(
        r"""
        a b w L \bar{x} \hat{w} \lambda_{\max} : real
        x y : real[n]
        X : real[n,m]
        W^{(1)} : real[n,m]
        w_t : real[0..S]
        i : 1..n
        t : 0..S
        n m S : size
        f : func
        """
    )
)


def read(text, define=False):
    return parse(text, SYMBOLS, define)


def side(text):
    """Return the tree of an expression."""
    (chain,) = read(text).chains
    return chain.first


def test_the_grammar_has_no_conflicts(caplog):
    # Lark resolves a conflict by a choice, and notes it: there must be none.
    logger.setLevel(logging.DEBUG)
    try:
        with caplog.at_level(logging.DEBUG):
            Lark(
                GRAMMAR.read_text("utf-8"),
                parser="lalr",
                postlex=Bars(),
                debug=True,
            )
    finally:
        logger.setLevel(logging.CRITICAL)
    assert "conflict" not in caplog.text.lower()


def test_what_a_name_means_is_a_matter_of_its_declaration():
    assert side("w (a + 1)") == t.Mul(
        t.Name("w"), t.Add(t.Name("a"), t.Num("1"))
    )
    assert side("f(a + 1)") == t.Call("f", (t.Add(t.Name("a"), t.Num("1")),))
    assert side("x_i") == t.Index(t.Name("x"), (t.Bound("i"),))
    assert side("w_t") == t.Index(t.Name("w_"), (t.Bound("t"),))
    assert side("w") == t.Name("w")
    assert side(r"\lambda_\max") == t.Name(r"\lambda_{\max}")
    assert side("W^{(1)}_{i2}") == t.Index(
        t.Name("W^{(1)}"), (t.Bound("i"), t.Num("2"))
    )


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (r"\bar x", r"\bar{x}"),
        (r"\frac12", r"\frac{1}{2}"),
        (r"\frac ab", r"\frac{a}{b}"),
        (r"\left( a + b \right) w", "(a + b) w"),
        (r"a \, b \; w", "a b w"),
        (r"|a b|", r"\lvert a b \rvert"),
        (r"\|x\|_2", r"\lVert x \rVert"),
        (r"\boxed{a + b}", "a + b"),
        (r"\underbrace{a + b}_{\text{sum}}", "a + b"),
        (r"a^2", "a^{2}"),
        (r"x^T y", r"x^\top y"),
        (r"\ln(a)", r"\log(a)"),
        (r"\log a", r"\log(a)"),
        (r"\tanh^2(a)", r"(\tanh(a))^2"),
        (r"\max\{a, 0\}", r"\max(a, 0)"),
        (r"24{,}863.38", "24863.38"),
        (r"\sum_i x_i", r"\sum_{i} x_i"),
        (r"\frac{d L}{d w}", r"\frac{\partial L}{\partial w}"),
        (r"\frac{d}{d w} L", r"\frac{\partial}{\partial w} L"),
        (r"\frac{d f(a)}{d a}", r"\frac{\partial f(a)}{\partial a}"),
        (r"L \big|_{w=1}", r"\left. L \right|_{w=1}"),
        (r"e^{-a}", r"e^{ - a }"),
    ],
)
def test_two_ways_to_write_the_same(text, same):
    assert side(text) == side(same)


def test_bars_pair_up_by_brackets():
    absolute = t.Abs(t.Name("a"))
    assert side("|a| |a|") == t.Mul(absolute, absolute)
    assert side("|a (|a| + b)|") == t.Abs(
        t.Mul(t.Name("a"), t.Add(absolute, t.Name("b")))
    )


def test_a_sum_takes_the_rest_of_its_term():
    big = side(r"\sum_{i=1}^n x_i y_i + a")
    assert isinstance(big, t.Add)
    assert big.left.body == side("x_i y_i")


def test_rows_make_chains():
    formula = read(
        r"""
        \begin{aligned}
        L &= a + b \\
          &= a \\
          &\quad - w, \quad a < b \\
        & L \\
        &\ge 0
        \end{aligned}
        """
    )
    first, second, third = formula.chains
    assert [s.relation for s in first.statements] == ["=", "="]
    assert first.statements[1].left == first.statements[0].right
    assert first.statements[1].right == side("a - w")
    assert [s.relation for s in second.statements] == ["<"]
    assert [s.relation for s in third.statements] == [">="]


def test_words_and_units_are_no_factors():
    (chain,) = read(r"a = 2.5 \,\text{km/s}").chains
    assert chain.statements[0].right == t.Num("2.5")
    with pytest.raises(Unreadable):
        read(r"a = 2 \text{ if } b > 0")


def test_a_brace_with_a_formula_below_is_one_more_claim():
    formula = read(r"L = \underbrace{a b}_{w} + 1")
    assert formula.chains[1].statements[0] == t.Statement(
        "=", side("a b"), t.Name("w")
    )


def test_ranges_and_sets():
    (chain,) = read(r"i = 1, \dots, n").chains
    assert chain.statements[0].relation == "range"
    first, second = read(r"a, b \in \mathbb{R}").chains
    assert first.statements[0].relation == "in"
    assert second.first == t.Name("b")
    (chain,) = read(r"a \in [0, 1)").chains
    assert chain.statements[0].right == t.Interval(
        t.Num("0"), t.Num("1"), "[)"
    )


def test_a_function_binds_its_parameters_where_it_is_defined():
    (chain,) = read("f(u, v) = u v", define=True).chains
    assert chain.first == t.Call("f", (t.Bound("u"), t.Bound("v")))
    assert chain.statements[0].right == t.Mul(t.Bound("u"), t.Bound("v"))
    with pytest.raises(Undeclared):
        read("f(u, v) = u v")


def test_a_refusal_says_where():
    with pytest.raises(Undeclared) as error:
        read("L = a\n  + q")
    assert error.value.position == len("L = a\n  + ")
    with pytest.raises(Unreadable) as error:
        read(r"L = \log_a + b")
    assert error.value.message.startswith(
        r"\log has a subscript but no argument; did you mean \log(...)?"
    )


def test_spans_are_those_of_the_source():
    source = r"L = \frac{1}{2} (a - b)^2"
    formula = read(source)
    power = formula.chains[0].statements[0].right.right
    assert source[slice(*power.span)] == "(a - b)^2"
    assert source[slice(*power.base.span)] == "(a - b)"
