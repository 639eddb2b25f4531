"""Derivatives that comments state, and the names beside them."""

import pytest

from verify import derivative_names

CODE = """
def gradient(w, b, x, y):
    dz = w * x + b - y  # dl/dz
    dw = (dz * x).mean()  # dL/dw
    db = 0
    db += dz.mean()  # dL/db
    return dw, db  # dL/dw, dL/db

dy_hat = gradient(1, 2, 3, 4)[1]  # dJ/dy_hat
lr = 0.1  # km
"""


def test_names_that_are_right():
    assert list(derivative_names.misnamed(CODE)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("# dl/dz", "# dl/dw", 3, "dl/dw"),
        ("x).mean()  # dL/dw", "x).mean()  # dL/db", 4, "dL/db"),
        ("dz.mean()  # dL/db", "dz.mean()  # dL/dw", 6, "dL/dw"),
        ("# dL/dw, dL/db", "# dL/db, dL/dw", 7, "dL/db, dL/dw"),
        ("# dL/dw, dL/db", "# dL/dw, dL/dw", 7, "dL/dw, dL/dw"),
        ("# dJ/dy_hat", "# dJ/dy", 9, "dJ/dy"),
        ("lr = 0.1  # km", "lr = 0.1  # dL/dr", 10, "dL/dr"),
        ("db = 0", "print(0)  # dL/db", 5, "dL/db"),
    ],
)
def test_names_that_are_wrong(right, wrong, line, said):
    assert list(derivative_names.misnamed(CODE.replace(right, wrong))) == [
        (line, said)
    ]


def test_broken_code_is_for_the_run_to_show():
    assert list(derivative_names.misnamed("def f(:  # dl/dz\n")) == []


def test_a_fault_names_the_line_and_what_to_do(book):
    book.write("snippets/line/scratch.py", "e = 1\ndw = e  # dL/db\n")
    found = book.read('# 页\n\n```python\n--8<-- "line/scratch.py"\n```\n')
    (fault,) = map(str, found.broken)
    assert fault.startswith("docs/zh/line.md:4: the comment says dL/db, and")
    assert "'dw = e  # dL/db'" in fault
    assert "Call what is assigned dw for dL/dw" in fault
