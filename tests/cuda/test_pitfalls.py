import pytest
import torch

from cuda.pitfalls import two_clocks


def test_the_clock_without_waiting_misses_the_work():
    ordered, done = two_clocks()
    assert ordered < 0.2
    assert 0.8 <= done < 20  # four times 0.2, and the machine may be busy


def test_the_second_clock_waits_for_every_order():
    _, done = two_clocks(jobs=3, seconds=0.01)
    assert done >= 0.03


def test_tensors_on_two_devices_do_not_mix():
    far, near = torch.ones(3, device="meta"), torch.ones(3)
    with pytest.raises(RuntimeError, match="device"):
        far + near
    assert (far + torch.tensor(1.0)).shape == (3,)  # a single number may mix


def test_a_tensor_is_copied_and_a_model_moved():
    near = torch.ones(3)
    assert near.to("meta").is_meta
    assert not near.is_meta
    model = torch.nn.Linear(1, 1)
    assert model.to("meta") is model
    assert model.weight.is_meta
