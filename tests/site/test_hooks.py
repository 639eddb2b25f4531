"""The pure functions of the hooks."""

import base64
import re
from collections import defaultdict
from types import SimpleNamespace

import pytest
from mkdocs.structure.files import File, Files, InclusionLevel

import bilingual
import remembered
import rendering
from content import TABLE, name_exceptions, with_labels, without_comments
from messages import locate
from notebook import parts
from search import rows, weighted

INCLUDED = InclusionLevel.INCLUDED


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>24<!-- = n --> 个</p>", "<p>24 个</p>"),
        ("<p>a</p>\n<!-- math: wrong\n-->\n<p>b</p>", "<p>a</p>\n\n<p>b</p>"),
        ("<li><p><!-- source: a --></p>\n<p>b</p></li>", "<li><p>b</p></li>"),
        ("<code>&lt;!-- = n --&gt;</code>", "<code>&lt;!-- = n --&gt;</code>"),
    ],
)
def test_comments_leave_no_trace(html, clean):
    assert without_comments(html) == clean


@pytest.mark.parametrize("name", ["ValueError", "torch.OutOfMemoryError"])
@pytest.mark.parametrize("kind", ["raises", "warns"])
def test_expected_exception_is_named(kind, name):
    html = f'<div class="language-python {kind}-{name} highlight">'
    assert name_exceptions(html) == f'{html[:-1]} data-{kind}="{name}">'


def test_sections_are_translated_and_pages_are_not():
    section = SimpleNamespace(is_section=True, title="参考")
    page = SimpleNamespace(is_section=False, title="参考")
    config = SimpleNamespace(extra={"sections": {"参考": "Reference"}})
    bilingual.on_nav([section, page], config)
    assert (section.title, page.title) == ("Reference", "参考")


def test_messages_of_others_stay_as_they_are(tmp_path):
    assert locate("Cleaning", tmp_path / "docs/zh") == "Cleaning"


def test_rows_of_the_glossary_lead_their_words_to_a_section():
    table = (
        "<table><tr><th>中文</th></tr><tr><td>损失</td><td>loss</td>"
        "<td>有多错</td><td>代价、成本</td>"
        '<td><a href="../loss/#idea">损失</a></td></tr><tr><td>轮</td>'
        "<td>one epoch</td><td>\\(|x|\\)</td><td>–</td>"
        '<td><a href="../">首页</a></td></tr></table>'
    )
    assert list(rows(table)) == [
        ("loss/#idea", ["代价", "成本", "损失", "loss"]),
        ("", ["轮", "one epoch"]),
    ]


def test_a_word_counts_for_more_where_longer_ones_begin_like_it():
    parts = {"loss", "function", "特征", "特征值"}
    assert weighted("loss function", parts) == ["loss function"]
    assert weighted("Loss", parts) == ["Loss"] * 3
    assert weighted("特征值", parts) == ["特征值"] * 3
    assert weighted("特征", parts) == [
        *["特征"] * 3,
        *["特征0", "特征1", "特征2"],
    ]


def test_cells_of_a_table_with_sentences_have_the_heads_of_their_columns():
    plain = "<table><tr><th>a</th></tr><tr><td>1</td></tr></table>"
    table = (
        '<table><thead><tr><th>a</th>\n<th class="sentences">b &amp; <b>c</b>'
        "</th></tr></thead><tbody><tr><td>1</td><td>–</td></tr><tr>"
        "<td style='x'><i>2</i></td><td>3</td></tr></tbody></table>"
    )
    html = TABLE.sub(with_labels, f"{plain}<p>–</p>{table}")
    assert html.startswith(f"{plain}<p>–</p>")
    assert re.findall("<td[^>]*>", html.removeprefix(plain)) == [
        '<td data-label="a">',
        '<td data-label="b &amp; c" data-none="">',
        '<td data-label="a" style="x">',
        '<td data-label="b &amp; c">',
    ]


def test_a_cell_of_a_notebook_is_written_as_a_page_is():
    text = {"cell_type": "markdown", "id": "a", "source": ["# A\n", "# B"]}
    assert list(parts(text)) == ["# A {#a}\n# B"]
    png = base64.b64encode(b"\0" * 16 + b"\0\0\0\3\0\0\0\2").decode()
    code = {
        "cell_type": "code",
        "metadata": {"alt": "<"},
        "source": ["w = 1\n", "w"],
        "outputs": [
            {"text": ["1\n", "2\n"]},
            {"data": {"text/plain": ["1"]}},
            {"data": {"image/png": f"{png}\n", "text/plain": ["Figure"]}},
        ],
    }
    assert list(parts(code)) == [
        "```{.python .cell}\nw = 1\nw\n```",
        "```{.text .cell}\n1\n2\n```",
        "```{.text .cell}\n1\n```",
        '<figure class="cell"><img alt="&lt;" width="3" height="2" '
        f'src="data:image/png;base64,{png}"/></figure>',
    ]


