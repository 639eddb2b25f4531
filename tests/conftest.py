"""What holds for all tests: plugins can be named only here."""

import os

from verify.faults import (
    pytest_runtest_call,  # noqa: F401
    pytest_sessionstart,  # noqa: F401
)

# The threads of processes that test side by side wait for one another: a
# training of one second took 25. What is read here is small anyway.
os.environ.setdefault("OMP_NUM_THREADS", "1")

pytest_plugins = ["pytester", "verify.receipts"]
