"""Converting columns of numbers to the cells of the table ``statements``, a range of rows at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from math import isnan

import numpy as np

from khoosheh.digits import to_persian_digits
from khoosheh.locale import LANGUAGES
from khoosheh.register import Dictionary
from khoosheh.synthetic import places
from khoosheh.synthetic.amounts import UNITS, Figures
from khoosheh.synthetic.invented_names import load_synthetic_words, make_synthetic_name
from khoosheh.synthetic.measure_kinds import CHAIN, KINDS, PROJECT, STAGE
from khoosheh.synthetic.projects import NONE
from khoosheh.synthetic.sources import build_source_ids, list_speakers
from khoosheh.synthetic.statements import DUE_PRECISION, FLAGS, LENGTHS, OPERATING, PRECISION, STATUS, Statements
from khoosheh.synthetic.tables import YEARS

# years for which dates are written: due dates may lie after the last of ``YEARS``
LAST = len(YEARS) + 30
PLAIN = 100
BLANK = ""


@dataclass(frozen=True)
class Texts:
    """The texts for the numbers: rows of ``projects`` and ``stages``, and the dictionary of the package."""

    projects: Sequence[Mapping]
    stages: Sequence[Mapping]
    dictionary: Dictionary

    @cached_property
    def subjects(self) -> dict[str, np.ndarray]:
        """Ids and names of projects, followed by stages, by subject."""
        none, many = [BLANK] * len(self.projects), [*self.projects, *self.stages]
        return {
            "project_id": _make_text_lookup(
                [row["project_id"] for row in self.projects] + [BLANK] * len(self.stages)
            ),
            "stage_id": _make_text_lookup(none + [row["stage_id"] for row in self.stages]),
            "chain_id": _make_text_lookup(none + [row["chain_id"] for row in self.stages]),
            "fa": _make_text_lookup([row["name_fa"] for row in many]),
            "en": _make_text_lookup([row["name_en"] for row in many]),
        }

    @cached_property
    def places(self) -> dict[str, np.ndarray]:
        """Codes and names by province; the last element, for ``NONE``, is the country."""
        rows, country = places.build_synthetic_provinces(), load_synthetic_words()["country"]
        return {
            "code": _make_text_array([*(row["iso_3166_2"] for row in rows), BLANK]),
            "fa": _make_text_array([*(row["name_fa"] for row in rows), country[0]]),
            "en": _make_text_array([*(row["name_en"] for row in rows), country[1]]),
        }

    @cached_property
    def dates(self) -> dict[str, np.ndarray]:
        """Printed dates by precision and month; with precision 'day' each month has 31 elements."""
        months = [f"{YEARS[0] + month // 12}-{month % 12 + 1:02}" for month in range(12 * LAST)]
        return {
            "day": _make_text_array([f"{month}-{day:02}" for month in months for day in range(1, 32)]),
            "month": _make_text_array(months),
            "year": _make_text_array([month[:4] for month in months]),
        }

    def label(self, field: str, code: str, lang: str) -> str:
        """Return the label of a code of ``statements``."""
        return str(self.dictionary.values("statements", field)[code][lang])


def _make_text_array(texts: Sequence[str]) -> np.ndarray:
    array = np.empty(len(texts), object)
    array[:] = texts
    return array


def _make_text_lookup(texts: Sequence[str]) -> np.ndarray:
    """Return texts to be looked up by index; ``NONE``, which is -1, finds the blank at their end."""
    return _make_text_array([*texts, BLANK])


def slice_statements(statements: Statements, first: int, last: int) -> Statements:
    """Return the statements from ``first`` up to, not including, ``last``."""
    columns = {field.name: getattr(statements, field.name) for field in fields(Statements)}
    figures = columns.pop("figures")
    parts = {name: column[first:last] for name, column in columns.items()}
    parts["figures"] = Figures(*(getattr(figures, field.name)[first:last] for field in fields(Figures)))
    return replace(statements, **parts)


def build_cell_columns(rows: Statements, texts: Texts, first: int) -> dict[str, Sequence[str]]:
    """Return the cells of statements by field; ``first``: the index of the first of them among all statements."""
    total = len(rows.measure)
    low, high = (_format_numbers(values) for values in (rows.figures.low, rows.figures.high))
    states = _make_text_lookup(list(texts.dictionary.values("statements", "state_low")))
    speaker = {
        lang: _make_text_lookup([names[index] for names in list_speakers()]) for index, lang in enumerate(LANGUAGES)
    }
    words = load_synthetic_words()
    cells = {
        "statement_id": [f"S{first + index + 1:07}" for index in range(total)],
        "source_id": build_source_ids()[rows.publisher, rows.month],
        "paragraph": ["" if number == NONE else str(number) for number in rows.paragraph.tolist()],
        "speaker_fa": speaker["fa"][rows.speaker], "speaker_en": speaker["en"][rows.speaker],
        **_build_date_cells(rows, texts), **_build_subject_cells(rows, texts),
        "indicator_id": _make_text_lookup([indicator["id"] for indicator in words["indicators"]])[rows.indicator],
        "requirement_id": _make_text_lookup([requirement[0] for requirement in words["requirements"]])[rows.need],
        "measure": _make_text_array(list(KINDS))[rows.measure],
        "is_part": np.where(rows.is_part, "true", BLANK),
        "value_low": low, "value_high": high, "unit": _make_text_lookup(UNITS)[rows.figures.unit],
        "state_low": states[rows.state_low], "state_high": states[rows.state_high],
        "due_state": states[np.where(rows.due_state, OPERATING, NONE)],
        "obs_status": _make_text_array(list(STATUS))[rows.status],
        "quality_flag": _make_text_array(list(FLAGS))[rows.flag],
    }  # fmt: skip
    return cells | _build_claim_cells(rows, texts, low)


def _format_numbers(values: np.ndarray) -> list[str]:
    """Return figures as texts: whole from ``PLAIN`` on, three significant digits below; '' for NaN."""
    return [
        "" if isnan(value) else f"{value:.0f}" if abs(value) >= PLAIN else f"{value:.3g}" for value in values.tolist()
    ]


def _build_date_cells(rows: Statements, texts: Texts) -> dict[str, np.ndarray]:
    read = texts.dates
    day = np.minimum(rows.day, LENGTHS[rows.due_month % 12])
    said = _format_printed_dates(read, rows.precision, PRECISION, rows.month, rows.day)
    due = _format_printed_dates(read, rows.due_precision, DUE_PRECISION, rows.due_month.clip(0), day)
    due = np.where(rows.due_month == NONE, BLANK, due)
    since = np.where(rows.from_month < rows.month, read["month"][rows.from_month], said)
    return {"said_from": since, "said_to": said, "due_from": due, "due_to": due}


def _format_printed_dates(
    read: Mapping[str, np.ndarray], precision: np.ndarray, order: Mapping, month: np.ndarray, day: np.ndarray
) -> np.ndarray:
    dates, codes = read["day"][month * 31 + day - 1], list(order)
    for name in ("month", "year"):
        dates = np.where(precision == codes.index(name), read[name][month], dates)
    return dates


def _build_subject_cells(rows: Statements, texts: Texts) -> dict[str, np.ndarray]:
    subjects = texts.subjects

    def select_subject_ids(field: str, *about: int) -> np.ndarray:
        return subjects[field][np.where(np.isin(rows.about, about), rows.subject, NONE)]

    return {
        "iso_3166_2": texts.places["code"][rows.province],
        "chain_id": select_subject_ids("chain_id", CHAIN),
        "stage_id": select_subject_ids("stage_id", STAGE),
        "project_id": select_subject_ids("project_id", PROJECT),
    }


def _build_claim_cells(rows: Statements, texts: Texts, low: Sequence[str]) -> dict[str, Sequence[str]]:
    """Return the text of each statement, 'subject: measure – figure', and its notes, in both languages."""
    named = np.isin(rows.about, (PROJECT, STAGE))
    figures = {lang: _format_figures(rows, texts, low, lang) for lang in LANGUAGES}
    flagged = np.isin(rows.flag, [list(FLAGS).index(name) for name in ("ambiguous", "implausible")])
    note = make_synthetic_name(*load_synthetic_words()["note"])
    cells: dict[str, Sequence[str]] = {"value_printed": figures[LANGUAGES[0]]}
    for index, lang in enumerate(LANGUAGES):
        measures = _make_text_array([texts.label("measure", kind, lang) for kind in KINDS])[rows.measure]
        about = np.where(named, texts.subjects[lang][rows.subject], texts.places[lang][rows.province])
        cells[f"claim_{lang}"] = [
            f"{subject}: {measure} – {figure}" if figure else f"{subject}: {measure}"
            for subject, measure, figure in zip(about, measures, figures[lang], strict=True)
        ]
        cells[f"quality_note_{lang}"] = np.where(flagged, note[index], BLANK).tolist()
    return cells


def _format_figures(rows: Statements, texts: Texts, low: Sequence[str], lang: str) -> list[str]:
    """Return each figure with its unit, in the words and digits of a language."""
    codes = texts.dictionary.values("statements", "unit")
    forms = [
        f"{codes[unit][lang]} {{}}" if codes[unit].get("precedes") else f"{{}} {codes[unit][lang]}" for unit in UNITS
    ]
    printed = [
        form.format(value) if form else ""
        for value, form in zip(low, _make_text_lookup(forms)[rows.figures.unit], strict=True)
    ]
    return [to_persian_digits(text) for text in printed] if lang == "fa" else printed
