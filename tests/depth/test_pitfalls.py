import pytest
import torch

from convolutional_network.pitfalls import images_that_count
from depth.concise import Deep
from depth.pitfalls import Across

IMAGES = torch.rand(8, 64, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("n", [3, 8])
def test_over_the_first_axis_all_pictures_of_the_batch_count(n):
    torch.manual_seed(1)
    model = Deep(3, add=True, norm=True)
    assert images_that_count(model, IMAGES[:n]) == [0]
    model.norm = Across()
    assert images_that_count(model, IMAGES[:n]) == list(range(n))


def test_of_a_picture_by_itself_only_zeros_are_left():
    assert not Across()(torch.rand(1, 9)).any()


def test_over_the_first_axis_it_is_batch_normalisation_in_training():
    U = torch.rand(8, 9)
    theirs = torch.nn.BatchNorm1d(9, affine=False)
    assert torch.allclose(Across()(U), theirs(U), atol=1e-5)
    theirs.eval()
    assert not torch.allclose(Across()(U), theirs(U), atol=0.1)
