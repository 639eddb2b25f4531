"""Check the equations of pages: `python -m verify.equations docs/zh/x.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from page import Fault
from verify.equations.pages import Equations
from verify.equations.source import Declaration, read


def main(paths: list[str]) -> int:
    """Print what is wrong with each page; return 1 if anything is."""
    wrong = 0
    for path in paths:
        equations = Equations(read(Path(path).resolve()))
        for index, item in enumerate(equations.source.items):
            found = equations.check(index)
            if isinstance(found, Fault):
                wrong += 1
                print(found)
            elif "-v" in sys.argv and not isinstance(item, Declaration):
                text = " ".join(item.latex.split())
                print(f"{path}:{item.line}: {found.kind}: {text[:70]}")
                print("    " + "; ".join(found.steps))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main([each for each in sys.argv[1:] if each != "-v"]))
