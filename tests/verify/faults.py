"""Ends tests with the sentences that their author needs, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from page import Fault, missaved


def expect_none(faults: Iterable[Fault | None]) -> None:
    """Fail with all the faults, if there are any."""
    __tracebackhide__ = True
    told = [str(fault) for fault in faults if fault]
    if told:
        pytest.fail("\n".join(told), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item) -> object:
    """End a test that raises a fault with its sentence; a hook of pytest."""
    try:
        return (yield)
    except Fault as fault:
        raise pytest.fail.Exception(str(fault), pytrace=False) from None


def pytest_sessionstart(session) -> None:
    """Run nothing where a file cannot be read; a hook of pytest.

    Each test that reads it would say so again, in its own way.
    """
    if faults := list(missaved(session.config.rootpath)):
        pytest.exit("\n".join(map(str, faults)), returncode=1)
