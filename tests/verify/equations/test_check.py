"""Whole pages: modes, definitions down the page, and what messages say."""

import pytest

from page import Fault
from verify.equations import pages
from verify.equations.pages import Equations
from verify.equations.source import read

NOTATION = r"""# Notation {#notation}

| symbol | meaning | kind | in code |
|---|---|---|---|
| $n$ | samples | `size` | `n` |
| $i$ | number of a sample | `1..n` | `i` |
| $x$, $y$ | data | `real[n]` | `x` |
| $z$, $\ell$ | line and loss | `real[n]` | `z` |
| $w$, $b$, $L$, $\bar{x}$ | numbers | `real` | `w` |
| $\eta$ | learning rate | `step` | `lr` |

<!-- math: define code=core.line:predict(w,b,x_i) -->

$$
z_i = w x_i + b
$$

<!-- math: define code=core.line:squared(z_i,y_i) -->

$$
\ell_i = \frac{1}{2} (z_i - y_i)^2
$$
"""
CODE = """
def predict(w, b, x):
    return w * x + b

def squared(z, y):
    return (z - y) ** 2 / 2

def mean(x):
    return sum(x) / len(x)

def step(w, b, x, y, lr):
    return w - lr * (w * x + b - y) * x

def identity(u):
    return u
"""


@pytest.fixture
def check(book):
    """Return a function that checks a page, and gives faults or verdicts."""
    pages.KNOWN.clear()
    pages.shared.cache_clear()
    book.page(NOTATION, "zh/notation")
    book.write("snippets/core/line.py", CODE)

    def checked(text):
        equations = Equations(read(book.page(text)))
        return [
            equations.check(index)
            for index in range(len(equations.source.items))
        ]

    return checked


def display(latex, comment=""):
    head = f"<!-- math: {comment} -->\n\n" if comment else ""
    return f"{head}$$\n{latex}\n$$\n\n"


def one(found):
    assert len(found) == 1
    return found[0]


def said(found):
    fault = one(found)
    assert isinstance(fault, Fault), fault
    return str(fault)


def test_the_core_is_known_on_every_page(check):
    found = check(
        display(r"\frac{\partial \ell_i}{\partial w} = (z_i - y_i) x_i")
    )
    assert one(found).kind == "equation"
    assert one(found).steps == ("proved",)


def test_a_message_names_the_line_the_step_and_a_counter_example(check):
    message = said(
        check(
            "# A page\n\n"
            + display(
                r"""
\begin{aligned}
\frac{\partial \ell_i}{\partial w}
  &= \frac{\partial \ell_i}{\partial z_i} \frac{\partial z_i}{\partial w} \\
  &= (z_i - y_i) w
\end{aligned}"""
            )
        )
    )
    first, second = message.splitlines()
    assert first.startswith("docs/zh/line.md:8: this step does not hold: … = ")
    assert "counter-example (n=5, i=1): " in second
    assert "gives left=" in second
    assert "right=" in second


def test_a_refusal_names_the_line_and_the_spot(check):
    message = said(check("# A page\n\n" + display("L = -[y_i \\log_a\n + 1]")))
    assert message == (
        "docs/zh/line.md:4: cannot check this formula: \\log has a subscript "
        "but no argument; did you mean \\log(...)? (at 'a')\n"
        "    near: a + 1]"
    )


def test_a_definition_needs_code(check):
    define = r"\bar{x} = \frac{1}{n} \sum_{i=1}^n x_i"
    assert "has to be tied to tested code" in said(
        check(display(define, "define"))
    )
    found = check(display(define, "define code=core.line:mean(x)"))
    assert one(found).kind == "definition"
    wrong = r"\bar{x} = \sum_{i=1}^n x_i"
    message = said(check(display(wrong, "define code=core.line:mean(x)")))
    assert "formula and code disagree" in message
    assert "core.line.mean returns" in message


def test_a_definition_holds_below_it_only(check):
    define = display(
        r"\bar{x} = \frac{1}{n} \sum_{i=1}^n x_i",
        "define code=core.line:mean(x)",
    )
    claim = display(r"n \bar{x} = \sum_{i=1}^n x_i")
    above, _, below = check(claim + define + claim)
    assert isinstance(above, Fault)
    assert below.kind == "equation"


