from pathlib import Path

import numpy as np
import pytest
import torch

from automatic_differentiation import engine
from automatic_differentiation.models import mean_loss
from data import digits
from data.hubble_1929 import x as distances
from data.hubble_1929 import y as velocities
from multilayer_perceptron import vectorized
from multilayer_perceptron.scratch import broken_line, random_units
from multilayer_perceptron.vectorized import (
    accuracy,
    broken_left_out,
    fit,
    forward,
    gradient,
    matrices,
    mean_and_error,
    mean_squares,
    network_by_sheet,
    start,
    train,
)
from several_inputs.vectorized import left_out
from softmax_regression.vectorized import (
    by_sheet,
    cross_entropy,
    one_hot,
    sheets,
    split,
)

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
COLUMN = np.array([distances]).T
TARGET = np.array([velocities]).T / 1000


@pytest.fixture(params=range(4))
def case(request):
    """Parameters, and seven samples of five features in three classes."""
    rng = np.random.default_rng(request.param)
    parameters = [rng.normal(size=p.shape) for p in start(5, 4, 3)]
    return parameters, rng.normal(size=(7, 5)), rng.integers(0, 3, 7)


def loss(parameters, X, y):
    *_, Z = forward(*parameters, X)
    return cross_entropy(Z, one_hot(y, Z.shape[1]))


def test_each_layer_has_the_shape_that_the_table_says(case):
    parameters, X, _ = case
    assert [p.shape for p in parameters] == [(5, 4), (4,), (4, 3), (3,)]
    U, G, Z = forward(*parameters, X)
    assert (U.shape, G.shape, Z.shape) == ((7, 4), (7, 4), (7, 3))
    assert np.array_equal(G, np.where(U > 0, U, 0))


def test_loss_and_gradient_are_those_of_torch(case):
    parameters, X, y = case
    W1, b1, W2, b2 = theirs = [
        torch.tensor(p, requires_grad=True) for p in parameters
    ]
    Z = torch.relu(torch.tensor(X) @ W1 + b1) @ W2 + b2
    value = torch.nn.functional.cross_entropy(Z, torch.tensor(y))
    value.backward()
    assert loss(parameters, X, y) == pytest.approx(value.item(), rel=1e-12)
    slopes = gradient(*parameters, X, one_hot(y, 3))
    for ours, p in zip(slopes, theirs, strict=True):
        # sums of a few numbers in another order
        assert np.allclose(ours, p.grad, rtol=0, atol=1e-14)


def test_the_gradient_is_that_of_central_differences(case):
    parameters, X, y = case
    slopes = gradient(*parameters, X, one_hot(y, 3))
    delta = 1e-6  # small enough that no unit passes its kink
    for k, ours in enumerate(slopes):
        for place in np.ndindex(ours.shape):
            values = []
            for sign in (1, -1):
                moved = [p.copy() for p in parameters]
                moved[k][place] += sign * delta
                values.append(loss(moved, X, y))
            nudged = (values[0] - values[1]) / (2 * delta)
            assert ours[place] == pytest.approx(nudged, abs=1e-8)


def test_just_at_0_the_slope_of_relu_is_0_as_in_torch():
    U = torch.zeros(1, requires_grad=True)
    torch.relu(U).sum().backward()
    assert U.grad.item() == 0
    zeros = np.zeros((1, 1))
    slopes = vectorized.backward(np.ones((1, 1)), zeros, zeros, zeros, zeros)
    assert slopes[1].item() == 0


def test_two_layers_without_a_bend_are_one(case):
    (W1, b1, W2, b2), rows, _ = case
    one = rows @ (W1 @ W2) + (b1 @ W2 + b2)
    assert np.allclose((rows @ W1 + b1) @ W2 + b2, one, rtol=0, atol=1e-13)


@pytest.mark.parametrize("seed", range(2))
def test_a_broken_line_trains_as_with_our_engine(seed):
    thousands = TARGET[:, 0].tolist()

    def loss(*parameters):
        return mean_loss(broken_line, parameters, distances, thousands)

    begin = random_units(3, 0, 2, seed)
    theirs = engine.train(loss, *begin, lr=0.1, epochs=20)
    ours = fit(matrices(begin), COLUMN, TARGET, lr=0.1, epochs=20)
    for p, q in zip(ours, matrices(theirs), strict=True):
        assert np.allclose(p, q, rtol=0, atol=1e-12)


