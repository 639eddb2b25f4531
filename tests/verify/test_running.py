"""Running a page's blocks, and comparing what they do with what it says."""

import builtins
import warnings

import pytest

from page import Fault
from verify.conftest import told
from verify.reading import NotRun


def faults(book, text):
    """Return what is wrong with the blocks of a page, in order."""
    found = book.read(text)
    assert found.broken == []
    return told(found)


def fault(book, text):
    (found,) = faults(book, text)
    return found


def python(code, mark="", after=""):
    info = f"{{.python {mark}}}" if mark else "python"
    return f"# 页\n\n```{info}\n{code}\n```\n\n{after}"


def test_blocks_share_a_namespace_in_which_they_are_the_main_program(book):
    page = python("a = 20\nprint(__name__)\n#> __main__") + python(
        "print(a + 4)\n#> 24"
    )
    assert faults(book, page) == []


@pytest.mark.parametrize(
    "code",
    [
        "print(1)\n#> 1",
        "print(1)\nprint(2)\n#> 1\n#> 2",
        "print(1)\n#> 1\nprint(2)\n#> 2",
        "for n in range(2):\n    print(n)\n    #> 0\n    #> 1",
        "for n in range(2):\n    print(n)\n#> 0\n#> 1",
        "print('a\\n\\nb')\n#> a\n#>\n#> b",
        "a = 1\n\nprint(a)\n#> 1\n\na = 2",
        "print('损失 0.5')\n#> 损失 0.5",
    ],
)
def test_outputs_that_are_right(book, code):
    assert faults(book, python(code)) == []


@pytest.mark.parametrize(
    ("code", "line", "what"),
    [
        ("print(1)\n#> 2", 5, "it shows\n        2\n"),
        ("print(1)", 4, "prints\n        1"),
        ("a = 1\n\nprint(a)\na = 2", 6, "prints\n        1"),
        ("a = 1\n#> 1", 5, "the code prints\n        nothing"),
        ("print(1)\nprint(2)\n#> 1", 6, "prints\n        1\n        2"),
        ("print(1)\n#> 2\nprint(2)\n#> 1", 5, "it shows\n        2\n"),
        ("#> 1\nprint(1)", 4, "the code prints\n        nothing"),
        ("#> 1", 4, "the code prints\n        nothing"),
        ("print(1)\n#> 1\n#> 2", 5, "prints\n        1\n"),
        ("print(1/3)", 3, "prints 0.3333333333333333, whose last digits"),
    ],
)
def test_outputs_that_are_wrong(book, code, line, what):
    said = fault(book, python(code))
    assert said.startswith(f"docs/zh/line.md:{line}: ")
    assert what in said


def test_a_stale_output_names_the_command_that_mends_it(book):
    said = fault(book, python("print(1)\n#> 2"))
    assert "make update PAGE=line" in said


def test_a_fence_after_a_block_is_its_whole_output(book):
    output = "```text\n1\n2\n```\n"
    assert faults(book, python("print(1)\nprint(2)", after=output)) == []
    said = fault(book, python("print(1)", after=output))
    assert said.startswith("docs/zh/line.md:8: the output is not what")
    said = fault(book, python("a = 1", after=output))
    assert "the code prints\n        nothing" in said


def test_what_a_block_raises_is_named_with_its_line(book):
    said = fault(book, python("a = [1]\n\nprint(a[24])"))
    assert said.startswith(
        "docs/zh/line.md:6: this block raises IndexError: list index out of "
        "range\n"
    )
    assert ".raises-IndexError" in said


def test_what_an_included_line_raises_is_named_with_its_own_line(book):
    book.write(
        "snippets/line/scratch.py",
        """
        a = 1


        # --8<-- [start:ratio]
        def ratio(n):
            return n / 0
        # --8<-- [end:ratio]
        """,
    )
    said = fault(
        book,
        python('--8<-- "line/scratch.py:ratio"\n\nprint(2)\n#> 2\nratio(1)'),
    )
    assert said.startswith(
        "docs/zh/line.md:8: this block raises ZeroDivisionError: division by "
        "zero (at snippets/line/scratch.py:6)\n"
    )


def test_an_included_statement_that_raises_is_named_by_its_include(book):
    book.write("snippets/line/scratch.py", "a = 1\nb = a / 0\n")
    said = fault(book, python('c = 1\n--8<-- "line/scratch.py"\nd = 1'))
    assert said.startswith("docs/zh/line.md:5: this block raises ZeroDiv")
    assert "(at snippets/line/scratch.py:2)" in said


def test_a_mark_is_proposed_with_the_module_of_the_exception(book):
    said = fault(book, python("import zipfile\nraise zipfile.BadZipFile('x')"))
    assert "raises zipfile.BadZipFile: x" in said
    assert "{.python .raises-zipfile.BadZipFile}" in said


def test_what_is_run_can_be_inspected(book):
    code = "import inspect\ndef f():\n    return 1\n"
    shows = "print(inspect.getsource(f))\n#> def f():\n#>     return 1"
    assert faults(book, python(code + shows)) == []


