"""The line by gradient descent, with Caffe."""

from pathlib import Path

import caffe
import numpy as np

x, y = np.loadtxt(
    "hubble_1929.csv", delimiter=",", skiprows=1, usecols=(1, 2), unpack=True
)

Path("line.prototxt").write_text("""
layer { name: "data" type: "Input" top: "x" top: "y"
        input_param { shape { dim: 24 dim: 1 } } }
layer { name: "line" type: "InnerProduct" bottom: "x" top: "z"
        inner_product_param { num_output: 1 } }
layer { name: "loss" type: "EuclideanLoss" bottom: "z" bottom: "y" }
""")
Path("solver.prototxt").write_text("""
net: "line.prototxt"
base_lr: 0.5
lr_policy: "fixed"
max_iter: 300
snapshot_after_train: false
""")
solver = caffe.SGDSolver("solver.prototxt")
solver.net.blobs["x"].data[:] = x[:, np.newaxis]
solver.net.blobs["y"].data[:] = y[:, np.newaxis]
solver.step(300)
w, b = solver.net.params["line"]
print(w.data.item(), b.data.item())
