import numpy as np
import pytest

from data.hubble_1929 import x, y
from practice.pitfalls import fit, leave_one_out, loss

X, Y = np.array(x), np.array(y)


def test_degree_one_is_the_least_squares_line():
    w, b = np.polyfit(x, y, deg=1)
    assert fit(X, Y, 1)(X) == pytest.approx(w * X + b)


def test_a_higher_degree_never_fits_the_known_data_worse():
    losses = [loss(X, Y, degree) for degree in range(1, 8)]
    assert losses == sorted(losses, reverse=True)


def test_leaving_one_out_agrees_with_the_hat_matrix():
    P = np.vander(X - 1, 4)  # degree 3
    hat = P @ np.linalg.pinv(P)
    error = (hat @ Y - Y) / (1 - np.diag(hat))
    assert leave_one_out(X, Y, 3) == pytest.approx((error**2).mean() / 2)


def test_degree_seven_is_better_on_known_data_and_worse_on_new():
    assert loss(X, Y, 7) < 0.7 * loss(X, Y, 1)
    assert leave_one_out(X, Y, 7) > 1.5 * leave_one_out(X, Y, 1)
    assert fit(X, Y, 7)(2.5) < -100_000 < 0 < fit(X, Y, 1)(2.5)
