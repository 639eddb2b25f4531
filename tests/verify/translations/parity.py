"""Whether the two languages of a page say the same things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from .skeleton import Item, Skeleton

# A formula or a name may be said again by a pronoun in the other language.
SAID_AGAIN_FREELY = ("formula", "code")
KINDS = ("formula", "code", "number", "link", "footnote", "image", "cell")
SHOWN = 60


def differences(
    zh: Skeleton, en: Skeleton, zh_name: str, en_name: str
) -> Iterator[str]:
    """Yield a sentence for each difference, with file and line of both."""
    yield from _blocks(zh, en, zh_name, en_name)
    for section in dict.fromkeys([*zh.inline, *en.inline]):
        yield from _lines(section, zh, en, zh_name, en_name)


def _blocks(
    zh: Skeleton, en: Skeleton, zh_name: str, en_name: str
) -> Iterator[str]:
    matcher = SequenceMatcher(
        None,
        [item.key for item in zh.items],
        [item.key for item in en.items],
        autojunk=False,
    )
    for change, i, j, k, m in matcher.get_opcodes():
        left, right = zh.items[i:j], en.items[k:m]
        here = f"{en_name}:{_line(en.items, k)}"
        there = f"{zh_name}:{_line(zh.items, i)}"
        if change == "delete":
            yield f"{here}: missing here: {_list(left)} (it is at {there})"
        elif change == "insert":
            yield f"{there}: missing here: {_list(right)} (it is at {here})"
        elif change == "replace":
            yield (
                f"{here}: differs from {there}"
                f"\n    zh: {_list(left)}\n    en: {_list(right)}"
            )


def _lines(
    section: str, zh: Skeleton, en: Skeleton, zh_name: str, en_name: str
) -> Iterator[str]:
    for kind in KINDS:
        left, right = zh.inline[section][kind], en.inline[section][kind]
        if kind in SAID_AGAIN_FREELY:
            left, right = Counter(set(left)), Counter(set(right))
        if kind == "cell":  # what is English on the Chinese page, too
            left = Counter({k: n for k, n in left.items() if k.isascii()})
            right = right & left
        if left != right:
            here = f"{en_name}:{en.lines.get(section, 1)}"
            there = f"{zh_name}:{zh.lines.get(section, 1)}"
            yield (
                f"{here}: section #{section}: the {kind}s are not those of"
                f" {there}"
                f"\n    only zh: {_quoted(left - right)}"
                f"\n    only en: {_quoted(right - left)}"
            )


def _line(items: list[Item], index: int) -> int:
    if not items:
        return 1
    return items[min(index, len(items) - 1)].line


def _list(items: list[Item]) -> str:
    return ", ".join(
        f"{item.kind} {_shorten(item.content)}".strip() for item in items
    )


def _quoted(counter: Counter) -> str:
    return ", ".join(_shorten(text) for text in counter.elements()) or "–"


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
