"""The sheets of tables: all provinces, projects, statements and sources, as the register has them."""

from collections.abc import Callable

from khoosheh import board, names
from khoosheh.exports import narrow
from khoosheh.exports.workbook import sheet
from khoosheh.exports.workbook.sheet import Column, Row, Sheet, number, words
from khoosheh.findings import standings as findings
from khoosheh.locale import text
from khoosheh.measures import scope
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.words import missing, rounded

# fields of a statement that name rows of other tables
SUBJECTS = ("project_id", "stage_id", "chain_id", "indicator_id", "requirement_id", "iso_3166_2")
CODED = ("measure", "state_low", "state_high", "due_state", "obs_status", "quality_flag", "unit")


def standings(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the computed places of all provinces; values of each unit have a column of their own."""
    rows = list(board.standing(register, selection).iter_rows(named=True))
    units = {row["indicator_id"]: findings.unit_of(register, row["indicator_id"]) for row in rows}
    label = register.dictionary.field_label

    def value(row: Row, unit: Row) -> float | None:
        info = units[row["indicator_id"]]
        shown = rounded(row["value"], int(info["decimals"]))
        # what rounding would make nothing is no nothing
        return (shown or row["value"]) if info is unit else None

    values = [
        number(
            text(lang, "workbook.value", name=text(lang, "column.value"), unit=unit[lang]),
            lambda row, unit=unit: value(row, unit),
        )
        for unit in {info[lang]: info for info in units.values()}.values()
    ]
    columns = [
        words(
            text(lang, "column.indicator"),
            lambda row: names.of_row(register, "indicators", row["indicator_id"], lang),
        ),
        words(label("observations", "iso_3166_2", lang), lambda row: findings.province(register, row, lang)),
        words(text(lang, "column.year"), lambda row: findings.year(register, row, lang), sheet.NARROW),
        number(text(lang, "column.place"), lambda row: row["place"]),
        number(text(lang, "workbook.whole"), lambda row: row["of"]),
        *values,
        words(text(lang, "column.warning"), lambda row: findings.warning(register, row, lang)),
        words(text(lang, "column.source"), lambda row: row["source_id"]),
    ]
    return Sheet(text(lang, "workbook.sheet.standings"), columns, rows)


def projects(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the chosen projects."""
    label, of_row = register.dictionary.field_label, _named(register, lang)
    columns = [
        words(label("projects", "project_id", lang), lambda row: row["project_id"]),
        words(text(lang, "column.project_id"), lambda row: row[f"name_{lang}"], sheet.WIDE),
        *(
            words(label("projects", field, lang), lambda row, f=field: of_row(row, f))
            for field in ("chain_id", "stage_id", "iso_3166_2", "county_id")
        ),
        words(
            label("projects", "sector", lang),
            lambda row: names.of_value(register, "projects", "sector", row["sector"], lang),
        ),
        words(label("projects", f"location_note_{lang}", lang), lambda row: row[f"location_note_{lang}"], sheet.WIDE),
    ]
    rows = scope.narrowed(board.table(register, "projects"), selection)
    return Sheet(text(lang, "workbook.sheet.projects"), columns, list(rows.iter_rows(named=True)))


def statements(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return every statement that the pages show for the selection, its figure as stated and as printed."""
    found = narrow.statements(register, selection)
    of_row, sources = _named(register, lang), _sources(register)

    def label(field: str) -> str:
        return register.dictionary.field_label("statements", field, lang)

    def coded(field: str) -> Column:
        return words(
            label(field),
            lambda row: register.dictionary.value_label("statements", field, row[field], lang),
            sheet.NARROW,
        )

    columns = [
        words(label("statement_id"), lambda row: row["statement_id"], sheet.NARROW),
        words(label(f"claim_{lang}"), lambda row: row[f"claim_{lang}"], sheet.WIDE),
        *(words(label(field), lambda row, f=field: of_row(row, f)) for field in SUBJECTS),
        coded("measure"),
        number(label("value_low"), lambda row: row["value_low"]),
        number(label("value_high"), lambda row: row["value_high"]),
        coded("unit"),
        words(label("value_printed"), lambda row: row["value_printed"]),
        words(label("is_part"), lambda row: _yes(row["is_part"], lang), sheet.NARROW),
        *(coded(field) for field in ("state_low", "state_high", "due_state")),
        *sheet.as_printed(
            text(lang, "column.due"), ("due_from", "due_to"), ("due_first_day", "deadline_high_day"), lang
        ),
        *sheet.as_printed(
            text(lang, "column.said"), ("said_from", "said_to"), ("said_first_day", "said_last_day"), lang
        ),
        words(label(f"speaker_{lang}"), lambda row: row[f"speaker_{lang}"]),
        words(label("source_id"), lambda row: row["source_id"]),
        _link(text(lang, "workbook.address"), lambda row: sources[row["source_id"]]["address"]),
        number(label("paragraph"), lambda row: row["paragraph"]),
        coded("obs_status"),
        coded("quality_flag"),
        words(label(f"quality_note_{lang}"), lambda row: row[f"quality_note_{lang}"], sheet.WIDE),
    ]
    return Sheet(text(lang, "workbook.sheet.statements"), columns, list(found.iter_rows(named=True)))


def sources(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the sources that anything of the selection rests on."""
    stays = narrow.kept(register, selection)[narrow.SOURCES]

    def label(field: str) -> str:
        return register.dictionary.field_label("sources", field, lang)

    def told(field: str, width: int = sheet.MIDDLE) -> Column:
        return words(label(field), lambda row: row[field], width)

    columns = [
        told("source_id"),
        told(f"title_{lang}", sheet.WIDE),
        told(f"publisher_{lang}"),
        _link(label("address"), lambda row: row["address"]),
        told("locator"),
        told("licence"),
        *sheet.as_printed(
            text(lang, "workbook.published"),
            ("published_from", "published_to"),
            ("published_first_day", "published_last_day"),
            lang,
        ),
        told(f"date_reasoning_{lang}", sheet.WIDE),
        words(label("quality"), lambda row: names.of_value(register, "sources", "quality", row["quality"], lang)),
        told(f"quality_note_{lang}", sheet.WIDE),
    ]
    rows = zip(board.table(register, "sources").iter_rows(named=True), stays, strict=True)
    return Sheet(text(lang, "workbook.sheet.sources"), columns, [row for row, yes in rows if yes])


def _named(register: Register, lang: str) -> Callable[[Row, str], str]:
    """Return what names the row of another table that a field leads to."""

    def named(row: Row, field: str) -> str:
        return "" if missing(row[field]) else names.of_row(register, names.TABLES[field], row[field], lang)

    return named


def _sources(register: Register) -> dict[str, Row]:
    return {row["source_id"]: row for row in board.table(register, "sources").iter_rows(named=True)}


def _link(heading: str, address: Callable[[Row], object]) -> Column:
    return Column(heading, sheet.LINK, address, sheet.MIDDLE)


def _yes(value: object, lang: str) -> str:
    return text(lang, "difference.yes") if not missing(value) and value else ""
