"""Slopes of the loss on one sample, from torch.autograd."""

import torch


def sample_loss(w, b, xi, yi):
    error = w * xi + b - yi  # z - y
    return error * error / 2  # l


def slopes(w, b, xi, yi):
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    dw, db = torch.autograd.grad(sample_loss(w, b, xi, yi), (w, b))
    return dw.item(), db.item()
