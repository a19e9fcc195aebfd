"""Drawing statements as columns of numbers: speaker, date, measure, subject, figures and status."""

from dataclasses import dataclass

import numpy as np

from khoosheh.synthetic import places
from khoosheh.synthetic.amounts import Figures, draw_figures
from khoosheh.synthetic.invented_names import load_synthetic_words
from khoosheh.synthetic.measure_kinds import KINDS, PLACE, PROJECT, RANK
from khoosheh.synthetic.projects import MONTHS, NONE, Projects
from khoosheh.synthetic.sampling import compute_quotas, draw_indices, draw_row_indices, shuffle_by_counts

# frequencies in the shipped register
PRECISION = {"day": 82, "month": 41, "year": 3}
FLAGS = {"": 0.706, "undated": 0.167, "identity_inferred": 0.063, "ambiguous": 0.056, "implausible": 0.008}
STATUS = {"A": 0.93, "E": 0.06, "D": 0.01, "F": 0.0}
# shares: statements about a part of their subject (of those that can be), without a speaker, with the number of a
# paragraph (of all), about the whole country (of those about places)
PARTS, SILENT, PARAGRAPHS, COUNTRY = 0.175, 0.056, 0.26, 0.2
PUBLISHERS, SPEAKERS, FALL = 12, 40, -1.0
GROWTH = 1.16
# statements by Jalali month: few in the new year's holidays, many before the new year and in weeks of inaugurations
SEASONS = (0.5, 0.9, 1, 1, 1.1, 1.4, 1, 1, 1, 1.1, 1.5, 1.2)
LENGTHS = np.array([31] * 6 + [30] * 5 + [29])
DUE_PRECISION = {"year": 0.64, "month": 0.18, "day": 0.18}
NO_DUE_DATE = 0.1
OPERATING = 5
VAGUE, CONTRADICTED = 0.12, 0.03
BACK = 30

_ALL = list(KINDS.values())
_FLAGS = list(FLAGS)


@dataclass(frozen=True)
class Outline:
    """Province, measure (index in ``KINDS``) and kind of subject of each statement, ordered by province."""

    province: np.ndarray
    measure: np.ndarray
    about: np.ndarray

    def count_project_statements(self) -> np.ndarray:
        """Return the number of statements about the projects of each province."""
        return np.bincount(self.province[self.about == PROJECT], minlength=places.PROVINCES)


@dataclass(frozen=True)
class Statements:
    """Columns of all statements in chronological order; codes are indices in their lists, or ``NONE``.

    ``month``, ``from_month`` and ``due_month`` count from the first month of ``YEARS``; ``due_state``: whether a
    state is promised.
    """

    province: np.ndarray
    measure: np.ndarray
    about: np.ndarray
    subject: np.ndarray
    indicator: np.ndarray
    need: np.ndarray
    month: np.ndarray
    day: np.ndarray
    precision: np.ndarray
    from_month: np.ndarray
    state_low: np.ndarray
    state_high: np.ndarray
    due_state: np.ndarray
    due_month: np.ndarray
    due_precision: np.ndarray
    status: np.ndarray
    flag: np.ndarray
    is_part: np.ndarray
    publisher: np.ndarray
    speaker: np.ndarray
    paragraph: np.ndarray
    figures: Figures


def draw_outline(rng: np.random.Generator, total: int) -> Outline:
    """Distribute statements over provinces and measures; the own province gets every measure if it has enough."""
    counts = compute_quotas(total, places.compute_province_shares())
    province, weights = np.repeat(np.arange(places.PROVINCES), counts), [kind.weight for kind in _ALL]
    measure = np.zeros(total, int)
    for selected in (province == places.OWN, province != places.OWN):
        measure[selected] = shuffle_by_counts(rng, compute_quotas(int(selected.sum()), weights, 1))
    return Outline(province, measure, draw_row_indices(rng, [kind.about for kind in _ALL], measure))


def draw_statements(rng: np.random.Generator, outline: Outline, subjects: Projects, stages: int) -> Statements:
    """Draw the statements; ``subjects``: projects and after them stages, of which there are ``stages``."""
    total, projects = len(outline.measure), len(subjects.province) - stages
    subject = projects + np.floor(rng.random(total) * stages).astype(int)
    subject[outline.about == PROJECT] = np.repeat(np.arange(len(subjects.province)), subjects.statements)
    month, day = _draw_said_days(rng, subjects.announced[subject])
    order = np.lexsort((subject, day, month))
    province, measure, about = (column[order] for column in (outline.province, outline.measure, outline.about))
    subject, month, day = subject[order], month[order], day[order]
    plain = _find_first_rows(np.where(province == places.OWN, measure, NONE))
    flag = np.where(plain, 0, draw_indices(rng, list(FLAGS.values()), total))
    promise = _draw_commitments(rng, measure, subjects, subject, month)
    wide = (about == PLACE) & (province != places.OWN) & (rng.random(total) < COUNTRY)
    undated = flag == _FLAGS.index("undated")
    earlier = np.maximum(0, month - 1 - np.floor(BACK * rng.random(total)).astype(int))
    columns = {
        "province": np.where(wide, NONE, province), "measure": measure, "about": about, "subject": subject,
        "indicator": _draw_indicators(rng, measure), "need": _draw_needs(rng, measure), "month": month, "day": day,
        "precision": np.where(undated, 1, draw_indices(rng, list(PRECISION.values()), total)),
        "from_month": np.where(undated, earlier, month),
        **_draw_states(rng, measure, subjects, subject, month), **promise,
        "status": _draw_status(rng, measure), "flag": flag,
        "is_part": ~plain & _find_partial_measures()[measure] & (about != PLACE) & (rng.random(total) < PARTS),
        "publisher": draw_indices(rng, np.arange(1, PUBLISHERS + 1) ** FALL, total),
        "speaker": np.where(
            rng.random(total) < SILENT, NONE, draw_indices(rng, np.arange(1, SPEAKERS + 1) ** FALL, total)
        ),
        "paragraph": np.where(rng.random(total) < PARAGRAPHS, np.floor(12 * rng.random(total)), NONE).astype(int),
        "figures": draw_figures(rng, measure, subjects, subject, month, flag == _FLAGS.index("implausible")),
    }  # fmt: skip
    return Statements(**columns)


