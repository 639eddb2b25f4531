"""Ends tests with the sentences that their author needs, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from page import Fault, missaved


def expect_none(faults: Iterable[Fault | None]) -> None:
    """Fail with all the faults that are yielded or raised, if any."""
    __tracebackhide__ = True
    told = []
    try:
        told += filter(None, faults)
    except Fault as fault:
        told.append(fault)
    if told:
        pytest.fail("\n".join(map(str, told)), pytrace=False)


def pytest_sessionstart(session) -> None:
    """Run nothing where a file cannot be read; a hook of pytest.

    Each test that reads it would say so again, in its own way.
    """
    if faults := list(missaved(session.config.rootpath)):
        pytest.exit("\n".join(map(str, faults)), returncode=1)
