import numpy as np
import pytest

from data.hubble_1929 import x, y
from multilayer_perceptron.vectorized import mean_and_error
from practice.pitfalls import fit, leave_one_out, loss

X, Y = np.array(x), np.array(y)


@pytest.fixture(params=range(3))
def other(request):
    rng = np.random.default_rng(request.param)
    return rng.uniform(0, 2, 17), rng.normal(size=17)


def test_degree_one_is_the_least_squares_line(other):
    for known, actual in ((X, Y), other):
        w, b = np.polyfit(known, actual, deg=1)
        expected = w * known + b
        assert fit(known, actual, 1)(known) == pytest.approx(expected)


def test_the_loss_is_half_the_mean_square_of_the_residuals(other):
    known, actual = other
    error = np.polyval(np.polyfit(known, actual, deg=3), known) - actual
    expected = np.mean(error**2) / 2
    assert loss(known, actual, 3) == pytest.approx(expected)


def test_a_higher_degree_never_fits_the_known_data_worse():
    losses = [loss(X, Y, degree) for degree in range(8)]
    assert losses == sorted(losses, reverse=True)


@pytest.mark.parametrize("degree", [0, 1, 3])
def test_leaving_one_out_agrees_with_the_hat_matrix(degree, other):
    for known, actual in ((X, Y), other):
        P = np.vander(known - 1, degree + 1)
        hat = P @ np.linalg.pinv(P)
        error = (hat @ actual - actual) / (1 - np.diag(hat))
        found = leave_one_out(known, actual, degree)
        assert found == pytest.approx(error**2 / 2)


def test_the_hidden_velocity_does_not_enter_its_own_fit():
    changed = Y.astype(float)
    changed[5] += 1000
    d = np.sqrt(2 * leave_one_out(X, changed, 2)[5])
    models = [fit(np.delete(X, 5), np.delete(Y, 5), 2)(X[5])]
    assert d == pytest.approx(abs(models[0] - changed[5]))


def clearly_worse(degree):
    curve, line = (leave_one_out(X, Y, k) for k in (degree, 1))
    mean, error = mean_and_error(curve - line)
    return mean > 2 * error


def test_only_a_constant_and_a_parabola_are_clearly_worse_than_the_line():
    worse = [k for k in (0, *range(2, 8)) if clearly_worse(k)]
    assert worse == [0, 2]


def test_no_curve_is_clearly_better_than_the_line():
    line = leave_one_out(X, Y, 1)
    for k in range(2, 8):
        mean, error = mean_and_error(leave_one_out(X, Y, k) - line)
        assert mean > -2 * error


def test_one_nebula_bears_much_of_the_loss_of_degree_seven():
    losses = leave_one_out(X, Y, 7)
    assert X[losses.argmax()] == 1.7
    assert losses.max() / losses.sum() > 0.4


def test_degree_seven_fits_the_known_data_and_is_absurd_outside():
    assert loss(X, Y, 7) < 0.7 * loss(X, Y, 1)
    assert fit(X, Y, 7)(2.5) < -100_000 < 0 < fit(X, Y, 1)(2.5)
