"""Proofs by SymPy, in a process of their own that is killed when it is slow.

A proof is a bonus: what cannot be proved in time was still checked at random
points. A refutation, though, would mean that the two engines disagree.
"""

from __future__ import annotations

import atexit
import multiprocessing
from functools import lru_cache

from verify.equations import tree as t
from verify.equations.definitions import roots
from verify.equations.scope import Scope

SECONDS = 2.0
START_SECONDS = 60.0


class Prover:
    """A process that proves; started when first asked."""

    def __init__(self) -> None:
        self.process = None
        self.pipe = None

    def ask(self, statement: t.Statement, scope: Scope) -> str:
        """Return 'proved', 'refuted' or 'unknown'."""
        if self.process is None or not self.process.is_alive():
            self.start()
        try:
            self.pipe.send((statement, scope))
            if self.pipe.poll(SECONDS):
                return self.pipe.recv()
        except (EOFError, BrokenPipeError):
            pass
        self.stop()
        return "unknown"

    def start(self) -> None:
        """Start the process, and wait until SymPy is imported."""
        from verify.equations.prover import serve

        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=serve, args=(theirs,), daemon=True
        )
        self.process.start()
        theirs.close()
        if self.pipe.poll(START_SECONDS):
            self.pipe.recv()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.pipe.close()
        self.process = None


@lru_cache(maxsize=1)
def _prover() -> Prover:
    prover = Prover()
    atexit.register(prover.stop)
    return prover


def prove(statement: t.Statement, scope: Scope) -> str:
    """Return whether SymPy can prove an equation: for scalars, within a cap.

    'proved', 'refuted', or 'unknown' (sums, vectors, out of time).
    """
    unfit = (t.Big, t.Mean, t.Matrix, t.Norm, t.Transpose, t.Gradient,
             t.Cases, t.At, t.Optimum, t.Tuple, t.Hadamard)  # fmt: skip
    if any(isinstance(each, unfit) for each in t.walk(statement)):
        return "unknown"
    wanted = roots(statement, scope.definitions) | set(scope.definitions)
    symbols = {k: s for k, s in scope.symbols.items() if k in wanted}
    symbols |= {
        k: s for k, s in scope.symbols.items() if s.kind in ("index", "size")
    }
    small = Scope(type(scope.symbols)(symbols), scope.definitions)
    return _prover().ask(statement, small)
