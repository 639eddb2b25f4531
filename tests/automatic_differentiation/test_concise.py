import numpy as np
import pytest

from automatic_differentiation.concise import gradients_by_torch
from automatic_differentiation.models import line, mean_loss, squared
from data.hubble_1929 import x, y
from gradient_descent.scratch import gradient


def test_nebula_22_has_the_slopes_of_the_chapter():
    slopes = gradients_by_torch(
        lambda w, b: squared(line(w, b, 2), 850), 450.0, -40.0
    )
    assert slopes == [20, 10]


def test_the_mean_has_the_slopes_of_the_formula():
    rng = np.random.default_rng(0)
    for w, b in rng.normal(scale=300, size=(5, 2)):
        slopes = gradients_by_torch(
            lambda w, b: mean_loss(line, (w, b), x, y), w, b
        )
        assert slopes == pytest.approx(gradient(w, b, x, y), rel=1e-9)
