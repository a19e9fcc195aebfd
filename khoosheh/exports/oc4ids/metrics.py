"""Figures, states and promises as metrics: each statement an observation, or two where it tells an interval.

``forecasts`` has promises, forecasts and plans, ``metrics`` the rest. The period of an observation is when it was
said; of a promise with a date, when it is due.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from khoosheh import names, words
from khoosheh.exports.oc4ids import cells
from khoosheh.findings import schedule
from khoosheh.locale import text
from khoosheh.money import UNITS
from khoosheh.register import Register
from khoosheh.words import missing

METRICS, FORECASTS, STATE, FORECAST = "metrics", "forecasts", "state", "F"

Row = Mapping[str, object]


@dataclass(frozen=True)
class Told:
    """What is known of all projects; ``promises``: rows of the schedule by statement, the others by their own ids."""

    register: Register
    promises: Mapping[str, Row]
    said: Mapping[str, Row]
    sources: Mapping[str, Row]
    counties: Mapping[str, Row]
    prefix: str
    lang: str


def metrics(statements: Sequence[Row], told: Told) -> dict[str, list[dict]]:
    """Return the fields ``metrics`` and ``forecasts`` of a project from its statements; absent where empty."""
    found: dict[str, dict[str, dict]] = {}
    for row in statements:
        for field, metric, title, observation in _observations(row, told):
            one = found.setdefault(field, {}).setdefault(metric, {"id": metric, "title": title, "observations": []})
            one["observations"].append(observation)
    return {field: list(by_metric.values()) for field, by_metric in found.items()}


def _observations(row: Row, told: Told) -> Iterator[tuple[str, str, str, dict]]:
    about = told.register.dictionary.values("statements", "measure")[row["measure"]]
    promise = told.promises.get(row["statement_id"])
    planned = promise is not None or row["obs_status"] == FORECAST or about.get("oc4ids_in") == FORECASTS
    title = names.of_kind(told.register, row["measure"], told.lang)
    metric = about.get("oc4ids_metric", row["measure"])
    for bound, end in cells.bounds(row["value_low"], row["value_high"]):
        made = {**_value(row, end, told), **_common(row, bound, "", told, promise)}
        yield FORECASTS if planned else METRICS, metric, title, made
    title = names.of_kind(told.register, STATE, told.lang)
    for bound, code in cells.bounds(row["state_low"], row["state_high"]):
        yield METRICS, STATE, title, {"measure": code, **_common(row, bound, f"-{STATE}", told, None)}
    if not missing(row["due_state"]):
        made = {"measure": row["due_state"], **_common(row, cells.EXACT, f"-{STATE}", told, promise)}
        yield FORECASTS, STATE, title, made


def _value(row: Row, end: float, told: Told) -> dict:
    if row["unit"] in UNITS:
        return {"value": cells.money(end, row["unit"])}
    unit = {"name": names.of_unit(told.register, row["unit"], told.lang), "id": row["unit"]}
    return {"measure": cells.number(end), "unit": unit}


def _common(row: Row, bound: str, suffix: str, told: Told, promise: Row | None) -> dict:
    """Return what all observations of a statement have; ``promise`` where this one is about what is due."""
    due = promise is not None and not missing(row["deadline_high_day"])
    days = ("due_first_day", "deadline_high_day") if due else ("said_first_day", "said_last_day")
    dimensions = {
        "bound": bound,
        "measure": row["measure"],
        "part": "true" if not missing(row["is_part"]) and row["is_part"] else "",
        "quality": row["quality_flag"],
        "observationStatus": row["obs_status"],
        "verdict": promise["verdict"] if promise is not None else "",
    }
    end = "" if bound == cells.EXACT else f"-{bound}"
    return cells.filled({
        "id": f"{row['statement_id']}{suffix}{end}",
        "period": cells.period(row[days[0]], row[days[1]]),
        "dimensions": cells.filled(dimensions),
        "notes": notes(row, told, promise),
    })  # fmt: skip


def notes(row: Row, told: Told, promise: Row | None = None) -> str:
    """Return a statement in words: the claim, who said it, where and when; of a promise also what came of it."""
    lang, speaker = told.lang, row[f"speaker_{told.lang}"]
    whole = text(
        lang,
        "projects.notes",
        claim=row[f"claim_{lang}"],
        speaker=text(lang, "value.not_stated") if missing(speaker) else speaker,
        source=row["source_id"],
        said=words.said(row["said_from"], row["said_to"], lang),
    )
    if promise is None:
        return whole
    moves = [told.said[one] for one in promise["moved_ids"].split()]
    outcome = text(
        lang, "projects.outcome", due=schedule.when(row, lang), verdict=schedule.verdict(promise, moves, lang)
    )
    return f"{whole} {outcome}"
