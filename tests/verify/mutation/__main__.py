"""Plant faults and say which of them no check has seen.

python -m verify.mutation [--page PAGE] [--sample N] [KIND …]

Without a sample all are planted. A fault that goes unseen is a hole in the
checks: mend them. Where it changes nothing that could be seen, survivors.txt
holds it with the reason.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from verify.mutation.jobs import KINDS, Job, jobs, stems
from verify.mutation.runner import run

SURVIVORS = Path(__file__).with_name("survivors.txt")


def main() -> int:
    """Run the mutation; return 1 where a fault went unseen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="this many of each kind")
    parser.add_argument("--page", help="of one chapter only")
    parser.add_argument("kinds", nargs="*")
    options = parser.parse_args()
    kinds = options.kinds or KINDS
    pages = [options.page] if options.page else stems()
    chosen = list(sampled(pages, kinds, options.sample))
    reasons = known(SURVIVORS.read_text(encoding="utf-8"))
    planted, unseen = Counter(), []
    for done, (job, seen) in enumerate(run(chosen), start=1):
        planted[job.kind] += 1
        if not seen:
            unseen.append(job)
            print(f"{job.name}: {reasons.get(job.name, 'unseen')}", flush=True)
        if done % 100 == 0:
            print(f"{done} of {len(chosen)}", flush=True)
    lines, is_good = report(planted, unseen, reasons)
    caught = {job.name for job in chosen} - {job.name for job in unseen}
    for name in sorted(caught & reasons.keys()):
        is_good = False
        lines.append(f"survivors.txt: caught now: delete {name}")
    print("\n".join(lines))
    return int(not is_good)


def sampled(
    pages: list[str], kinds: Collection[str], count: int | None
) -> Iterator[Job]:
    """Yield all jobs, or some of each kind that are of one page."""
    rng = random.Random(0)
    for kind in kinds:
        for stem in rng.sample(pages, len(pages)):
            found = list(jobs(stem, [kind]))
            yield from rng.sample(found, min(count or len(found), len(found)))
            if found and count:
                break


def known(text: str) -> dict[str, str]:
    """Return why each fault survives, as the comment above it says."""
    found: dict[str, str] = {}
    for group in text.split("\n\n"):
        lines = group.strip().splitlines()
        reason = " ".join(e.strip("# ") for e in lines if e[0] == "#")
        names = [line for line in lines if line[0] != "#"]
        if names and not reason:
            raise ValueError(f"these have no reason: {names}")
        found |= dict.fromkeys(names, reason)
    return found


def report(
    planted: Counter, unseen: Iterable[Job], known: dict[str, str]
) -> tuple[list[str], bool]:
    """Return the lines of a report, and whether nothing new went unseen."""
    lines, new = [], [job for job in unseen if job.name not in known]
    for kind, count in sorted(planted.items()):
        left = sum(job.kind == kind for job in unseen)
        missed = sum(job.kind == kind for job in new)
        lines.append(
            f"{kind}: {count} planted, {count - left} caught, "
            f"{left - missed} change nothing, {missed} unseen"
        )
    lines += [f"unseen: {job.path}:{job.line}: {job.name}" for job in new]
    return lines, not new


if __name__ == "__main__":
    raise SystemExit(main())
