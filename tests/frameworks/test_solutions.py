import pytest
import sympy

from frameworks.solutions import slopes


@pytest.mark.parametrize(("w", "b"), [(2, 1), (3, 1), (0, -4)])
def test_both_slopes_agree_with_sympy(w, b):
    at = {name: sympy.Symbol(name) for name in "wb"}
    f = (at["w"] * 3 + at["b"] - 10) ** 2 / 2
    exact = [f.diff(v).subs({at["w"]: w, at["b"]: b}) for v in at.values()]
    assert slopes(w, b) == pytest.approx([float(e) for e in exact])
