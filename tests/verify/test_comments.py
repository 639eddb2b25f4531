"""What comments state, and the values beside them."""

import pytest

from verify import comments
from verify.conftest import told

LINE = """
import numpy as np

def predict(w, b, x, epochs=2):
    x = np.array(x)  # (n,)
    rows = np.stack([x, x])  # (epochs, n)
    for row in rows:  # (n,)
        z = w * row + b  # z, (n,)
    return z, x  # (n,)

predict(2, 1, [1, 2, 3])
"""


def faults(book, code):
    return told(book.read(f"# 页\n\n```python\n{code.strip()}\n```\n"))


def test_shapes_that_are_right(book):
    assert faults(book, LINE) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("x = np.array(x)  # (n,)", "x = np.array(x)  # (n, 1)", 7, "(3,)"),
        ("(epochs, n)", "(n, epochs)", 8, "(2, 3), with n = 3"),
        ("(epochs, n)", "(epochs + 1, n)", 8, "(2, 3)"),
        ("(epochs, n)", "(2, 4)", 8, "(2, 3)"),
        ("(epochs, n)", "(epohcs, n)", 8, "(2, 3)"),
        ("for row in rows:  # (n,)", "for row in rows:  # ()", 9, "(3,)"),
        ("# z, (n,)", "# z, ()", 10, "(3,)"),
        ("return z, x  # (n,)", "return z, x  # (epochs,)", 11, "(3,)"),
        ("return z, x  # (n,)", "return z, x  # (2, n)", 11, "(3,)"),
        ("return z, x  # (n,)", "return None  # (n,)", 11, "none"),
    ],
)
def test_shapes_that_are_wrong(book, right, wrong, line, said):
    (fault,) = faults(book, LINE.replace(right, wrong))
    assert fault.startswith(f"docs/zh/line.md:{line}: the comment says (")
    assert f"and the shape is {said}" in fault


def test_a_wrong_shape_in_a_snippet_is_named_with_its_own_line(book):
    book.write("snippets/line/scratch.py", "a = 1\nb = a  # (n,)\n")
    (fault,) = faults(book, '--8<-- "line/scratch.py"')
    assert fault.startswith("docs/zh/line.md:4: the comment says (n,), and")
    assert "(at snippets/line/scratch.py:2)" in fault


def test_a_mark_does_not_excuse_a_wrong_shape(book):
    code = "```{.python .raises-ValueError}\na = 1  # (n,)\nint('a')\n```\n"
    (fault,) = told(book.read(f"# 页\n\n{code}"))
    assert "the comment says (n,)" in fault


@pytest.mark.parametrize(
    "code", ["def f(x):  # (n,)\n    pass", "# (n, 1)", "if 1:  # (n,)\n    2"]
)
def test_a_shape_beside_no_value_is_a_fault(book, code):
    (fault,) = faults(book, code)
    assert "the comment says what the line does not make: " in fault


@pytest.mark.parametrize(
    "comment",
    [
        *("# s / sqrt(T)", "# F / (r T)", "# J = 2 n L", "# km", "# w, b"),
        *("# (n, 1) - (n,): (n, n)", "# 3, 1", "# (row, column), value"),
    ],
)
def test_other_comments_are_for_readers(book, comment):
    assert faults(book, f"a = 1  {comment}\nb = '# (n,)'\n") == []


FORMULAS = """
def predict(w, b, xi):
    return w * xi + b  # z

def loss(w, b, x, y):
    error = [w * xi + b - yi for xi, yi in zip(x, y)]  # z - y
    for xi, yi in zip(x, y):
        e = predict(w, b, xi) - yi  # z - y
    return sum(e * e for e in error) / (2 * len(x))  # L

def scatter(s, x):
    mean = sum(x) / len(x)
    return s / sum((xi - mean) ** 2 for xi in x) ** 0.5  # s / sqrt(S)

loss(2, 1, [1, 2, 3], [2, 4, 9])
scatter(2, [1, 2, 3])
"""


