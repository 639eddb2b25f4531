"""Plant all faults, or every N-th, and say which checks slept.

python -m verify.mutation [--every N] [KIND …]
"""

from __future__ import annotations

import argparse
from collections import Counter

from verify.mutation.jobs import jobs
from verify.mutation.runner import run


def main() -> int:
    """Run the mutation; return 1 where a fault went unseen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("kinds", nargs="*")
    options = parser.parse_args()
    chosen = [
        job for job in jobs() if not options.kinds or job.kind in options.kinds
    ][:: options.every]
    planted, caught = Counter(), Counter()
    for job, seen in run(chosen):
        planted[job.kind] += 1
        caught[job.kind] += seen
        if not seen:
            print(f"{job.path}:{job.line}: unseen: {job.fault}", flush=True)
    for kind in sorted(planted):
        print(f"{kind}: {caught[kind]} of {planted[kind]} caught")
    return int(caught != planted)


if __name__ == "__main__":
    raise SystemExit(main())
