"""A device with a queue, played by a thread: ordered is not yet done."""

from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, sleep


def two_clocks(jobs=4, seconds=0.2):
    with ThreadPoolExecutor(max_workers=1) as device:
        t_0 = perf_counter()
        orders = [device.submit(sleep, seconds) for _ in range(jobs)]
        t_1 = perf_counter()  # all are ordered
        for order in orders:
            order.result()
        t_2 = perf_counter()  # all are done
    return t_1 - t_0, t_2 - t_0
