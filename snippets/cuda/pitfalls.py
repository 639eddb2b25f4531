"""A device with a queue, played by a thread: ordered is not yet done."""

from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, sleep


def two_clocks(jobs=4, seconds=0.2):
    with ThreadPoolExecutor(max_workers=1) as device:
        start = perf_counter()  # t_0
        orders = [device.submit(sleep, seconds) for _ in range(jobs)]
        ordered = perf_counter() - start  # t_1 - t_0
        for order in orders:
            order.result()
        done = perf_counter() - start  # t_2 - t_0
    return ordered, done
