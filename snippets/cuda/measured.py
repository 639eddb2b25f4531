"""Measure what the chapter estimates, on the CPU and on a GPU beside it."""

import json
import platform
import subprocess
from datetime import date
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter

import torch

from cuda.concise import train
from cuda.cuda import milliseconds
from data import digits, hubble_1929
from multilayer_perceptron.concise import Network, learn
from softmax_regression.vectorized import split

SIZES = [*(2**k for k in range(1, 14)), 100, 1000]  # m
SHAPES = [(24, 1), *((m, m) for m in (256, 512, 1024, 2048, 4096))]  # (n, d)
NETWORKS = [(32, 32), (32, 1287), (1024, 1287), (8192, 1287)]  # h, batch_size


# --8<-- [start:timed]
def once(f, device, wait=True):
    if device == "cuda":
        torch.cuda.synchronize()
    t_0 = perf_counter()
    f()
    if device == "cuda" and wait:
        torch.cuda.synchronize()
    return perf_counter() - t_0


def spread(times):
    return {"median": median(times), "least": min(times), "most": max(times)}


def timed(f, device, repeats=20, warm_up=3, wait=True):
    for _ in range(warm_up):
        f()
    return spread([once(f, device, wait) for _ in range(repeats)])


# --8<-- [end:timed]


def product(m, device, dtype=torch.float32):
    A = torch.rand(m, m, device=device, dtype=dtype)
    return lambda: A @ A


def products(device, sizes=SIZES, wide=4096, repeats=20):
    found = {}
    for m in sizes:
        often = repeats if m <= 4096 else min(repeats, 5)
        found[f"product {m} {device}"] = timed(
            product(m, device), device, often
        )
    f = product(wide, device, torch.float64)
    found[f"float64 {wide} {device}"] = timed(f, device, repeats)
    return found


def orders(sizes=SIZES, repeats=20):
    found = {}
    for m in sizes:
        f = product(m, "cuda")
        queued = [milliseconds(f) / 1e3 for _ in range(min(repeats, 5))]
        found[f"queued {m}"] = spread(queued)
        found[f"sent {m}"] = timed(f, "cuda", repeats, wait=False)
    return found


# --8<-- [start:asking]
def kept_and_asked(n, d, device="cuda", steps=30, repeats=20):
    X = torch.rand(n, d, device=device)
    Y = torch.rand(n, d, device=device)
    model = torch.nn.Linear(d, d, device=device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

    def step():
        loss = ((model(X) - Y) ** 2).mean() / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.detach()

    def kept():
        return torch.stack([step() for _ in range(steps)]).cpu()

    def asked():
        return [step().item() for _ in range(steps)]

    for f in (kept, asked):
        f()
    pairs = [(once(kept, device), once(asked, device)) for _ in range(repeats)]
    return [spread([t / steps for t in times]) for times in zip(*pairs)]


# --8<-- [end:asking]


def asking(shapes=SHAPES, repeats=20):
    found = {}
    for n, d in shapes:
        kept, asked = kept_and_asked(n, d, repeats=repeats)
        found[f"kept {n} {d}"], found[f"asked {n} {d}"] = kept, asked
    return found


def training(device, networks=NETWORKS, repeats=20):
    x, y = hubble_1929.x, hubble_1929.y
    found = {
        f"train {device}": timed(lambda: train(x, y, device), device, repeats)
    }
    path = Path(digits.__file__).with_name("digits.csv.gz")
    known, actual, *_ = split(*digits.load(path))

    def learning(h, batch_size):
        model = Network(h=h)
        return lambda: learn(
            model, known, actual, device, batch_size=batch_size
        )

    for h, size in networks:
        f, often = learning(h, size), min(repeats, 7)
        found[f"learn {h} {size} {device}"] = timed(f, device, often, 1)
    return found


def processor():
    path = Path("/proc/cpuinfo")
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    names = [row.split(":")[1] for row in lines if row.startswith("model na")]
    return names[0].strip() if names else platform.processor()


def machine():
    found = {
        "date": date.today().isoformat(),
        "cpu": processor(),
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
    }
    if torch.cuda.is_available():
        asked = "nvidia-smi --query-gpu=driver_version --format=csv,noheader"
        driver = subprocess.check_output(asked.split(), encoding="utf-8")
        found["gpu"] = torch.cuda.get_device_name()
        found["driver"] = driver.split()[0]
        found["cuda"] = torch.version.cuda
    return found


def measure():
    torch.manual_seed(0)
    found = products("cpu") | training("cpu")
    if torch.cuda.is_available():
        found |= products("cuda") | training("cuda") | orders() | asking()
    return found


def digest():
    return sha256(Path(__file__).read_bytes()).hexdigest()[:16]


# --8<-- [start:recorded]
def recorded(name, which="median"):
    path = Path(__file__).with_name("measured.json")
    return json.loads(path.read_text("utf-8"))["seconds"][name][which]


# --8<-- [end:recorded]


if __name__ == "__main__":
    record = {"program": digest(), **machine(), "seconds": measure()}
    print(json.dumps(record, indent=1))
