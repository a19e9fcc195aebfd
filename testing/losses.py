"""Finding cells of a file that were lost by the intake, without its code for parsing cells."""

import csv
import json

from khoosheh import intake
from khoosheh.intake import layout
from khoosheh.locale import LANGUAGES
from testing import workbooks
from testing.mutations import format_cell

SHARED = ("paper-1", "paper-2")


def find_loss(found: intake.Intake, cells: dict[str, list[list]]) -> str:
    """Return a cell of an accepted file that is neither in the register as written nor reported; '' for none."""
    read = {(one.sheet, one.cell): one for one in found.readings}
    out = {(one.sheet, one.cell) for one in found.left_out}
    for name, lines in cells.items():
        table = layout.find_sheet_table(name.removesuffix(".csv"), workbooks.DICTIONARY)
        if (name, "") in out or table in (layout.GUIDE, layout.LISTS):
            continue
        if table is None:
            return f"{name}: a sheet that is not told"
        known = (table, read, out)
        lost = (_find_item_loss if table == layout.REGISTER else _find_table_loss)(found, name, lines, known)
        if lost:
            return f"{name}!{lost}"
    return ""


def _find_item_loss(found: intake.Intake, name: str, lines: list[list], known: tuple) -> str:
    _, read, out = known
    told = json.loads((found.folder / "datapackage.json").read_text(encoding="utf-8"))
    told |= {f"label_{lang}": told["labels"][lang] for lang in LANGUAGES}
    for row, line in enumerate(lines, 1):
        item, text = (format_cell(one) for one in [*line, None, None][:2])
        known_item = layout.find_register_item(item)
        if known_item and read.get((name, f"B{row}")):
            text = read[name, f"B{row}"].read
        if known_item and told[known_item] != text:
            return f"B{row}: {text!r} became {told[known_item]!r}"
        if not known_item and item.strip() and (name, f"A{row}") not in out:
            return f"A{row}: an item that is not told"
    return ""


def _find_table_loss(found: intake.Intake, name: str, lines: list[list], known: tuple) -> str:
    table, read, out = known
    filled = [(row, line) for row, line in enumerate(lines, 1) if any(format_cell(one).strip() for one in line)]
    if not filled:
        return ""
    (top, heading), *rest = filled
    fields = {
        column: layout.find_heading_field(format_cell(one), workbooks.DICTIONARY, table)
        for column, one in enumerate(heading)
        if format_cell(one).strip()
    }
    with (found.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        made = iter(list(csv.DictReader(file)))
    untold = [column for column, one in enumerate(heading) if format_cell(one).strip() and not fields.get(column)]
    for column in untold:
        if (name, f"{_format_column_letters(column)}{top}") not in out:
            return f"{_format_column_letters(column)}{top}: a heading that is not told"
    for row, line in rest:
        told = {column: format_cell(one) for column, one in enumerate(line) if format_cell(one).strip()}
        of_fields = {column: text for column, text in told.items() if fields.get(column)}
        if not of_fields:
            continue
        got = next(made, {})
        for column, field in fields.items():
            place, text = f"{_format_column_letters(column)}{row}", told.get(column, "")
            one = read.get((name, place))
            given, wanted = (one.given, one.read) if one else (text, text)
            if field and (given != text or got.get(field, "") != wanted):
                return f"{place}: {text!r} became {got.get(field)!r}, told {one}"
        if more := [field for field, text in got.items() if text and field not in fields.values()]:
            return f"{row}: {more} come from nowhere"
    # the remaining rows are those of shared tables and those to which they refer
    more = [one for one in made if one["source_id"] not in SHARED] if table == "sources" else list(made)
    return f"{more} come from nowhere" if more else ""


def _format_column_letters(column: int) -> str:
    """Return the letters of a column, counted from 0, up to 'ZZ'."""
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)
