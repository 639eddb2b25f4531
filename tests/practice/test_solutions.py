from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn

from data.hubble_1929 import x, y
from linear_regression.scratch import least_squares
from loss_functions.scratch import log_loss
from multilayer_perceptron.vectorized import mean_and_error
from practice.solutions import (
    bootstrap,
    central_difference,
    compare,
    epochs_to,
    fit_lines,
    fit_networks,
    influence,
    largest_error,
    log_loss_with_logits,
    network,
    seen_and_unseen,
    step_through_origin,
    train_logistic,
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
    rng = np.random.default_rng(3)
    for known, actual in ((X, Y), rng.normal(1, 2, (2, 11))):
        expected = (known * actual).sum() / (known**2).sum()
        lr = 1 / (known**2).mean()
        for start in (0.0, *rng.normal(0, 1000, 3)):
            found = step_through_origin(start, known, actual, lr)
            assert found == pytest.approx(expected)


def test_central_differences_find_the_wrong_derivative():
    points = [-2.0, 0.5, 3.0]
    assert central_difference(np.exp, 1.0) == pytest.approx(np.e, rel=1e-8)
    # rounding leaves about 1e-16 / 1e-6, times the size of f
    assert largest_error(lambda v: 3 * v**2, lambda v: v**3, points) < 1e-8
    assert largest_error(lambda v: 2 * v**2, lambda v: v**3, points) > 1


TRUTH = np.polyval(BEST, X)


@pytest.mark.parametrize("degree", range(8))
def test_the_gap_is_twice_the_noise_that_the_parameters_can_fit(degree):
    # p = degree + 1 parameters fit p / n of the noise: the textbook formula.
    seen, unseen = seen_and_unseen(TRUTH, X, degree, 233)
    c = np.polyfit(X, TRUTH, deg=degree)
    bias = ((np.polyval(c, X) - TRUTH) ** 2).mean() / 2
    share = 233**2 / 2 * (degree + 1) / 24
    for found, sign in ((seen, -1), (unseen, 1)):
        assert found.shape == (2000,)
        error = found.std(ddof=1) / 2000**0.5
        expected = bias + 233**2 / 2 + sign * share
        assert found.mean() == pytest.approx(expected, abs=4 * error)


def test_without_noise_every_degree_above_the_truth_is_exact():
    for part in seen_and_unseen(X**2 - 1, X, 2, 0.0, repeats=3):
        assert part == pytest.approx(np.zeros(3), abs=1e-20)


def test_in_worlds_whose_rule_is_a_line_each_higher_degree_is_worse():
    line = seen_and_unseen(TRUTH, X, 1, 233)
    for degree in (0, *range(2, 8)):
        curve = seen_and_unseen(TRUTH, X, degree, 233)
        mean, error = mean_and_error(curve[1] - line[1])
        assert mean > 10 * error
        assert (curve[0].mean() < line[0].mean()) == (degree > 1)


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


def test_the_bootstrap_agrees_with_the_standard_error():
    w, b = BEST
    s_w, _ = standard_errors(x, scatter(errors(w, b, x, y), len(x) - 2))
    # the two make different assumptions: agreement within a tenth
    found = bootstrap(X, Y)
    assert found.shape == (10_000,)
    assert found.std() == pytest.approx(s_w, rel=0.1)


@pytest.mark.parametrize("actual", [0.0, 1.0])
def test_the_log_loss_is_that_of_the_loss_functions_chapter(actual):
    rng = np.random.default_rng(2)
    for u in rng.normal(0, 3, 10):
        a = 1 / (1 + np.exp(-u))
        found = log_loss_with_logits(torch.tensor(u), torch.tensor(actual))
        assert found.item() == pytest.approx(log_loss(a, actual))


def test_the_log_loss_is_a_mean():
    u = torch.linspace(-3, 4, 7, dtype=torch.float64)
    actual = torch.tensor([0.0, 1, 0, 1, 1, 0, 1])
    ones = [
        log_loss_with_logits(*pair) for pair in zip(u, actual, strict=True)
    ]
    expected = torch.stack(ones).mean()
    assert torch.isclose(log_loss_with_logits(u, actual), expected)


def test_the_log_loss_does_not_overflow():
    u = torch.tensor([1000.0, -1000.0], requires_grad=True)
    loss = log_loss_with_logits(u, torch.tensor([0.0, 1.0]))
    assert loss.item() == 1000
    loss.backward()
    assert u.grad.tolist() == [0.5, -0.5]


def test_logistic_regression_never_arrives_but_moves_the_border_to_0_9():
    distances = torch.tensor(X)
    fast = torch.tensor(Y > 300, dtype=torch.float64)
    assert not fast[distances < 0.9].any()
    assert fast[distances > 0.9].all()

    def loss(w, b):
        return log_loss_with_logits(w * distances + b, fast).item()

    found = [train_logistic(distances, fast, epochs=10**k) for k in (2, 3, 4)]
    for (w, b), (w_later, b_later) in pairwise(found):
        assert w < w_later
        assert loss(w_later, b_later) < loss(w, b)
        assert 0 < 0.9 + b_later / w_later < 0.9 + b / w
    # Only the four at 0.9 Mpc, half of them fast, cost anything in the end.
    four = 4 * np.log(2) / 24
    assert loss(*found[-1]) > four
    assert loss(1e4, -0.9e4) == pytest.approx(four)


def test_each_step_of_logistic_regression_is_that_of_torch():
    rng = np.random.default_rng(4)
    distances = torch.tensor(rng.normal(size=9))
    classes = torch.tensor(rng.integers(2, size=9)).double()
    model = nn.Linear(1, 1).double()
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.7)
    for _ in range(5):
        u = model(distances[:, None])[:, 0]
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(u, classes).backward()
        optimizer.step()
    expected = model.weight.item(), model.bias.item()
    found = train_logistic(distances, classes, lr=0.7, epochs=5)
    assert found == pytest.approx(expected)


