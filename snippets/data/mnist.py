"""2500 handwritten digits of 28 x 28 pixels; see snippets/data/README.md."""

import gzip
import hashlib
import zlib

import numpy as np

SHA256 = "57bcae5e6863f670a0f085fd82ef338931ae241a70c0f86f0d7cd44fb1a09e0e"


def load(path="mnist.gz"):
    again = (
        "it should be the 2500 images that the page on the convolutional "
        "network links to; download it again into the folder you run in"
    )
    try:
        with gzip.open(path) as file:
            table = file.read()
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or error
        sentence = f"{path} cannot be read ({why}): {again}"
        raise type(error)(sentence) from None
    if hashlib.sha256(table).hexdigest() != SHA256:
        raise ValueError(f"{path} holds something else: {again}")
    rows = np.frombuffer(table, dtype=np.uint8).reshape(2500, 785)
    X = rows[:, :784] / 255  # (n, 784)
    y = rows[:, 784].astype(int)  # (n,)
    return X, y
