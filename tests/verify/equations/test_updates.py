r"""Updates and optima."""

import pytest

from verify.equations.errors import EquationError, False_, Untied
from verify.equations.test_meaning import fails, holds, scope

LINE = scope(
    "w b h L : real\nx y z e \\ell : real[n]\ni : 1..n\nn : size\n"
    "\\eta : step",
    "z_i = w x_i + b",
    "e_i = z_i - y_i",
    r"\ell_i = \frac{1}{2} e_i^2",
    r"L = \frac{1}{n} \sum_{i=1}^n \ell_i",
)


def test_a_step_goes_down_the_gradient_of_something_defined():
    found = holds(r"w \leftarrow w - \eta \frac{\partial L}{\partial w}", LINE)
    assert found == ["checked: a step down the gradient of L"]
    found = holds(r"b \leftarrow b - \eta e_i", LINE)
    assert found == [r"checked: a step down the gradient of \ell_i"]
    holds(
        r"(w, b) \leftarrow (w - \frac{\eta}{n} \sum_{i=1}^n e_i x_i, "
        r"b - \frac{\eta}{n} \sum_{i=1}^n e_i)",
        LINE,
    )


@pytest.mark.parametrize(
    ("update", "error"),
    [
        (r"w \leftarrow w + \eta \frac{\partial L}{\partial w}", Untied),
        (r"w \leftarrow w - 2 \eta \frac{\partial L}{\partial w}", Untied),
        (r"w \leftarrow w - \eta \frac{\partial L}{\partial b}", Untied),
        (r"w \leftarrow w - \eta \frac{\partial z_i}{\partial w}", Untied),
        (r"w \leftarrow b - \eta \frac{\partial L}{\partial w}", False_),
        (r"w \leftarrow w - \frac{\partial L}{\partial w}", False_),
        (r"w \leftarrow -\eta \frac{\partial L}{\partial w}", False_),
        (r"L \leftarrow L - \eta", Untied),
    ],
)
def test_any_other_update_needs_code(update, error):
    fails(update, LINE, error)


def test_an_optimum_is_stationary_and_curved_the_right_way():
    bowl = scope(
        "u v c A B : real\nS : real\ny : real[n]\nn : size\ni : 1..n",
        "A = (u - 3)^2 + 2 v^2 - 4 v",
        "B = 1 - u^4",
        r"S = \sum_{i=1}^n \lvert y_i - c \rvert",
    )
    holds(r"\arg\min_{u, v} A = (3, 1)", bowl)
    holds(r"\min_{u, v} A = -2", bowl)
    holds(r"\arg\max_{u} B = 0", bowl)
    error = fails(r"\arg\min_{u, v} A = (1, 3)", bowl)
    assert "is not minimal there" in error.message
    assert "curved the wrong way" in fails(r"\arg\max_{u} A = 3", bowl).message
    assert (
        "a better place"
        in fails(
            r"\arg\min_{c} S = \frac{1}{n} \sum_{i=1}^n y_i", bowl
        ).message
    )
    assert "depends on u itself" in fails(r"\arg\min_{u} A = u", bowl).message
    fails(r"\arg\min_{c} A = 1", bowl, EquationError)
