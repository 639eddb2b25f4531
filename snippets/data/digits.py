"""1797 handwritten digits of 8 x 8 pixels; see snippets/data/README.md."""

import gzip
import hashlib
import zlib

import numpy as np

SHA256 = "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8"


def load(path="digits.csv.gz"):
    again = (
        "it should be the table of 1797 digits that the page on softmax "
        "regression links to; download it again into the folder you run in"
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
    rows = np.loadtxt(table.decode().splitlines(), delimiter=",")
    X = rows[:, :64] / 16  # (n, 64)
    y = rows[:, 64].astype(int)  # (n,)
    return X, y
