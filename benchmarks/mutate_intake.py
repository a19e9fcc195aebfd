"""``python -m benchmarks.mutate_intake [COUNT] [FIRST SEED]``: read randomly changed sources and count the outcomes.

A source is 'accepted wrongly' if a value of it is neither in the register as written, nor reported as a reading or as
left out; or if it was damaged and is read differently from the sound source.
"""

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from testing.judge import CRASHED, OUTCOMES, WRONG, Judge

COUNT, EACH = 10_000, 500


def main(count: int = COUNT, first: int = 1) -> int:
    """Print how many sources were refused, read and accepted; return 1 if any was accepted wrongly or crashed."""
    folder = Path(tempfile.mkdtemp())
    judge, found = Judge(folder), Counter()
    for seed in range(first, first + count):
        kind, outcome, said = judge.case(seed)
        found[kind, outcome] += 1
        if outcome in (CRASHED, WRONG):
            print(f"seed {seed}, {kind}: {outcome}: {said}", flush=True)
        shutil.rmtree(folder / str(seed), ignore_errors=True)
        if found.total() % EACH == 0:
            _print_outcomes(found)
    _print_outcomes(found)
    shutil.rmtree(folder)
    return int(any(found[one] for one in found if one[1] in (CRASHED, WRONG)))


def _print_outcomes(found: Counter) -> None:
    for kind in sorted({kind for kind, _ in found}):
        print(f"{kind:8}", ", ".join(f"{outcome} {found[kind, outcome]:,}" for outcome in OUTCOMES))
    totals = {outcome: sum(found[one] for one in found if one[1] == outcome) for outcome in OUTCOMES}
    print(
        f"{found.total():,} in all:",
        ", ".join(f"{outcome} {number:,}" for outcome, number in totals.items()),
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