@pytest.fixture
def results(tmp_path, monkeypatch):
    """An empty store of results."""
    monkeypatch.setattr(remembered, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(remembered, "_results", {})
    return remembered


def test_a_result_is_made_anew_where_it_is_made_of_other_things(results):
    assert results.recall("page", "text", lambda: 1) == 1
    assert results.recall("page", "text", lambda: 2) == 1
    assert results.recall("page", "new text", lambda: 3) == 3


def test_results_are_there_for_the_next_build_with_the_same_tools(
    results, monkeypatch
):
    results.recall("page", "text", lambda: 1)
    results.save()
    assert results._saved() == {"page": ("text", 1)}
    monkeypatch.setattr(remembered, "MADE_WITH", "others")
    assert results._saved() == {}
    results.RESULTS.write_bytes(b"no results")
    assert results._saved() == {}


def test_results_that_cannot_be_written_do_no_harm(results, monkeypatch):
    results.RESULTS.write_bytes(b"a file, and no folder")
    monkeypatch.setattr(remembered, "RESULTS", results.RESULTS / "results")
    results.recall("page", "text", lambda: 1)
    results.save()
    assert results.recall("page", "text", lambda: 2) == 1


def test_the_folders_of_the_theme_are_looked_through_once(tmp_path):
    (tmp_path / ".icons").mkdir()
    for place in (".icons/a.svg", "a.html"):
        (tmp_path / place).write_text("", "utf-8")
    assert rendering.templates(str(tmp_path)) == ["a.html"]
    (tmp_path / "b.html").write_text("", "utf-8")
    assert rendering.templates(str(tmp_path)) == ["a.html"]


def test_a_page_is_made_of_what_it_includes_and_that_in_turn(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(rendering, "ROOT", tmp_path)
    figure = tmp_path / "docs/assets/figures/line/line.svg"
    figure.parent.mkdir(parents=True)
    figure.write_text("<svg/>", "utf-8")
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/a.py").write_text("--8<-- 'b.py:part'\n", "utf-8")
    (tmp_path / "snippets/b.py").write_text("b = 1\n", "utf-8")
    text = (
        '```python\n--8<-- "a.py"\n--8<-- "gone.py"\n```\n'
        "![line](../assets/figures/line/line.svg)\n"
    )
    assert list(rendering.included(text)) == [
        (tmp_path / "snippets/a.py", "--8<-- 'b.py:part'\n"),
        (tmp_path / "snippets/b.py", "b = 1\n"),
        (figure, "<svg/>"),
    ]


def page_file(url):
    """Return a file as MkDocs has it, of a page that was rendered."""
    settings = {"dest_dir": "site", "use_directory_urls": True}
    file = File("a.md", src_dir=None, inclusion=INCLUDED, **settings)
    file.url = url
    file.page = SimpleNamespace(file=file, made="text", title="title")
    return file


def test_where_the_site_is_served_a_page_is_written_that_shows_anything_new(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(rendering, "_written", defaultdict(dict))
    file, config = page_file("a/"), SimpleNamespace(docs_dir="en")
    file.abs_dest_path = str(tmp_path / "a.html")
    env = SimpleNamespace()
    for change in ({}, {"made": "new text"}, {"title": "new title"}):
        vars(file.page).update(change)
        rendering.on_env(env, config, Files([file]))
        assert file.is_modified()
        rendering.on_post_page("", file.page, config)
        rendering.on_env(env, config, Files([file]))
        assert not file.is_modified()
    (tmp_path / "a.html").write_text("", "utf-8")
    rendering.on_env(env, config, Files([]))
    assert not (tmp_path / "a.html").exists()


def test_a_page_is_made_anew_where_others_have_new_addresses():
    made = []
    for url in ("a/", "a.html"):
        config = SimpleNamespace(
            docs_dir=url,
            plugins=SimpleNamespace(events={"page_content": []}),
        )
        rendering.on_nav(None, config, Files([page_file(url)]))
        made.append(rendering._shared[url][1])
    assert made[0] != made[1]


def test_the_archive_and_the_site_each_keep_how_a_page_is_rendered(
    results, tmp_path
):
    made, path = [], tmp_path / "a.md"
    path.write_text("# A {#a}\n", "utf-8")
    for url in ("a/", "a.html", "a/"):
        file = SimpleNamespace(abs_src_path=str(path), url=url)
        page = SimpleNamespace(file=file, links_to_anchors={}, made=url)
        rendering.render(
            page, lambda *_, url=url: made.append(url), [], None, None
        )
    assert made == ["a/", "a.html"]
