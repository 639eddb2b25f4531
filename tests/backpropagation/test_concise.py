import pytest

from backpropagation.concise import gradients_by_torch
from backpropagation.models import line, loss, mean_loss
from data.hubble_1929 import x, y
from gradient_descent.scratch import gradient


def test_nebula_22_has_the_slopes_of_the_chapter():
    slopes = gradients_by_torch(
        lambda w, b: loss(line(w, b, 2), 850), 450.0, -40.0
    )
    assert slopes == [20, 10]


def test_the_mean_has_the_slopes_of_the_formula():
    slopes = gradients_by_torch(
        lambda w, b: mean_loss(line, (w, b), x, y), 450.0, -40.0
    )
    assert slopes == pytest.approx(gradient(450, -40, x, y), rel=1e-12)
