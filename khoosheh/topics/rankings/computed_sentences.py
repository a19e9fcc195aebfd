"""Sentences about places that are computed from tables of values."""

from collections.abc import Sequence

import narwhals as nw

from khoosheh import formatting, labels
from khoosheh.locale import format_message
from khoosheh.queries import read_register_table
from khoosheh.register import Register, cached_per_register
from khoosheh.register.descriptor_types import CodeAttributes
from khoosheh.topics.request import Row


@cached_per_register
def find_year_calendar(register: Register, indicator: str) -> str:
    """Return the calendar in which an indicator counts years."""
    year_calendar: str = _find_indicator_row(register, indicator)["year_calendar"]
    return year_calendar


def _find_indicator_row(register: Register, indicator: str) -> Row:
    indicators = read_register_table(register, "indicators").filter(nw.col("indicator_id") == indicator)
    return indicators.rows(named=True)[0]


def format_row_year(register: Register, row: Row, lang: str) -> str:
    """Return the year of a row."""
    return formatting.format_year(row["year"], find_year_calendar(register, row["indicator_id"]), lang)


def format_province_name(register: Register, row: Row, lang: str) -> str:
    """Return the name of a province, or of both where they have one value together."""
    codes = [
        row["iso_3166_2"],
        *([] if formatting.is_missing(row["joint_iso_3166_2"]) else [row["joint_iso_3166_2"]]),
    ]
    return format_message(lang, "list.and").join(
        labels.find_row_label(register, "provinces", code, lang) for code in codes if code
    )


def format_indicator_value(register: Register, row: Row, lang: str, name: str = "value") -> str:
    """Return a value of a row with its unit, to the decimals that its unit is printed with."""
    if formatting.is_missing(row[name]):
        return format_message(lang, "value.none")
    info = find_indicator_unit(register, row["indicator_id"])
    decimals = int(info["decimals"])
    # the difference of two percentages is in percentage points
    named = str(info[lang] if name == "value" else info[f"difference_{lang}"])
    shown = formatting.round_value(row[name], decimals)
    if shown == 0 and row[name] != 0:
        least = formatting.round_value(10.0**-decimals, decimals)
        return format_message(lang, "value.less_than", value=formatting.format_value_range(least, least, lang, named))
    return formatting.format_value_range(shown, shown, lang, named)


@cached_per_register
def find_indicator_unit(register: Register, indicator: str) -> CodeAttributes:
    """Return the attributes of the unit of an indicator's values, as the descriptor gives them."""
    code: str = _find_indicator_row(register, indicator)["value_unit"]
    return register.dictionary.values("indicators", "value_unit")[code]


def format_computed_place(row: Row, lang: str) -> str:
    """Return a computed place, and whether it is shared."""
    return format_message(
        lang, "standing.tied" if row["tied"] else "standing.place", place=int(row["place"]), of=int(row["of"])
    )


def format_computed_ranking_row(register: Register, row: Row, lang: str) -> str:
    """Return a row as a sentence: province, year, place and value."""
    sentence = format_message(
        lang,
        "standing.row",
        province=format_province_name(register, row, lang),
        year=format_row_year(register, row, lang),
        place=format_computed_place(row, lang),
        value=format_indicator_value(register, row, lang),
    )
    doubt = format_quality_warning(register, row, lang)
    return format_message(lang, "standing.doubtful", said=sentence, warning=doubt) if doubt else sentence


def format_quality_warning(register: Register, row: Row, lang: str) -> str:
    """Return a warning about the quality of a value; empty where the value has none."""
    return register.dictionary.value_label("observations", "quality_flag", row["quality_flag"], lang) or ""


def format_line_label(register: Register, row: Row, lang: str) -> str:
    """Return the label at the end of a province's line."""
    return format_message(
        lang, "standing.label", place=int(row["place"]), province=format_province_name(register, row, lang)
    )


def format_ranking_change(register: Register, rows: Sequence[Row], lang: str) -> str:
    """Return the change of the place of a province between two years: up, down or none."""
    first, last = rows
    climb = int(first["place"]) - int(last["place"])
    key = "up" if climb > 0 else "down" if climb < 0 else "same"
    return format_message(
        lang,
        f"standing.moved.{key}",
        indicator=labels.find_row_label(register, "indicators", last["indicator_id"], lang),
        province=format_province_name(register, last, lang),
        first=int(first["place"]),
        last=int(last["place"]),
        first_year=format_row_year(register, first, lang),
        last_year=format_row_year(register, last, lang),
        steps=abs(climb),
        of=int(last["of"]),
    )


def format_ranking_margin(register: Register, row: Row, lang: str) -> str:
    """Return the distances of a value to those of the next better and the next worse place."""
    better, worse = formatting.is_missing(row["to_better"]), formatting.is_missing(row["to_worse"])
    key = "only_worse" if better else "only_better" if worse else "both"
    return format_message(
        lang,
        f"standing.margin.{key}",
        province=format_province_name(register, row, lang),
        year=format_row_year(register, row, lang),
        better=format_indicator_value(register, row, lang, "to_better"),
        worse=format_indicator_value(register, row, lang, "to_worse"),
    )
