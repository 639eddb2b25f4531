r"""LaTeX is read strictly: into one tree, or not at all."""

import logging
from pathlib import Path

import pytest
from lark import Lark, logger

from verify.equations.errors import EquationError
from verify.equations.expressions import bare
from verify.equations.formula import Node, last
from verify.equations.reader import parse
from verify.equations.symbols import Symbols, declared

SYMBOLS = Symbols().plus(
    declared(
        r"""
        a b w L \bar{x} \lambda_{\max} : real
        x y e : real[n]
        X : real[n,m]
        W^{(1)} : real[n,m]
        w_t : real[0..S]
        i : 1..n
        j : 1..m
        t : 0..S
        n m S : size
        f : func
        """
    )
)


def read(text):
    return parse(text, SYMBOLS)


def side(text):
    """Return the tree of an expression."""
    ((expression,),) = read(text)
    return expression


def name(key):
    return Node("name", (key,))


def test_the_grammar_has_no_conflicts(caplog):
    # Lark resolves a conflict by a choice, and notes it: there must be none.
    grammar = Path(__file__).with_name("grammar.lark").read_text("utf-8")
    logger.setLevel(logging.DEBUG)
    try:
        with caplog.at_level(logging.DEBUG):
            Lark(grammar, parser="lalr", debug=True)
    finally:
        logger.setLevel(logging.CRITICAL)
    assert "conflict" not in caplog.text.lower()


def test_what_a_name_means_is_a_matter_of_its_declaration():
    plus = Node("add", (name("a"), Node("num", ("1",))))
    assert side("w (a + 1)") == Node(
        "mul", (name("w"), Node("paren", (plus,)))
    )
    assert side("f(a + 1)") == Node("call", ("f", 0, plus))
    index = Node("index", ("i",))
    assert side("x_i") == Node("at", (name("x"), index))
    assert side("w_t") == Node("at", (name("w_"), Node("index", ("t",))))
    assert side("w") == name("w")
    assert side(r"\lambda_\max") == name(r"\lambda_{\max}")
    assert side("W^{(1)}_{ij}") == Node(
        "at", (name("W^{(1)}"), index, Node("index", ("j",)))
    )


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (r"\bar x", r"\bar{x}"),
        (r"\frac12", r"\frac{1}{2}"),
        (r"\frac ab", r"\frac{a}{b}"),
        (r"\left( a + b \right) w", "(a + b) w"),
        (r"[a + b] w", "(a + b) w"),
        (r"a \, b \; w", "a b w"),
        (r"\lVert x \rVert_2", r"\lVert x \rVert"),
        (r"a^2", "a^{2}"),
        (r"\log a", r"\log(a)"),
        (r"24{,}863.38", "24863.38"),
        (r"\sum_i x_i", r"\sum_{i} x_i"),
        (r"\sum_{1 \le j \le n} x_j", r"\sum_{j=1}^n x_j"),
        (r"X_{ij}", "X_{i,j}"),
        (r"\log \sum_i x_i", r"\log(\sum_{i} x_i)"),
        (r"\delta_{ij}", r"\mathbb{1}[i = j]"),
    ],
)
def test_two_ways_to_write_the_same(text, same):
    assert bare(side(text)) == bare(side(same))


def test_a_sum_takes_the_rest_of_its_term():
    big = side(r"\sum_{i=1}^n x_i y_i + a")
    assert big.op == "add"
    assert big.args[0].args[0] == side("x_i y_i")


def test_rows_make_chains():
    first, second, third = read(
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
    assert [each.op for each in first] == ["=", "="]
    assert first[1].args == (first[0].args[1], side("a - w"))
    assert [each.op for each in second] == ["<"]
    assert [each.op for each in third] == [r"\ge"]


def test_words_and_units_are_no_factors():
    (chain,) = read(r"a = 2.5 \,\text{km/s}")
    assert last(chain) == Node("num", ("2.5",))
    with pytest.raises(EquationError):
        read(r"a = 2 \text{ if } b > 0")


def test_a_condition_stands_behind_a_quad():
    ((claim,),) = read(r"a = 2 \quad \text{if } b > 0")
    (test,) = claim.args[2:]
    assert test.op == ">"
    (first,), (second,) = read(r"a = 2 \quad \text{and } b > 0")
    assert not first.args[2:]
    assert second.op == ">"


def test_dots_make_ranges():
    ((claim,),) = read(r"i = 1, \dots, n")
    assert claim.op == "range"
    with pytest.raises(EquationError, match=r"write \\sum"):
        read(r"x_1 + \dots + x_n = 1")


def test_e_is_the_residual_where_it_is_declared():
    assert side(r"e^\top e").op == "mul"
    (chain,) = parse("e^{-a}", Symbols().plus(declared("a : real")))
    assert chain[0].op == "exp"


def test_a_refusal_says_where():
    with pytest.raises(EquationError) as error:
        read(r"L = a" "\n  + \\mu")
    assert error.value.position == len("L = a\n  + ")
    with pytest.raises(EquationError) as error:
        read(r"L = \log_a b")
    assert error.value.message.startswith(
        r"\log has a subscript but no argument; did you mean \log(...)?"
    )


def test_spans_are_those_of_the_source():
    source = r"L = \frac{1}{2} (a - b)^2"
    power = last(read(source)[0]).args[1]
    assert source[slice(*power.span)] == "(a - b)^2"
    assert source[slice(*power.args[0].span)] == "(a - b)"
