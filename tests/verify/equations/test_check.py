"""Whole pages: modes, definitions down the page, and what messages say."""

import pytest

import page
from page import Fault
from verify.equations import pages
from verify.equations.pages import examined
from verify.equations.source import Equation, of, read
from verify.reading import NotRun

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
    pages.shared.cache_clear()
    pages.scopes.cache_clear()
    pages._parts.cache_clear()
    book.page(NOTATION, "zh/notation")
    book.write("snippets/core/line.py", CODE)

    def checked(text):
        source = read(book.page(text))
        found = [examined(source, n) for n in range(len(source.items))]
        return [
            each
            for each, item in zip(found, source.items, strict=True)
            if each or not isinstance(item, Equation)
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
    assert one(found) == "equation"


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
    assert "counter-example: i=1, b=" in second
    assert "gives left=" in second
    assert "right=" in second


def test_a_refusal_names_the_line_and_the_spot(check):
    message = said(check("# A page\n\n" + display("L = -[y_i \\log_a\n + 1]")))
    assert message == (
        "docs/zh/line.md:4: cannot check this formula: \\log has a subscript "
        "but no argument; did you mean \\log(...)?\n"
        "    near: \\log_a + 1]"
    )


def test_a_definition_needs_code(check):
    define = r"\bar{x} = \frac{1}{n} \sum_{i=1}^n x_i"
    assert "has to be tied to tested code" in said(
        check(display(define, "define"))
    )
    found = check(display(define, "define code=core.line:mean(x)"))
    assert one(found) == "definition"
    wrong = r"\bar{x} = \sum_{i=1}^n x_i"
    message = said(check(display(wrong, "define code=core.line:mean(x)")))
    assert "formula and code disagree" in message
    assert "core.line.mean returns" in message


def test_an_abbreviation_of_a_page_needs_no_code(check):
    symbols = "<!-- math: symbols\nS : real\n-->\n\n"
    claim = display(r"S = n \bar{x}")
    mean = display(
        r"\bar{x} = \frac{1}{n} \sum_{i=1}^n x_i",
        "define code=core.line:mean(x)",
    )
    define = display(r"S = \sum_{i=1}^n x_i", "define")
    *_, defined, found = check(symbols + mean + define + claim)
    assert (defined, found) == ("definition", "equation")
    define = display(r"S = \sum_{i=1}^n x_i^2", "define")
    *_, found = check(symbols + mean + define + claim)
    assert "does not hold" in str(found)


def test_a_fault_within_a_definition_names_it(check):
    symbols = "<!-- math: symbols\nf : func\nu S : real\n-->\n\n"
    *_, fault = check(
        symbols
        + display(r"f(u) = \frac{1}{x}", "define")
        + display(r"S = f(w)", "define")
        + display(r"S = 1")
    )
    assert "a division by a vector" in str(fault)
    assert "in the definition of f, in the definition of S" in str(fault)
    assert "near: S = 1" in str(fault)


def test_a_definition_holds_below_it_only(check):
    define = display(
        r"\bar{x} = \frac{1}{n} \sum_{i=1}^n x_i",
        "define code=core.line:mean(x)",
    )
    claim = display(r"n \bar{x} = \sum_{i=1}^n x_i")
    above, _, below = check(claim + define + claim)
    assert isinstance(above, Fault)
    assert below == "equation"


def test_what_stands_below_a_wrong_definition_is_one_line(check, book):
    rests = display(r"n \bar{x} = \sum_{i=1}^n x_i")

    def told(wrong):
        mean = display(wrong, "define code=core.line:mean(x)")
        page_ = book.page(display("w = 1") + mean + rests + display("w = b"))
        for index in range(4):
            try:
                yield str(pages.told(read(page_), index))
            except NotRun as reason:
                yield str(reason)

    above, first, follows, other = told(r"\bar{x} = w")
    assert "does not hold: … = 1" in above
    assert "formula and code disagree" in first
    assert follows == (
        "docs/zh/line.md: not judged, since the definition at line 7 is wrong"
    )
    assert other == follows
    assert "not declared" in [*told(r"\bar{x} = w + q")][1]


def test_a_core_definition_can_be_restated_but_not_changed(check):
    tie = "code=core.line:predict(w,b,x_i)"
    assert one(check(display("z_i = b + x_i w", "define"))) == "definition"
    found = check(display("z_i = b + x_i w", f"define {tie}"))
    assert one(found) == "definition"
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


def test_a_symbol_of_another_kind_ends_what_rests_on_it(check):
    claim = display(r"\frac{\partial \ell_i}{\partial z_i} = z_i - y_i")
    for symbols, kind in (("b : real", "equation"), ("w : real[n]", "fault")):
        found = check(f"<!-- math: symbols\n{symbols}\n-->\n\n" + claim)[-1]
        assert (found if found == "equation" else "fault") == kind, found


def test_a_directive_that_is_not_understood_is_the_only_fault(check):
    claim = display(r"\bar{x} = x_1", "define code=core.line:mean(x)[i;k]")
    assert "is not understood" in said(check(claim))
    for comment in ("maths: define", "Math: wrong", "symbols\nz : real\n"):
        (fault, _) = check(f"<!-- {comment} -->\n\n" + display("w = w"))
        assert "nobody reads this comment" in str(fault)


def test_a_quoted_mistake_has_to_be_one(check):
    wrong = r"\frac{\partial \ell_i}{\partial w} = z_i - y_i"
    assert one(check(display(wrong, "wrong"))) == "wrong"
    assert one(check(display(r"L = \log_a", "wrong"))) == "wrong"
    right = r"\frac{\partial \ell_i}{\partial b} = z_i - y_i"
    assert "finds nothing wrong" in said(check(display(right, "wrong")))
    # where a letter may be anything, no counter-example counts
    assert "nothing above defines" in said(
        check(display("w = b + 1", "wrong"))
    )
    # a typing error is no proof
    assert "not declared" in said(check(display("q = 1", "wrong")))
    # nor is a missing definition
    assert "by any definition" in said(
        check(display(r"\frac{\partial L}{\partial w} = 1", "wrong"))
    )


def test_a_quoted_mistake_has_to_be_readable(check):
    assert "not expected here" in said(check(display(r"L = = w", "wrong")))
    both = r"L = q + \log_w"
    assert "not declared" in said(check(display(both, "wrong")))


def test_numbers_alone_are_no_setting(check):
    assert one(check("as $2^3 = 8$,")) == "equation"
    assert "does not hold" in said(check("as $2^3 = 9$,"))
    equals = "<!-- math: equals 9 -->"
    assert "does not hold" in said(check(f"as $2^3${equals},"))


def test_an_inline_setting_is_no_claim(check):
    for text in ("w = 0", "w = b = 0", r"\eta = 0.5", "b > 0"):
        assert one(check(f"for ${text}$,")) == "setting", text
    assert "does not hold" in said(check("$z_i = w x_i - b$"))
    assert "does not hold" in said(check("where $z_i > 0$"))
    for text in ("z_i = y_i", r"w = \bar{x}", "x_1 = 7"):
        assert "does not hold" in said(check(f"where ${text}$")), text
    assert one(check("$L = 24863.38$<!-- = loss(w) -->")) == "setting"
    assert one(check("$z_1 = 2.5$<!-- = z[0] -->")) == "setting"


def test_a_display_is_always_a_claim(check):
    assert "does not hold" in said(check(display("w = 0")))
    assert "states no relation" in said(check(display("w x_i")))
    tie = "verify code=core.line:predict(w,b,x_i)"
    assert one(check(display("w x_i + b", tie))) == "equation"
    assert "disagree" in said(check(display("w x_i - b", tie)))


def test_what_readers_see_is_what_is_read(book):
    def wrong(text):
        page_ = page.read(book.page(text))
        return [str(fault) for fault in pages.unseen(page_, of(page_))]

    assert (
        wrong(f"# A page {{#page}}\n\nwith $w$ and\n\n{display('w = w')}")
        == []
    )
    for text in (
        "| a | b |\n|---|---|\n| one | $|w|$ |\n",
        "![a path to $w$](x.svg)\n",
        "<figure><figcaption>at $w$</figcaption></figure>\n",
        "# The slope $w$ {#slope}\n",
    ):
        (fault,) = wrong(text)
        assert fault.startswith("docs/zh/line.md:")
        assert "readers do not see this as a formula" in fault
    (fault,) = wrong(r"This is \(w = 2\), shown as a formula.")
    assert "a formula that is not read here: w = 2" in fault


def test_a_class_that_is_fixed_stands_among_the_arguments(check, book):
    book.write(
        "snippets/core/classes.py", "def chosen(x, c):\n    return -x[c]\n"
    )
    symbols = "<!-- math: symbols\nc k : 1..n\n-->\n\n"
    tie = "define code=core.classes:chosen(x,c-1)"
    one_, two = check(
        symbols
        + display("L = -x_c", tie)
        + display(r"\frac{\partial L}{\partial x_k} = -\delta_{kc}")
    )[1:]
    assert one_ == "definition", one_
    assert two == "equation", two
    _, fault = check(
        symbols + display("L = -x_c", "define code=core.line:mean(x)")
    )
    assert "formula and code disagree" in str(fault)
    _, fault = check(
        symbols
        + "<!-- math: symbols\nS : real\n-->\n\n"
        + display("S = x_c", "define")
    )[-2:]
    assert "the index c is free here" in str(fault)


def test_an_element_is_defined_by_its_own_index(check):
    tie = "define code=core.line:predict(w,b,x_i)"
    fault = said(check(display("z_1 = w x_i + b", tie)))
    assert "each index once" in fault


def test_an_entry_of_the_unit_matrix_is_1_on_the_diagonal(check):
    symbols = "<!-- math: symbols\nI : identity[n]\nk m : 1..n\n-->\n\n"
    for one_, zero, kind in ((1, 0, "equation"), (0, 1, "fault")):
        found = check(
            symbols
            + display(
                r"I_{km} = \begin{cases} "
                rf"{one_} & \text{{if }} k = m \\ "
                rf"{zero} & \text{{if }} k \ne m \end{{cases}}"
            )
        )[-1]
        assert (found if found == "equation" else "fault") == kind, found


def test_a_known_symbol_is_declared_anew_to_mean_something_else(check):
    tie = "define code=core.line:mean(x)"
    define = display(r"\ell_i = x_i", tie)
    assert "declare it anew" in said(check(define))


def test_an_update_is_a_step_of_descent_or_tied(check):
    update = r"w \leftarrow w {} \eta \frac{{\partial \ell_i}}{{\partial w}}"
    assert one(check(display(update.format("-")))) == "equation"
    assert "Tie any other to code" in said(check(display(update.format("+"))))
    tie = r"verify code=core.line:step(w,b,x_i,y_i,\eta)"
    found = check(display(update.format("-"), tie))
    assert one(found) == "equation"
    assert "disagree" in said(check(display(update.format("+"), tie)))


def test_several_ties_belong_to_several_equations(check):
    both = (
        r"\frac{\partial \ell_i}{\partial w} = (z_i - y_i) x_i, \quad "
        r"\frac{\partial \ell_i}{\partial z_i} = z_i - y_i"
    )
    assert "not clear" in said(
        check(display(both, "verify code=core.line:squared(z_i,y_i)"))
    )


def test_a_function_of_something_else_is_no_function_of_it(check):
    symbols = "<!-- math: symbols\nf : func\nz : real\n-->\n\n"
    _, fault = check(symbols + display("f(w) = b + 1", "define"))
    assert "nothing here depends on w, as f has to" in str(fault)


def test_a_function_of_a_page(check):
    symbols = "<!-- math: symbols\nf : func\nz : real\n-->\n\n"
    define = display("f(z) = z", "define code=core.line:identity(z)")
    _, defined, used = check(symbols + define + display("f(w + b) = w + b"))
    assert defined == "definition"
    assert used == "equation"


TWICE = display("2 w x_i + b - w x_i = z_i")


@pytest.mark.parametrize(
    "latex",
    [
        "w", "x_i", r"\bar{x}", r"\lambda_{\max}", r"\log", r"(w, b)",
        r"\frac{\partial L}{\partial w}", "0.5", "z_i - y_i",
        "(z_i - y_i)", "2 w", "2 w x_i", "w x_i", r"w x_i + b",
        r"\frac{1}{2} (z_i - y_i)^2",
    ],
)  # fmt: skip
def test_names_numbers_and_parts_of_formulas_are_accepted(check, latex):
    assert one(check(f"where ${latex}$\n\n{TWICE}")) == "equation"


@pytest.mark.parametrize(
    "latex",
    ["z_i + y_i", "y_i - z_i", "2 x_i", "-x_i", "w x_i - b", "x_i^2", "n - 1"],
)
def test_what_occurs_in_no_formula_is_refused(check, latex):
    fault, _ = check(f"where ${latex}$\n\n{TWICE}")
    assert "has this expression as a part" in str(fault)
    assert str(fault).startswith("docs/zh/line.md:1: ")


def test_an_undeclared_or_unreadable_expression_is_refused(check):
    assert "not declared" in said(check("where $2 q$"))
    assert "not declared" in said(check(r"where $2 \mu$"))
    assert "ambiguous" in said(check("where $w / b c$"))


def test_a_quoted_mistake_has_no_parts(check):
    claim = display(r"z_i = w x_i - b", "wrong")
    fault, _ = check(f"where $w x_i - b$\n\n{claim}")
    assert "has this expression as a part" in str(fault)


def test_an_expression_says_behind_it_what_it_equals(check):
    slope = r"<!-- math: equals \frac{\partial \ell_i}{\partial w} -->"
    right = "$(z_i - y_i) x_i$"
    assert one(check(f"is {right}{slope}, {right}")) == "equation"
    wrong = "$(z_i + y_i) x_i$"
    assert "does not hold" in said(check(f"is {wrong}{slope}"))
