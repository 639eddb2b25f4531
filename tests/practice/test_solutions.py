import itertools

import numpy as np
import pytest
import torch

from data.hubble_1929 import x, y
from practice.solutions import (
    bootstrap,
    central_difference,
    compare,
    epochs_to,
    influence,
    largest_error,
    log_loss,
    step_through_origin,
    train_absolute,
    train_in_batches,
    train_logistic,
    train_network,
    train_standardised,
    train_with_momentum,
)
from results.scratch import errors, scatter, standard_errors

X, Y = np.array(x), np.array(y, dtype=float)
BEST = np.polyfit(x, y, deg=1)
LOW, HIGH = np.linalg.eigvalsh([[(X**2).mean(), X.mean()], [X.mean(), 1]])


def test_the_influence_follows_from_leverage_and_residual():
    # w without i differs by c_i e_i / (1 - h_i), where h is the leverage.
    d = X - X.mean()
    leverage = 1 / len(x) + d**2 / (d**2).sum()
    error = np.polyval(BEST, X) - Y
    expected = d / (d**2).sum() * error / (1 - leverage)
    assert influence(x, y) == pytest.approx(expected)


def test_the_far_slow_nebula_matters_most():
    i = np.abs(influence(x, y)).argmax()
    assert (x[i], y[i]) == (2, 500)
    worst = np.abs(np.polyval(BEST, X) - Y).argmax()
    assert (x[worst], y[worst]) == (1, 920)
    assert abs(influence(x, y)[worst]) < 5


def test_one_step_of_the_right_length_reaches_the_bottom():
    expected = (X * Y).sum() / (X**2).sum()
    lr = 1 / (X**2).mean()
    for start in (0.0, -300.0, 1e4):
        assert step_through_origin(start, x, y, lr) == pytest.approx(expected)


def test_central_differences_find_the_wrong_derivative():
    points = [-2.0, 0.5, 3.0]
    assert central_difference(np.exp, 1.0) == pytest.approx(np.e, rel=1e-8)
    # rounding leaves about 1e-16 / 1e-6, times the size of f
    assert largest_error(lambda v: 3 * v**2, lambda v: v**3, points) < 1e-8
    assert largest_error(lambda v: 2 * v**2, lambda v: v**3, points) > 1


def test_standardised_distances_need_a_single_step():
    assert train_standardised(X, Y) == pytest.approx(BEST, rel=1e-12)
    u = (X - X.mean()) / X.std()
    hessian = [[(u**2).mean(), u.mean()], [u.mean(), 1]]
    assert np.linalg.eigvalsh(hessian) == pytest.approx([1, 1])


def test_standardised_distances_stay_where_the_step_has_led():
    assert train_standardised(X, Y, epochs=2) == pytest.approx(BEST, rel=1e-12)


def test_one_batch_of_everything_is_plain_gradient_descent():
    path = train_in_batches(X, Y, batch_size=24, epochs=300)
    assert path[0] == pytest.approx([260.702, 186.5625], abs=1e-3)
    assert path[-1] == pytest.approx(BEST, rel=1e-9)


def test_minibatches_hover_unless_the_steps_shrink():
    steady = train_in_batches(X, Y)
    shrinking = train_in_batches(X, Y, decay=0.1)
    assert steady[-50:, 0].std() > 20
    assert shrinking[-50:, 0].std() < 1
    assert shrinking[-1] == pytest.approx(BEST, abs=1)


def test_momentum_zero_is_plain_gradient_descent():
    path = train_with_momentum(X, Y, lr=0.5, beta=0.0, epochs=1)
    assert path[1] == pytest.approx([260.702, 186.5625], abs=1e-3)


def test_torch_gives_the_same_path_with_momentum():
    p = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([p], lr=0.5, momentum=0.5)
    xt, yt = torch.tensor(X), torch.tensor(Y)
    path = [p.tolist()]
    for _ in range(50):
        loss = ((p[0] * xt + p[1] - yt) ** 2).mean() / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        path.append(p.tolist())
    found = train_with_momentum(X, Y, lr=0.5, beta=0.5, epochs=50)
    assert found == pytest.approx(np.array(path))


def test_momentum_beats_the_best_plain_learning_rate():
    plain = train_with_momentum(X, Y, lr=2 / (LOW + HIGH), beta=0.0)
    root = HIGH**0.5 + LOW**0.5
    beta = ((HIGH**0.5 - LOW**0.5) / root) ** 2
    heavy = train_with_momentum(X, Y, lr=4 / root**2, beta=beta)
    assert epochs_to(plain, BEST) > 2 * epochs_to(heavy, BEST)