def test_a_syntax_error_is_named_with_its_line(book):
    said = fault(book, python("a = 1\nb = = 2"))
    assert said.startswith("docs/zh/line.md:5: this block raises SyntaxError:")


def test_an_error_of_the_compiler_is_named_with_its_line(book):
    said = fault(book, python("a = 1\n\nreturn a"))
    assert said.startswith("docs/zh/line.md:6: this block raises SyntaxError:")


@pytest.mark.parametrize("mark", [".raises-zipfile.NoFile", ".raises-Zero"])
def test_a_mark_of_no_exception_is_named(book, mark):
    said = fault(book, python("1 / 0", mark))
    assert "raises ZeroDivisionError" in said
    assert f"and is marked {mark}\n" in said


@pytest.mark.parametrize("code", ["1 / 0", '--8<-- "line/no.py"', "b = = 1"])
def test_what_follows_a_block_that_fails_is_not_run(book, code):
    found = book.read(
        python(code) + python("print(1)\n#> 2") + "3<!-- = 2 + 2 -->"
    )
    first, second = found.blocks
    with pytest.raises(Fault, match=r"line.md:[34]: "):
        found.edits(first)
    for item in (second, *found.ties):
        with pytest.raises(NotRun, match="since the block at line 3 fails"):
            found.edits(item)


def test_what_fails_is_told_even_if_its_block_is_not_asked_for(book):
    found = book.read(python("1 / 0") + python("print(1)\n#> 1"))
    with pytest.raises(Fault, match=":4: this block raises Zero"):
        found.edits(found.blocks[1])
    with pytest.raises(Fault, match=":4: this block raises Zero"):
        found.edits(found.blocks[0])


def test_a_stale_output_stops_nothing(book):
    page = python("print(1)\n#> 2") + python("print(3)\n#> 4")
    assert len(faults(book, page)) == 2


def test_one_block_alone_runs_those_before_it(book):
    found = book.read(
        python("a = 1") + python("a += 1") + python("print(a)\n#> 2")
    )
    last = found.blocks[2]
    assert found.edits(last) == []
    assert found.result(last) is found.result(last)  # and each of them once


@pytest.mark.parametrize(
    ("code", "mark"),
    [
        ("int('a')", ".raises-ValueError"),
        (
            "import zipfile\nraise zipfile.BadZipFile",
            ".raises-zipfile.BadZipFile",
        ),
        ("b = = 2", ".raises-SyntaxError"),
        ("raise SystemExit", ".raises-SystemExit"),
        ("print(1)\n#> 1\n1 / 0", ".raises-ZeroDivisionError"),
    ],
)
def test_an_expected_exception(book, code, mark):
    assert faults(book, python(code, mark)) == []


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("a = 1", "this block neither raises nor warns, and is marked"),
        ("1 / 0", "raises ZeroDivisionError"),
        ("raise LookupError", "raises LookupError"),
        ("[][1]", None),
        ("print(1)\n[][1]", "prints\n        1"),
    ],
)
def test_just_the_exception_that_is_marked_is_expected(book, code, what):
    found = faults(book, python(code, ".raises-IndexError"))
    assert [what in each for each in found] == ([True] if what else [])


def test_a_fence_after_an_exception_shows_its_last_line(book):
    last = "```text\nValueError: 一个错误\n```\n"
    raising = "raise ValueError('一个错误\\n第二行')"
    mark = ".raises-ValueError"
    assert faults(book, python(raising, mark, last)) == []
    assert faults(book, python(f"print(1)\n#> 1\n{raising}", mark, last)) == []
    both = last.replace("V", "1\nV", 1)
    assert faults(book, python(f"print(1)\n{raising}", mark, both)) == []
    said = fault(book, python(raising.replace("一", "两"), mark, last))
    assert "ValueError: 两个错误" in said


WARN = "import warnings\nwarnings.warn('慢', stacklevel=1)"


def test_a_warning_is_a_failure_unless_it_is_marked(book):
    said = fault(book, python(WARN))
    assert "this block warns: UserWarning: 慢" in said
    assert ".warns-UserWarning" in said
    assert faults(book, python(WARN, ".warns-UserWarning")) == []
    shown = "```text\nUserWarning: 慢\n```\n"
    assert faults(book, python(WARN, ".warns-UserWarning", shown)) == []
    stale = shown.replace("慢", "快")
    assert len(faults(book, python(WARN, ".warns-UserWarning", stale))) == 1
    said = fault(book, python("a = 1", ".warns-UserWarning"))
    assert "neither raises nor warns, and is marked .warns-UserWarning" in said
    said = fault(book, python(WARN, ".warns-RuntimeWarning"))
    assert "warns: UserWarning: 慢, and is marked .warns-Runtime" in said


def test_warnings_are_those_of_a_fresh_interpreter(book):
    deprecated = WARN.replace("stacklevel", "DeprecationWarning, stacklevel")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert "DeprecationWarning" in fault(book, python(deprecated))
    deep = deprecated.replace("stacklevel=1", "stacklevel=9")
    assert faults(book, python(deep)) == []