def test_three_starts_end_below_the_line_at_the_printed_losses():
    w, b = np.polyfit(distances, velocities, 1)
    line = ((w * COLUMN + b - 1000 * TARGET) ** 2).mean() / 2
    found = []
    for seed in range(3):
        parameters = fit(matrices(random_units(6, 0, 2, seed)), COLUMN, TARGET)
        *_, Z = forward(*parameters, COLUMN)
        found.append(1e6 * ((Z - TARGET) ** 2).mean() / 2)
    assert max(found) < line
    assert found == pytest.approx([23211, 24068, 21382], abs=1)


def test_three_of_the_first_thirty_starts_end_at_one_height():
    at = np.arange(-3.0, 4)[:, None]
    stuck = {}
    for seed in range(30):
        begin = matrices(random_units(4, -3, 3, seed))
        found = fit(begin, at, abs(at), lr=0.05, epochs=1000)
        *_, Z = forward(*found, at)
        height = ((Z - abs(at)) ** 2).mean() / 2
        if height > 0.3:
            stuck[seed] = height
        if seed == 4:  # its units rose to the right from the start
            assert (begin[0] > 0).all()
            assert (found[0] > 0).all()
    # they still go down a little, to 0.3714
    assert list(stuck.values()) == pytest.approx([0.3714] * 3, abs=0.002)
    assert 4 in stuck


def test_three_other_starts_leave_less_of_a_difference_on_nebulae_left_out():
    starts = [matrices(random_units(6, 0, 2, seed)) for seed in (3, 4, 5)]
    runs = [broken_left_out(begin, COLUMN, TARGET) for begin in starts]
    bent = (1e6 * np.square(runs) / 2).mean(axis=0)
    rows = np.hstack([COLUMN, COLUMN**0])
    straight = left_out(rows, np.array(velocities)) ** 2 / 2
    mean, error = mean_and_error(bent - straight)
    assert mean == pytest.approx(399, abs=1)
    assert error > 1000


def test_the_nebula_left_out_takes_no_part(monkeypatch):
    seen = []

    def watched(parameters, X, Y):
        seen.append(X[:, 0].tolist())
        return parameters

    monkeypatch.setattr(vectorized, "fit", watched)
    begin = matrices(random_units(2, 0, 2))
    errors = broken_left_out(begin, COLUMN, TARGET)
    for i, others in enumerate(seen):
        assert others == distances[:i] + distances[i + 1 :]
    expected = forward(*begin, COLUMN)[2] - TARGET
    assert np.allclose(errors, expected[:, 0])


def test_a_step_goes_down_the_gradient(case):
    _, X, y = case
    begin = start(5, 4, 3, seed=1)
    after = train(begin, X, y, lr=0.3, epochs=1, batch_size=7)
    slopes = gradient(*begin, X, one_hot(y, 3))
    for p, s, found in zip(begin, slopes, after, strict=True):
        assert np.allclose(found, p - 0.3 * s, rtol=0, atol=1e-14)


@pytest.mark.parametrize("seed", range(3))
def test_equal_units_stay_equal(seed):
    W1, b1, W2, b2 = start(64, 5, 10, seed)
    begin = W1[:, [0, 1, 0, 2, 0]], b1, W2[[0, 1, 0, 2, 0]], b2
    W1, b1, W2, _ = train(begin, X[:200], y[:200], lr=0.1, epochs=3)
    for other in (2, 4):  # equal but for the order of sums
        assert np.allclose(W1[:, 0], W1[:, other], rtol=0, atol=1e-12)
        assert np.allclose(b1[0], b1[other], rtol=0, atol=1e-12)
        assert np.allclose(W2[0], W2[other], rtol=0, atol=1e-12)
    assert not np.allclose(W1[:, 0], W1[:, 1])


@pytest.mark.parametrize("wrong", [-1, 3])
def test_labels_that_are_no_class_raise_what_torch_raises(case, wrong):
    _, X, y = case
    y = np.r_[y[:-1], wrong]
    with pytest.raises(IndexError) as theirs:
        torch.nn.functional.cross_entropy(torch.zeros(7, 3), torch.tensor(y))
    with pytest.raises(IndexError) as ours:
        train(start(5, 4, 3), X, y)
    assert str(ours.value) == str(theirs.value)


