"""Drawing by weights. Nothing here depends on clock, hashes or the order of sets."""

from collections.abc import Sequence

import numpy as np


def draw_indices(rng: np.random.Generator, weights: Sequence[float], number: int) -> np.ndarray:
    """Draw places in ``weights``, each as often as its weight says."""
    steps = np.cumsum(np.asarray(weights, float))
    return np.searchsorted(steps / steps[-1], rng.random(number), side="right").clip(max=len(steps) - 1)


def draw_row_indices(rng: np.random.Generator, weights: Sequence[Sequence[float]], rows: np.ndarray) -> np.ndarray:
    """Draw a place in the row of ``weights`` that ``rows`` names, for each of its numbers."""
    width = max(map(len, weights))
    table = np.array([[*row, *[0.0] * (width - len(row))] for row in weights], float)
    steps = np.cumsum(table, axis=1)
    steps /= np.maximum(steps[:, -1:], 1e-300)
    drawn = rng.random(len(rows))
    # column by column, so that no table of all rows is held at once
    found = np.zeros(len(rows), int)
    for column in range(width - 1):
        found += drawn >= steps[rows, column]
    return found


def compute_quotas(total: int, weights: Sequence[float], least: int = 0) -> np.ndarray:
    """Share ``total`` out by weights, the largest remainders rounded up; each gets ``least`` where that is enough."""
    shares = np.asarray(weights, float) / np.sum(weights)
    least = least if total >= least * len(shares) else 0
    exact = (total - least * len(shares)) * shares
    whole = np.floor(exact).astype(int)
    lucky = np.argsort(whole - exact, kind="stable")[: total - least * len(shares) - whole.sum()]
    whole[lucky] += 1
    return whole + least


def shuffle_by_counts(rng: np.random.Generator, counts: np.ndarray) -> np.ndarray:
    """Return each number as often as ``counts`` says, in random order."""
    return np.repeat(np.arange(len(counts)), counts)[np.argsort(rng.random(int(counts.sum())), kind="stable")]
