"""Formulas as they are set, and what is kept of them."""

import json

import pytest
from lxml import etree
from mkdocs.exceptions import PluginError

import mathematics
import remembered
from mathematics import typeset, with_formulas

INLINE = r'<span class="arithmatex">\({}\)</span>'
DISPLAY = '<div class="arithmatex">\\[\n{}\n\\]</div>'


@pytest.fixture(autouse=True)
def results(monkeypatch):
    """An empty store of results."""
    monkeypatch.setattr(remembered, "_results", {})
    return remembered._results


def set_(html, path=None):
    faults = []
    result = with_formulas(html, path, faults)
    assert faults == []
    return result


def test_a_formula_has_a_drawing_mathml_and_its_tex():
    html = set_("<p>" + INLINE.format("a &lt; b") + "</p>")
    assert html.count("<svg") == 2  # the glyphs, the formula
    assert "<math><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>" in html
    assert 'data-tex="a &lt; b"' in html
    assert "\\(" not in html


def test_a_page_holds_the_outline_of_each_glyph_once():
    html = set_(INLINE.format("w w") + DISPLAY.format("w^{w}"))
    assert html.count("<path") == 1
    assert html.count("<use") == 4


def test_a_page_without_formulas_stays_as_it_is():
    assert set_("<p>$5</p>") == "<p>$5</p>"


@pytest.mark.parametrize(
    "tex",
    [
        r"\newcommand{\a}{b}",
        r"\def\a{b}",
        r"x \tag{1}",
        r"\foo",
        r"\frac{1}{2",
    ],
)
def test_what_cannot_be_set_or_means_more_than_itself_is_a_fault(
    tex, tmp_path
):
    page = tmp_path / "page.ipynb"
    page.write_text(json.dumps(["one", tex], indent=1))
    faults = []
    with_formulas(DISPLAY.format(tex), page, faults)
    assert [each.line for each in faults] == [3]


@pytest.mark.parametrize(
    "tex",
    [
        r"\left(\begin{array}{c|c} a & b \\ \hline c & d \end{array}\right)",
        r"\overline{a + b} \xrightarrow{abcdefgh} \underbrace{a + b}_{n}",
        r"\text{残差 <e>} \color{red}{x} \boxed{x} \sqrt[3]{\frac{a}{b}}",
    ],
)
def test_drawings_of_all_kinds_are_well_formed(tex):
    drawing = typeset(tex, True)["svg"].replace("xlink:", "")
    assert len(list(etree.fromstring(drawing).iter())) > 5


def test_what_is_set_once_is_kept(results, monkeypatch):
    first = typeset("w", False)
    assert len(results) == 1
    monkeypatch.setattr(mathematics, "answer", None)
    assert typeset("w", False) == first


@pytest.mark.parametrize("node", ["/no/node", "false"])
def test_a_node_that_does_not_run_is_named_with_what_to_do(monkeypatch, node):
    mathematics.node.cache_clear()
    monkeypatch.setattr(mathematics, "NODE", node)
    with pytest.raises(PluginError, match="make site"):
        typeset("w + 1", False)
    mathematics.node.cache_clear()
