"""What a reader copies runs alone and prints what the page says."""

import re

from verify.alone import Program, run_alone
from verify.outputs import same_output

BUTTON = ".language-python.highlight button[data-md-type=copy]"
UNFOLD = """() => {
  document.querySelectorAll("details").forEach(each => each.open = true)
}"""
# Empty the clipboard, so that a button that does nothing is found out.
TAKE = """async () => {
  const text = await navigator.clipboard.readText()
  await navigator.clipboard.writeText("")
  return text
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
        button.click(force=True)
        yield tab.evaluate(TAKE), button.evaluate(BLOCK)


def test_each_copied_program_runs_alone(tab, places):
    found = [
        (path, text, block)
        for path in places
        for text, block in copies(tab, path)
    ]
    assert len(found) > 200
    outcomes = run_alone(
        Program(text, "cuda" in block["classes"].split())
        for _, text, block in found
    )
    wrong = [
        f"{path}: {problem}\n{text}"
        for (path, text, block), outcome in zip(found, outcomes, strict=True)
        if (problem := difference(text, block, outcome))
    ]
    assert not wrong, "\n\n".join(wrong)


def test_both_languages_copy_the_same(site, place):
    """So what was seen of the Chinese page holds of the English one."""
    chinese, english = (
        [
            (block.get("data-copy"), block.code.get_text())
            for block in site.page(f"{home}{place}").select(
                ".language-python.highlight"
            )
        ]
        for home in ("", "en/")
    )
    assert chinese == english


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
