"""Strokes of a pen become the 64 numbers that the network takes.

Run as a program, it prints network.js, with which draw.js answers on the page.
"""

import json

# --8<-- [start:inked]
import numpy as np


def inked(strokes, pen=2.8):
    points = np.concatenate(strokes)  # (m, 2)
    low, high = points.min(axis=0), points.max(axis=0)
    width, height = np.maximum(high - low, 1e-9)
    down = (32 - 2 * pen) / max(height, width / 3)
    right = min(down, (20 - 2 * pen) / width)
    across = np.arange(32) + 0.5
    dots = np.stack(np.meshgrid(across, across), axis=2)  # (32, 32, 2)
    ink = np.zeros((32, 32), dtype=bool)
    for stroke in strokes:
        path = (stroke - (low + high) / 2) * [right, down] + 16
        for i in range(1, len(path)):
            ink |= distance(dots, path[i - 1], path[i]) <= pen
    blocks = ink.reshape(8, 4, 8, 4)
    return blocks.sum(axis=(1, 3)).ravel() / 16  # (64,)


def distance(dots, a, b):
    length = max((b - a) @ (b - a), 1e-9)
    t = np.clip((dots - a) @ (b - a) / length, 0, 1)  # (32, 32)
    nearest = a + t[:, :, None] * (b - a)
    return np.sqrt(((dots - nearest) ** 2).sum(axis=2))


# --8<-- [end:inked]

# A plain 7, in a field of 32 x 32: x to the right, y downwards.
SEVEN = [np.array([(8, 5), (24, 5), (15, 28)])]

HEAD = """\
// Printed by snippets/multilayer_perceptron/draw.py: the weights of each unit
// and then its bias, in thousandths; images in the shades from 0 to g, 16.
const perceptron = """


def script(parameters, X, y):
    """Return the network, and three images of each digit, as JavaScript."""
    W1, b1, W2, b2 = (np.round(1000 * p).astype(int) for p in parameters)
    shades = "0123456789abcdefg"
    images = [
        ["".join(shades[round(16 * v)] for v in row) for row in X[y == k][:3]]
        for k in range(10)
    ]
    lists = {
        "hidden": np.vstack([W1, b1]).T.tolist(),
        "output": np.vstack([W2, b2]).T.tolist(),
        "digits": images,
    }
    text = json.dumps(lists, separators=(",", ":"))
    return HEAD + text.replace("],", "],\n") + "\n"


if __name__ == "__main__":
    from data.digits import load
    from multilayer_perceptron.vectorized import start, train
    from softmax_regression.vectorized import split

    known, actual, X_new, y_new = split(*load("snippets/data/digits.csv.gz"))
    network = train(start(64, 32, 10), known, actual)
    print(script(network, X_new, y_new), end="")
