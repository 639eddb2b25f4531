import pytest

from verify.blocks import blocks
from verify.conftest import told


def broken(book, text):
    return [str(fault) for fault in book.read(text).broken]


@pytest.mark.parametrize(
    ("mark", "cuda", "expected"),
    [
        ("", False, ""),
        (".cuda", True, ""),
        (".raises-ValueError", False, "raises-ValueError"),
        (".warns-UserWarning", False, "warns-UserWarning"),
        (".raises-no.such.Error", False, "raises-no.such.Error"),
        (".cuda .raises-RuntimeError", True, "raises-RuntimeError"),
    ],
)
def test_marks_are_read(book, mark, cuda, expected):
    reading = book.read(f"# 页\n\n```{{.python {mark}}}\na = 1\n```\n")
    assert reading.broken == []
    (block,) = reading.blocks
    assert (block.cuda, block.expected) == (cuda, expected)


@pytest.mark.parametrize(
    "mark",
    [
        ".norun",
        ".norun-ValueError",
        ".Cuda",
        ".raises",
        ".warns-",
        ".raises-ValueError .warns-UserWarning",
    ],
)
def test_other_marks_are_refused(book, mark):
    (fault,) = broken(book, f"# 页\n\n```{{.python {mark}}}\na = 1\n```\n")
    assert fault.startswith(f"docs/zh/line.md:3: unknown mark {mark}\n")
    assert "Known: .cuda, .rosetta, .raises-SomeError" in fault


@pytest.mark.parametrize(
    ("info", "what"),
    [
        ("pyhton", "'pyhton' is no language here"),
        ("Python", "'Python' is no language here"),
        ("py3", "'py3' is no language here"),
        ("pycon", "'pycon' is no language here"),
        ("doctest", "'doctest' is no language here"),
        ("{.cuda}", "'cuda' is no language here"),
        ("{.raises-ValueError .python}", "'raises-ValueError' is no language"),
        ("", "'' is no language here"),
    ],
)
def test_a_first_line_that_would_not_run_is_refused(book, info, what):
    (fault,) = broken(book, f"# 页\n\n```{info}\na = 1\n```\n")
    assert fault.startswith("docs/zh/line.md:3: ")
    assert what in fault


@pytest.mark.parametrize("info", ["bash", "console", "yaml", "{.c title=x}"])
def test_other_languages_are_left_alone(book, info):
    assert broken(book, f"```{info}\na = 1\n```\n") == []


def shown(book, text):
    block, *_ = book.read(text).blocks
    return block.shown and block.shown.text


def test_what_runs_in_an_environment_of_its_own_is_not_run_by_its_page(book):
    reading = book.read(
        """
        ```{.python .rosetta}
        import theano
        ```

        ```python
        a = 1
        ```
        """
    )
    assert reading.broken == []
    assert [block.fence.text for block in reading.blocks] == ["a = 1\n"]


def test_a_text_fence_right_after_a_block_is_its_output(book):
    code = "```python\nprint(1)\n```\n"
    assert shown(book, f"{code}\n```text\n1\n```\n") == "1\n"
    assert shown(book, f'{code}```output title="输出"\n1\n```\n') == "1\n"
    assert shown(book, f"{code}\n一句话。\n\n```text\n1\n```\n") is None
    assert shown(book, f"{code}\n```bash\n1\n```\n") is None
    assert shown(book, f"- a\n\n{code}\n    ```text\n    1\n    ```\n") is None


def test_an_output_shown_twice_is_refused(book):
    page = "```python\nprint(1)\n#> 1\n```\n\n```text\n1\n```\n"
    (fault,) = told(book.read(page))
    assert "docs/zh/line.md:7: the output is not what the page shows" in fault


def test_an_output_in_a_snippet_is_refused(book):
    book.write("snippets/line/scratch.py", "print(1)\n#> 1\n")
    (fault,) = broken(book, '# 页\n```python\n--8<-- "line/scratch.py"\n```\n')
    assert fault.startswith("docs/zh/line.md:3: the included scratch.py:2 ")


def test_a_title_names_the_file_that_is_included(book):
    book.write("snippets/line/scratch.py", "w = 1\n")
    include = '--8<-- "line/scratch.py"\n'
    for title, code, what in (
        ("line/scratch.py", include, None),
        ("Two numbers", "w = 1\n", None),
        ("line/concise.py", include, "the block includes line/scratch.py"),
        ("line/scratch.py", "w = 1\n", "the block includes no file"),
        ("line/scratch.py", include.replace("h.", "."), "could not be found"),
    ):
        found = broken(book, f'```python title="{title}"\n{code}```\n')
        assert [what in fault for fault in found] == [True] * bool(what)


def test_what_a_page_could_not_read_is_passed_on(book):
    import page

    read = page.read(book.page("```python\n"))
    assert blocks(read)[1] == list(read.faults)
    assert len(read.faults) == 1


@pytest.mark.parametrize("name", ["text", "output"])
def test_an_output_that_no_block_prints_is_named(book, name):
    page = f"```python\nprint(1)\n```\n\nA sentence.\n\n```{name}\n2\n```\n"
    (fault,) = broken(book, page)
    assert f"docs/zh/line.md:7: this {name} follows no block" in fault
    page = f"```python\na = 1\n```\n\n```{name}\n```\n"
    (fault,) = broken(book, page)
    assert f"docs/zh/line.md:5: this {name} follows no block" in fault
