from pathlib import Path

import numpy as np
import pytest
import torch

from convolution import scratch
from convolution.vectorized import (
    correlate,
    feature_matrix,
    layer,
    layer_gradient,
    max_pool,
    patches,
    peaks,
    surround,
)
from data import deep_field
from several_inputs.vectorized import (
    curvatures,
    gradient,
    least_squares,
    path,
)

functional = torch.nn.functional
PICTURE = deep_field.load(
    Path(deep_field.__file__).with_name("deep_field.csv.gz")
)
V = PICTURE.mean(axis=0)
EDGES = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


@pytest.fixture(params=range(3))
def rng(request):
    return np.random.default_rng(request.param)


def by_fourier(V, W):
    """Return the cross-correlation by the convolution theorem."""
    spectrum = np.fft.rfft2(V) * np.conj(np.fft.rfft2(W, V.shape))
    P, Q = np.subtract(V.shape, W.shape) + 1
    return np.fft.irfft2(spectrum, V.shape)[:P, :Q]


def test_patches_are_views_of_the_picture():
    windows = patches(V, 3, 2)
    assert windows.shape == (63, 63, 3, 3)
    assert np.shares_memory(windows, V)
    assert np.array_equal(windows[4, 5], V[8:11, 10:13])


@pytest.mark.parametrize("k", [1, 2, 3, 5])
def test_a_correlation_is_that_of_the_fourier_transform(rng, k):
    W = rng.normal(size=(k, k))
    ours = correlate(V, W, 0.25)
    assert np.allclose(ours, by_fourier(V, W) + 0.25, rtol=0, atol=1e-12)


def test_a_correlation_is_that_of_four_loops(rng):
    W = rng.normal(size=(3, 3))
    slow = scratch.correlate(V[:12, :9].tolist(), W.tolist(), -1.0)
    assert np.allclose(correlate(V[:12, :9], W, -1.0), slow)


def test_a_stack_of_pictures_is_correlated_one_by_one():
    maps = correlate(PICTURE, EDGES)
    for colour, ours in zip(PICTURE, maps, strict=True):
        assert np.array_equal(ours, correlate(colour, EDGES))


def test_the_line_on_the_rows_of_the_feature_matrix_is_the_correlation(rng):
    W, b = rng.normal(size=(3, 3)), rng.normal()
    line = feature_matrix(V, 3) @ np.r_[W.ravel(), b]
    assert np.allclose(line, correlate(V, W, b).ravel())


def test_the_slope_by_a_kernel_is_the_mean_of_error_times_patch(rng):
    W, Y = rng.normal(size=(3, 3)), rng.normal(size=(6, 4))
    small = V[40:48, 90:96]
    theirs = torch.tensor(W, requires_grad=True)
    Z = functional.conv2d(torch.tensor(small)[None, None], theirs[None, None])
    ((Z[0, 0] - torch.tensor(Y)) ** 2 / 2).mean().backward()
    ours = gradient(np.r_[W.ravel(), 0.0], feature_matrix(small, 3), Y.ravel())
    assert np.allclose(ours[:9], theirs.grad.ravel(), rtol=0, atol=1e-13)


@pytest.mark.parametrize(("f", "s"), [(0, 1), (1, 1), (2, 1), (1, 2), (0, 3)])
def test_a_layer_is_that_of_torch(rng, f, s):
    images, W = rng.normal(size=(2, 5, 9, 8)), rng.normal(size=(4, 5, 3, 3))
    b = rng.normal(size=4)
    theirs = functional.conv2d(
        *map(torch.tensor, (images, W, b)), padding=f, stride=s
    )
    ours = layer(images, W, b, f, s)
    assert ours.shape == tuple(theirs.shape)
    assert np.allclose(ours, theirs, rtol=0, atol=1e-12)


def test_a_layer_has_no_frame_and_leaves_out_no_place_unless_told(rng):
    images, W = rng.normal(size=(1, 2, 5, 6)), rng.normal(size=(1, 2, 3, 3))
    plain = layer(images, W, np.zeros(1))
    assert np.array_equal(plain, layer(images, W, np.zeros(1), f=0, s=1))
    assert plain.shape == (1, 1, 3, 4)


def test_the_gradient_of_a_layer_is_that_of_torch(rng):
    images, W = rng.normal(size=(2, 5, 7, 6)), rng.normal(size=(4, 5, 3, 3))
    dZ = rng.normal(size=(2, 4, 5, 4))
    kernels, biases = (
        torch.tensor(each, requires_grad=True) for each in (W, np.zeros(4))
    )
    Z = functional.conv2d(torch.tensor(images), kernels, biases)
    Z.backward(torch.tensor(dZ))
    dW, db = layer_gradient(dZ, images, W)
    assert np.allclose(dW, kernels.grad, rtol=0, atol=1e-12)
    assert np.allclose(db, biases.grad, rtol=0, atol=1e-12)