def test_formulas_that_are_right(book):
    assert faults(book, FORMULAS) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("w * xi + b  # z", "w * xi - b  # z", 5),
        ("zip(x, y)]  # z - y", "zip(x, y)]  # z + y", 8),
        ("- yi  # z - y", "- yi  # y - z", 10),
        ("# L", "# 2 * L", 11),
        ("# s / sqrt(S)", "# s / S", 15),
    ],
)
def test_formulas_that_are_wrong(book, right, wrong, line):
    (fault,) = faults(book, FORMULAS.replace(right, wrong))
    assert fault.startswith(f"docs/zh/line.md:{line}: the comment says ")
    assert "and the line gives" in fault


def test_what_is_no_number_on_either_side_is_the_same(book):
    code = "z, y = float('nan'), 1.0\nerror = z - y  # z - y\n"
    assert faults(book, code) == []
    (fault,) = faults(
        book, code.replace("'nan'", "'inf'") + "error = 0  # z - y"
    )
    assert "the comment says z - y, which is inf" in fault


def test_a_function_keeps_its_docstring():
    import ast

    source = 'def f():\n    """What it does."""\n    return 1  # ()\n'
    tree = ast.parse(source)
    names = comments.watch(tree, source, "f")
    exec(compile(tree, "f", "exec"), names)
    assert names["f"].__doc__ == "What it does."
    assert names["f"]() == 1


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("2.0", "()"),
        ("[1, 2, 3]", "(3,)"),
        ("[(1, 2), (3, 4), (5, 6)]", "(3, 2)"),
        ("np.zeros((4, 1))", "(4, 1)"),
        ("(np.ones(2), np.ones(3))", "(2,), (3,)"),
    ],
)
def test_the_shape_of_a_value(book, value, shape):
    code = "import numpy as np\n"
    assert faults(book, f"{code}a = {value}  # {shape}") == []
    (fault,) = faults(book, f"{code}a = {value}  # (7, 7, 7)")
    assert "and the shape is (" in fault
    (fault,) = faults(book, f"{code}a = [1, [2, 3]]  # {shape}")
    assert "the shape is " in fault


def test_a_letter_stands_for_one_size_on_a_page(book):
    code = (
        "```python\nimport numpy as np\nX = np.ones((3, 2))  # (n, d)\n```\n"
    )
    other = "\n```python\nX = np.ones((4, 2))  # (n, d)\n```\n"
    (second,) = told(book.read(f"# 页\n\n{code}{other}"))
    assert "the shape is (4, 2), with n = 3" in second


DERIVATIVES = """
def gradient(w, b, x, y):
    dz = w * x + b - y  # dl/dz
    dw = (dz * x).mean()  # dL/dw
    db = 0
    db += dz.mean()  # dL/db
    return dw, db  # dL/dw, dL/db

import numpy as np

dy_hat = gradient(1, 2, np.ones(3), 4)[1]  # dJ/dy_hat
lr = 0.1  # km
"""


def test_derivatives_that_are_right(book):
    assert faults(book, DERIVATIVES) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("# dl/dz", "# dl/dw", 3),
        ("x).mean()  # dL/dw", "x).mean()  # dL/db", 4),
        ("dz.mean()  # dL/db", "dz.mean()  # dL/dw", 6),
        ("# dL/dw, dL/db", "# dL/db, dL/dw", 7),
        ("# dL/dw, dL/db", "# dL/dw, dL/dw", 7),
        ("# dJ/dy_hat", "# dJ/dy", 11),
        ("lr = 0.1  # km", "lr = 0.1  # dL/dr", 12),
        ("db = 0", "print(0)  # dL/db", 5),
    ],
)
def test_derivatives_that_are_wrong(book, right, wrong, line):
    (fault,) = faults(book, DERIVATIVES.replace(right, wrong))
    assert fault.startswith(f"docs/zh/line.md:{line + 2}: the comment says ")


def test_a_fault_names_the_line_and_what_to_do(book):
    book.write("snippets/line/scratch.py", "e = 1\ndw = e  # dL/db\n")
    (fault,) = faults(book, '--8<-- "line/scratch.py"')
    assert fault.startswith("docs/zh/line.md:4: the comment says what the ")
    assert "'dw = e  # dL/db'" in fault
    assert "a derivative dL/dw where dw is assigned" in fault
    assert "(at snippets/line/scratch.py:2)" in fault