def test_what_goes_to_stderr_is_a_failure(book):
    said = fault(book, python("import sys\nprint('啊', file=sys.stderr)"))
    assert "writes to stderr: '啊'" in said


@pytest.mark.parametrize("module", ["random", "numpy", "torch"])
def test_a_forgotten_seed_gives_other_numbers_each_time(book, module):
    draw = {
        "random": "import random\nr = random.random()",
        "numpy": "import numpy\nr = numpy.random.rand()",
        "torch": "import torch\nr = torch.rand(1).item()",
    }[module]
    pytest.importorskip(module)
    runs = [book.read(python(draw)).on_cpu for _ in range(3)]
    assert len({run.namespace["r"] for run in runs}) == 3


def test_a_number_that_is_known_further_down_disturbs_nothing(book):
    draw = "numbers.append(random.random())"
    found = book.read(
        python(f"import random\nrandom.seed(0)\nnumbers = []\n{draw}")
        + "这里 1<!-- = len(numbers) -->，后面 3<!-- = len(later) -->。\n\n"
        + python(draw)
        + python(f"{draw}\nlater = numbers")
    )
    assert told(found) == []
    import random

    random.seed(0)
    wanted = [random.random() for _ in range(3)]
    assert found.on_cpu.namespace["numbers"] == wanted


def test_torch_warns_on_each_page_though_once_in_a_process(book):
    code = (
        "import numpy as np\nimport torch\n"
        "x = np.ones(24)\nx.flags.writeable = False\n"
        "torch.from_numpy(x)"
    )
    for name in ("zh/line", "en/line"):
        found = book.read(python(code), name)
        (said,) = told(found)
        assert "this block warns: UserWarning" in said


def test_what_a_page_sets_is_its_own_and_stays_with_it(book):
    import numpy as np
    import torch

    sets = (
        "import numpy as np\nimport torch\n"
        "np.set_printoptions(precision=1)\n"
        "torch.set_default_dtype(torch.float64)\n"
        "torch.set_printoptions(precision=1)"
    )
    shows = (
        "print(np.array([0.123]), torch.tensor([0.123]))\n"
        "#> [0.1] tensor([0.1])"
    )
    assert faults(book, python(sets) + python(shows)) == []
    assert str(np.array([0.123])) == "[0.123]"
    assert str(torch.tensor([0.123])) == "tensor([0.1230])"
    assert torch.get_default_dtype() == torch.float32


def test_what_a_page_defines_can_be_pickled(book):
    code = (
        "import pickle\nclass Line:\n    w = 2\n"
        "print(pickle.loads(pickle.dumps(Line())).w)\n#> 2"
    )
    assert faults(book, python(code)) == []


@pytest.mark.parametrize(
    "code",
    [
        "import random\nprint(random.random())\n#> 0.5",
        "import numpy as np\nprint(np.random.default_rng().random())\n#> 0.5",
        "import time\nprint(time.perf_counter_ns())\n#> 5",
        "print(object())\n#> <object object at 0x1>",
    ],
)
def test_an_output_that_is_never_the_same_is_told_as_such(book, code):
    assert "something else each time" in fault(book, python(code))


def test_several_wrong_outputs_take_one_more_run(book, monkeypatch):
    runs = []
    monkeypatch.setattr(builtins, "runs", runs, raising=False)
    code = "print(runs.append(1))\n#> 1\n"
    assert len(faults(book, python(code) + python(code))) == 2
    assert len(runs) == 4


TIED = "24<!-- = w -->。\n\n"
BOTH = python("runs.append(1)\nw = 24.4\nprint(2)\n#> 2", "", TIED)
BOTH += python("w = 1")
WRONG = [
    BOTH.replace("#> 2", "#> 3"),
    BOTH.replace("print(2)", "print(3)"),
    BOTH.replace("append(1)", "append(b)"),
    BOTH.replace("print(2)\n#> 2", "print(2)"),
    BOTH.replace("python", "{.python .raises-ValueError}", 1),
    BOTH.replace("24<!--", "23<!--"),
    BOTH.replace("24<!--", "24.0<!--"),
    BOTH.replace("= w -->", "= 2 * w -->"),
    BOTH.replace(TIED, "") + TIED,
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_right_in_one_language_is_not_run_in_the_other(
    book, monkeypatch, wrong
):
    runs = []
    monkeypatch.setattr(builtins, "runs", runs, raising=False)
    for name in ("zh/line", "en/line"):
        assert told(book.read(BOTH, name)) == []
    assert runs == [1]
    for name in ("zh/line", "en/line"):
        assert len(told(book.read(wrong, name))) == 1


def test_a_block_that_is_wrong_as_such_is_told_in_either_language(book):
    right = python("print(2)\n#> 2")
    assert told(book.read(right)) == []
    wrong = right.replace("python", 'python title="a.py"')
    found = book.read(wrong, "en/line")
    with pytest.raises(Fault, match="the title is"):
        found.edits(found.blocks[0])


def test_an_output_that_is_seeded_is_not_told_to_be_random(book):
    code = "import random\nrandom.seed(0)\nprint(random.random())\n#> 0.5"
    assert "something else each time" not in fault(book, python(code))
