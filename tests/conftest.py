"""Plugins can be named only here, above all tests."""

pytest_plugins = ["pytester"]
