"""What the program measures, and what the record of its last run says."""

import json
import math
import platform
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from cuda import measured
from cuda.measured import recorded
from cuda.scratch import epoch_operations, matmul_operations, seconds
from verify.cuda_on_cpu import cuda_on_cpu
from verify.project import LANGUAGES, ROOT

RECORD = json.loads(
    Path(measured.__file__).with_name("measured.json").read_text("utf-8")
)
SAYS = {
    "zh": "{date}，它在一块 `{gpu}` 上运行，驱动版本 {driver}，"
    "CUDA 版本 {cuda}，PyTorch {version}；"
    "旁边的 CPU 是 Intel Xeon，有 {threads} 个核。",
    "en": "On {date} it ran on an `{gpu}` with driver version {driver}, "
    "CUDA version {cuda} and PyTorch {version}; "
    "the CPU beside it, an Intel Xeon, had {threads} cores.",
}


@pytest.fixture
def log(monkeypatch):
    """Return what happens, in order; a clock tells how much has."""
    log = []

    def clock():
        log.append("clock")
        return len(log)

    monkeypatch.setattr(torch.cuda, "synchronize", lambda: log.append("wait"))
    monkeypatch.setattr(measured, "perf_counter", clock)
    return log


def told(spread):
    return spread["least"] <= spread["median"] <= spread["most"]


def test_on_a_gpu_the_clock_stops_after_the_work_is_done(log):
    assert measured.once(lambda: log.append("f"), "cuda") == 3
    assert log == ["wait", "clock", "f", "wait", "clock"]


def test_without_waiting_the_clock_stops_when_the_order_is_sent(log):
    measured.once(lambda: log.append("f"), "cuda", wait=False)
    assert log == ["wait", "clock", "f", "clock"]


def test_on_a_cpu_there_is_nothing_to_wait_for(log):
    assert measured.once(lambda: log.append("f"), "cpu") == 2
    assert log == ["clock", "f", "clock"]


def test_it_warms_up_before_it_counts(log):
    f = lambda: log.append("f")  # noqa: E731
    found = measured.timed(f, "cpu", repeats=4, warm_up=2)
    assert log == ["f"] * 2 + ["clock", "f", "clock"] * 4
    assert found == {"median": 2, "least": 2, "most": 2}
    log.clear()
    measured.timed(f, "cuda", repeats=1, warm_up=1, wait=False)
    assert log == ["f", "wait", "clock", "f", "clock"]


def test_a_spread_is_the_middle_and_both_ends():
    found = measured.spread([5.0, 1.0, 2.0])
    assert found == {"median": 2.0, "least": 1.0, "most": 5.0}


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_product_is_that_of_a_random_square_matrix_with_itself(dtype):
    torch.manual_seed(1)
    A = torch.rand(5, 5, dtype=dtype)
    torch.manual_seed(1)
    found = measured.product(5, "cpu", dtype)()
    assert found.dtype is dtype
    assert torch.equal(found, A @ A)


def test_asking_differs_from_keeping_by_the_asking_alone(monkeypatch):
    ran = []

    def once(f, device):
        torch.manual_seed(0)
        ran.append((f.__name__, f()))
        return {"kept": 6.0, "asked": 9.0}[f.__name__]

    monkeypatch.setattr(measured, "once", once)
    kept, asked = measured.kept_and_asked(4, 3, "cpu", steps=3, repeats=2)
    assert [name for name, _ in ran] == ["kept", "asked"] * 2
    assert (kept["median"], asked["median"]) == (2.0, 3.0)  # of one step
    losses = torch.cat([torch.tensor(list(each)) for _, each in ran])
    assert len(losses) == 12
    assert (losses.diff() < 0).all()  # the one goes on where the other ends


def test_all_is_measured_on_a_stand_in_for_a_gpu():
    with cuda_on_cpu():
        found = measured.products("cuda", [2, 8], wide=4, repeats=2)
        found |= measured.orders([2], repeats=2)
        found |= measured.asking([(4, 1)], repeats=2)
        found |= measured.training("cuda", [(2, 1287)], repeats=1)
    assert list(found) == [
        "product 2 cuda",
        "product 8 cuda",
        "float64 4 cuda",
        "queued 2",
        "sent 2",
        "kept 4 1",
        "asked 4 1",
        "train cuda",
        "learn 2 1287 cuda",
    ]
    assert all(each["least"] > 0 and told(each) for each in found.values())


