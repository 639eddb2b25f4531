import numpy as np
import pytest

from data import hubble_1929, nebulae_j2000
from results import scratch as results
from several_inputs import scratch
from several_inputs.vectorized import (
    curvatures,
    features,
    gradient,
    hessian,
    least_squares,
    left_out,
    motion,
    path,
    scatter,
    shares,
    standard_errors,
)

x, y = np.array(hubble_1929.x), np.array(hubble_1929.y)
X = features(x, nebulae_j2000.ra, nebulae_j2000.dec)
LINE = np.column_stack([x, np.ones(24)])
RANDOM = [np.random.default_rng(seed) for seed in range(5)]


def test_the_features_are_those_from_scratch():
    rows = scratch.features(x, nebulae_j2000.ra, nebulae_j2000.dec)
    assert pytest.approx(np.array(rows), abs=1e-15) == X


@pytest.mark.parametrize("rng", RANDOM)
def test_the_normal_equations_agree_with_the_solver_of_numpy(rng):
    X, y = rng.normal(size=(9, 4)), rng.normal(size=9)
    W = least_squares(X, y)
    assert pytest.approx(np.linalg.lstsq(X, y)[0]) == W
    assert X.T @ (X @ W - y) == pytest.approx(np.zeros(4), abs=1e-12)
    assert shares(X) @ y == pytest.approx(W)
    assert gradient(W, X, y) == pytest.approx(np.zeros(4), abs=1e-12)


def test_no_other_weights_have_a_lower_loss():
    W = least_squares(X, y)
    lowest = scratch.loss(W, X, y)
    for offset in np.random.default_rng(0).normal(scale=50, size=(100, 4)):
        assert scratch.loss(W + offset, X, y) > lowest


@pytest.mark.parametrize("rng", RANDOM)
def test_the_gradient_is_that_from_scratch(rng):
    W = rng.normal(scale=300, size=4)
    expected = scratch.gradient(W, X.tolist(), y)
    assert gradient(W, X, y) == pytest.approx(expected)


def test_path_is_that_from_scratch_epoch_by_epoch():
    points = path(X, y)
    assert points.shape == (301, 4)
    for epochs in (0, 1, 2, 3, 10, 100, 300):
        expected = scratch.train(X.tolist(), y, epochs=epochs)
        assert points[epochs] == pytest.approx(expected, abs=1e-9)


def test_the_hessian_is_the_second_derivative_of_the_loss():
    # exact for a square: only rounding is left
    def loss(W):
        return scratch.loss(W, X, y)

    for j, k in ((0, 0), (0, 3), (1, 2), (3, 3)):
        p, q = np.eye(4)[j], np.eye(4)[k]
        found = (loss(p + q) - loss(p - q) - loss(q - p) + loss(-p - q)) / 4
        assert hessian(X)[j, k] == pytest.approx(found, abs=1e-9)


def test_each_epoch_shrinks_each_direction_by_its_own_factor():
    values, ways = np.linalg.eigh(hessian(X))
    assert curvatures(X) == pytest.approx(values)
    offsets = (path(X, y, epochs=20) - least_squares(X, y)) @ ways
    assert offsets[1:] == pytest.approx(
        offsets[:-1] * (1 - 0.9 * values), rel=1e-6, abs=1e-9
    )


@pytest.mark.parametrize(("share", "near"), [(0.99, True), (1.01, False)])
def test_the_limit_is_2_over_the_largest_curvature(share, near):
    limit = 2 / curvatures(X)[-1]
    assert limit == pytest.approx(1.2089, abs=5e-5)
    # 0.98^1500 = 7e-14, and 1.02^1500 = 8e12
    last = path(X, y, lr=share * limit, epochs=1500)[-1]
    assert (np.abs(last - least_squares(X, y)).max() < 1e-6) == near


def test_for_a_line_the_standard_errors_are_those_of_results():
    W = least_squares(LINE, y)
    s = results.scatter(results.errors(*W, x, y), 22)
    assert scatter(LINE, y) == pytest.approx(s)
    expected = results.standard_errors(hubble_1929.x, s)
    assert standard_errors(LINE, s) == pytest.approx(expected)


@pytest.mark.parametrize("rng", RANDOM)
def test_the_standard_errors_stand_on_the_diagonal_of_the_inverse(rng):
    X = rng.normal(size=(9, 4))
    diagonal = np.diag(np.linalg.inv(X.T @ X))
    assert standard_errors(X, 3.0) == pytest.approx(3 * diagonal**0.5)