def test_torch_differentiates_its_layer_as_central_differences_do():
    torch.manual_seed(0)
    given = [
        torch.randn(size, dtype=torch.float64, requires_grad=True)
        for size in ((1, 2, 5, 4), (2, 2, 3, 3), (2,))
    ]
    assert torch.autograd.gradcheck(functional.conv2d, given)


def test_pooling_is_that_of_torch():
    for k in (2, 3, 4):
        theirs = functional.max_pool2d(torch.tensor(PICTURE), k)
        assert np.array_equal(max_pool(PICTURE, k), theirs)


@pytest.mark.parametrize("by", [1, 4])
def test_without_padding_shifting_and_convolving_commute(rng, by):
    W = rng.normal(size=(3, 3))
    first, last = correlate(V[by:, by:], W), correlate(V, W)[by:, by:]
    assert np.allclose(first, last, rtol=0, atol=1e-13)


def test_with_a_stride_only_its_multiples_move_the_output_by_whole_places(
    rng,
):
    W, b = rng.normal(size=(1, 3, 3, 3)), np.zeros(1)
    maps = layer(PICTURE[None], W, b, s=2)
    for by, alike in ((1, False), (2, True), (3, False), (4, True)):
        moved = layer(PICTURE[None, :, by:, by:], W, b, s=2)
        place = by // 2
        P, Q = moved.shape[2:]
        before = maps[:, :, place : place + P, place : place + Q]
        assert np.allclose(moved, before) == alike


def test_a_quarter_billion_weights_would_see_everything():
    assert 126**2 * 128**2 == 260_112_384


def test_a_small_loss_does_not_mean_that_the_kernel_is_right():
    X, y = feature_matrix(V, 3), correlate(V, EDGES).ravel()
    assert np.allclose(least_squares(X, y)[:9], EDGES.ravel(), atol=1e-9)
    points = path(X, y, lr=1.0, epochs=3000)
    for epochs, off in ((1000, 0.3), (3000, 0.1)):
        error = X @ points[epochs] - y
        assert (error @ error) / (y @ y) < 0.003
        assert np.abs(points[epochs][:9] - EDGES.ravel()).max() > off
    curves = curvatures(X)
    assert 5500 < curves[-1] / curves[0] < 6500


@pytest.mark.parametrize(("factor", "grows"), [(0.99, False), (1.01, True)])
def test_the_largest_learning_rate_is_2_divided_by_the_curvature(
    factor, grows
):
    X, y = feature_matrix(V, 3), correlate(V, EDGES, 1.0).ravel()
    lr = factor * 2 / curvatures(X)[-1]
    last = path(X, y, lr=lr, epochs=500)[-1]
    assert (np.abs(last).max() > 100) == grows


def test_neighbours_are_alike_in_the_sky_and_not_once_shuffled():
    mixed = np.random.default_rng(0).permutation(V.ravel()).reshape(V.shape)
    for image, low, high in ((V, 0.9, 1), (mixed, -0.05, 0.05)):
        left, right = image[:, :-1].ravel(), image[:, 1:].ravel()
        assert low < np.corrcoef(left, right)[0, 1] < high


def test_the_kernel_of_spots_does_not_see_a_plain_or_a_slope():
    W = surround()
    assert W.sum() == pytest.approx(0)
    rows, columns = np.indices((5, 5))
    for plane in (np.ones((5, 5)), rows, columns):
        assert (W * plane).sum() == pytest.approx(0)


def test_peaks_are_higher_than_their_neighbours_and_the_threshold():
    Z = np.zeros((6, 6))
    Z[1, 1], Z[1, 2], Z[4, 4], Z[0, 5] = 3, 2, 1, 2
    assert peaks(Z, 0.5).tolist() == [[0, 5], [1, 1], [4, 4]]
    assert peaks(Z, 1).tolist() == [[0, 5], [1, 1]]


def test_spots_are_found_where_the_page_says():
    assert V[40, 105] > V[120, 76]
    Z = correlate(np.pad(V, 2), surround())
    found = peaks(Z, 0.1).tolist()
    assert [120, 76] in found
    assert [108, 58] in found  # on a ray of the star
    near = [p for p in found if np.hypot(p[0] - 46, p[1] - 96) < 12]
    assert near == []  # the big galaxy and its glow
    pooled = correlate(np.pad(max_pool(V, 4), 2), surround())
    assert [11, 23] in peaks(pooled, 0.1).tolist()
    counts = [len(peaks(Z, t)) for t in (0.05, 0.1, 0.2)]
    assert counts == [75, 50, 16]
    assert [46, 96] in peaks(Z, 0.05).tolist()
    assert [46, 96] not in found
