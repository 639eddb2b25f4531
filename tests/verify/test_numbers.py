"""Numbers in sentences: tied to code, to a source, or a fault."""

import pytest

from verify.conftest import told
from verify.literals import literals
from verify.numbers import evaluate

CODE = """```python
w, b = 454.15844, -40.78365  # 10, 300
x = [0.032, 2.0]
L, half, tiny = 24863.3812, 0.125, 1.2345e-5
```

"""


def read(book, sentence):
    return book.read(f"# 页 {{#line}}\n\n{CODE}{sentence}\n")


def faults(book, sentence):
    """Return what is wrong with the numbers of a sentence."""
    return told(read(book, sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "斜率是 454.158<!-- = w -->。",
        "斜率是454.158<!-- = w -->，截距 −40.78<!-- = b -->。",
        "约 454<!-- = w -->，也就是 454.2<!-- = w --> km/s。",
        "$w = 454.158$<!-- = w -->",
        "$w_{300} = 454.158$<!-- = w -->",
        "$w^{2} \\approx 206,259.9$<!-- = w ** 2 -->",
        "$b = -40.784$<!-- = b -->",
        "$w = 454.2 \\text{ km/s}^2$<!-- = w -->",
        "$3 - 1.5$<!-- = 3 / 2 -->",
        "$(w, b) = (454.158, -40.784)$<!-- = w, b -->",
        "**454.158**<!-- = w --> 与 *−40.8*<!-- = b -->",
        "**斜率 $w = 454.2$**<!-- = w -->",
        "`454.158`<!-- = w -->",
        "![斜率 454.16](x.svg)<!-- = w -->",
        "[454.16](chain_rule.md#derivation)<!-- = w -->",
        "3.2 %<!-- = x[0] -->，3.2%<!-- = x[0] -->",
        "$3.2\\%$<!-- = x[0] -->",
        "1.2 万<!-- = w * 26.4 -->，454.2 万<!-- source: 书 -->",
        "24,863.38<!-- = L --> 与 24,863<!-- = L -->",
        "$1.2 \\times 10^{-5}$<!-- = tiny -->",
        "| 甲 | 454.16<!-- = w --> |\n|---|---|\n| 乙 | 2.0<!-- = x[1] --> |",
        "0.13<!-- = half --> 与 0.12<!-- = half -->",  # a tie
        "约 500.5<!-- source: Hubble 1929 -->",
        "$H_0 = 500.5$<!-- source: Hubble 1929 -->",
        "PyTorch 2.13、Python 3.11、版本 1.9、v2.0、`0.125`、2.13.0",
        "CC BY-SA 4.0、https://a.org/1.5/、[文](a_1.5.md)、<b id=a1.5>粗</b>",
        "$x_{1.5}$ 与 $10^{0.5}$",
        "$$\n0.5 x\n$$",
        "句[^1]。\n\n[^1]: 第 1.5 页。\n    又 2.5。",
        "<!-- 0.5 --> 写成 `454.15844<!-- = w -->`。",
        "第 3 章第 24 个",
        "用 10 个，见 454<!-- = w -->，又见 454。也见 300 个。",
        "哈勃 1929 年，2026-11-26，11 月 26 日，in the 1950s；NGC 4649",
        "共 12 个，12 %，即 9 + 3 = 12。",
        "共 77 个。\n\n$$\n77 x\n$$",
        "`w = 24863.3812`；2 × 3 = 3 × 2，10 × 2 = 20，9 + 16 − 5 = 20，"
        "1 ÷ 3 ≈ 0.33<!-- = 1 / 3 -->",
    ],
)
def test_numbers_that_are_right(book, sentence):
    assert faults(book, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "says", "gives"),
    [
        ("斜率是 454.159<!-- = w -->。", "454.159", "454.158"),
        ("$w = 455$<!-- = w -->", "455", "454"),
        ("−40.8<!-- = -b -->", "−40.8", "40.8"),
        ("$b = 40.784$<!-- = b -->", "40.784", "-40.784"),
        ("3.3 %<!-- = x[0] -->", "3.3 %", "3.2 %"),
        ("24,864<!-- = L -->", "24,864", "24,863"),
        ("$24,864.0$<!-- = L + 1e5 -->", "24,864.0", "124,863.4"),
        (
            "$1.3 \\times 10^{-5}$<!-- = tiny / 10 -->",
            "1.3 \\times 10^{-5}",
            "1.2 \\times 10^{-6}",
        ),
        ("`454.2 -40.9`<!-- = w, b -->", "-40.9", "-40.8"),
    ],
)
def test_a_wrong_number_is_named_with_the_right_one(
    book, sentence, says, gives
):
    (fault,) = faults(book, sentence)
    assert fault.startswith("docs/zh/line.md:9: the page says ")
    assert f"says {says}, and" in fault
    assert f"gives {gives} (in full " in fault
    assert "make update PAGE=line" in fault


