"""One way from any source to a plain package, with every fault at the cell that it comes from."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from khoosheh import register as registers
from khoosheh.intake import folders, layout, package, tables, values
from khoosheh.intake.tables import Found, Table
from khoosheh.intake.told import Cell, CellFault, Intake, Reading
from khoosheh.locale import LANGUAGES
from khoosheh.persian import search_key
from khoosheh.register import (
    ANY_SIZE,
    Bounds,
    Dictionary,
    Fault,
    PackageError,
    Progress,
    Register,
    columnar,
    home,
)
from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.register.load import SHIPPED
from khoosheh.spreadsheets import UnreadableError, books, kinds, texts

PACKAGE = "package"
# Stands for what was not given, so that the rest can be checked.
NOTHING = "—"
DAY = {"type": "string", "calendar": "jalali"}
# Codes of the descriptor's own faults, by the item of the sheet 'Register' that mends them.
ITEMS = {"province": "province", "compiled_on": "compiled_on", "labels.fa": "label_fa", "labels.en": "label_en"}


def read(
    source: Path,
    into: Path,
    name: str | None = None,
    base: Register | None = None,
    progress: Progress | None = None,
    bounds: Bounds = ANY_SIZE,
) -> Intake:
    """Read a workbook (.xlsx, .xls, .ods), a .csv or a package (folder or .zip) into a new folder below ``into``.

    ``name``: what its sender calls the file, where ``source`` is only where it was laid. ``base`` gives what a
    workbook leaves out: the tables that every province shares; of a csv all other tables. Default: what is shipped.
    ``progress`` is told the share of the checks done (0..1) and the table at hand; ``bounds``: rows that are read and
    faults that are told. Never raises for what is in the
    source: all that is wrong with it is in ``faults``. Raises ``OSError`` where ``into`` cannot be written.
    """
    into.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="package-", dir=into))
    name, kind = name or source.name, ""
    try:
        if source.is_dir():
            kind = PACKAGE
            folders.copy(_package(source), folder)
        else:
            kind = kinds.kind(source, name)
            if kind != "zip":
                return _tables(source, folder, (name, kind), base.path if base else SHIPPED, progress, bounds)
            kind = PACKAGE
            folders.unpack(source, folder)
    except UnreadableError as error:
        return Intake(folder, kind, (CellFault(error.code, name, params=error.params, sheet=name),))
    except PackageError as error:
        return Intake(folder, kind, tuple(folders.placed(error.faults, folder)))
    if columnar.is_one(folder):
        # nobody checks its cells again when it is read
        return Intake(folder, kind, (CellFault("parquet_source", columnar.MANIFEST, sheet=name),))
    return Intake(folder, kind, tuple(folders.placed(registers.check(folder, progress, bounds), folder)))


def _package(source: Path) -> Path:
    found = home.package(source)
    return found.parent if found.name == DESCRIPTOR else found


def _tables(
    source: Path, folder: Path, named: tuple[str, str], base: Path, progress: Progress | None, bounds: Bounds
) -> Intake:
    name, kind = named
    book = texts.read(source, name) if kind == "csv" else books.read(source, kind)
    descriptor = package.described(base)
    dictionary = Dictionary(descriptor)
    found = tables.find(book, dictionary, name, bounds.faults)
    if not found.tables:
        return _told(folder, kind, found, ())
    package.complete(found.tables, base, descriptor, whole=kind == "csv")
    tables.resolve(found.tables, dictionary)
    own = descriptor if kind == "csv" else _own(found, name)
    package.write(folder, found.tables, base, descriptor, own)
    if book.encoding not in ("", texts.UTF_8):
        found.readings.append(Reading(name, "", "", "", book.encoding, texts.UTF_8))
    blamed = {(one.sheet, one.cell) for one in found.faults}
    for table in found.tables.values():
        found.readings += [one for one in tables.readings(table) if (one.sheet, one.cell) not in blamed]
    return _told(folder, kind, found, _carried(registers.check(folder, progress, bounds), found, dictionary))


def _own(found: Found, name: str) -> dict:
    """Return what the sheet 'Register' says of the register; each item that lacks is a fault."""
    own = {}
    for item in layout.ITEMS:
        if item not in found.items:
            where = Cell(found.register or name, "")
            found.blame(
                "intake_no_item", where, of=item, item=" / ".join(layout.item_name(item, lang) for lang in LANGUAGES)
            )
            own[item] = NOTHING
            continue
        given, where = found.items[item]
        own[item], fault = values.understand(given, DAY if item == "compiled_on" else {"type": "string"})
        if item == "province":
            own[item] = _province(own[item], found.tables["provinces"])
        if fault:
            found.blame(fault, where, given.text, item)
        elif given.formula or own[item] != given.text:
            found.readings.append(Reading(*_cell(where), "", item, given.formula or given.text, own[item]))
    labels = {"fa": own["label_fa"], "en": own["label_en"]}
    called = f"register-{own['province'].lower()}"
    return {"name": called, "province": own["province"], "compiled_on": own["compiled_on"], "labels": labels}


def _cell(where: Cell) -> tuple[str, str]:
    return where.sheet, where.cell


def _province(text: str, provinces: Table) -> str:
    """Return the code of a province that is named, in either language."""
    meant = {
        row["iso_3166_2"]
        for row in provinces.rows
        if search_key(text) in {search_key(row.get(of, "")) for of in ("iso_3166_2", "name_fa", "name_en")}
    }
    return meant.pop() if len(meant) == 1 else text


def _carried(faults: Iterable[Fault], found: Found, dictionary: Dictionary) -> list[CellFault]:
    """Return the register's faults at their cells, without those that one of the intake's own explains."""
    by_file = {dictionary.path(name): found.tables[name] for name in found.tables}
    explained = {(one.sheet, one.cell) for one in found.faults}
    lacking = {(one.sheet, one.field) for one in found.faults if one.code == "intake_no_column"}
    carried = []
    for one in faults:
        cell = _at_item(one, found) if one.file == DESCRIPTOR else _at_cell(one, by_file, dictionary)
        if (cell.sheet, cell.cell) not in explained and (cell.sheet, cell.field) not in lacking:
            carried.append(cell)
    return carried


def _at_item(fault: Fault, found: Found) -> CellFault:
    item = ITEMS.get(fault.field, "")
    given, where = found.items.get(item, (None, Cell(found.register, "")))
    return _with(fault, where, given.text if given else fault.value)


def _at_cell(fault: Fault, by_file: Mapping[str, Table], dictionary: Dictionary) -> CellFault:
    table = by_file.get(fault.file)
    place = table.places[fault.row - 2] if table and fault.row and fault.row >= 2 else None
    if table is None or place is None:
        return _with(fault, Cell("", ""), fault.value)
    given = table.given(place, fault.field)
    where = table.cell(place, fault.field.partition(", ")[0])
    return _with(
        fault, where, given.text if given else fault.value, _worded(fault.params, table, by_file, dictionary)
    )


def _worded(params: Mapping, table: Table, by_file: Mapping[str, Table], dictionary: Dictionary) -> dict[str, object]:
    """Return the places of a fault's words as a workbook names them: sheets for files, headings for fields."""
    worded = dict(params)
    other = by_file.get(worded.get("table", ""))
    if other:
        labels = {lang: dictionary.table_label(other.name, lang) for lang in LANGUAGES}
        worded["table"] = other.sheet.name or {other.name: labels}
    if worded.get("other") in dictionary.fields(table.name):
        of = worded["other"]
        worded["other"] = {of: {lang: dictionary.field_label(table.name, of, lang) for lang in LANGUAGES}}
    return worded


def _with(fault: Fault, where: Cell, value: str, params: Mapping | None = None) -> CellFault:
    return CellFault(
        fault.code,
        fault.file,
        fault.row,
        fault.field,
        value,
        fault.params if params is None else params,
        sheet=where.sheet,
        cell=where.cell,
    )


def _told(folder: Path, kind: str, found: Found, faults: Iterable[CellFault]) -> Intake:
    every = sorted([*found.faults, *faults], key=lambda one: one.order)
    if len(found.faults) >= found.most:
        every.append(CellFault("too_many", params={"most": found.most}))
    return Intake(folder, kind, tuple(every), tuple(found.readings), tuple(found.left_out))
