import pytest

import page
from verify.project import ROOT
from verify.translations.sequence import blocks
from verify.translations.typography import mistakes

GOOD = """\
---
title: 学习率，步子
---

# 学习率 {#lr}

学习率 $\\eta$ 是 `lr`，取 0.5；见[陷阱](#pitfalls)。<!-- = lr,1 -->
它又叫*步长*。

<figure markdown="span">
  <figcaption markdown="span">宽度在[练习](#exercises)里算出。</figcaption>
</figure>

```python
x = {"a":1}  # w,b
```

$$
a,b
$$
"""


def read(text):
    return blocks(page.reader(ROOT).read(ROOT / "a.md", text))


def test_a_page_in_house_style_passes():
    assert list(mistakes(read(GOOD))) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("学习率 $\\eta$", "学习率$\\eta$", "a.md:7: write '学习率 x 是"),
        ("$ 是 `lr`", "$是 `lr`", "a.md:7: write '学习率 x 是"),
        ("是 `lr`", "是`lr`", "a.md:7: write '学习率 x 是 x，"),
        ("`lr`，取", "`lr`,取", "a.md:7: ',': write the full-width"),
        ("取 0.5", "取0.5", "a.md:7: write"),
        ("0.5；见", "0.5;见", "a.md:7: ';': write the full-width"),
        ("取 0.5", "请取 0.5", "'请': say 你"),
        ("见[", "您见[", "'您': say 你"),
        ("叫*步长*", '叫"步长"', "a.md:7: '\"': write the full-width"),
        ("叫*步", "叫 *步", "a.md:7: ' ': no space belongs"),
    ],
)
def test_a_planted_mistake_is_named_with_its_line(old, new, said):
    assert old in GOOD
    problems = "\n".join(mistakes(read(GOOD.replace(old, new))))
    assert said in problems, problems