def _draw_said_days(rng: np.random.Generator, announced: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Draw months and days of statements, none before the announcement of their subject."""
    weights = np.array([GROWTH ** (month // 12) * SEASONS[month % 12] for month in range(MONTHS)])
    steps = np.append(0, np.cumsum(weights)) / weights.sum()
    before = steps[announced.clip(0, MONTHS - 1).astype(int)]
    drawn = before + (1 - before) * rng.random(len(announced))
    month = np.searchsorted(steps[1:], drawn, side="right").clip(max=MONTHS - 1)
    return month, 1 + np.floor(rng.random(len(month)) * LENGTHS[month % 12]).astype(int)


def _find_first_rows(values: np.ndarray) -> np.ndarray:
    """Return which elements are the first of their value, ``NONE`` left out."""
    first = np.zeros(len(values), bool)
    unique, indices = np.unique(values, return_index=True)
    first[indices[unique != NONE]] = True
    return first


def _find_partial_measures() -> np.ndarray:
    """Return which measures can be about a part of their subject."""
    return np.array([kind.form != RANK for kind in _ALL])


def _draw_indicators(rng: np.random.Generator, measure: np.ndarray) -> np.ndarray:
    """Draw the indicator of each statement, an index in ``words.json``, or ``NONE``."""
    order = [indicator["id"] for indicator in load_synthetic_words()["indicators"]]
    weights = [[float(name in kind.indicators) for name in order] for kind in _ALL]
    indicator = draw_row_indices(rng, weights, measure)
    named = rng.random(len(measure)) < np.array([kind.indicated for kind in _ALL])[measure]
    return np.where(named, indicator, NONE)


def _draw_needs(rng: np.random.Generator, measure: np.ndarray) -> np.ndarray:
    named = rng.random(len(measure)) < np.array([kind.needs for kind in _ALL])[measure]
    return np.where(
        named, np.floor(rng.random(len(measure)) * len(load_synthetic_words()["requirements"])).astype(int), NONE
    )


def _draw_status(rng: np.random.Generator, measure: np.ndarray) -> np.ndarray:
    forecast = rng.random(len(measure)) < np.array([kind.forecast for kind in _ALL])[measure]
    return np.where(forecast, list(STATUS).index("F"), draw_indices(rng, list(STATUS.values()), len(measure)))


def _draw_states(
    rng: np.random.Generator, measure: np.ndarray, subjects: Projects, subject: np.ndarray, month: np.ndarray
) -> dict[str, np.ndarray]:
    """Draw the state that a subject has reached; some statements are behind the truth, some leave one state open."""
    begun, done = subjects.begun[subject], subjects.done[subject]
    steps = (subjects.announced[subject] + 2, (subjects.announced[subject] + begun) / 2, begun, done, done + 3)
    state = np.sum([month >= step for step in steps], axis=0)
    state = (state - (rng.random(len(month)) < CONTRADICTED)).clip(0)
    low = (state - (rng.random(len(month)) < VAGUE)).clip(0)
    names = list(KINDS)
    has_state = np.isin(measure, [names.index("state"), names.index("physical_progress")])
    return {"state_low": np.where(has_state, low, NONE), "state_high": np.where(has_state, state, NONE)}


def _draw_commitments(
    rng: np.random.Generator, measure: np.ndarray, subjects: Projects, subject: np.ndarray, month: np.ndarray
) -> dict[str, np.ndarray]:
    """Draw due dates for work that is not finished; most are earlier than the true end."""
    left = subjects.done[subject] - month
    due = (rng.random(len(measure)) < np.array([kind.due for kind in _ALL])[measure]) & (left > 0)
    expected = month + np.maximum(1, np.floor(left * (1 - subjects.hope[subject])))
    state = due & (measure == list(KINDS).index("state"))
    dated = due & ~(state & (rng.random(len(measure)) < NO_DUE_DATE))
    return {
        "due_state": state,
        "due_month": np.where(dated, expected, NONE).astype(int),
        "due_precision": draw_indices(rng, list(DUE_PRECISION.values()), len(measure)),
    }