def test_the_standard_errors_are_the_spread_of_many_imagined_skies():
    rng = np.random.default_rng(0)
    W, s = least_squares(X, y), scatter(X, y)
    skies = X @ W + rng.normal(0, s, (20_000, 24))
    found = np.array([np.linalg.lstsq(X, skies.T)[0]])[0]
    # a spread of 20000 is known to half a percent
    assert found.std(axis=1) == pytest.approx(standard_errors(X, s), rel=0.02)
    assert found.mean(axis=1) == pytest.approx(W, abs=5)


def test_the_scatter_is_unbiased():
    # for unit noise E[error^2 summed] is the trace of the residual maker
    maker = np.eye(24) - X @ np.linalg.pinv(X)
    assert np.trace(maker) == pytest.approx(20)


@pytest.mark.parametrize("rng", RANDOM)
def test_motion_undoes_a_direction(rng):
    speed = rng.uniform(100, 500)
    ra, dec = rng.uniform(0, 360), rng.uniform(-89, 89)
    sun = speed * np.array(scratch.direction(ra, dec))
    assert motion(np.array([465, *-sun])) == pytest.approx((speed, ra, dec))


def test_the_sun_moves_as_it_was_computed_apart_from_the_book():
    speed, ra, dec = motion(least_squares(X, y))
    assert (speed, ra, dec) == pytest.approx((316.6, 286.4, 39.2), abs=0.06)


def test_turning_the_axes_leaves_the_first_weight_and_the_predictions():
    turn = np.linalg.qr(np.random.default_rng(0).normal(size=(3, 3)))[0]
    turned = np.column_stack([x, X[:, 1:] @ turn])
    W, V = least_squares(X, y), least_squares(turned, y)
    assert V[0] == pytest.approx(W[0])
    assert turned @ V == pytest.approx(X @ W)
    assert np.abs(V[1:] - W[1:]).max() > 10


@pytest.mark.parametrize("columns", [X, LINE], ids=["sky", "line"])
def test_a_nebula_that_is_left_out_takes_no_part_in_the_training(columns):
    before = left_out(columns, y) + y  # predictions
    for i in range(24):
        changed = y.copy()
        changed[i] += 1e6
        after = left_out(columns, changed) + changed
        assert after[i] == pytest.approx(before[i])
        assert np.abs(np.delete(after - before, i)).min() > 1


@pytest.mark.parametrize("columns", [X, LINE], ids=["sky", "line"])
def test_leave_one_out_agrees_with_the_formula_for_linear_models(columns):
    # the residual over 1 minus the leverage
    hat = columns @ np.linalg.pinv(columns)
    error = columns @ least_squares(columns, y) - y
    expected = error / (1 - np.diag(hat))
    assert left_out(columns, y) == pytest.approx(expected)


def test_columns_that_repeat_one_another_are_refused():
    for copy in (X[:, 0], 3 * X[:, 0], X[:, 1] + X[:, 2]):
        with pytest.raises(ValueError, match="repeat one another"):
            least_squares(np.column_stack([X, copy]), y)


def test_the_four_models_are_within_a_standard_error_of_each_other():
    ones = np.ones((24, 1))
    models = [X[:, :1], LINE, X, np.hstack([X, ones])]
    slopes = [least_squares(columns, y)[0] for columns in models]
    errors = [standard_errors(m, scatter(m, y))[0] for m in models]
    assert max(slopes) - min(slopes) < min(errors)


def test_unseen_nebulae_do_not_tell_the_models_apart():
    unseen = left_out(X, y) ** 2 / 2
    for other in (X[:, :1], LINE):
        difference = unseen - left_out(other, y) ** 2 / 2
        error = difference.std(ddof=1) / 24**0.5
        assert abs(difference.mean()) < error / 2


def test_even_where_the_sun_moves_a_quarter_of_the_skies_hide_it():
    rng = np.random.default_rng(0)
    W, s = least_squares(X, y), scatter(X, y)
    skies = (X @ W)[:, None] + rng.normal(0, s, (24, 4000))  # (n, skies)
    unseen = []
    for columns in (X, X[:, :1]):  # leave-one-out by the formula above
        hat = columns @ np.linalg.pinv(columns)
        error = (hat @ skies - skies) / (1 - np.diag(hat))[:, None]
        unseen.append((error**2).mean(axis=0))
    # over 4000 skies a share is known to 0.7 %
    assert 0.25 < (unseen[0] > unseen[1]).mean() < 0.3
