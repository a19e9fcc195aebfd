"""Figures, states and promises as metrics: each statement an observation, or two where it tells an interval.

``forecasts`` has promises, forecasts and plans, ``metrics`` the rest. The period of an observation is when it was
said; of a promise with a date, when it is due.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from khoosheh import formatting, labels
from khoosheh.exports.oc4ids import cells
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.money import UNITS
from khoosheh.register import Register
from khoosheh.topics.commitments import sentences

METRICS, FORECASTS, STATE, FORECAST = "metrics", "forecasts", "state", "F"

Row = Mapping[str, object]


@dataclass(frozen=True)
class ProjectContext:
    """What is known of all projects; ``promises``: rows of the schedule by statement, the others by their own ids."""

    register: Register
    promises: Mapping[str, Row]
    said: Mapping[str, Row]
    sources: Mapping[str, Row]
    counties: Mapping[str, Row]
    prefix: str
    lang: str


def build_metrics(statements: Sequence[Row], told: ProjectContext) -> dict[str, list[dict]]:
    """Return the fields ``metrics`` and ``forecasts`` of a project from its statements; absent where empty."""
    found: dict[str, dict[str, dict]] = {}
    for row in statements:
        for field, metric, title, observation in _build_observations(row, told):
            one = found.setdefault(field, {}).setdefault(metric, {"id": metric, "title": title, "observations": []})
            one["observations"].append(observation)
    return {field: list(by_metric.values()) for field, by_metric in found.items()}


def _build_observations(row: Row, told: ProjectContext) -> Iterator[tuple[str, str, str, dict]]:
    about = told.register.dictionary.values("statements", "measure")[row["measure"]]
    promise = told.promises.get(row["statement_id"])
    planned = promise is not None or row["obs_status"] == FORECAST or about.get("oc4ids_in") == FORECASTS
    title = labels.find_measure_label(told.register, row["measure"], told.lang)
    metric = about.get("oc4ids_metric", row["measure"])
    for bound, end in cells.list_interval_bounds(row["value_low"], row["value_high"]):
        made = {**_build_observation_value(row, end, told), **_build_common_fields(row, bound, "", told, promise)}
        yield FORECASTS if planned else METRICS, metric, title, made
    title = labels.find_measure_label(told.register, STATE, told.lang)
    for bound, code in cells.list_interval_bounds(row["state_low"], row["state_high"]):
        yield METRICS, STATE, title, {"measure": code, **_build_common_fields(row, bound, f"-{STATE}", told, None)}
    if not is_missing(row["due_state"]):
        made = {"measure": row["due_state"], **_build_common_fields(row, cells.EXACT, f"-{STATE}", told, promise)}
        yield FORECASTS, STATE, title, made


def _build_observation_value(row: Row, end: float, told: ProjectContext) -> dict:
    if row["unit"] in UNITS:
        return {"value": cells.build_money_value(end, row["unit"])}
    unit = {"name": labels.find_unit_label(told.register, row["unit"], told.lang), "id": row["unit"]}
    return {"measure": cells.make_json_number(end), "unit": unit}


def _build_common_fields(row: Row, bound: str, suffix: str, told: ProjectContext, promise: Row | None) -> dict:
    """Return what all observations of a statement have; ``promise`` where this one is about what is due."""
    due = promise is not None and not is_missing(row["deadline_high_day"])
    days = ("due_first_day", "deadline_high_day") if due else ("said_first_day", "said_last_day")
    dimensions = {
        "bound": bound,
        "measure": row["measure"],
        "part": "true" if not is_missing(row["is_part"]) and row["is_part"] else "",
        "quality": row["quality_flag"],
        "observationStatus": row["obs_status"],
        "verdict": promise["verdict"] if promise is not None else "",
    }
    end = "" if bound == cells.EXACT else f"-{bound}"
    return cells.drop_empty_fields({
        "id": f"{row['statement_id']}{suffix}{end}",
        "period": cells.build_period(row[days[0]], row[days[1]]),
        "dimensions": cells.drop_empty_fields(dimensions),
        "notes": format_statement_notes(row, told, promise),
    })  # fmt: skip


def format_statement_notes(row: Row, told: ProjectContext, promise: Row | None = None) -> str:
    """Return a statement in words: the claim, who said it, where and when; of a promise also what came of it."""
    lang, speaker = told.lang, row[f"speaker_{told.lang}"]
    whole = format_message(
        lang,
        "projects.notes",
        claim=row[f"claim_{lang}"],
        speaker=format_message(lang, "value.not_stated") if is_missing(speaker) else speaker,
        source=row["source_id"],
        said=formatting.format_statement_dates(row["said_from"], row["said_to"], lang),
    )
    if promise is None:
        return whole
    moves = [told.said[one] for one in promise["moved_ids"].split()]
    outcome = format_message(
        lang,
        "projects.outcome",
        due=sentences.format_deadline(row, lang),
        verdict=sentences.format_commitment_outcome(promise, moves, lang),
    )
    return f"{whole} {outcome}"
