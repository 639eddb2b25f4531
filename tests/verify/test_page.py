import pytest

import page

SNIPPET = """
a = 1


# --8<-- [start:double]
def double(n):

    return 2 * n
# --8<-- [end:double]
"""


@pytest.fixture
def snippet(book):
    return book.write("snippets/line/scratch.py", SNIPPET)


def fences(book, text):
    return page.read(book.page(text)).fences


def faults(book, text):
    return [str(fault) for fault in page.read(book.page(text)).faults]


def test_a_fence_is_found_however_it_is_written(book):
    found = fences(
        book,
        """
        ---
        title: 页
        ---
        # 页 {#line}

        ```python
        1
        ```

        ```py title="a.py" hl_lines="1"
        2
        ```

        ```{.python3 .cuda title="b.py"}
        3
        ```

        ~~~python
        4
        ~~~

        !!! note
            ```python
            if 5:

                5
            ```

        === "标签"

            - 项目

                ```python
                6
                ```

        > ```python
        > 7
        > ```

        ````markdown
        ```python
        not_a_block_of_its_own
        ```
        ````
        """,
    )
    assert page.read(book.root / "docs/zh/line.md").faults == ()
    python = [fence for fence in found if fence.is_python]
    texts = ["1\n", "2\n", "3\n", "4\n", "if 5:\n\n    5\n", "6\n", "7\n"]
    assert [fence.text for fence in python] == texts
    assert [fence.first for fence in python] == [6, 10, 14, 18, 23, 33, 37]
    assert python[2].classes == ("cuda",)
    assert python[1].options["title"] == "a.py"
    assert found[-1].language == "markdown"


def test_an_include_is_expanded_and_each_line_knows_where_it_is_from(
    book, snippet
):
    (fence,) = fences(
        book,
        """
        - 项目

            ```python
            --8<-- "line/scratch.py:double"
            print(double(3))
            ```
        """,
    )
    assert fence.text == (
        "def double(n):\n\n    return 2 * n\nprint(double(3))\n"
    )
    assert [
        (line.number, line.file, line.file_number) for line in fence.lines
    ] == [(4, snippet, 5), (4, snippet, 6), (4, snippet, 7), (5, None, 0)]


def test_a_whole_file_comes_without_its_region_marks(book, snippet):
    (fence,) = fences(book, '```python\n--8<-- "line/scratch.py"\n```')
    assert "8<" not in fence.text
    assert fence.text.startswith("a = 1\n")
    assert fence.lines[3].file_number == 5


def test_a_region_that_is_indented_is_moved_to_the_left(book):
    book.write(
        "snippets/line/engine.py",
        """
        class Value:
            # --8<-- [start:add]
            def add(self):

                return self
            # --8<-- [end:add]
        """,
    )
    (fence,) = fences(book, '```python\n--8<-- "line/engine.py:add"\n```')
    assert fence.text == "def add(self):\n\n    return self\n"


def test_a_snippet_may_include_another(book, snippet):
    book.write("snippets/line/twice.py", '--8<-- "line/scratch.py:double"\n')
    (fence,) = fences(book, '```python\n--8<-- "line/twice.py"\n```')
    assert fence.text.startswith("def double(n):")
    assert fence.lines[0].file.name == "twice.py"


def test_an_escaped_include_is_shown_as_it_is(book):
    (fence,) = fences(book, '```text\n;--8<-- "line/scratch.py"\n```')
    assert fence.text == '--8<-- "line/scratch.py"\n'


@pytest.mark.parametrize(
    ("include", "what"),
    [
        ('--8<-- "line/scatch.py"', "line/scatch.py' could not be found"),
        ('--8<-- "line/scratch.py:triple"', "'triple' could not be located"),
        ('--8<-- "line/scratch.py:1:3"', "is no include"),
        ("--8<-- line/scratch.py", "is no include"),
        ('—8<— "line/scratch.py"', "is no include"),
        ('--8<--"line/scratch.py"', "is no include"),
    ],
)
def test_an_include_of_what_is_not_there_is_named(
    book, snippet, include, what
):
    (fault,) = faults(book, f"# 页\n\n```text\n{include}\n```\n")
    assert fault.startswith("docs/zh/line.md:4: ")
    assert what in fault
    assert 'like this: --8<-- "line/scratch.py"' in fault


def test_an_include_of_a_region_misspelt_names_the_one_meant(book, snippet):
    (fault,) = faults(book, '```text\n--8<-- "line/scratch.py:duble"\n```\n')
    assert 'like this: --8<-- "line/scratch.py:double"' in fault


@pytest.mark.parametrize(
    ("include", "what"),
    [
        ('--8<-- "../pyproject.toml"', "could not be found"),
        ('--8<-- "/etc/passwd"', "could not be found"),
        ("--8<--", "is no include"),
    ],
)
def test_an_include_of_nothing_like_a_snippet_is_named(
    book, snippet, include, what
):
    (fault,) = faults(book, f"```text\n{include}\n```\n")
    assert what in fault
    assert 'like this: --8<-- "stem/role.py:region"' in fault


def test_a_sentence_may_speak_of_includes(book):
    assert faults(book, '句子说 `--8<-- "a.py"`。\n') == []


def test_a_fence_left_open_is_named_by_its_first_line(book):
    (fault,) = faults(
        book,
        """
        ```python
        a = 1

        一句话。

        ```python
        b = 2
        ```
        """,
    )
    assert fault.startswith("docs/zh/line.md:1: this fence is left open")
    assert "before '```python'" in fault


def test_a_fence_left_open_at_the_end_is_named(book):
    (fault,) = faults(book, "# 页\n\n```python\na = 1\n")
    assert fault.startswith("docs/zh/line.md:3: ")


def test_a_fence_closed_at_another_indent_is_named(book):
    (fault,) = faults(book, "- 项\n\n    ```python\n    a = 1\n```\n")
    assert fault.startswith("docs/zh/line.md:3: ")


def test_a_fence_with_attributes_that_the_site_cannot_read_is_named(book):
    (fault,) = faults(book, '```python titel="x"\na = 1\n```\n')
    assert "does not read '```python titel=\"x\"' as a fence" in fault


def test_front_matter_and_fences_are_no_prose(book):
    read = page.read(book.page("---\ntitle: 页\n---\n句\n```python\n1\n```\n"))
    assert [line.text for line in read.prose if line.text] == ["句"]
    assert read.prose[0].number == 4
    assert read.meta == {"title": "页"}


def test_windows_line_ends_are_read_and_kept(book):
    path = book.page("")
    path.write_bytes(
        b"---\r\ntitle: x\r\n---\r\n```python\r\na = 1\r\n```\r\n"
    )
    read = page.read(path)
    assert read.fences[0].text == "a = 1\n"
    assert read.fences[0].first == 4
    assert read.source.count("\r\n") == 6


def test_code_is_rendered_without_a_tag_for_each_word(book):
    html = book.read("$w$\n\n```python\nprint(1)\n```\n").page.html
    assert "print(1)" in html
    assert 'class="arithmatex"' in html
