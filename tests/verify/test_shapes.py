"""Shapes that comments state, and the values beside them."""

import numpy as np
import pytest

from verify import shapes
from verify.checking import check

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
    found = book.read(f"# 页\n\n```python\n{code.strip()}\n```\n")
    checked = [check(block, found.run(block)) for block in found.blocks]
    return [str(fault) for fault in [*found.broken, *checked] if fault]


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
    found = book.read(f"# 页\n\n{code}")
    (block,) = found.blocks
    assert "the comment says (n,)" in str(check(block, found.run(block)))


@pytest.mark.parametrize(
    "code", ["def f(x):  # (n,)\n    pass", "# (n, 1)", "if 1:  # (n,)\n    2"]
)
def test_a_shape_beside_no_value_is_a_fault(book, code):
    assert "and the line makes no value" in faults(book, code)[0]


@pytest.mark.parametrize(
    "comment",
    ["# s / sqrt(S)", "# F / (r T)", "# J = 2 n L", "# (n, 1) - (n,): (n, n)"],
)
def test_other_comments_state_no_shape(comment):
    assert shapes.stated(f"a = 1  {comment}\nb = '# (n,)'\n") == {}


def test_a_function_keeps_its_docstring():
    import ast

    source = 'def f():\n    """What it does."""\n    return 1  # ()\n'
    names = shapes.names()
    tree = shapes.watched(ast.parse(source), source)
    exec(compile(tree, "f", "exec"), names)
    assert names["f"].__doc__ == "What it does."
    assert names["f"]() == 1


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (2.0, ()),
        ([1, 2, 3], (3,)),
        ([(1, 2), (3, 4), (5, 6)], (3, 2)),
        (np.zeros((4, 1)), (4, 1)),
        ([1, [2, 3]], None),
        ({}, None),
    ],
)
def test_the_shape_of_a_value(value, shape):
    assert shapes.shape(value) == shape


def test_a_letter_stands_for_one_size_on_a_page(book):
    code = (
        "```python\nimport numpy as np\nX = np.ones((3, 2))  # (n, d)\n```\n"
    )
    other = "\n```python\nX = np.ones((4, 2))  # (n, d)\n```\n"
    found = book.read(f"# 页\n\n{code}{other}")
    first, second = (check(each, found.run(each)) for each in found.blocks)
    assert first is None
    assert "the shape is (4, 2), with n = 3" in str(second)
