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


@pytest.mark.parametrize("home", ["", "en/"], ids=["zh", "en"])
def test_each_copied_program_runs_alone(tab, places, home):
    found = [
        (path, text, block)
        for path in (home + place for place in places)
        for text, block in copies(tab, path)
    ]
    assert len(found) > 200
    outcomes = run_alone(
        Program(text, "cuda" in block["classes"].split())
        for _, text, block in found
    )
    wrong = []
    for (path, text, block), outcome in zip(found, outcomes, strict=True):
        raises = re.search(r"raises-(?:[\w.]*\.)?(\w+)", block["classes"])
        shown = "\n".join(SHOWN.findall(text))
        if block["shown"] and not shown and not raises:
            shown = block["shown"]
        expected = raises[1] if raises else ""
        if outcome.error.partition(":")[0] != expected:
            wrong.append(f"{path}: {outcome.error}\n{text}")
        elif not raises and not same_output(shown, outcome.printed):
            wrong.append(
                f"{path}: prints {outcome.printed!r}, shows {shown!r}\n{text}"
            )
    assert not wrong, "\n\n".join(wrong)
