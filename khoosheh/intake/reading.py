"""Reading any source into a plain package, and reporting each fault at the cell that causes it."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from khoosheh import register as registers
from khoosheh.intake import folders, layout, package, tables, values
from khoosheh.intake.package import RegisterMetadata
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
from khoosheh.register.descriptor_types import Field
from khoosheh.register.loading import SHIPPED
from khoosheh.spreadsheets import UnreadableError, delimited_text, file_types, parser_process

PACKAGE = "package"
# takes the place of a missing item, so that the rest can be checked
MISSING = "—"
# the values of the sheet 'Register', as if they were in fields of a table
TEXT: Field = {"name": "item", "type": "string", "labels": {}}
DAY: Field = {"name": "item", "type": "string", "labels": {}, "calendar": "jalali"}
# items of the sheet 'Register', by the field of the descriptor that they fill
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

    ``name``: the name that its sender gave the file, where it differs from that of ``source``. ``base``: the register
    whose tables complete a workbook (the tables that every province shares) or a csv (all other tables); default the
    shipped one. ``progress`` is called with the share of the checks done (0..1) and the current table; ``bounds``
    limits the rows that are read and the faults that are reported. Everything wrong with the source is in ``faults``
    of the result. Raises ``OSError`` where ``into`` is not writable.
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
                base_path = base.path if base else SHIPPED
                return _read_spreadsheet(source, folder, name, kind, base_path, progress, bounds)
            kind = PACKAGE
            folders.unpack_package(source, folder)
    except UnreadableError as error:
        return Intake(folder, kind, (CellFault(error.code, name, params=error.params, sheet=name),))
    except PackageError as error:
        return Intake(folder, kind, tuple(folders.locate_faults(error.faults, folder)))
    if parquet_package.is_columnar_package(folder):
        # the cells of such a package are not checked when it is loaded
        return Intake(folder, kind, (CellFault("parquet_source", parquet_package.MANIFEST, sheet=name),))
    register, faults = _load_package(folder, progress, bounds)
    return Intake(folder, kind, tuple(folders.locate_faults(faults, folder)), register=register)


def _load_package(
    folder: Path, progress: Progress | None, bounds: Bounds
) -> tuple[Register | None, tuple[Fault, ...]]:
    """Return the register of a package, or ``None`` and its faults."""
    try:
        return registers.load_register(folder, progress, bounds), ()
    except PackageError as error:
        return None, tuple(error.faults)


def _find_package_folder(source: Path) -> Path:
    package_path = version_store.resolve_package(source)
    return package_path.parent if package_path.name == DESCRIPTOR else package_path


def _read_spreadsheet(
    source: Path, folder: Path, name: str, kind: str, base: Path, progress: Progress | None, bounds: Bounds
) -> Intake:
    book = delimited_text.read_csv_file(source, name) if kind == "csv" else parser_process.read_workbook(source, kind)
    descriptor = package.read_base_descriptor(base)
    dictionary = Dictionary(descriptor)
    parsed = tables.find_tables(book, dictionary, name, bounds.faults)
    if not parsed.tables:
        return _build_intake_result(folder, kind, parsed, (), None)
    package.complete_tables(parsed.tables, base, descriptor, whole=kind == "csv")
    tables.resolve_references(parsed.tables, dictionary)
    metadata = descriptor if kind == "csv" else _read_register_metadata(parsed, name)
    package.write_intake_package(folder, parsed.tables, base, descriptor, metadata)
    if book.encoding not in ("", delimited_text.UTF_8):
        parsed.readings.append(Reading(name, "", "", "", book.encoding, delimited_text.UTF_8))
    faulty = {(fault.sheet, fault.cell) for fault in parsed.faults}
    for table in parsed.tables.values():
        parsed.readings += [
            reading for reading in tables.list_changed_readings(table) if (reading.sheet, reading.cell) not in faulty
        ]
    register, faults = _load_package(folder, progress, bounds)
    return _build_intake_result(
        folder, kind, parsed, _translate_register_faults(faults, parsed, dictionary), register
    )


def _read_register_metadata(parsed: ParsedSource, name: str) -> RegisterMetadata:
    """Return the fields of the descriptor that the sheet 'Register' gives; adds a fault for each missing item."""
    items: dict[str, str] = {}
    for item in layout.ITEMS:
        if item not in parsed.items:
            labels = " / ".join(layout.format_item_name(item, lang) for lang in LANGUAGES)
            parsed.add_fault("intake_no_item", Cell(parsed.register or name, ""), field=item, item=labels)
            items[item] = MISSING
            continue
        cell, address = parsed.items[item]
        items[item], fault = values.parse_cell_value(cell, DAY if item == "compiled_on" else TEXT)
        if item == "province":
            items[item] = _find_province_code(items[item], parsed.tables["provinces"])
        if fault:
            parsed.add_fault(fault, address, cell.text, item)
        elif cell.formula or items[item] != cell.text:
            parsed.readings.append(
                Reading(address.sheet, address.cell, "", item, cell.formula or cell.text, items[item])
            )
    return {
        "name": f"register-{items['province'].lower()}",
        "province": items["province"],
        "compiled_on": items["compiled_on"],
        "labels": {"fa": items["label_fa"], "en": items["label_en"]},
    }


def _find_province_code(text: str, provinces: Table) -> str:
    """Return the code of the province with a name, in either language; the text where there is not exactly one."""
    codes = {
        row["iso_3166_2"]
        for row in provinces.rows
        if search_key(text) in {search_key(row.get(field, "")) for field in ("iso_3166_2", "name_fa", "name_en")}
    }
    return codes.pop() if len(codes) == 1 else text


def _translate_register_faults(
    faults: Iterable[Fault], parsed: ParsedSource, dictionary: Dictionary
) -> list[CellFault]:
    """Return the register's faults at their cells, except at cells and columns with faults of the intake."""
    by_file = {dictionary.path(name): parsed.tables[name] for name in parsed.tables}
    explained = {(fault.sheet, fault.cell) for fault in parsed.faults}
    missing = {(fault.sheet, fault.field) for fault in parsed.faults if fault.code == "intake_no_column"}
    located = [
        _locate_item_fault(fault, parsed)
        if fault.file == DESCRIPTOR
        else _locate_table_fault(fault, by_file, dictionary)
        for fault in faults
    ]
    return [
        fault
        for fault in located
        if (fault.sheet, fault.cell) not in explained and (fault.sheet, fault.field) not in missing
    ]


