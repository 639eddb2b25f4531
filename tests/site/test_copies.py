import html as entities
import re

import pytest

from copies import programs, with_programs
from page import reader
from verify.project import ROOT

PAGE = """
```python title="data.py"
w = 1  # <b>
```

```{.python .raises-ValueError}
w = int("&")
```

!!! note

    ```python
    print(w < 2)
    #> True
    ```

```python
print(1)
```
"""


@pytest.fixture(scope="module")
def page():
    return reader(ROOT).markdown().convert(PAGE)


def test_each_block_has_a_program(page):
    assert programs(page) == [
        "w = 1  # <b>",
        'w = int("&")',
        "w = 1  # <b>\n\n\nprint(w < 2)\n#> True",
        "print(1)",
    ]


def test_only_a_block_that_continues_others_gets_a_program(page):
    copies = re.findall(r'data-copy="([^"]*)"', with_programs(page, "en"))
    assert [entities.unescape(copy) for copy in copies] == [
        "w = 1  # <b>\n\n\nprint(w < 2)\n#> True"
    ]


@pytest.mark.parametrize(
    ("language", "word"), [("zh", "复制"), ("en", "Copies")]
)
def test_the_reader_is_told_in_the_language_of_the_page(page, language, word):
    assert with_programs(page, language).count(f'class="program">{word}') == 1


def test_notes_stand_below_the_output_that_follows(page):
    block = '<div class="language-python highlight"><pre><code>w</code></pre>'
    output = '</div>\n<div class="language-text highlight"><pre>1</pre>'
    first = block.replace(">w<", ">w = 1<") + "</div>\n"
    html = with_programs(f"{first}{block}{output}</div>", "en")
    assert re.search(r"1</pre><p class=\"program\">[^<]*</p></div>$", html)
    apart = f"</div><p>It is:</p>{output.removeprefix('</div>')}</div>"
    html = with_programs(f"{first}{block}{apart}", "en")
    assert html.endswith(f"</p>{apart}")
