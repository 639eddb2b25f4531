"""Record that pages say the same today in both languages.

python -m verify.translations PAGE …
"""

from __future__ import annotations

import sys

from page import Fault, shown
from verify.translations.freshness import accept
from verify.translations.parity import EN, ZH, pages
from verify.writing import speak_anywhere


def main(stems: list[str]) -> int:
    """Record the hash of each page; return 1 where a page is not there."""
    found = [name for name in pages() if name.partition(".")[0] in stems]
    if len(found) < len(stems) or not stems:
        print("Name pages that stand in both languages, as in: index practice")
        return 1
    for name in found:
        try:
            if accept(ZH / name, EN / name):
                print(f"{shown(EN / name)}: in line with the Chinese page")
        except (Fault, OSError) as fault:
            print(f"Left as it is: {fault}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    speak_anywhere()
    raise SystemExit(main(sys.argv[1:]))
