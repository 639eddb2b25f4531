import pytest

from content import join_lines


@pytest.mark.parametrize(
    ("html", "joined"),
    [
        ("<p>第一句。\n第二句</p>", "<p>第一句。第二句</p>"),
        ("<p>句子，\n<code>w</code> 是</p>", "<p>句子，<code>w</code> 是</p>"),
        ("<p>在这\n里</p>", "<p>在这里</p>"),
        ("<p>用\nPyTorch</p>", "<p>用\nPyTorch</p>"),
        ("<p>One.\nTwo.</p>", "<p>One.\nTwo.</p>"),
        ("<pre>一。\n二</pre>", "<pre>一。\n二</pre>"),
        ("<p>一。\n二</p><pre>三\n四</pre>", "<p>一。二</p><pre>三\n四</pre>"),
    ],
)
def test_lines_join_as_chinese_is_written(html, joined):
    assert join_lines(html) == joined
