from pathlib import Path

import numpy as np
import pytest
import torch

from data import digits
from softmax_regression import scratch
from softmax_regression.vectorized import (
    accuracy,
    between,
    by_sheet,
    confusion,
    cross_entropy,
    gradient,
    logits,
    one_hot,
    sheets,
    softmax,
    split,
    standard_error,
    train,
)

X, y = digits.load(Path(digits.__file__).with_name("digits.csv.gz"))
# Sums of some numbers in another order: equal to rounding.
REL = 1e-12


@pytest.fixture(scope="module")
def pairs():
    known, actual, *_ = split(X, y)
    return [train(known, actual, seed=seed) for seed in range(5)]


@pytest.fixture(params=range(4))
def case(request):
    rng = np.random.default_rng(request.param)
    W, b = rng.normal(size=(5, 3)), rng.normal(size=3)
    return W, b, rng.random((7, 5)), rng.integers(0, 3, 7)


def test_the_rows_are_split_in_two_blocks_and_none_is_lost():
    known, actual, X_new, y_new = split(X, y)
    assert (len(known), len(X_new)) == (1287, 510)
    assert np.array_equal(np.concatenate([known, X_new]), X)
    assert np.array_equal(np.concatenate([actual, y_new]), y)


def test_the_split_lies_between_two_sheets():
    assert 1287 in sheets(y)


def test_sheets_begin_with_the_digits_three_times():
    found = sheets(y)
    assert found[:3] == [0, 130, 256]
    assert len(found) == 12
    for start in found:
        assert y[start : start + 30].tolist() == [*range(10)] * 3


def test_a_sheet_may_be_the_whole():
    assert sheets(np.array([*range(10)] * 3)) == [0]


def test_there_are_fourteen_sheets_one_more_than_people():
    sizes = np.diff([*sheets(y), len(y)])
    assert sorted(sizes)[:10] == [126, *[128] * 2, *[130] * 7]
    assert sorted(sizes)[10:] == [252, 253]  # two sheets each


def test_images_held_out_at_random_give_a_result_too_good():
    shares = []
    for seed in range(5):
        rows = np.random.default_rng(seed).permutation(len(X))
        W, b = train(X[rows[:1287]], y[rows[:1287]])
        shares.append(accuracy(W, b, X[rows[1287:]], y[rows[1287:]]))
    assert 0.02 < np.mean(shares) - np.mean(by_sheet(X, y)) < 0.04


def test_the_ten_weights_of_a_pixel_add_up_to_0(pairs):
    W, b = pairs[0]
    assert np.abs(W.sum(axis=1)).max() < 1e-12
    assert abs(b.sum()) < 1e-12


def test_nine_of_the_ten_1s_read_as_9_stand_on_one_sheet(pairs):
    *_, X_new, y_new = split(X, y)
    W, b = pairs[0]
    guesses = logits(W, b, X_new).argmax(axis=1)
    rows = 1287 + np.flatnonzero((y_new == 1) & (guesses == 9))
    assert len(rows) == 10
    # a sheet of 130 rows begins at 1415: labels as on another one, and the
    # next sheet behind them
    assert {1157, 1287, 1415} <= set(sheets(y))
    assert np.array_equal(y[1415:1545], y[1157:1287])
    assert y[1545:1555].tolist() == [*range(10)]
    assert ((rows >= 1415) & (rows < 1545)).sum() == 9


def test_softmax_is_torchs_and_does_not_overflow():
    U = np.random.default_rng(0).normal(0, 500, (9, 4))
    expected = torch.softmax(torch.tensor(U), 1).numpy()
    # tiny ones differ by more than rounding of themselves
    assert np.allclose(softmax(U), expected, rtol=1e-10, atol=0)
    assert np.allclose(softmax(U).sum(axis=1), 1, rtol=REL)


def test_the_cross_entropy_is_torchs():
    rng = np.random.default_rng(1)
    U, y = rng.normal(0, 300, (9, 4)), rng.integers(0, 4, 9)
    expected = torch.nn.functional.cross_entropy(
        torch.tensor(U), torch.tensor(y)
    ).item()
    assert cross_entropy(U, one_hot(y, 4)) == pytest.approx(expected, rel=REL)


def test_targets_that_are_no_class_raise_what_torch_raises():
    for wrong in (-1, 3):
        with pytest.raises(IndexError) as theirs:
            torch.nn.functional.cross_entropy(
                torch.zeros(2, 3), torch.tensor([0, wrong])
            )
        with pytest.raises(IndexError) as ours:
            one_hot([0, wrong], 3)
        assert str(ours.value) == str(theirs.value)


def test_shapes_that_do_not_fit_raise_the_error_that_torch_raises():
    U, Y = np.zeros((4, 3)), one_hot([0, 1, 2], 3)
    with pytest.raises(ValueError, match=r"\(4, 3\).*\(3, 3\)"):
        cross_entropy(U, Y)
    with pytest.raises(ValueError, match="batch_size"):
        torch.nn.functional.cross_entropy(
            torch.tensor(U), torch.tensor([0, 1, 2])
        )


def test_one_hot_rows_hold_a_single_1():
    assert one_hot([2, 0], 3).tolist() == [[0, 0, 1], [1, 0, 0]]


