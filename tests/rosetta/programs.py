"""The programs that run outside of the pages, and what each of them needs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "snippets/data/hubble_1929.csv"
PINS = Path(__file__).parent / "pins"
# float32 keeps 7 digits, and 300 steps lose one or two of them.
CLOSE = 1e-5


@dataclass(frozen=True)
class Program:
    """A program, and whose interpreter or compiler runs it.

    `group` is an environment with pins of its own; `test` is the one that
    runs the tests; `cc`, `nvcc` and `th` are no Python. `tolerance` is how
    far the printed line may be from least squares, relative to it; None is
    for a program that prints something else. `launcher` stands before the
    file where Python does not run it alone.
    """

    file: str
    group: str
    package: str = ""
    tolerance: float | None = CLOSE
    launcher: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The file itself."""
        return ROOT / "snippets" / self.file

    @property
    def digest(self) -> str:
        """The hash of all that its result depends on."""
        parts = [self.path.read_bytes(), DATA.read_bytes(), self.pins.encode()]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]

    @property
    def pins(self) -> str:
        """The pinned versions that it runs with."""
        if self.group == "test":
            pinned = (ROOT / "constraints.txt").read_text("utf-8")
            wanted = f"{self.package}=="
            lines = pinned.splitlines(keepends=True)
            return "".join(line for line in lines if line.startswith(wanted))
        pins = PINS / f"{self.group}.txt"
        return pins.read_text("utf-8") if pins.is_file() else ""


def fit(file: str, group: str, package: str = "", **more: object) -> Program:
    """Return a program that fits the line."""
    return Program(f"rosetta/programs/{file}", group, package, **more)


def claim(
    file: str, package: str, group: str = "modern", launcher: tuple = ()
) -> Program:
    """Return a program whose whole output a page shows."""
    file = f"framework_claims/programs/{file}"
    return Program(file, group, package, None, launcher)


TORCHRUN = "-m torch.distributed.run --standalone --nproc-per-node 2"


# What keeps the frameworks quiet, and Theano from looking for a library.
VARIABLES = {
    "GLOG_minloglevel": "2",
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "THEANO_FLAGS": "blas.ldflags=",
}
PROGRAMS = {
    "python": fit("fit_python.py", "test"),
    "c": fit("fit.c", "cc"),
    "numpy": fit("fit_numpy.py", "test", "numpy"),
    "sklearn": fit("fit_sklearn.py", "modern", "scikit-learn"),
    # It looks at one sample after another, in an order drawn by lot, and the
    # steps shrink slowly.
    "sklearn_sgd": fit(
        "fit_sklearn_sgd.py", "modern", "scikit-learn", tolerance=1e-2
    ),
    "cuda": fit("fit.cu", "nvcc"),
    "pytorch": fit("fit_pytorch.py", "test", "torch"),
    "tensorflow": fit("fit_tensorflow.py", "modern", "tensorflow-cpu"),
    "keras": fit("fit_keras.py", "modern", "keras"),
    "jax": fit("fit_jax.py", "modern", "jax"),
    "paddle": fit("fit_paddle.py", "modern", "paddlepaddle"),
    "pytensor": fit("fit_pytensor.py", "modern", "pytensor"),
    "tf1": fit("fit_tf1.py", "modern", "tensorflow-cpu"),
    "theano": fit("fit_theano.py", "retired", "Theano"),
    "mxnet": fit("fit_mxnet.py", "retired", "mxnet"),
    "caffe": fit("fit_caffe.py", "caffe", "kendryte-caffe"),
    "torch7": fit("fit_torch7.lua", "th"),
    "loop_tf1": claim("loop_tf1.py", "tensorflow-cpu"),
    "loop_tf2": claim("loop_tf2.py", "tensorflow-cpu"),
    "board": claim("board.py", "tensorboard"),
    "exported": claim("exported.py", "onnxruntime"),
    "processes": claim(
        "processes.py", "torch", "test", tuple(TORCHRUN.split())
    ),
}
