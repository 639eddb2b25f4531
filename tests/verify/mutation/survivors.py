"""The faults that no check can see, because they change nothing.

survivors.txt names each as the runner does, below a comment that says why.
"""

from __future__ import annotations

from pathlib import Path

PATH = Path(__file__).with_name("survivors.txt")


def known(text: str | None = None) -> dict[str, str]:
    """Return the reason of each fault that is known to survive.

    `text` is what survivors.txt holds. Raises ValueError where a fault
    stands without a reason.
    """
    text = PATH.read_text(encoding="utf-8") if text is None else text
    found: dict[str, str] = {}
    reason = ""
    above = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            said = line.removeprefix("#").strip()
            reason = f"{reason} {said}" if above.startswith("#") else said
        elif not line:
            reason = ""
        elif not reason:
            raise ValueError(
                f"{PATH.name}:{number}: this fault has no reason: write it "
                "above, after a #"
            )
        else:
            found[line] = reason
        above = line
    return found