def random_splits(splits, n, seed=5):
    rng = np.random.default_rng(seed)
    known = torch.tensor(rng.uniform(0, 2, (splits, n, 1)))
    return known, torch.tensor(rng.normal(300, 200, (splits, n, 1)))


def test_the_networks_trained_together_are_those_trained_one_by_one():
    known, actual = random_splits(splits=3, n=6)
    found = fit_networks(known, actual, lr=0.05, epochs=20)(known)
    for seed in range(3):
        u, v = (
            (part[seed] - part[seed].mean()) / part[seed].std(correction=0)
            for part in (known, actual)
        )
        model = network(seed).double()
        optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
        for _ in range(20):
            loss = ((model(u) - v) ** 2).mean() / 2
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        scale = actual[seed].std(correction=0)
        expected = actual[seed].mean() + scale * model(u)
        # products are summed in another order
        assert torch.allclose(found[seed], expected, rtol=1e-9)


def test_each_network_has_its_own_start():
    first, again, other = network(1), network(1), network(2)
    assert torch.equal(first[0].weight, again[0].weight)
    assert not torch.equal(first[0].weight, other[0].weight)
    assert [tuple(p.shape) for p in first.parameters()] == [
        (8, 1),
        (8,),
        (1, 8),
        (1,),
    ]


def test_every_line_is_the_least_squares_line_of_its_split():
    known, actual = random_splits(splits=4, n=7)
    predict = fit_lines(known, actual)
    new, _ = random_splits(splits=4, n=3, seed=6)
    for s in range(4):
        line = np.polyfit(known[s, :, 0], actual[s, :, 0], deg=1)
        expected = np.polyval(line, new[s, :, 0])
        assert predict(new)[s, :, 0].numpy() == pytest.approx(expected)


@pytest.fixture
def quick(monkeypatch):
    """Let the networks of `compare` train for 30 epochs only."""
    monkeypatch.setattr(fit_networks, "__defaults__", (0.1, 30))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_what_is_fitted_does_not_change_with_the_hidden_nebulae(seed):
    order = np.random.default_rng(seed).permutation(24)
    lines, networks = compare(X, Y, splits=seed + 1)
    for hidden in order[:8]:
        far, fast = X.copy(), Y.copy()
        far[hidden] += 3
        fast[hidden] += 2000
        moved_lines, moved_networks = compare(far, fast, splits=seed + 1)
        # the loss on the seen rows holds all that was fitted
        assert moved_lines[0, seed] == lines[0, seed]
        assert moved_networks[0, seed] == networks[0, seed]
        assert moved_lines[1, seed] != lines[1, seed]


@pytest.mark.usefixtures("quick")
def test_the_two_parts_are_16_seen_and_8_hidden_nebulae():
    (line, _) = compare(X, Y, splits=3)
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(24)
        hidden, known = order[:8], order[8:]
        error = np.polyval(np.polyfit(X[known], Y[known], deg=1), X) - Y
        expected = [(error[rows] ** 2).mean() / 2 for rows in (known, hidden)]
        assert line[:, seed] == pytest.approx(expected)


def test_the_networks_win_on_seen_nebulae_and_lose_on_unseen_ones():
    losses = compare(X, Y)
    assert losses.shape == (2, 2, 200)
    lines, networks = losses
    assert (networks[0] < lines[0]).all()
    mean, error = mean_and_error(networks[1] - lines[1])
    assert mean > 5 * error
    # and yet a single split may say the opposite
    assert 0.3 < (networks[1] < lines[1]).mean() < 0.5


@pytest.fixture(params=range(3))
def other(request):
    rng = np.random.default_rng(request.param)
    return rng.uniform(0, 2, 9), rng.normal(size=9)


def test_influence_is_what_a_fit_without_the_sample_changes(other):
    known, actual = other
    w = least_squares(known.tolist(), actual.tolist())[0]
    for i, change in enumerate(influence(known, actual)):
        rest = [np.delete(column, i).tolist() for column in other]
        assert change == pytest.approx(least_squares(*rest)[0] - w)


def test_torch_gives_the_same_momentum_on_other_data(other):
    known, actual = (torch.tensor(column) for column in other)
    point = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([point], lr=0.2, momentum=0.4)
    for _ in range(6):
        loss = ((point[0] * known + point[1] - actual) ** 2).mean() / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    path = train_with_momentum(*other, lr=0.2, beta=0.4, epochs=6)
    assert path[-1] == pytest.approx(point.detach().numpy())


def test_each_draw_of_the_bootstrap_is_a_line_of_its_own(other):
    known, actual = other
    rows = np.random.default_rng(0).integers(9, size=(20, 9))
    expected = [np.polyfit(known[r], actual[r], deg=1)[0] for r in rows]
    assert bootstrap(known, actual, repeats=20) == pytest.approx(expected)


def test_the_losses_of_a_world_are_those_of_its_own_polynomial(other):
    known, truth = other
    seen, unseen = seen_and_unseen(truth, known, 2, 0.5, repeats=4)
    noise = 0.5 * np.random.default_rng(0).standard_normal((2, 4, 9))
    for k in range(4):
        z = np.polyval(np.polyfit(known, truth + noise[0, k], deg=2), known)
        for found, part in zip((seen, unseen), noise[:, k], strict=True):
            expected = ((z - truth - part) ** 2).mean() / 2
            assert found[k] == pytest.approx(expected)