def test_shapes_that_do_not_fit_raise_the_error_that_torch_raises(case):
    parameters, X, y = case
    for few in (y[:3], np.r_[y, y]):
        with pytest.raises(ValueError, match="batch_size"):
            torch.nn.functional.cross_entropy(
                torch.zeros(7, 3), torch.tensor(few)
            )
        with pytest.raises(ValueError, match=f"7 rows, but {len(few)} targ"):
            train(parameters, X, few)
    with pytest.raises(ValueError, match=r"\(7, 3\).*\(1, 3\)"):
        gradient(*parameters, X, one_hot(y[:1], 3))
    with pytest.raises(ValueError, match="mismatch"):
        gradient(*parameters, X[:, :4], one_hot(y, 3))
    begin = matrices(random_units(2, 0, 2))
    with pytest.raises(ValueError, match=r"\(24, 1\).*\(24,\)"):
        fit(begin, COLUMN, TARGET[:, 0])


def test_nothing_is_computed_from_the_rows_held_out():
    rng = np.random.default_rng(0)
    other, labels = X.copy(), y.copy()
    other[1287:] = rng.random((510, 64))
    labels[1287:] = rng.permutation(labels[1287:])
    fitted = train(start(64, 8, 10), *split(X, y)[:2], epochs=2)
    again = train(start(64, 8, 10), *split(other, labels)[:2], epochs=2)
    for p, q in zip(fitted, again, strict=True):
        assert np.array_equal(p, q)


def test_by_sheet_leaves_each_sheet_out_of_its_training(monkeypatch):
    seen = []

    def watched(parameters, X, y, seed):
        seen.append(len(X))
        return parameters

    monkeypatch.setattr(vectorized, "train", watched)
    scores = network_by_sheet(X, y)
    sizes = np.diff([*sheets(y), len(y)])
    assert seen == (1797 - sizes).tolist()
    assert len(scores) == 12


@pytest.mark.parametrize("seed", range(3))
def test_the_standard_error_is_the_scatter_of_means(seed):
    rng = np.random.default_rng(seed)
    draws = rng.normal(2, 3, (4000, 9))
    pairs = np.array([mean_and_error(draw) for draw in draws])
    # over 4000 draws a scatter is known to about one percent
    assert pairs[:, 0].std() == pytest.approx(1, rel=0.05)
    assert (pairs[:, 1] ** 2).mean() == pytest.approx(1, rel=0.05)


def test_other_starts_change_the_sign_of_the_mean_over_the_sheets():
    runs = [network_by_sheet(X, y, seed=seed) for seed in (2, 3)]
    others = np.mean(runs, axis=0)
    mean, _ = mean_and_error(100 * (others - by_sheet(X, y)))
    # the two starts of the page have +0.3
    assert -0.7 < mean < -0.1


def test_a_first_loss_is_near_log_10():
    for seed in range(5):
        found = loss(start(64, 32, 10, seed), X, y)
        assert abs(found - np.log(10)) < 0.3


def test_accuracies_lie_in_the_printed_ranges():
    known, actual, X_new, y_new = split(X, y)
    for seed in range(2):
        fitted = train(start(64, 32, 10, seed), known, actual, seed=seed)
        assert 0.95 < accuracy(fitted, known, actual) <= 1
        assert 0.85 < accuracy(fitted, X_new, y_new) < 0.95


def test_accuracy_is_the_share_of_right_guesses():
    b2 = np.eye(10)[3]
    parameters = np.zeros((64, 8)), np.zeros(8), np.zeros((8, 10)), b2
    assert accuracy(parameters, X, y) == (y == 3).mean()


def test_one_layer_multiplies_the_mean_square_by_d_times_the_variance():
    rng = np.random.default_rng(0)
    rows = rng.normal(2, 3, (50, 40))
    W = rng.normal(0, np.sqrt(1 / 40), (40, 20_000))
    U = rows @ W
    # 20,000 draws tell a mean square to about one per cent, a half to two
    assert (U**2).mean() == pytest.approx((rows**2).mean(), rel=0.02)
    half = (np.maximum(U, 0) ** 2).mean()
    assert half == pytest.approx((U**2).mean() / 2, rel=0.04)


@pytest.mark.parametrize("factor", [1, 2, 4])
def test_with_relu_the_mean_square_is_multiplied_by_half_the_factor(factor):
    logs = [np.log(mean_squares(factor, seed=s)[-1]) for s in range(6)]
    # the draw moves the mean of a layer by some per cent
    assert np.mean(logs) / 20 == pytest.approx(np.log(factor / 2), abs=0.05)
