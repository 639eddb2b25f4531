"""What holds for all tests: plugins can be named only here."""

import functools
import gc
import re

import pytest

import page
from verify.faults import pytest_sessionstart  # noqa: F401

pytest_plugins = ["pytester", "verify.receipts"]

# They visit the same pages with the same browser.
SITE = re.compile(
    r"tests/site/test_(browser|built|draw|engines|kernel|live|pages|search"
    r"|three|walk)\b"
)
# They read and render all pages.
EACH_PAGE = re.compile(
    r"tests/(test_(figures|structure)|verify/translations/test_pages)\b"
)
LANGUAGE = re.compile(r"^docs/(?:zh|en)/")


@pytest.fixture(scope="session")
def read():
    """A function that reads a page once: to render all takes seconds."""
    return functools.cache(page.read)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give one process all that asks for the site, so that it is built once.

    And what looks at each page, so that it is rendered once, and both
    languages of a page, whose code runs once. Otherwise a process is given a
    file, as `--dist loadfile` asks.
    """
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid):
            scope = LANGUAGE.sub("", super()._split_scope(nodeid))
            for together in (SITE, EACH_PAGE):
                if together.match(nodeid):
                    return together.pattern
            return scope

    return Together(config, log) if config.option.dist == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Let the garbage collector leave alone what stays to the end.

    To look through thousands of tests and modules takes a tenth of a run.
    """
    gc.disable()
    result = yield
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 100)
    return result
