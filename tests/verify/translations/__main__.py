"""Record that pages say the same today in both languages.

python -m verify.translations PAGE …
"""

from __future__ import annotations

import sys

from page import Fault, missaved
from verify.project import ROOT
from verify.translations.check import EN, ZH
from verify.translations.freshness import accept
from verify.writing import speak_anywhere


def main(stems: list[str]) -> int:
    """Record the hash of each page; return 1 where a page is not there."""
    if not stems:
        print("Name the pages that you have compared: make accept PAGE=index")
        return 1
    for stem in stems:
        name = f"{stem.removesuffix('.md').removesuffix('.ipynb')}"
        suffix = ".ipynb" if (ZH / f"{name}.ipynb").is_file() else ".md"
        zh, en = ZH / (name + suffix), EN / (name + suffix)
        if not (zh.is_file() and en.is_file()):
            print(f"{name}: there is no such page in both languages")
            return 1
        try:
            for fault in missaved(ROOT):
                raise fault
            is_new = accept(zh, en)
        except Fault as fault:
            print(f"Left as it is: {fault}", file=sys.stderr)
            return 1
        if is_new:
            print(f"docs/en/{en.name}: in line with the Chinese page of today")
    return 0


if __name__ == "__main__":
    speak_anywhere()
    raise SystemExit(main(sys.argv[1:]))