def test_epochs_to_counts_the_last_time_that_it_was_far():
    path = np.array([[5.0, 0], [0, 0], [3, 0], [0, 0], [0, 0]])
    assert epochs_to(path, np.zeros(2)) == 3


def least_absolute_line(y):
    lines = []
    for i, j in itertools.combinations(range(len(x)), 2):
        if x[i] != x[j]:
            w = (y[i] - y[j]) / (X[i] - X[j])
            b = y[i] - w * X[i]
            lines.append((np.abs(w * X + b - y).mean(), w, b))
    return min(lines)


def test_the_subgradient_nearly_reaches_the_best_absolute_loss():
    # The best line passes through two of the points: try them all.
    lowest, w, b = least_absolute_line(Y)
    found = train_absolute(X, Y)
    loss = np.abs(found[0] * X + found[1] - Y).mean()
    assert lowest <= loss < lowest + 0.01
    assert found == pytest.approx((w, b), abs=1)


def test_the_steps_of_the_absolute_fit_shrink_with_the_root_of_the_epoch():
    first = 100 * (np.sign(Y) * X).mean(), 100 * np.sign(Y).mean()
    assert train_absolute(X, Y, epochs=1) == pytest.approx(first)
    sign = np.sign(first[0] * X + first[1] - Y)
    step = 100 / 2**0.5
    second = first[0] - step * (sign * X).mean(), first[1] - step * sign.mean()
    assert train_absolute(X, Y, epochs=2) == pytest.approx(second)


def test_a_slip_of_the_pen_does_not_move_the_absolute_fit_at_all():
    slip = Y.copy()
    slip[-1] = 10_900
    assert train_absolute(X, slip) == train_absolute(X, Y)
    assert np.polyfit(X, slip, deg=1)[0] > 3 * BEST[0]


def test_the_log_loss_is_that_of_the_loss_functions_chapter():
    u, c = torch.tensor([-3.0, 0.2, 4.0]), torch.tensor([0.0, 1.0, 1.0])
    a = torch.sigmoid(u)
    expected = -(c * torch.log(a) + (1 - c) * torch.log(1 - a)).mean()
    assert log_loss(u, c).item() == pytest.approx(expected.item(), rel=1e-6)


def test_logistic_regression_ends_where_the_gradient_vanishes():
    xt = torch.tensor(X)
    c = torch.tensor(Y > 300, dtype=torch.float64)
    w, b = (
        torch.tensor(v, dtype=torch.float64, requires_grad=True)
        for v in train_logistic(xt, c)
    )
    log_loss(w * xt + b, c).backward()
    assert abs(w.grad) < 1e-3
    assert abs(b.grad) < 1e-3
    assert (-b / w).item() == pytest.approx(0.897, abs=0.001)


def test_the_network_fits_the_known_data_better_and_new_data_no_better():
    xt, yt = (torch.tensor(v, dtype=torch.float32)[:, None] for v in (x, y))
    losses = compare(xt, yt)
    assert losses.shape == (5, 2, 2)
    known, new = losses.transpose(1, 2, 0)  # (2, splits): line, network
    assert (known[1] < 0.6 * known[0]).all()
    assert new[1].mean() > new[0].mean()


def test_the_line_is_fitted_to_two_thirds_and_judged_on_each_part():
    xt, yt = (torch.tensor(v, dtype=torch.float32)[:, None] for v in (x, y))
    u = (X - X.mean()) / X.std(ddof=1)
    v = (Y - Y.mean()) / Y.std(ddof=1)
    order = np.random.default_rng(0).permutation(24)
    new, known = order[:8], order[8:]
    error = np.polyval(np.polyfit(u[known], v[known], deg=1), u) - v
    expected = [(error[rows] ** 2).mean() / 2 for rows in (known, new)]
    (losses,) = compare(xt, yt, splits=1)
    assert losses[:, 0] == pytest.approx(expected, rel=1e-4)


def test_the_network_is_the_same_in_every_run():
    u = torch.linspace(-1, 1, 5)[:, None]
    first, second = (train_network(u, u**2, epochs=3) for _ in range(2))
    assert torch.equal(first(u), second(u))


def test_the_bootstrap_agrees_with_the_standard_error():
    w, b = BEST
    s_w, _ = standard_errors(x, scatter(errors(w, b, x, y), len(x) - 2))
    # the two make different assumptions: agreement within a tenth
    found = bootstrap(X, Y)
    assert found.shape == (10_000,)
    assert found.std() == pytest.approx(s_w, rel=0.1)
