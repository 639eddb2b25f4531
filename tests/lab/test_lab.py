"""The lab, run as a reader runs it: cell by cell, again, and changed."""

import ast
import contextlib
import io
import json
import statistics
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from matplotlib import pyplot

from data import hubble_1929
from linear_regression.scratch import least_squares
from verify import comments
from verify.cuda_on_cpu import cuda_on_cpu

DOCS = Path(__file__).parents[2] / "docs"
LINE = "w = 454.158, b = -40.784"


def cells(language):
    text = (DOCS / language / "lab.ipynb").read_text(encoding="utf-8")
    return json.loads(text)["cells"]


def sources(language="zh"):
    """Return what stands in the cells, by their ids."""
    return {cell["id"]: "".join(cell["source"]) for cell in cells(language)}


class Notebook:
    """The notebook, open in front of a reader."""

    def __init__(self):
        self.cells = {
            cell["id"].removesuffix("-code"): "".join(cell["source"])
            for cell in cells("zh")
            if cell["cell_type"] == "code"
        }
        self.names = {}

    def change(self, cell, old, new):
        """Write something else in a cell."""
        assert self.cells[cell].count(old) == 1
        self.cells[cell] = self.cells[cell].replace(old, new)

    def run(self, *names):
        """Run cells, all without a name; return what each prints."""
        return [self.printed(name) for name in names or self.cells]

    def printed(self, name):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(self.cells[name], name, "exec"), self.names)
        return printed.getvalue()

    def line(self):
        """Return the trained line."""
        return self.names["w"], self.names["b"]


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """What the picture shows: the ends of the line, and the losses."""
    drawn = SimpleNamespace()

    def show():
        left, right = pyplot.gcf().axes
        drawn.ends = list(left.lines[1].get_ydata())
        drawn.losses = list(right.lines[0].get_ydata())
        pyplot.close()

    monkeypatch.setattr(pyplot, "show", show)
    return drawn


@pytest.fixture
def notebook():
    """The notebook after its cells have been run once."""
    notebook = Notebook()
    notebook.run()
    return notebook


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_lists_of_the_notebook_are_the_data(language):
    names = {}
    exec(sources(language)["data-code"], names)
    assert names["distance"] == hubble_1929.x
    assert names["velocity"] == hubble_1929.y


def test_both_languages_name_and_order_their_cells_alike():
    zh, en = cells("zh"), cells("en")
    assert [cell["id"] for cell in zh] == [cell["id"] for cell in en]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_line_shown_is_the_closed_form(language):
    shown = next(c for c in cells(language) if c["id"] == "check-code")
    lines = "".join(shown["outputs"][0]["text"]).splitlines()
    w, b = least_squares(hubble_1929.x, hubble_1929.y)
    assert lines == [f"w = {w:.3f}, b = {b:.3f}"] * 2


def test_each_cell_can_be_run_again_at_once():
    notebook = Notebook()
    for name in notebook.cells:
        assert notebook.run(name) == notebook.run(name)


def test_all_cells_can_be_run_again_in_any_order(notebook):
    first = dict(zip(notebook.cells, notebook.run(), strict=True))
    for name in reversed(notebook.cells):
        assert notebook.printed(name) == first[name]


def test_training_can_be_longer_or_shorter(notebook):
    for epochs in ("50", "1000"):
        notebook.change("training", "300", epochs)
        (printed,) = notebook.run("training")
        assert printed.startswith("0 ")
        notebook.change("training", epochs, "300")


# Each exercise: what its text tells to change, where, and what to run.
EXERCISES = {
    1: ([("training", "lr=0.5", "lr=1")], ["training", "picture"]),
    2: (
        [("training", "    optimizer.zero_grad()\n", "")],
        ["training", "check", "picture"],
    ),
    3: (
        [("tensors", "float32).unsqueeze(1)", "float32)")],
        ["tensors", "training", "check", "picture"],
    ),
    4: (
        [
            ("tensors", "(distance).unsqueeze(1)", "…"),
            ("tensors", "float32).unsqueeze(1)", "…"),
            ("training", "new_model()", "…"),
            ("prediction", "torch.tensor([[1.5]], dtype=torch.float32)", "…"),
        ],
        ["tensors", "model", "training", "check", "picture", "prediction"],
    ),
}
GPU = '.to("cuda")'


@pytest.fixture
def do(notebook):
    """A function that does an exercise, and returns what is printed."""

    def do(number):
        changes, run = EXERCISES[number]
        for cell, old, new in changes:
            notebook.change(cell, old, new.replace("…", old + GPU))
        return notebook.run(*run)

    return do


