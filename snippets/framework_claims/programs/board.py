"""The losses of two fits, written by two frameworks and read back."""

import numpy as np
import tensorflow as tf
import torch
from tensorboard.backend.event_processing.event_accumulator import (
    EventAccumulator,
)
from torch.utils.tensorboard import SummaryWriter

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)


def write_with_pytorch(folder):
    X, Y = torch.tensor(x), torch.tensor(y)
    w = torch.zeros((), dtype=torch.float64, requires_grad=True)
    b = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=0.5)
    with SummaryWriter(folder) as board:
        for epoch in range(300):
            loss = ((w * X + b - Y) ** 2).mean() / 2  # L
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            board.add_scalar("loss", loss, epoch)


def write_with_tensorflow(folder):
    w = tf.Variable(0.0, dtype=tf.float64)
    b = tf.Variable(0.0, dtype=tf.float64)
    with tf.summary.create_file_writer(folder).as_default():
        for epoch in range(300):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((w * x + b - y) ** 2) / 2  # L
            dw, db = tape.gradient(loss, [w, b])
            w.assign_sub(0.5 * dw)
            b.assign_sub(0.5 * db)
            tf.summary.scalar("loss", loss, step=epoch)


def read(folder):
    events = EventAccumulator(folder, size_guidance={"tensors": 0})
    events.Reload()
    if "loss" in events.Tags()["scalars"]:
        return [event.value for event in events.Scalars("loss")]
    return [
        tf.make_ndarray(event.tensor_proto).item()
        for event in events.Tensors("loss")
    ]


write_with_pytorch("runs/pytorch")
write_with_tensorflow("runs/tensorflow")
for name in ("pytorch", "tensorflow"):
    losses = read(f"runs/{name}")
    print(name, len(losses), f"{losses[0]:.1f} {losses[-1]:.1f}")
