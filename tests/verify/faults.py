"""Ends a test with the sentences that its author needs, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from page import Fault


def expect_none(faults: Iterable[Fault | None]) -> None:
    """Fail with all the faults, if there are any."""
    __tracebackhide__ = True
    told = [str(fault) for fault in faults if fault]
    if told:
        pytest.fail("\n".join(told), pytrace=False)
