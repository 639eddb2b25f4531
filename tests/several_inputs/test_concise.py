import numpy as np
import pytest

from data.hubble_1929 import x, y
from data.nebulae_j2000 import dec, ra
from several_inputs import scratch
from several_inputs.concise import train
from several_inputs.vectorized import features, least_squares

X = features(x, ra, dec)


@pytest.mark.parametrize("epochs", [0, 1, 2, 10, 300])
def test_it_is_where_scratch_is_after_each_epoch(epochs):
    expected = scratch.train(X.tolist(), y, epochs=epochs)
    (weight,) = train(X, y, epochs=epochs).weight.tolist()
    assert weight == pytest.approx(expected, abs=1e-9)


def test_it_follows_scratch_on_other_data():
    rng = np.random.default_rng(0)
    for _ in range(3):
        rows, ys = rng.normal(size=(7, 4)), rng.normal(size=7)
        expected = scratch.train(rows.tolist(), ys, lr=0.2, epochs=9)
        (weight,) = train(rows, ys, lr=0.2, epochs=9).weight.tolist()
        assert weight == pytest.approx(expected)


def test_its_weight_is_the_transpose_of_a_column_and_there_is_no_bias():
    model = train(X, y, epochs=1)
    assert model.weight.shape == (1, 4)
    assert model.bias is None


def test_it_arrives_at_the_normal_equations():
    (weight,) = train(X, y).weight.tolist()
    assert weight == pytest.approx(least_squares(X, np.array(y)), abs=1e-6)
