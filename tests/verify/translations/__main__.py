"""Record that pages say the same today in both languages.

python -m verify.translations PAGE …
"""

from __future__ import annotations

import sys

from page import Fault, missaved
from verify.project import ROOT
from verify.translations.check import EN, ZH, pages
from verify.translations.freshness import accept
from verify.writing import speak_anywhere


def main(stems: list[str]) -> int:
    """Record the hash of each page; return 1 where a page is not there."""
    if not stems:
        print("Name the pages that you have compared: make accept PAGE=index")
    for stem in stems:
        named = {stem, f"{stem}.md", f"{stem}.ipynb"}
        name = next((each for each in pages() if each in named), None)
        if name is None:
            print(f"{stem}: there is no such page in both languages")
            return 1
        try:
            for fault in missaved(ROOT):
                raise fault
            if accept(ZH / name, EN / name):
                said = "in line with the Chinese page of today"
                print(f"docs/en/{name}: {said}")
        except Fault as fault:
            print(f"Left as it is: {fault}", file=sys.stderr)
            return 1
    return int(not stems)


if __name__ == "__main__":
    speak_anywhere()
    raise SystemExit(main(sys.argv[1:]))