def exercise(language, number):
    """Return the text of an exercise."""
    text = sources(language)["changes"].partition(f"\n{number}. ")[2]
    return text.partition("\n")[0]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("number", EXERCISES)
def test_an_exercise_names_what_is_changed_and_run(language, number):
    changes, run = EXERCISES[number]
    text, titles = exercise(language, number), sources(language)
    for cell, old, new in changes:
        assert titles[cell].split("\n")[0].strip("# ") in text
        code = GPU if new == "…" else ".unsqueeze(1)" if number == 3 else old
        assert f"`{code.strip()}`" in text
    if number != 4:  # which runs all from the first on
        places = [
            text.rindex(titles[cell].split("\n")[0].strip("# "))
            for cell in run
        ]
        named = [
            name
            for name in Notebook().cells
            if titles[name].split("\n")[0].strip("# ") in text
        ]
        assert named == run
        assert places == sorted(places) or number == 2  # Check comes back


@pytest.mark.parametrize("number", [1, 2, 3])
def test_after_an_exercise_all_is_as_it_was(notebook, do, number):
    before, cells = notebook.run(), {**notebook.cells}
    do(number)
    notebook.cells = cells
    notebook.run(*EXERCISES[number][1])
    assert notebook.run("check", "prediction") == [before[4], before[6]]


def test_with_a_learning_rate_of_1_the_loss_grows_and_grows(do, drawn):
    do(1)
    losses = drawn.losses
    assert len(losses) == 300
    assert all(b > a for a, b in pairwise(losses))


def test_with_old_gradients_the_loss_swings_and_the_lines_differ(do, drawn):
    _, check, _ = do(2)
    trained, direct = check.splitlines()
    assert direct == LINE != trained
    steps = [b - a for a, b in pairwise(drawn.losses)]
    for later in (steps[:100], steps[100:200], steps[200:]):
        assert min(later) < 0 < max(later)
    assert max(drawn.losses[200:]) > 2 * min(drawn.losses[200:])


def test_with_old_gradients_a_step_follows_the_sum_of_all(notebook, do):
    do(2)
    x = torch.tensor(hubble_1929.x)
    y = torch.tensor(hubble_1929.y, dtype=torch.float32)
    w = b = sum_w = sum_b = 0.0
    for loss in notebook.names["losses"][:20]:
        error = w * x + b - y
        # Single precision: 7 digits, and each step doubles what is off.
        assert loss == pytest.approx((error**2).mean().item() / 2, rel=1e-4)
        sum_w += (error * x).mean().item()
        sum_b += error.mean().item()
        w, b = w - 0.5 * sum_w, b - 0.5 * sum_b


def test_with_a_forgotten_shape_the_line_is_flat(notebook, do, drawn):
    tensors, _, check, _ = do(3)
    assert tensors == "(24, 1) (24,)\n"
    assert check.splitlines()[1] == LINE
    assert drawn.ends[0] == pytest.approx(drawn.ends[1], abs=0.01)
    assert notebook.line() == pytest.approx(
        (0, statistics.mean(hubble_1929.y)), abs=0.01
    )


def test_on_a_stand_in_for_a_gpu_the_line_is_the_same(notebook, do):
    with cuda_on_cpu():
        *_, check, _, prediction = do(4)
    assert check.splitlines() == [LINE] * 2
    assert prediction == "640\n"


@pytest.mark.cuda
def test_on_a_gpu_the_line_is_the_same(notebook, do):
    if not torch.cuda.is_available():
        pytest.skip("needs CUDA")
    before = notebook.line()
    do(4)
    assert notebook.names["model"].weight.is_cuda
    assert notebook.line() == pytest.approx(before, rel=1e-5)


@pytest.mark.parametrize("distance", ["0.3", "3", "1e3"])
def test_another_distance_gives_another_velocity(notebook, distance):
    notebook.change("prediction", "1.5", distance)
    w, b = least_squares(hubble_1929.x, hubble_1929.y)
    (printed,) = notebook.run("prediction")
    # Single precision has 7 digits.
    assert float(printed) == pytest.approx(
        float(distance) * w + b, rel=1e-6, abs=0.5
    )


def test_what_comments_state_is_so():
    names = {comments.SIZES: {}}
    for cell in cells("zh"):
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            tree, name = ast.parse(source), cell["id"]
            names |= comments.watch(tree, source, name)
            exec(compile(tree, name, "exec"), names)
