"""What a reader's browser makes of each page, on a phone."""

import re

from alone import Program, run_alone
from verify.compare import same_output

OUTPUT = re.compile(r"^\s*#>(?: (.*)|)$", re.MULTILINE)


def formulas(page):
    """Count the formulas that a built page holds."""
    return len(page.select(".arithmatex"))


def test_every_formula_is_set(site, visit, path):
    seen = visit(path)
    assert seen.empty == []
    assert seen.torn == [], "a line begins with what follows a formula"
    assert seen.unstyled == 0, "MathML for screen readers that shows"
    assert seen.formulas == formulas(site.page(path))


def test_everything_comes_from_the_site(site, visit, path):
    outside = {u for u in visit(path).requests if not u.startswith(site.url)}
    assert {
        u for u in outside if not u.startswith(("data:", "blob:"))
    } == set()


def test_nothing_is_missing_and_nothing_complains(visit, path):
    assert visit(path).refused == []
    assert visit(path).complaints == []


def test_page_does_not_scroll_sideways_on_a_phone(visit, path):
    assert visit(path).width == 390


def copies(page):
    """Yield what each button of a built page copies, and what is shown."""
    for block in page.select(
        ".language-python.highlight:not(.cell, .rosetta)"
    ):
        shown = block.find_next_sibling()
        is_output = shown and "language-text" in shown.get("class", ())
        yield {
            "text": block.get("data-copy") or block.code.get_text(),
            "classes": block["class"],
            "output": shown.code.get_text() if is_output else "",
        }


def test_each_copied_program_runs_alone(site, paths):
    found = [
        (path, copy) for path in paths for copy in copies(site.page(path))
    ]
    assert len(found) > 400
    # Both languages mostly copy the same: each program runs once.
    programs = {program(copy) for _, copy in found}
    outcomes = dict(zip(programs, run_alone(programs), strict=True))
    wrong = [
        f"{path}: {problem}\n{copy['text']}"
        for path, copy in found
        if (problem := difference(copy, outcomes[program(copy)]))
    ]
    assert not wrong, "\n\n".join(wrong)


def program(copy):
    """Return what was copied as a program to run."""
    return Program(copy["text"], "cuda" in copy["classes"])


def difference(copy, outcome):
    """Return how a program's run differs from what its page says."""
    raises = re.search(r"raises-(?:[\w.]*\.)?(\w+)", " ".join(copy["classes"]))
    expected = raises[1] if raises else ""
    if outcome.error.partition(":")[0] != expected:
        return outcome.error or f"raises no {expected}"
    shown = "\n".join(OUTPUT.findall(copy["text"])) or copy["output"]
    if raises or same_output(shown, outcome.printed):
        return ""
    return f"prints {outcome.printed!r}, shows {shown!r}"
