"""A number that autograd still needs, changed in place."""

import torch


# --8<-- [start:in_place]
def slope_in_place(w):
    w = torch.tensor(float(w), requires_grad=True)
    gap = w * 3 + 1 - 10
    f = gap**2 / 2
    gap += 1  # in place
    f.backward()
    return w.grad.item()


# --8<-- [end:in_place]


# --8<-- [start:new_name]
def slope_with_a_new_name(w):
    w = torch.tensor(float(w), requires_grad=True)
    gap = w * 3 + 1 - 10
    f = gap**2 / 2
    gap = gap + 1  # a new tensor
    f.backward()
    return w.grad.item()


# --8<-- [end:new_name]