def test_loss_and_gradient_are_those_from_scratch(case):
    W, b, X, y = case
    lists = [each.tolist() for each in case]
    expected = scratch.loss(*lists)
    found = cross_entropy(logits(W, b, X), one_hot(y, 3))
    assert found == pytest.approx(expected, rel=REL)
    for ours, theirs in zip(
        gradient(W, b, X, one_hot(y, 3)), scratch.gradient(*lists), strict=True
    ):
        assert np.allclose(ours, theirs, rtol=0, atol=1e-14)


def test_in_one_batch_it_trains_as_from_scratch(case):
    _, _, X, y = case
    W, b = train(X, y, K=3, lr=0.3, epochs=5, batch_size=7)
    theirs = scratch.train(X.tolist(), y.tolist(), K=3, lr=0.3, epochs=5)
    assert np.allclose(W, theirs[0], rtol=0, atol=1e-13)
    assert np.allclose(b, theirs[1], rtol=0, atol=1e-13)


def test_each_epoch_uses_each_sample_once(case):
    # With a tiny rate the gradients of all batches are those at the start.
    _, _, X, y = case
    W, b = train(X, y, K=3, lr=1e-9, epochs=2, batch_size=2)
    Y = one_hot(y, 3)
    order = np.random.default_rng(0)
    expected = np.zeros(3)
    for _ in range(2):
        rows = order.permutation(7)
        for start in range(0, 7, 2):
            part = Y[rows[start : start + 2]]
            expected -= 1e-9 * (1 / 3 - part).mean(axis=0)
    assert np.allclose(b, expected, rtol=1e-6)
    assert W.shape == (5, 3)


def test_the_first_loss_is_log_10():
    W, b = np.zeros((64, 10)), np.zeros(10)
    found = cross_entropy(logits(W, b, X), one_hot(y))
    assert found == pytest.approx(np.log(10), rel=REL)


def test_accuracies_lie_in_the_printed_ranges(pairs):
    known, actual, X_new, y_new = split(X, y)
    for W, b in pairs:
        assert 0.95 < accuracy(W, b, known, actual) < 1
        assert 0.90 < accuracy(W, b, X_new, y_new) < 0.95


def test_no_image_held_out_stands_on_a_knifes_edge(pairs):
    # so that another order of sums does not change what the page prints
    W, b = pairs[0]
    best = np.sort(logits(W, b, split(X, y)[2]), axis=1)
    assert (best[:, -1] - best[:, -2]).min() > 1e-6


def test_nothing_is_computed_from_the_rows_held_out(pairs):
    rng = np.random.default_rng(0)
    other, labels = X.copy(), y.copy()
    other[1287:] = rng.random((510, 64))
    labels[1287:] = rng.permutation(labels[1287:])
    W, b = train(*split(other, labels)[:2])
    assert np.array_equal(W, pairs[0][0])
    assert np.array_equal(b, pairs[0][1])


def test_small_batches_get_further_in_five_epochs():
    known, actual, *_ = split(X, y)
    losses = []
    for batch_size in (1287, 32, 8):
        W, b = train(known, actual, epochs=5, batch_size=batch_size)
        losses.append(cross_entropy(logits(W, b, known), one_hot(actual)))
    assert losses == pytest.approx([1.86, 0.25, 0.11], abs=0.02)


def test_ranges_are_widened_to_multiples():
    assert between([0.914, 0.921]) == "90-95 %"
    assert between([0.914, 0.921], step=1) == "91-93 %"
    assert between([0.5, 0.75]) == "50-75 %"


@pytest.mark.parametrize(("q", "n"), [(0.92, 510), (0.5, 40)])
def test_the_standard_error_is_that_of_simulated_coins(q, n):
    shares = np.random.default_rng(0).binomial(n, q, 100_000) / n
    # 100,000 draws tell a standard deviation to a quarter of a per cent
    assert standard_error(q, n) == pytest.approx(shares.std(), rel=0.02)


def test_sheets_scatter_more_than_independent_images_would():
    scores = by_sheet(X, y)
    assert len(scores) == 12
    assert 0.85 < min(scores) < 0.90
    assert 0.95 < max(scores) < 1
    expected = standard_error(np.mean(scores), len(y) / 12)
    assert 1.5 < np.std(scores) / expected < 2.5


def test_by_sheet_leaves_each_sheet_out_of_its_training(monkeypatch):
    from softmax_regression import vectorized

    seen = []

    def watched(X, y):
        seen.append(len(X))
        return np.zeros((64, 10)), np.zeros(10)

    monkeypatch.setattr(vectorized, "train", watched)
    by_sheet(X, y)
    sizes = np.diff([*sheets(y), len(y)])
    assert seen == (1797 - sizes).tolist()


def test_the_confusion_matrix_counts_each_image_once(pairs):
    *_, X_new, y_new = split(X, y)
    W, b = pairs[0]
    guesses = logits(W, b, X_new).argmax(axis=1)
    counts = confusion(y_new, guesses)
    assert counts.sum(axis=1).tolist() == np.bincount(y_new).tolist()
    assert counts.sum(axis=0).tolist() == np.bincount(guesses).tolist()
    assert counts.trace() / 510 == accuracy(W, b, X_new, y_new)
    for k, m in [(1, 9), (3, 8), (9, 1)]:
        assert counts[k, m] == ((y_new == k) & (guesses == m)).sum()
