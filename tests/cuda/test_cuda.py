import pytest
import torch

from cuda.cuda import milliseconds


def test_it_warms_up_then_records_then_waits_then_reads(monkeypatch):
    log = []

    class Event:
        def __init__(self, enable_timing):
            assert enable_timing

        def record(self):
            log.append("record")

        def elapsed_time(self, end):
            log.append("read")
            return 100.0

    monkeypatch.setattr(torch.cuda, "Event", Event)
    monkeypatch.setattr(torch.cuda, "synchronize", lambda: log.append("wait"))
    found = milliseconds(lambda: log.append("f"), warm_up=2, repeats=4)
    assert found == 25.0
    assert log == [*["f"] * 2, "record", *["f"] * 4, "record", "wait", "read"]


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs CUDA")
def test_more_work_takes_longer():
    def product(m):
        A = torch.ones(m, m, device="cuda")
        return lambda: A @ A

    assert 0 < milliseconds(product(64)) < milliseconds(product(4096))
