"""Weighted random draws, reproducible from the generator: independent of clock, hashes and the order of sets."""

from collections.abc import Sequence

import numpy as np


def draw_indices(rng: np.random.Generator, weights: Sequence[float] | np.ndarray, number: int) -> np.ndarray:
    """Draw ``number`` indices of ``weights`` with probabilities proportional to them."""
    steps = np.cumsum(np.asarray(weights, float))
    return np.searchsorted(steps / steps[-1], rng.random(number), side="right").clip(max=len(steps) - 1)


def draw_row_indices(rng: np.random.Generator, weights: Sequence[Sequence[float]], rows: np.ndarray) -> np.ndarray:
    """Draw, for each element of ``rows``, an index of that row of ``weights``; rows may differ in length."""
    width = max(map(len, weights))
    table = np.array([[*row, *[0.0] * (width - len(row))] for row in weights], float)
    steps = np.cumsum(table, axis=1)
    steps /= np.maximum(steps[:, -1:], 1e-300)
    drawn = rng.random(len(rows))
    # column by column, so that no array of rows times columns is allocated
    indices = np.zeros(len(rows), int)
    for column in range(width - 1):
        indices += drawn >= steps[rows, column]
    return indices


def compute_quotas(total: int, weights: Sequence[float] | np.ndarray, least: int = 0) -> np.ndarray:
    """Divide ``total`` by weights (largest remainders); each part has at least ``least`` if ``total`` allows it."""
    shares = np.asarray(weights, float) / np.sum(weights)
    least = least if total >= least * len(shares) else 0
    exact = (total - least * len(shares)) * shares
    whole = np.floor(exact).astype(int)
    rounded_up = np.argsort(whole - exact, kind="stable")[: total - least * len(shares) - whole.sum()]
    whole[rounded_up] += 1
    return whole + least


def shuffle_by_counts(rng: np.random.Generator, counts: np.ndarray) -> np.ndarray:
    """Return each index of ``counts`` as often as its count, in random order."""
    return np.repeat(np.arange(len(counts)), counts)[np.argsort(rng.random(int(counts.sum())), kind="stable")]
