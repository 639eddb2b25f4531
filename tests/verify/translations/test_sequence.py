import pytest

import page
from verify.project import ROOT
from verify.translations.sequence import blocks, differences, numbers

ZH = """\
# 梯度 {#gradient}

我们训练 1 万步，1929 年 3 月的数据，见[损失](loss_functions.md#squared)[^h]。
权重是 $w = 2.03$，代码写作 `w`。

$$
z_i = w x_i + b \\text{，}
$$

- 一
- 二，共 24 个

| 轮 | $L$ |
|---|---|
| 0 | 3.5 |

## 结果 {#result}

!!! note "记号"
    这里 $z$ 是预测值。

```python
w = 1
```

<figure markdown="span">
  ![直线](../assets/figures/a/line.svg)
  <figcaption>看 5 个点。</figcaption>
</figure>

=== "NumPy"

    甲

=== "PyTorch"

    乙

[^h]: 来源。
"""
EN = """\
# Gradient {#gradient}

With data of March 1929 we train for 10,000 steps, see
[the losses](loss_functions.md#squared)[^h]. In code `w`, the weight is
$w = 2.03$.

$$
z_i = w x_i + b \\text{,}
$$

- one
- two, of 24

| epoch | $L$ |
|---|---|
| 0 | 3.5 |

## Result {#result}

!!! note "Notation"
    Here $z$ is the prediction.

```python
w = 1
```

<figure markdown="span">
  ![the line](../assets/figures/a/line.svg)
  <figcaption>Look at the 5 points.</figcaption>
</figure>

=== "NumPy"

    first

=== "PyTorch"

    second

[^h]: Source.
"""


def compare(zh, en):
    read = page.reader(ROOT).read
    left = blocks(read(ROOT / "zh.md", zh))
    return list(differences(left, blocks(read(ROOT / "en.md", en))))


def test_both_descriptions_have_the_same_numbers():
    zh, en = (
        "---\ndescription: 24 个蓝点\n---\n",
        "---\ndescription: 24 blue\n---\n",
    )
    assert compare(zh + ZH, en + EN) == []
    (said,) = compare(zh + ZH, en.replace("24", "42") + EN)
    assert said == (
        "en.md:1: this does not say what zh.md:1 says\n"
        "    only zh: number 24\n    only en: number 42"
    )


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("蓝线是训练集", "Blue is the training set"),
        ("最蓝，发红", "at its bluest, and reddish"),
        ("✓ 表示对", "✓ means right"),
        ("它减小了", "It is reduced, and a hundred"),
    ],
)
def test_both_languages_name_the_same_colours_and_signs(zh, en):
    zh, en = f"{zh}\n\n![{zh}](a.svg)", f"{en}\n\n![{en}](a.svg)"
    assert compare(zh, en) == []
    assert len(compare(f"绿{zh}", en)) == 1
    assert len(compare(zh, en.replace("![", "![Orange, "))) == 1


def test_two_pages_that_say_the_same_do_not_differ():
    assert compare(ZH, EN) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "w x_i + b",
            "w x_i - b",
            "en.md:8: this does not say what zh.md:7 says",
        ),
        ("{#result}", "{#results}", "#results"),
        ("## Result", "### Result", "only en: <h3>"),
        ("$w = 2.03$", "$w = 2.30$", "only en: formula w = 2.30"),
        ("10,000", "1,000", "only zh: number 10000"),
        ("March", "May", "only en: number 5"),
        ("| 0 | 3.5 |\n", "", "only zh: number 0, number 3.5"),
        ("| 0 | 3.5 |", "| 0 | 5.3 |", "5.3"),
        ("w = 1\n", "w = 2\n", "only en: code w = 2"),
        (
            "```python",
            "```{.python .cuda}",
            "<div language-python cuda highlight>",
        ),
        ("!!! note", "!!! tip", "div admonition tip"),
        ("#squared", "#absolute", "loss_functions.md#absolute"),
        ("md#squared)[^h]", "md#squared)", "only zh: link #fn:h"),
        ("- one\n- two, of 24\n", "- two, of 24\n- one\n", "number 24"),
        ("| epoch | $L$ |", "| $L$ | epoch |", "only en: <th>, formula L"),
        ("`w`", "`b`", "only en: code b"),
        ("line.svg", "dots.svg", "dots.svg"),
        ("- one\n", "", "only zh: <li>\n    only en: –"),
        ("of 24", "of 42", "only en: number 42"),
        ("the 5 points", "the 6 points", "only en: number 6"),
        ("## Result", "One more paragraph.\n\n## Result", "only en: <p>"),
        ('=== "NumPy"\n\n    first\n\n', "", "tabbed-block"),
        ("Here $z$", "Here $w$", "only en: formula w"),
    ],
)
def test_a_planted_difference_is_named_with_its_place(old, new, said):
    assert old in EN
    problems = "\n".join(compare(ZH, EN.replace(old, new)))
    assert said in problems, problems
    assert "en.md:" in problems
    assert "zh.md:" in problems


def test_words_that_stand_below_as_well_move_no_place():
    controls = (
        '<figure markdown="span">\n'
        '  <fieldset markdown="span">\n'
        "    <label><span>{0} $w$</span></label>\n"
        "    <span><span>{1} $L$</span></span>\n"
        "  </fieldset>\n</figure>\n\n"
    )
    zh = f"{controls.format('权重', '残差的平均数')}{ZH}\n{'权重' * 9}\n"
    en = f"{controls.format('Weight', 'mean residual')}{EN}\nWeight\n"
    (said,) = compare(zh, en.replace("= 2.03", "= 2.04"))
    assert said.startswith("en.md:10: this does not say what zh.md:10 says")


def test_a_paragraph_that_one_language_lacks_is_missing_there():
    (said,) = compare(
        ZH.replace("共 24 个", "共 24 个\n\n    又一段。\n\n"), EN
    )
    assert said.endswith("only zh: <p>, <p>\n    only en: –")


def test_what_both_languages_say_of_a_picture_is_compared():
    zh, en = (text.replace("图", "线") for text in (ZH, EN))
    (said,) = compare(zh.replace("![直线]", "![3 条直线]"), en)
    assert "only zh: number 3" in said


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("1 万步", "10,000 steps"),
        ("1.5 亿年", "150,000,000 years"),
        ("2017 年 9 月", "September 2017"),
        ("2018 年 5 月 2 日", "2 May 2018"),
        ("50%", "50%"),
        ("−40.8", "-40.8"),
    ],
)
def test_numbers_are_read_alike_in_both_notations(zh, en):
    assert sorted(numbers(zh)) == sorted(numbers(en))


def test_line_ends_of_windows_are_no_difference():
    front = "---\ntitle: A\n---\n"
    assert compare(front + ZH, (front + EN).replace("\n", "\r\n")) == []


def test_a_modal_verb_is_no_month():
    assert numbers("This may take 5 steps") == ["5"]