def test_a_machine_without_a_gpu_measures_its_cpu(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(measured, "products", lambda device: {device: 1})
    monkeypatch.setattr(measured, "training", lambda device: {})
    assert measured.measure() == {"cpu": 1}
    assert measured.machine().keys() == {"date", "cpu", "threads", "torch"}


def test_a_gpu_is_named_with_its_driver(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "Tesla T4")
    answer = SimpleNamespace(check_output=lambda *_, **__: "580.95.05\n")
    monkeypatch.setattr(measured, "subprocess", answer)
    found = measured.machine()
    assert (found["gpu"], found["driver"]) == ("Tesla T4", "580.95.05")


def test_a_processor_has_a_name_where_linux_tells_it():
    if Path("/proc/cpuinfo").is_file() and platform.machine() == "x86_64":
        assert len(measured.processor()) > 3


def test_what_is_read_from_the_record_is_in_it(monkeypatch, tmp_path):
    monkeypatch.setattr(measured, "__file__", str(tmp_path / "measured.py"))
    spread = measured.spread([1.0, 2.0, 4.0])
    record = {"seconds": {"product 2 cuda": spread}}
    text = json.dumps(record)
    (tmp_path / "measured.json").write_text(text, "utf-8")
    assert measured.recorded("product 2 cuda") == 2.0
    assert measured.recorded("product 2 cuda", "most") == 4.0
    with pytest.raises(KeyError):
        measured.recorded("product 3 cuda")


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs CUDA")
def test_on_a_gpu_a_large_product_is_sent_long_before_it_is_done():
    f = measured.product(4096, "cuda")
    sent = measured.timed(f, "cuda", wait=False)
    done = measured.timed(f, "cuda")
    assert 0 < sent["median"] < done["median"] / 2
    assert math.isfinite(done["most"])


def test_the_record_is_of_this_very_program():
    assert RECORD["program"] == measured.digest(), (
        "snippets/cuda/measured.py has changed since it ran on "
        f"{RECORD['date']}: on a machine with a GPU, run PYTHONPATH=snippets "
        ".venv/bin/python -m cuda.measured, keep what it prints as "
        "snippets/cuda/measured.json, and run make update"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_where_and_when_it_was_measured(language):
    page = (ROOT / f"docs/{language}/cuda.md").read_text("utf-8")
    version = RECORD["torch"].split("+")[0]
    said = SAYS[language].format(**RECORD, version=version)
    assert said in page, f"cuda.md has to say: {said}"
    assert "Intel" in RECORD["cpu"]
    assert "Xeon" in RECORD["cpu"]


def test_the_record_holds_each_time_that_the_program_measures():
    devices = ("cpu", "cuda")
    sizes = [*(2**k for k in range(1, 14)), 100, 1000]
    assert RECORD["seconds"].keys() == {
        *(f"product {m} {device}" for m in sizes for device in devices),
        *(f"float64 4096 {device}" for device in devices),
        *(f"train {device}" for device in devices),
        *(
            f"learn {h} {size} {device}"
            for h, size in measured.NETWORKS
            for device in devices
        ),
        *(f"{what} {m}" for what in ("queued", "sent") for m in sizes),
        *(
            f"{w} {n} {d}"
            for w in ("kept", "asked")
            for n, d in measured.SHAPES
        ),
    }
    for name, spread in RECORD["seconds"].items():
        assert told(spread), name


@pytest.mark.parametrize("m", measured.SIZES)
def test_a_product_on_the_gpu_takes_half_as_long_again_at_most(m):
    ratio = recorded(f"product {m} cuda") / seconds(matmul_operations(m))
    assert 1 / 2 < ratio < 3 / 2


@pytest.mark.parametrize("m", [100, 1000, 4096])
def test_of_the_products_in_the_table_that_of_1000_rows_is_worst(m):
    ratio, worst = (
        recorded(f"product {each} cuda") / seconds(matmul_operations(each))
        for each in (m, 1000)
    )
    assert 0.9 < ratio <= worst < 1.4


def test_an_epoch_takes_longer_than_a_dozen_orders():
    epoch = recorded("train cuda") / 300
    assert epoch > 12 * seconds(epoch_operations(24))


def test_24_nebulae_are_fitted_sooner_on_the_cpu():
    assert recorded("train cpu", "most") < recorded("train cuda", "least")


def test_a_cpu_has_a_fixed_cost_a_tenth_as_large():
    ratio = recorded("product 2 cuda") / recorded("product 2 cpu")
    assert 7 < ratio < 13


def test_a_queue_makes_the_fixed_cost_smaller():
    assert recorded("queued 2", "most") < recorded("product 2 cuda", "least")


def test_float64_costs_products_nothing_on_this_gpu_and_time_on_a_cpu():
    ratio = {
        device: recorded(f"float64 4096 {device}")
        / recorded(f"product 4096 {device}")
        for device in ("cpu", "cuda")
    }
    assert ratio["cuda"] < 1.1
    assert ratio["cpu"] > 1.3


def test_a_clock_that_does_not_wait_shows_a_hundredth_at_most():
    ratio = recorded("product 8192 cuda") / recorded("sent 8192")
    assert ratio > 100


def test_up_to_1024_samples_a_step_takes_about_as_long():
    times = [
        recorded(f"kept {n} {d}") for n, d in measured.SHAPES if n <= 1024
    ]
    assert max(times) < 1.3 * min(times)
    assert recorded("kept 2048 2048") > 1.5 * max(times)


def test_asking_costs_most_where_cpu_and_gpu_work_about_as_long():
    cost = {
        n: recorded(f"asked {n} {d}") / recorded(f"kept {n} {d}") - 1
        for n, d in measured.SHAPES
    }
    assert all(0 < each < 1 for each in cost.values())
    assert max(cost[n] for n in (24, 256, 512, 4096)) < 0.05
    assert min(cost[n] for n in (1024, 2048)) > 0.05


def test_a_network_gains_by_the_gpu_where_it_is_wide():
    for h, size in [(32, 32), (32, 1287)]:
        assert recorded(f"learn {h} {size} cpu", "most") < recorded(
            f"learn {h} {size} cuda", "least"
        )
    wide = "learn 8192 1287"
    assert recorded(f"{wide} cuda", "most") < recorded(f"{wide} cpu", "least")
