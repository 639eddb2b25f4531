r"""Updates and optima."""

import pytest

from verify.equations.errors import EquationError
from verify.equations.test_meaning import fails, holds, scope

LINE = scope(
    "w b L : real\nx y z e g \\ell J \\hat{y} : real[n]\n"
    "w_1 b_1 w_2 b_2 : real\ni : 1..n\nn : size\n\\eta : step",
    "z_i = w x_i + b",
    "e_i = z_i - y_i",
    r"\ell_i = \frac{1}{2} e_i^2",
    r"L = \frac{1}{n} \sum_{i=1}^n \ell_i",
    r"g_i = \tanh(w_1 x_i + b_1)",
    r"\hat{y}_i = w_2 g_i + b_2",
    r"J_i = \frac{1}{2} (\hat{y}_i - y_i)^2",
)


def test_a_step_goes_down_the_gradient_of_something_defined():
    holds(r"w \leftarrow w - \eta \frac{\partial L}{\partial w}", LINE)
    holds(
        r"w \leftarrow w - \eta \frac{\partial L}{\partial w} "
        r"= w - \frac{\eta}{n} \sum_{i=1}^n e_i x_i, \quad "
        r"b \leftarrow b - \eta \frac{\partial \ell_i}{\partial b} "
        r"= b - \eta e_i",
        LINE,
    )


def test_a_loss_need_not_be_curved_upward_everywhere():
    holds(r"w_1 \leftarrow w_1 - \eta \frac{\partial J_i}{\partial w_1}", LINE)


@pytest.mark.parametrize(
    "update",
    [
        r"b \leftarrow b - \eta e_i",
        r"w \leftarrow w + \eta \frac{\partial L}{\partial w}",
        r"w \leftarrow w - 2 \eta \frac{\partial L}{\partial w}",
        r"w \leftarrow w - \eta \frac{\partial L}{\partial b}",
        r"w \leftarrow w - \eta \frac{\partial z_i}{\partial w}",
        r"w \leftarrow b - \eta \frac{\partial L}{\partial w}",
        r"w \leftarrow w - \frac{\partial L}{\partial w}",
        r"w \leftarrow -\eta \frac{\partial L}{\partial w}",
        r"L \leftarrow L - \eta",
        r"(w, b) \leftarrow (w - \eta e_i x_i, b - \eta e_i)",
        r"w_1 \leftarrow w_1 - \eta \frac{\partial \hat{y}_i}{\partial w_1}",
    ],
)
def test_any_other_update_needs_code(update):
    said = fails(update, LINE).message
    assert "Tie any other to code" in said or "never negative" in said


def test_an_optimum_has_no_better_place_near_or_far():
    bowl = scope(
        "u v c A B : real\nS : real\ny : real[n]\nn : size\ni : 1..n",
        "A = (u - 3)^2 + 2 v^2 - 4 v",
        "B = 1 - u^4",
        r"S = \sum_{i=1}^n \lvert y_i - c \rvert",
    )
    holds(r"\arg\min_{u, v} A = (3, 1)", bowl)
    holds(r"\arg\max_{u} B = 0", bowl)
    error = fails(r"\arg\min_{u, v} A = (1, 3)", bowl)
    assert "there is a better place" in error.message
    fails(r"\arg\max_{u} A = 3", bowl)
    fails(r"\arg\min_{c} S = \frac{1}{n} \sum_{i=1}^n y_i", bowl)
    fails(r"\arg\min_{u} A = \log(-1)", bowl)
    fails(r"\arg\min_{u, v} A = 3", bowl)
    assert (
        "the place itself must not"
        in fails(r"\arg\min_{u} A = u", bowl, EquationError).message
    )
    fails(r"\arg\min_{c} A = 1", bowl, EquationError)