@pytest.mark.parametrize(
    "sentence",
    [
        "学习率 0.5 太大。",
        "学习率是0.5。",
        "$\\eta = 0.5$",
        "$(w, b) = (454.158, -40.784)$<!-- = b -->",
        "| 甲 |\n|---|\n| 0.5 |",
        "![斜率 0.5](x.svg)",
        "<figcaption>斜率 0.5</figcaption>",
        "0.5 <!-- 这里 -->",
        "Only 0.5 of them.",
        "!!! note\n    学习率 0.5。",
        "重 0.5kg。",
        "是 .5。",
    ],
)
def test_a_decimal_that_nothing_ties_is_named(book, sentence):
    (fault,) = faults(book, sentence)
    assert "nothing says where " in fault
    assert ":9: " in fault or "|" in sentence or "!!!" in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "共 78 个。",
        "共 78 %。",
        "![78 个点](x.svg)",
        "<figcaption>共 78 个点</figcaption>",
        "| 甲 |\n|---|\n| 78 |",
        "每年 2,026 个，$n = 24$。",
        "共 78 个，`78` 个。",
    ],
)
def test_an_integer_that_nothing_on_the_page_has_is_named(book, sentence):
    (fault,) = faults(book, sentence)
    assert "nothing says where " in fault


def test_a_decimal_in_code_is_from_the_code_of_the_page(book):
    (fault,) = faults(book, "取 `lr=0.7`。")
    assert "nothing says where 0.7 is from" in fault


@pytest.mark.parametrize(
    ("sentence", "says", "gives"),
    [
        ("10 × 2 = 21", "21", "10*2 gives 20"),
        ("9+16−5 = 12", "12", "9+16-5 gives 20"),
        ("1,000 ÷ 4 ≈ 240", "240", "1000 / 4 gives 250"),
        ("3 − 5 = 2", "2", "3 - 5 gives -2"),
        ("2 × (3 + 4) 是 15", "15", "2 * (3 + 4) gives 14"),
        ("3² + 4² is 24", "24", "3**2 + 4**2 gives 25"),
    ],
)
def test_what_a_sentence_works_out_wrongly_is_named(
    book, sentence, says, gives
):
    (fault,) = faults(book, f"所以 {sentence}。")
    assert fault.startswith(f"docs/zh/line.md:9: the page says {says}, and ")
    assert gives in fault.replace("10 * 2", "10*2")


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("斜率<!-- = w -->", "ties no number"),
        ("454.158 km/s<!-- = w -->", "ties no number"),
        ("454.158 <!-- = w -->", "ties no number"),
        ("454<!-- = -->", "ties no number"),
        ("0.5<!-- source: -->", "ties no number"),
        ("454<!-- = w, b -->", "ties no number, or more than stand before it"),
    ],
)
def test_a_comment_that_ties_nothing_is_named(book, sentence, what):
    assert any(what in fault for fault in faults(book, sentence))


@pytest.mark.parametrize(
    ("expression", "what"),
    [
        ("v", "v gives no number: NameError: name 'v' is not defined"),
        ("w[0]", "TypeError"),
        ("w = 1", "SyntaxError"),
        ("x", "TypeError"),
        ("float('nan')", "no number that could be printed"),
        ("w > 1", "True is no number"),
        ("454", "it is the number itself"),
        ("-454", "it is the number itself"),
    ],
)
def test_an_expression_that_gives_no_number_is_named(book, expression, what):
    (fault,) = faults(book, f"454<!-- = {expression} -->")
    assert fault.startswith("docs/zh/line.md:9: ")
    assert what in fault


def test_a_number_is_that_of_its_place_on_the_page(book):
    found = book.read(
        """
        前面是 1.5<!-- = a -->。

        ```python
        a = 1.5
        ```

        这里是 1.5<!-- = a -->。

        ```python
        a = 2.5
        ```

        后来是 2.5<!-- = a -->。
        """
    )
    assert told(found) == []


def test_a_snippet_is_imported_by_its_name(book):
    book.write(
        "snippets/number_test/scratch.py", "def half(n):\n    return n / 2\n"
    )
    sentence = "一半是 227.1<!-- = number_test.scratch.half(w) -->。"
    assert faults(book, sentence) == []
    (fault,) = faults(book, sentence.replace("scratch", "scatch"))
    assert "number_test" in fault


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("sum(x) / len(x)", 2),
        ("max(*x)", 3),
        ("x[-1] ** 2 - x[0]", 8),
        ("x[:2][1]", 3),
        ("round(2.6) + abs(-1)", 4),
        ("sum(n > 1 for n in x)", 1),
        ("sum(a * b for a, b in zip(x, x) if a < b + 1 <= 9)", 10),
        ("[n for n in x][0]", 1),
        ("dict(a=3)['a']", 3),
    ],
)
def test_expressions(expression, value):
    assert evaluate(expression, {"x": [1, 3], "dict": dict}) == value


@pytest.mark.parametrize(
    ("text", "value", "last"),
    [
        ("3.14", 3.14, 0.01),
        ("−40.8", -40.8, 0.1),
        ("24,863", 24863, 1),
        ("24,863.5", 24863.5, 0.1),
        ("2 %", 0.02, 0.01),
        ("2 \\times 10^{3}", 2000, 1000),
    ],
)
def test_literals_are_read_and_written(text, value, last):
    (literal,) = literals(text)
    assert (literal.value, literal.last) == pytest.approx((value, last))
    assert literal.rewritten(value) == text


def test_a_literal_keeps_its_style_when_rewritten():
    (literal,) = literals("1,234.5")
    assert literal.rewritten(-1234567.891) == "-1,234,567.9"
    (literal,) = literals("−0.5")
    assert literal.rewritten(-0.26) == "−0.3"
    assert literal.rewritten(-0.01) == "0.0"
