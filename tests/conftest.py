"""Plugins can be named only here, above all tests."""

from verify.receipts import (  # noqa: F401  hooks of pytest
    pytest_runtest_logreport,
    pytest_sessionfinish,
)

pytest_plugins = ["pytester"]
