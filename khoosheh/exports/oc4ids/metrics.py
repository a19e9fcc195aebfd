"""Values, states and promises as metrics: a statement becomes one observation, or two if its value is an interval.

``forecasts`` contains promises, forecasts and plans, ``metrics`` all others. The period of an observation is the time
of the statement; for a promise with a date it is the time until which it is due.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from khoosheh import formatting, labels
from khoosheh.exports.oc4ids import cells
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.money import UNITS
from khoosheh.register import Register
from khoosheh.topics.commitments import sentences
from khoosheh.topics.request import Row

METRICS, FORECASTS, STATE, FORECAST = "metrics", "forecasts", "state", "F"


@dataclass(frozen=True)
class ProjectContext:
    """The data that all projects share.

    ``promises``: rows of the schedule by statement id; ``statements``, ``sources``, ``counties``: rows by their ids;
    ``prefix``: the beginning of project ids.
    """

    register: Register
    promises: Mapping[str, Row]
    statements: Mapping[str, Row]
    sources: Mapping[str, Row]
    counties: Mapping[str, Row]
    prefix: str
    lang: str


class Metric(TypedDict):
    """A metric or forecast of the standard with its observations."""

    id: str
    title: str
    observations: list[cells.JsonObject]


def build_metrics(statements: Sequence[Row], context: ProjectContext) -> dict[str, list[Metric]]:
    """Return the fields ``metrics`` and ``forecasts`` of a project from its statements; empty fields are left out."""
    fields: dict[str, dict[str, Metric]] = {}
    for row in statements:
        for field, metric, title, observation in _build_observations(row, context):
            empty: Metric = {"id": metric, "title": title, "observations": []}
            fields.setdefault(field, {}).setdefault(metric, empty)["observations"].append(observation)
    return {field: list(by_metric.values()) for field, by_metric in fields.items()}


def _build_observations(row: Row, context: ProjectContext) -> Iterator[tuple[str, str, str, cells.JsonObject]]:
    about = context.register.dictionary.values("statements", "measure")[row["measure"]]
    promise = context.promises.get(row["statement_id"])
    planned = promise is not None or row["obs_status"] == FORECAST or about.get("oc4ids_in") == FORECASTS
    title = labels.find_measure_label(context.register, row["measure"], context.lang)
    metric = str(about.get("oc4ids_metric", row["measure"]))
    for bound, end in cells.list_interval_bounds(row["value_low"], row["value_high"]):
        observation = {
            **_build_observation_value(row, end, context),
            **_build_common_fields(row, bound, "", context, promise),
        }
        yield FORECASTS if planned else METRICS, metric, title, observation
    title = labels.find_measure_label(context.register, STATE, context.lang)
    for bound, code in cells.list_interval_bounds(row["state_low"], row["state_high"]):
        yield METRICS, STATE, title, {"measure": code, **_build_common_fields(row, bound, f"-{STATE}", context, None)}
    if not is_missing(row["due_state"]):
        observation = {
            "measure": row["due_state"],
            **_build_common_fields(row, cells.EXACT, f"-{STATE}", context, promise),
        }
        yield FORECASTS, STATE, title, observation


def _build_observation_value(row: Row, end: float, context: ProjectContext) -> cells.JsonObject:
    if row["unit"] in UNITS:
        return {"value": cells.build_money_value(end, row["unit"])}
    unit = {"name": labels.find_unit_label(context.register, row["unit"], context.lang), "id": row["unit"]}
    return {"measure": cells.make_json_number(end), "unit": unit}


def _build_common_fields(
    row: Row, bound: str, suffix: str, context: ProjectContext, promise: Row | None
) -> cells.JsonObject:
    """Return the fields that all observations of a statement have; ``promise``: its row if the observation is due."""
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
        "notes": format_statement_notes(row, context, promise),
    })  # fmt: skip


def format_statement_notes(row: Row, context: ProjectContext, promise: Row | None = None) -> str:
    """Return a statement as text: claim, speaker, source and day; for a promise also its outcome."""
    lang, speaker = context.lang, row[f"speaker_{context.lang}"]
    text = format_message(
        lang,
        "projects.notes",
        claim=row[f"claim_{lang}"],
        speaker=format_message(lang, "value.not_stated") if is_missing(speaker) else speaker,
        source=row["source_id"],
        said=formatting.format_statement_dates(row["said_from"], row["said_to"], lang),
    )
    if promise is None:
        return text
    moves = [context.statements[statement_id] for statement_id in promise["moved_ids"].split()]
    outcome = format_message(
        lang,
        "projects.outcome",
        due=sentences.format_deadline(row, lang),
        verdict=sentences.format_commitment_outcome(promise, moves, lang),
    )
    return f"{text} {outcome}"
