"""Code for a GPU runs on a CPU, and its mistakes are found there."""

import pytest
import torch

from verify.cuda_on_cpu import cuda_on_cpu

X = [0.032, 0.034, 0.214]


def run(code):
    with cuda_on_cpu():
        names = {"x": X}
        exec("import torch\nfrom torch import nn\n" + code, names)
    return names


@pytest.mark.parametrize(
    "code",
    [
        "a = torch.tensor(x, device='cuda')",
        "a = torch.tensor(x).to('cuda')",
        "a = torch.tensor(x).to('cuda', non_blocking=True)",
        "a = torch.tensor(x).to(device='cuda:0', dtype=torch.float64)",
        "a = torch.tensor(x).cuda()",
        "a = torch.zeros(3, device=torch.device('cuda'))",
        "a = torch.zeros(3, device=torch.device('cuda', 0))",
        "a = torch.zeros(3, device=torch.accelerator.current_accelerator())",
        "a = nn.Linear(3, 2).to('cuda')(torch.ones(3, device='cuda'))",
        "a = nn.Linear(3, 2, device='cuda')(torch.ones(3, device='cuda'))",
        "a = nn.Linear(3, 2).cuda()(torch.ones(3).cuda())",
        "with torch.device('cuda'):\n    a = torch.ones(3)",
        "torch.set_default_device('cuda')\na = torch.ones(3)\n"
        "torch.set_default_device(None)",
    ],
)
def test_tensors_are_where_the_code_puts_them(code):
    assert isinstance(run(code)["a"], torch.Tensor)


def test_time_is_measured():
    names = run(
        "start, end = (torch.cuda.Event(enable_timing=True) for _ in 'ab')\n"
        "start.record()\n"
        "torch.ones(9, device='cuda').sum()\n"
        "end.record()\n"
        "torch.cuda.synchronize()\n"
        "ms = start.elapsed_time(end)"
    )
    assert names["ms"] >= 0


def test_a_gpu_is_there_while_it_lasts():
    before = torch.cuda.is_available()
    names = run(
        "here = torch.cuda.is_available(), torch.accelerator.is_available()\n"
        "torch.cuda.synchronize()\n"
        "torch.accelerator.synchronize()\n"
    )
    assert names["here"] == (True, True)
    assert torch.cuda.is_available() == before


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("torch.tensr(x, device='cuda')", AttributeError),
        ("torch.tensor(x, devce='cuda')", TypeError),
        ("torch.tensor(x, device='cuad')", RuntimeError),
        ("torch.tensor(x).cuda().gpu()", AttributeError),
        ("torch.ones(2, 3).cuda() @ torch.ones(2, 3).cuda()", RuntimeError),
        ("nn.Linear(3, 2).to('cuda')(torch.ones(2))", RuntimeError),
        ("torch.cuda.synchronise()", AttributeError),
        ("torch.cuda.Event().elapsed()", AttributeError),
    ],
)
def test_typos_and_wrong_shapes_are_found(code, error):
    with pytest.raises(error):
        run(code)
