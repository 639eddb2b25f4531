"""Plant faults and say which of them no check has seen.

python -m verify.mutation [--page PAGE] [--sample N] [KIND …]

Without a sample all are planted. A fault that goes unseen is a hole in the
checks: mend them. Where it changes nothing that could be seen, survivors.txt
holds it with the reason.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable

from verify.mutation.jobs import jobs
from verify.mutation.runner import Job, run
from verify.mutation.survivors import known


def main() -> int:
    """Run the mutation; return 1 where a fault went unseen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="this many of each kind")
    parser.add_argument("--page", help="of one chapter only")
    parser.add_argument("kinds", nargs="*")
    options = parser.parse_args()
    chosen = [
        job
        for job in jobs(options.page)
        if not options.kinds or job.kind in options.kinds
    ]
    if options.sample:
        chosen = sampled(chosen, options.sample)
    planted, unseen = Counter(), []
    for done, (job, seen) in enumerate(run(chosen), start=1):
        planted[job.kind] += 1
        if not seen:
            unseen.append(job)
            tell(f"{done}: {job.name}: {known().get(job.name, 'unseen')}")
        if done % 100 == 0:
            tell(f"{done} of {len(chosen)}")
    lines, is_good = report(planted, unseen, known())
    print("\n".join(lines))
    if not options.sample:
        names = {job.name for job in chosen}
        gone = sorted(known().keys() - {job.name for job in unseen})
        is_whole = not options.kinds and not options.page
        gone = [name for name in gone if name in names or is_whole]
        for name in gone:
            print(f"survivors.txt: caught now, or gone: delete {name}")
        is_good = is_good and not gone
    return int(not is_good)


def tell(news: str) -> None:
    """Say at once how far it has come: a run takes hours."""
    print(news, file=sys.stderr, flush=True)


def sampled(chosen: list[Job], count: int) -> list[Job]:
    """Return some jobs of each kind: the same until a page changes."""
    rng = random.Random(0)
    kinds = sorted({job.kind for job in chosen})
    return [
        job
        for kind in kinds
        for job in rng.sample([j for j in chosen if j.kind == kind], count)
    ]


def report(
    planted: Counter, unseen: Iterable[Job], known: dict[str, str]
) -> tuple[list[str], bool]:
    """Return the lines of a report, and whether nothing new went unseen."""
    lines = []
    new = [job for job in unseen if job.name not in known]
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
