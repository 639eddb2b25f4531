"""What a reader copies runs alone and prints what the page says."""

import re

import pytest

from verify.alone import Program, run_alone
from verify.outputs import same_output

BUTTON = ".language-python.highlight button[data-md-type=copy]"
UNFOLD = """() => {
  document.querySelectorAll("details").forEach(each => each.open = true)
}"""
BLOCK = """button => {
  const block = button.closest(".highlight")
  const next = block.nextElementSibling
  const shown = next?.matches(".language-text, .language-output")
  return {classes: block.className, shown: shown ? next.innerText : ""}
}"""
SHOWN = re.compile(r"^\s*#>(?: (.*)|)$", re.MULTILINE)


def copies(tab, path):
    """Click each copy button of a page; return what it gave, and its block."""
    tab.goto(path)
    if not tab.locator(".language-python.highlight").count():
        return
    tab.wait_for_selector(BUTTON, state="attached")
    tab.evaluate(UNFOLD)
    for button in tab.locator(BUTTON).all():
        tab.evaluate("navigator.clipboard.writeText('')")
        button.click(force=True)
        tab.wait_for_function(
            "navigator.clipboard.readText().then(text => text != '')"
        )
        text = tab.evaluate("navigator.clipboard.readText()")
        yield text, button.evaluate(BLOCK)


@pytest.fixture(scope="module")
def outcome_of():
    """A function that runs programs, those of both languages only once."""
    known = {}

    def outcome_of(programs):
        new = [each for each in dict.fromkeys(programs) if each not in known]
        known.update(zip(new, run_alone(new), strict=True))
        return [known[each] for each in programs]

    return outcome_of


@pytest.mark.parametrize("home", ["", "en/"], ids=["zh", "en"])
def test_each_copied_program_runs_alone(tab, places, outcome_of, home):
    found = [
        (path, text, block)
        for path in (home + place for place in places)
        for text, block in copies(tab, path)
    ]
    assert len(found) > 200
    outcomes = outcome_of(
        [
            Program(text, "cuda" in block["classes"].split())
            for _, text, block in found
        ]
    )
    wrong = [
        f"{path}: {problem}\n{text}"
        for (path, text, block), outcome in zip(found, outcomes, strict=True)
        if (problem := difference(text, block, outcome))
    ]
    assert not wrong, "\n\n".join(wrong)


def difference(text, block, outcome):
    """Return how a program's run differs from what its page says."""
    raises = re.search(r"raises-(?:[\w.]*\.)?(\w+)", block["classes"])
    expected = raises[1] if raises else ""
    if outcome.error.partition(":")[0] != expected:
        return outcome.error or f"raises no {expected}"
    shown = "\n".join(SHOWN.findall(text)) or block["shown"]
    if raises or same_output(shown, outcome.printed):
        return ""
    return f"prints {outcome.printed!r}, shows {shown!r}"