def _locate_item_fault(fault: Fault, parsed: ParsedSource) -> CellFault:
    item = ITEMS.get(fault.field, "")
    cell, address = parsed.items.get(item, (None, Cell(parsed.register, "")))
    return _make_cell_fault(fault, address, cell.text if cell else fault.value)


def _locate_table_fault(fault: Fault, by_file: Mapping[str, Table], dictionary: Dictionary) -> CellFault:
    table = by_file.get(fault.file)
    row = table.source_rows[fault.row - layout.FIRST_ROW] if table and fault.row and fault.row >= 2 else None
    if table is None or row is None:
        return _make_cell_fault(fault, Cell("", ""), fault.value)
    cell = table.find_cell(row, fault.field)
    address = table.format_address(row, fault.field.partition(", ")[0])
    params = _label_fault_params(fault.params, table, by_file, dictionary)
    return _make_cell_fault(fault, address, cell.text if cell else fault.value, params)


def _label_fault_params(
    params: Mapping[str, object], table: Table, by_file: Mapping[str, Table], dictionary: Dictionary
) -> dict[str, object]:
    """Return the values of a fault's message in the terms of a workbook: sheets for files, headings for fields."""
    labelled = dict(params)
    file, field = params.get("table"), params.get("other")
    other = by_file.get(file) if isinstance(file, str) else None
    if other:
        labels = {lang: dictionary.table_label(other.name, lang) for lang in LANGUAGES}
        labelled["table"] = other.sheet.name or {other.name: labels}
    if isinstance(field, str) and field in dictionary.fields(table.name):
        labelled["other"] = {field: {lang: dictionary.field_label(table.name, field, lang) for lang in LANGUAGES}}
    return labelled


def _make_cell_fault(
    fault: Fault, address: Cell, value: str, params: Mapping[str, object] | None = None
) -> CellFault:
    return CellFault(
        fault.code,
        fault.file,
        fault.row,
        fault.field,
        value,
        fault.params if params is None else params,
        sheet=address.sheet,
        cell=address.cell,
    )


def _build_intake_result(
    folder: Path, kind: str, parsed: ParsedSource, faults: Iterable[CellFault], register: Register | None
) -> Intake:
    sorted_faults = sorted([*parsed.faults, *faults], key=lambda fault: fault.order)
    if len(parsed.faults) >= parsed.most_faults:
        sorted_faults.append(CellFault("too_many", params={"most": parsed.most_faults}))
    sound = register if not sorted_faults else None
    return Intake(folder, kind, tuple(sorted_faults), tuple(parsed.readings), tuple(parsed.left_out), sound)