def test_a_core_definition_can_be_restated_but_not_changed(check):
    tie = "code=core.line:predict(w,b,x_i)"
    assert one(check(display("z_i = b + x_i w", "define"))).kind
    assert one(check(display("z_i = b + x_i w", f"define {tie}"))).kind
    assert "does not hold" in said(check(display("z_i = b - x_i w", "define")))
    # another symbol's formula, tied to its code
    assert "does not hold" in said(
        check(display(r"\ell_i = w x_i + b", f"define {tie}"))
    )
    assert "y is data" in said(
        check(display("y_i = w x_i + b", f"define {tie}"))
    )


def test_a_symbol_that_is_declared_anew_loses_its_definition(check):
    symbols = "<!-- math: symbols\nz : real\n-->\n\n"
    _, found = check(symbols + display("z = w + b"))
    assert "does not hold" in str(found)


def test_a_quoted_mistake_has_to_be_one(check):
    wrong = r"\frac{\partial \ell_i}{\partial w} = z_i - y_i"
    assert one(check(display(wrong, "wrong"))).kind == "wrong"
    assert one(check(display(r"L = \log_a", "wrong"))).kind == "wrong"
    right = r"\frac{\partial \ell_i}{\partial b} = z_i - y_i"
    assert "finds nothing wrong" in said(check(display(right, "wrong")))
    # a typing error is no proof
    assert "not declared" in said(check(display("q = 1", "wrong")))
    # nor is a missing definition
    assert "by any definition" in said(
        check(display(r"\frac{\partial L}{\partial w} = 1", "wrong"))
    )


def test_what_is_tested_elsewhere_names_its_test(check, book):
    book.write("tests/line/test_scratch.py", "def test_it():\n    pass\n")
    there = "tested tests/line/test_scratch.py::test_it"
    assert one(check(display(r"\lim_{w \to 0} w = 0", there))).kind == "tested"
    gone = "tested tests/line/test_scratch.py::test_gone"
    assert "there is no test" in said(check(display("w = 0", gone)))


def test_what_is_skipped_says_why(check):
    assert one(check(display("a = b", "skip an outlook"))).kind == "skip"
    fault, _ = check(display("a = b", "skip"))
    assert "needs a reason" in str(fault)


def test_an_inline_setting_is_no_claim(check):
    for text in ("w = 0", "w = b = 0", r"\eta = 0.5", "x_1 = 0.032", "b > 0",
                 r"w \in \mathbb{R}", r"w = \bar{x}"):  # fmt: skip
        assert one(check(f"for ${text}$,")).kind == "setting", text
    assert "does not hold" in said(check("$z_i = w x_i - b$"))
    assert "does not hold" in said(check("where $z_i > 0$"))
    assert one(check("where $z_i > 0$<!-- math: given -->")).kind == "given"
    assert one(check("$L = 24863.38$<!-- = loss(w) -->")).kind == "setting"
    assert one(check("$z_1 = 2.5$<!-- = z[0] -->")).kind == "tied"


def test_a_display_is_always_a_claim(check):
    assert "does not hold" in said(check(display("w = 0")))


def test_an_update_is_a_step_of_descent_or_tied(check):
    update = r"w \leftarrow w {} \eta \frac{{\partial \ell_i}}{{\partial w}}"
    assert one(check(display(update.format("-")))).kind == "equation"
    assert "tie it to code" in said(check(display(update.format("+"))))
    tie = r"verify code=core.line:step(w,b,x_i,y_i,\eta)"
    found = check(display(update.format("-"), tie))
    assert one(found).steps == ("tied to core.line.step",)
    assert "disagree" in said(check(display(update.format("+"), tie)))


def test_several_ties_belong_to_several_equations(check):
    both = (
        r"\frac{\partial \ell_i}{\partial w} = (z_i - y_i) x_i, \quad "
        r"\frac{\partial \ell_i}{\partial z_i} = z_i - y_i"
    )
    assert "not clear" in said(
        check(display(both, "verify code=core.line:squared(z_i,y_i)"))
    )


def test_a_function_of_a_page(check):
    symbols = "<!-- math: symbols\nf : func\nz : real\n-->\n\n"
    define = display("f(z) = z", "define code=core.line:identity(z)")
    _, defined, used = check(symbols + define + display("f(w + b) = w + b"))
    assert defined.kind == "definition"
    assert used.kind == "equation"


def test_two_languages_share_their_verdicts(check, book):
    pages.KNOWN.clear()
    text = display(r"\frac{\partial z_i}{\partial w} = x_i")
    check(text)
    book.page(NOTATION, "en/notation")
    known = len(pages.KNOWN)
    Equations(read(book.page(text, "en/line"))).check(0)
    assert len(pages.KNOWN) == known == 1
