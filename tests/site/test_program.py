import subprocess
import sys

import pytest

from program import programs


def run(code):
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def program(blocks, index):
    return programs(tuple(blocks))[index]


def test_a_block_that_stands_alone_comes_back_as_it_is():
    blocks = ["w = 1\n", "import math\n\n\nprint(math.tau)  # 2 pi\n"]
    assert program(blocks, 1) == blocks[1]


def test_what_a_block_needs_comes_before_it_and_no_more():
    blocks = ["w, lr = 2, 0.5\n", "unused = 3\nb = w\n", "print(w - lr)"]
    assert program(blocks, 2) == "w, lr = 2, 0.5\n\n\nprint(w - lr)"


def test_a_function_brings_the_functions_that_it_calls():
    blocks = [
        "def train(w):\n    return step(w)\n\n\n"
        "def step(w):\n    return w + 1",
        "w = 1",
        "print(train(w))",
    ]
    assert run(program(blocks, 2)) == "2\n"


def test_an_import_that_an_earlier_call_needs_is_kept():
    blocks = [
        "import math\n\n\ndef area(r):\n    return math.pi * r**2",
        "a = area(1)",
        "import math\n\nprint(a == math.pi)",
    ]
    assert run(program(blocks, 2)) == "True\n"


def test_an_import_is_kept_once_where_it_is_needed_first():
    blocks = [
        "import math\n\n\ndef area(r):\n    return math.pi * r**2",
        "a = area(1)",
        "import math\n\n\ndef half(a):\n    return a / math.tau",
        "print(half(a))",
    ]
    assert run(program(blocks, 3)) == "0.5\n"
    assert program(blocks, 3).count("import math") == 1


def test_a_loop_that_only_tries_things_stays_behind():
    blocks = [
        "x = [1, 2]",
        "def total(x):\n    return sum(x)",
        "for k in range(2):\n    t = total(x)\n    print(t)",
        "print(x)",
    ]
    assert program(blocks, 3) == "x = [1, 2]\n\n\nprint(x)"


def test_earlier_prints_and_their_outputs_stay_behind():
    blocks = [
        "w = 1\nprint(w)\n#> 1",
        "for _ in range(2):\n    w += 1\n    print(w)\n#> 2\n#> 3",
        "print(w)\n#> 3",
    ]
    whole = program(blocks, 2)
    assert run(whole) == "3\n"
    assert whole.count("#>") == 1


def test_a_loop_that_only_prints_stays_behind():
    blocks = [
        "w = [1]",
        "for k in w:\n    if k:\n        print(k)",
        "print(w)",
    ]
    assert program(blocks, 2) == "w = [1]\n\n\nprint(w)"


def test_the_last_binding_counts():
    blocks = ["w = 1", "w = 2", "w += 3", "print(w)"]
    assert "w = 1" not in program(blocks, 3)
    assert run(program(blocks, 3)) == "5\n"


def test_a_call_that_changes_what_a_variable_was_made_from_is_kept():
    blocks = [
        "w = []",
        "alias = [w]\nother = []",
        "alias[0].append(1)\nother.append(2)",
        "print(w)",
    ]
    assert run(program(blocks, 3)) == "[1]\n"
    assert "other.append" not in program(blocks, 3)


def test_a_seed_goes_with_its_module():
    blocks = ["import random", "random.seed(0)", "print(random.random())"]
    first = run(program(blocks, 2))
    assert "random.seed(0)" in program(blocks, 2)
    assert run(program(blocks, 2)) == first


def test_an_object_that_a_function_changed_is_the_changed_one():
    blocks = [
        "class Model:\n    w = 0",
        "def train(model):\n    model.w = 7\n    return 'loss'",
        "model = Model()",
        "history = train(model)",
        "print(model.w)",
    ]
    assert run(program(blocks, 4)) == "7\n"


def test_a_loop_that_binds_before_it_reads_needs_nothing_earlier():
    blocks = ["e = 1", "for k in range(2):\n    e = k\n    print(e)"]
    assert program(blocks, 1) == blocks[1]


@pytest.mark.parametrize("condition", ["w > 5", "int()"])
def test_a_branch_may_leave_the_earlier_value(condition):
    blocks = ["w = 1", f"if {condition}:\n    w = 2", "print(w)"]
    assert run(program(blocks, 2)) == "1\n"


@pytest.mark.parametrize("decorator", ["@functools.cache\n", ""])
def test_decorators_belong_to_their_function(decorator):
    blocks = [
        f"import functools\n\n\n{decorator}def f():\n    return 4",
        "print(f())",
    ]
    whole = program(blocks, 1)
    assert decorator in whole
    assert run(whole) == "4\n"


def test_what_is_called_is_an_object_that_training_changes():
    blocks = [
        "def line():\n    return [0].copy",
        "def train(model):\n    model.__self__[0] = 673",
        "model = line()\nlosses = train(model)",
        "print(model())",
    ]
    assert run(program(blocks, 3)) == "[673]\n"


def test_each_of_two_functions_of_one_name_brings_what_it_calls():
    blocks = [
        "def step(w):\n    return w + 1\n\n\n"
        "def train(w):\n    return step(w)",
        "a = train(1)",
        "def step(w):\n    return w + 20",
        "print(a, step(1))",
    ]
    assert run(program(blocks, 3)) == "2 21\n"


def test_a_branch_may_bind_what_is_needed():
    blocks = ["w = 6", "if w > 5:\n    w = 2", "print(w)"]
    assert run(program(blocks, 2)) == "2\n"


def test_a_function_that_is_handed_on_brings_what_is_defined_below_it():
    blocks = [
        "def train():\n    return step()",
        "models = [train]",
        "def step():\n    return 3",
        "for each in models:\n    print(each())",
    ]
    assert run(program(blocks, 3)) == "3\n"


def test_a_block_that_fails_gives_nothing_and_takes_what_it_needs():
    blocks = ("n = 2", "n = 3\n1 / 0", "print(n", "print(n)")
    assert programs(blocks, frozenset({1})) == [
        *blocks[:3],
        "n = 2\n\n\nprint(n)",
    ]
