"""One way from any source to a plain package, with every fault at the cell that it comes from."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from khoosheh import register as registers
from khoosheh.intake import folders, layout, package, tables, values
from khoosheh.intake.results import Cell, CellFault, Intake, Reading
from khoosheh.intake.tables import ParsedSource, Table
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
    parquet_package,
    version_store,
)
from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.register.loading import SHIPPED
from khoosheh.spreadsheets import UnreadableError, delimited_text, file_types, parser_process

PACKAGE = "package"
# Stands for what was not given, so that the rest can be checked.
NOTHING = "—"
DAY = {"type": "string", "calendar": "jalali"}
# Codes of the descriptor's own faults, by the item of the sheet 'Register' that mends them.
ITEMS = {"province": "province", "compiled_on": "compiled_on", "labels.fa": "label_fa", "labels.en": "label_en"}


def read_source(
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
            folders.copy_package(_find_package_folder(source), folder)
        else:
            kind = file_types.detect_file_kind(source, name)
            if kind != "zip":
                return _read_spreadsheet(
                    source, folder, (name, kind), base.path if base else SHIPPED, progress, bounds
                )
            kind = PACKAGE
            folders.unpack_package(source, folder)
    except UnreadableError as error:
        return Intake(folder, kind, (CellFault(error.code, name, params=error.params, sheet=name),))
    except PackageError as error:
        return Intake(folder, kind, tuple(folders.locate_faults(error.faults, folder)))
    if parquet_package.is_columnar_package(folder):
        # nobody checks its cells again when it is read
        return Intake(folder, kind, (CellFault("parquet_source", parquet_package.MANIFEST, sheet=name),))
    return Intake(
        folder, kind, tuple(folders.locate_faults(registers.check_package(folder, progress, bounds), folder))
    )


def _find_package_folder(source: Path) -> Path:
    found = version_store.resolve_package(source)
    return found.parent if found.name == DESCRIPTOR else found


def _read_spreadsheet(
    source: Path, folder: Path, named: tuple[str, str], base: Path, progress: Progress | None, bounds: Bounds
) -> Intake:
    name, kind = named
    book = delimited_text.read_csv_file(source, name) if kind == "csv" else parser_process.read_workbook(source, kind)
    descriptor = package.read_base_descriptor(base)
    dictionary = Dictionary(descriptor)
    found = tables.find_tables(book, dictionary, name, bounds.faults)
    if not found.tables:
        return _build_intake_result(folder, kind, found, ())
    package.complete_tables(found.tables, base, descriptor, whole=kind == "csv")
    tables.resolve_references(found.tables, dictionary)
    own = descriptor if kind == "csv" else _read_register_metadata(found, name)
    package.write_intake_package(folder, found.tables, base, descriptor, own)
    if book.encoding not in ("", delimited_text.UTF_8):
        found.readings.append(Reading(name, "", "", "", book.encoding, delimited_text.UTF_8))
    blamed = {(one.sheet, one.cell) for one in found.faults}
    for table in found.tables.values():
        found.readings += [one for one in tables.list_changed_readings(table) if (one.sheet, one.cell) not in blamed]
    return _build_intake_result(
        folder,
        kind,
        found,
        _translate_register_faults(registers.check_package(folder, progress, bounds), found, dictionary),
    )


def _read_register_metadata(found: ParsedSource, name: str) -> dict:
    """Return what the sheet 'Register' says of the register; each item that lacks is a fault."""
    own = {}
    for item in layout.ITEMS:
        if item not in found.items:
            where = Cell(found.register or name, "")
            found.blame(
                "intake_no_item",
                where,
                of=item,
                item=" / ".join(layout.format_item_name(item, lang) for lang in LANGUAGES),
            )
            own[item] = NOTHING
            continue
        given, where = found.items[item]
        own[item], fault = values.parse_cell_value(given, DAY if item == "compiled_on" else {"type": "string"})
        if item == "province":
            own[item] = _find_province_code(own[item], found.tables["provinces"])
        if fault:
            found.blame(fault, where, given.text, item)
        elif given.formula or own[item] != given.text:
            found.readings.append(
                Reading(*_build_cell_address(where), "", item, given.formula or given.text, own[item])
            )
    labels = {"fa": own["label_fa"], "en": own["label_en"]}
    called = f"register-{own['province'].lower()}"
    return {"name": called, "province": own["province"], "compiled_on": own["compiled_on"], "labels": labels}


def _build_cell_address(where: Cell) -> tuple[str, str]:
    return where.sheet, where.cell


def _find_province_code(text: str, provinces: Table) -> str:
    """Return the code of a province that is named, in either language."""
    meant = {
        row["iso_3166_2"]
        for row in provinces.rows
        if search_key(text) in {search_key(row.get(of, "")) for of in ("iso_3166_2", "name_fa", "name_en")}
    }
    return meant.pop() if len(meant) == 1 else text


def _translate_register_faults(
    faults: Iterable[Fault], found: ParsedSource, dictionary: Dictionary
) -> list[CellFault]:
    """Return the register's faults at their cells, without those that one of the intake's own explains."""
    by_file = {dictionary.path(name): found.tables[name] for name in found.tables}
    explained = {(one.sheet, one.cell) for one in found.faults}
    lacking = {(one.sheet, one.field) for one in found.faults if one.code == "intake_no_column"}
    carried = []
    for one in faults:
        cell = (
            _locate_item_fault(one, found)
            if one.file == DESCRIPTOR
            else _locate_table_fault(one, by_file, dictionary)
        )
        if (cell.sheet, cell.cell) not in explained and (cell.sheet, cell.field) not in lacking:
            carried.append(cell)
    return carried


def _locate_item_fault(fault: Fault, found: ParsedSource) -> CellFault:
    item = ITEMS.get(fault.field, "")
    given, where = found.items.get(item, (None, Cell(found.register, "")))
    return _make_cell_fault(fault, where, given.text if given else fault.value)


def _locate_table_fault(fault: Fault, by_file: Mapping[str, Table], dictionary: Dictionary) -> CellFault:
    table = by_file.get(fault.file)
    place = table.places[fault.row - 2] if table and fault.row and fault.row >= 2 else None
    if table is None or place is None:
        return _make_cell_fault(fault, Cell("", ""), fault.value)
    given = table.given(place, fault.field)
    where = table.cell(place, fault.field.partition(", ")[0])
    return _make_cell_fault(
        fault,
        where,
        given.text if given else fault.value,
        _label_fault_params(fault.params, table, by_file, dictionary),
    )


def _label_fault_params(
    params: Mapping, table: Table, by_file: Mapping[str, Table], dictionary: Dictionary
) -> dict[str, object]:
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


def _make_cell_fault(fault: Fault, where: Cell, value: str, params: Mapping | None = None) -> CellFault:
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


def _build_intake_result(folder: Path, kind: str, found: ParsedSource, faults: Iterable[CellFault]) -> Intake:
    every = sorted([*found.faults, *faults], key=lambda one: one.order)
    if len(found.faults) >= found.most:
        every.append(CellFault("too_many", params={"most": found.most}))
    return Intake(folder, kind, tuple(every), tuple(found.readings), tuple(found.left_out))
