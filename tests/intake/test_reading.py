"""Reading whole files: every kind gives the same register, and every fault comes back to its cell."""

import csv
import datetime

import pytest

from khoosheh import intake, register
from khoosheh.intake import layout
from testing import made_up, workbooks

SHEET = "گفته‌ها"


def read(file, tmp_path, base) -> intake.Intake:
    return intake.read_source(file, tmp_path / "into", base=base)


def same(folder, invented) -> None:
    """Assert that a folder loads as the invented register, row for row."""
    found = register.load_register(folder)
    assert found.tables == invented.tables and found.maps == invented.maps
    for name in found.tables:
        assert found.table(name).equals(invented.table(name)), name
    assert (found.province, found.compiled_on) == (invented.province, invented.compiled_on)
    for lang in ("fa", "en"):
        assert found.label(lang) == invented.label(lang)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_workbook_of_any_kind_gives_the_same_register(kind, lang, tmp_path, invented):
    file = getattr(workbooks, kind)(tmp_path / f"a.{kind}", workbooks.sheets(lang))
    found = read(file, tmp_path, invented)
    assert (found.kind, found.faults, found.readings, found.left_out) == (kind, (), (), ())
    same(found.folder, invented)


def test_a_package_stays_as_it_is(invented_path, tmp_path, invented):
    found = read(invented_path, tmp_path, None)
    assert (found.kind, found.faults, found.readings) == ("package", (), ())
    same(found.folder, invented)
    assert register.load_register(found.folder).version == invented.version


def test_the_faults_of_a_package_have_cells(tmp_path):
    rows = made_up.tables()
    rows["projects"][1]["chain_id"] = "no-such-chain"
    found = read(made_up.write(tmp_path / "made", rows), tmp_path, None)
    assert {(one.sheet, one.cell, one.code, one.value) for one in found.faults} >= {
        ("projects.csv", "D3", "foreign_key", "no-such-chain")
    }


def test_sheets_and_columns_in_any_order_and_spelling(tmp_path, invented):
    cells = workbooks.sheets()
    shuffled = {}
    for name, lines in reversed(cells.items()):
        if name == "مشخصات":
            shuffled["مشخصات "] = lines
            continue
        turned = [list(reversed(line)) for line in lines]
        turned[0] = [heading.replace("ی", "ي").replace("\u200c", " ").upper() for heading in turned[0]]
        shuffled[name.replace("\u200c", " ").replace("ک", "ك")] = [[], *turned]
    found = read(workbooks.xlsx(tmp_path / "a.xlsx", shuffled), tmp_path, invented)
    assert (found.faults, found.left_out) == ((), ())
    same(found.folder, invented)


def test_what_is_not_known_is_told(tmp_path, invented):
    cells = workbooks.sheets()
    name = layout.format_sheet_name(workbooks.DICTIONARY, "chains", "fa")
    cells[name] = [[*cells[name][0], "توضیح ما"], [*cells[name][1], "x"], [*cells[name][2], "y", "بی‌نام"]]
    cells["برگهٔ دیگر"] = [["هرچه"]]
    cells[layout.format_special_sheet_name("guide", "fa")] = [["راهنما"]]
    found = read(workbooks.xlsx(tmp_path / "a.xlsx", cells), tmp_path, invented)
    assert found.faults == ()
    assert [(one.sheet, one.cell, one.given) for one in found.left_out] == [
        (name, "G1", "توضیح ما"), (name, "H3", "بی‌نام"), ("برگهٔ دیگر", "", "برگهٔ دیگر")
    ]  # fmt: skip
    same(found.folder, invented)


def pct(sheet, row, column, book):
    sheet.write_number(row, column, 0.25, book.add_format({"num_format": "0%"}))


def day(sheet, row, column, book):
    sheet.write_datetime(
        row, column, datetime.datetime(2023, 8, 23), book.add_format({"num_format": "[$-fa-IR]yyyy/mm/dd"})
    )


def formula(value):
    return lambda sheet, row, column, book: sheet.write_formula(row, column, "=1+1", None, value)


def bare_formula(sheet, row, column, book):
    """Write a formula without its result, as programs do that do not compute; the writer has no other way."""
    sheet.write_formula(row, column, "=1+1", None, "")


# table, row, field, what stands there -> what is read, and what is told to have stood there
READINGS = [
    ("statements", 2, "said_from", "۱۴۰۱/۲/۱", "1401-02-01", "۱۴۰۱/۲/۱"),
    ("statements", 2, "value_low", "۱۰۰", "100", "۱۰۰"),
    ("statements", 2, "value_low", formula(100), "100", "=1+1"),
    ("statements", 2, "unit", "ميليارد ريال", "bn_irr", "ميليارد ريال"),
    ("statements", 2, "project_id", "باغ چاي بالا", "garden", "باغ چاي بالا"),
    ("statements", 2, "project_id", "Bala Tea Garden", "garden", "Bala Tea Garden"),
    ("statements", 2, "iso_3166_2", "نمونستان", "XA-01", "نمونستان"),
    ("statements", 5, "is_part", "بله", "true", "بله"),
    ("statements", 6, "is_part", lambda sheet, row, column, book: sheet.write_boolean(row, column, True), "true", "TRUE"),
    ("statements", 20, "said_to", day, "1402-06-01", "2023-08-23"),
]  # fmt: skip


def batches() -> list[list[tuple]]:
    """Put cases that ask for the same cell into different workbooks."""
    found: list[list[tuple]] = []
    for case in READINGS:
        fits = (batch for batch in found if case[:3] not in [one[:3] for one in batch])
        batch = next(fits, None)
        if batch is None:
            found.append(batch := [])
        batch.append(case)
    return found


@pytest.mark.parametrize("batch", batches())
def test_what_is_understood_otherwise_is_told(batch, tmp_path, invented):
    cells = workbooks.sheets()
    for table, row, field, value, _, _ in batch:
        workbooks.put(cells, table, row, field, value)
    found = read(workbooks.xlsx(tmp_path / "a.xlsx", cells), tmp_path, invented)
    assert found.faults == ()
    told = {(one.sheet, one.table, one.cell, one.field, one.given, one.read) for one in found.readings}
    assert told == {
        (SHEET, table, cell_of(table, row, field), field, given, read) for table, row, field, _, read, given in batch
    }
    for table, row, field, _, wanted, _ in batch:
        with (found.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert list(csv.DictReader(file))[row - 2][field] == wanted


def cell_of(table: str, row: int, field: str) -> str:
    """Name a cell by counting its column's letters out: no more than two are needed."""
    place = workbooks.DICTIONARY.fields(table).index(field)
    letters = [chr(65 + one) for one in range(26)]
    return f"{(letters + ['A' + one for one in letters])[place]}{row}"


def error(sheet, row, column, book):
    sheet.write_formula(row, column, "=1/0", None, "#DIV/0!")


def long_number(sheet, row, column, book):
    sheet.write_number(row, column, 1234567890123456789)


def one_day(sheet, row, column, book):
    day(sheet, row, column, book)


FAULTS = {
    "error": ("statements", 2, "value_low", error, "intake_error", "#DIV/0!"),
    "long id": ("statements", 2, "statement_id", long_number, "intake_inexact", "1234567890123457000"),
    "date for an id": ("projects", 2, "project_id", one_day, "intake_day", "2023-08-23"),
    "no such day": ("statements", 3, "said_to", "۱۴۰۲/۱۲/۳۰", "date_not_a_leap_year", "۱۴۰۲/۱۲/۳۰"),
    "words for a number": ("statements", 2, "value_high", "حدود صد", "type", "حدود صد"),
    "per cent of money": ("statements", 2, "value_high", pct, "type", "25%"),
    "not a number": ("statements", 2, "value_high", "NaN", "absurd_number", "NaN"),
    "without end": ("statements", 2, "value_high", "1e999", "absurd_number", "1e999"),
    "absurd": ("statements", 2, "value_high", 1e30, "absurd_number", "1" + "0" * 30),
    "negative": ("statements", 2, "paragraph", -3, "constraint_minimum", "-3"),
    "unknown code": ("statements", 2, "measure", "سرمایه", "constraint_enum", "سرمایه"),
    "needed": ("statements", 2, "claim_fa", None, "constraint_required", ""),
    "blanks": ("statements", 2, "claim_fa", "   ", "constraint_required", ""),
    "direction": ("projects", 3, "name_fa", "\u202egpj.exe", "hostile_text", "\\u202egpj.exe"),
    "NUL": ("projects", 3, "name_fa", "a\x07b", "hostile_text", "a\\u0007b"),
    "twice": ("statements", 4, "statement_id", "M01", "primary_key", "M01"),
    "leads nowhere": ("statements", 4, "source_id", "paper-9", "foreign_key", "paper-9"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_names_its_cell_and_what_stands_there(case, tmp_path, invented):
    table, row, field, value, code, given = FAULTS[case]
    cells = workbooks.sheets()
    workbooks.put(cells, table, row, field, value)
    found = read(workbooks.xlsx(tmp_path / "a.xlsx", cells), tmp_path, invented)
    name, where = layout.format_sheet_name(workbooks.DICTIONARY, table, "fa"), cell_of(table, row, field)
    here = [one for one in found.faults if (one.sheet, one.cell) == (name, where)]
    assert [(one.code, one.field, one.value) for one in here] == [(code, field, given)]
    assert here[0].line("fa").startswith(f"{name}!{where}")


def test_a_name_that_two_rows_have_is_no_id(tmp_path, invented):
    cells = workbooks.sheets()
    workbooks.put(cells, "projects", 3, "name_fa", "باغ چای بالا")
    workbooks.put(cells, "statements", 2, "project_id", "باغ چای بالا")
    found = read(workbooks.xlsx(tmp_path / "a.xlsx", cells), tmp_path, invented)
    assert {(one.cell, one.value) for one in found.faults} == {
        (cell_of("statements", 2, "project_id"), "باغ چای بالا")
    }
    assert "foreign_key" in {one.code for one in found.faults}


def test_a_formula_without_its_result_is_refused(tmp_path, invented):
    cells = workbooks.sheets()
    workbooks.put(cells, "statements", 2, "value_low", formula(5))
    file = workbooks.xlsx(tmp_path / "a.xlsx", cells)
    place = list(cells).index(SHEET) + 1
    workbooks.rezip(
        file, {f"xl/worksheets/sheet{place}.xml": lambda old: old.replace(b"<f>1+1</f><v>5</v>", b"<f>1+1</f>")}
    )
    found = read(file, tmp_path, invented)
    assert ("intake_uncounted", cell_of("statements", 2, "value_low"), "=1+1") in {
        (one.code, one.cell, one.value) for one in found.faults
    }


def test_an_old_workbook_tells_errors_percentages_and_formulas(tmp_path, invented):
    import xlwt

    cells = workbooks.sheets()
    workbooks.put(
        cells,
        "statements",
        2,
        "value_low",
        lambda sheet, row, column: sheet.row(row).set_cell_error(column, "#NAME?"),
    )
    workbooks.put(
        cells, "statements", 3, "value_low", lambda sheet, row, column: sheet.write(row, column, xlwt.Formula("1+1"))
    )
    workbooks.put(
        cells,
        "statements",
        4,
        "value_low",
        lambda sheet, row, column: sheet.write(row, column, 0.25, xlwt.easyxf(num_format_str="0.0%")),
    )
    found = read(workbooks.xls(tmp_path / "a.xls", cells), tmp_path, invented)
    told = {(one.cell, one.code, one.value) for one in found.faults}
    assert told >= {
        (cell_of("statements", 2, "value_low"), "intake_error", "#NAME?"),
        # a formula that leaves its cell empty
        (cell_of("statements", 3, "value_low"), "no_low", ""),
        (cell_of("statements", 4, "value_low"), "type", "25%"),
    }


def test_an_open_document_tells_errors_percentages_and_formulas(tmp_path, invented):
    cells = workbooks.sheets()
    typed = (
        '<table:table-cell office:value-type="{}" office:value="{}" {}><text:p>{}</text:p></table:table-cell>'.format
    )
    workbooks.put(cells, "statements", 2, "value_low", (typed("percentage", "0.25", "", "25%"),))
    workbooks.put(cells, "statements", 4, "value_low", (typed("float", "300", 'table:formula="of:=100*3"', "300"),))
    workbooks.put(
        cells,
        "statements",
        5,
        "value_low",
        (
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>',
        ),
    )
    workbooks.put(
        cells,
        "statements",
        2,
        "said_from",
        (
            '<table:table-cell office:value-type="date" office:date-value="1401-02-01"><text:p>1401/02/01</text:p></table:table-cell>',
        ),
    )
    workbooks.put(
        cells,
        "statements",
        3,
        "said_to",
        (
            '<table:table-cell office:value-type="date" office:date-value="2023-05-22"><text:p>01/03/1402</text:p></table:table-cell>',
        ),
    )
    found = read(workbooks.ods(tmp_path / "a.ods", cells), tmp_path, invented)
    assert {(one.cell, one.code, one.value) for one in found.faults} >= {
        (cell_of("statements", 2, "value_low"), "type", "25%"),
        (cell_of("statements", 5, "value_low"), "intake_error", "#DIV/0!"),
    }
    told = {(one.cell, one.given, one.read) for one in found.readings}
    assert told == {
        (cell_of("statements", 4, "value_low"), "=100*3", "300"),
        (cell_of("statements", 3, "said_to"), "2023-05-22", "1402-03-01"),
    }


def test_faults_of_headings_and_sheets(tmp_path, invented):
    cells = workbooks.sheets()
    chains = layout.format_sheet_name(workbooks.DICTIONARY, "chains", "fa")
    cells[chains][0][4] = cells[chains][0][3]
    cells["projects"] = [["project_id"]]
    del cells[SHEET][0][0]
    found = read(workbooks.xlsx(tmp_path / "a.xlsx", cells), tmp_path, invented)
    told = {(one.sheet, one.cell, one.code) for one in found.faults}
    assert {
        (chains, "E1", "duplicate_label"),
        ("projects", "", "intake_table_twice"),
        (SHEET, "1", "intake_no_column"),
    } <= told


def test_merged_cells_are_refused(tmp_path, invented):
    names = list(workbooks.sheets())

    def merge(book):
        book.worksheets()[names.index(SHEET)].merge_range("D3:D4", "x")

    found = read(workbooks.xlsx(tmp_path / "a.xlsx", workbooks.sheets(), merge), tmp_path, invented)
    assert [(one.cell, one.code) for one in found.faults] == [("D3", "intake_merged")]


def test_the_sheet_of_the_register_is_checked_too(tmp_path, invented):
    cells = workbooks.sheets()
    sheet = layout.format_special_sheet_name("register", "fa")
    cells[sheet] = [["استان", "ناکجاآباد"], ["روز گردآوری", "۱۴۰۲/۱۲/۳۰"], ["نام دفتر (انگلیسی)", "X"]]
    found = read(workbooks.xlsx(tmp_path / "a.xlsx", cells), tmp_path, invented)
    assert [(one.sheet, one.cell, one.code, one.value) for one in found.faults] == [
        (sheet, "", "intake_no_item", ""), (sheet, "B1", "unknown_province", "ناکجاآباد"),
        (sheet, "B2", "date_not_a_leap_year", "۱۴۰۲/۱۲/۳۰"),
    ]  # fmt: skip


def test_a_workbook_of_another_province_takes_over_nothing_but_what_all_share(tmp_path, shipped):
    cells = workbooks.sheets()
    cells[layout.format_special_sheet_name("register", "fa")][0][1] = "گيلان"
    rows = ("statements", "projects", "chains", "stages", "requirements", "counties", "firms", "links")
    for table in rows:
        del cells[layout.format_sheet_name(workbooks.DICTIONARY, table, "fa")][1:]
    found = read(workbooks.xlsx(tmp_path / "a.xlsx", cells), tmp_path, None)
    assert found.faults == ()
    made = register.load_register(found.folder)
    assert made.province == "IR-01" and not any(len(made.table(name)) for name in rows)
    for table in layout.list_shared_resources(shipped.descriptor):
        if table in shipped.tables:
            assert made.table(table).equals(shipped.table(table))
    asked = {
        source
        for name in ("ranks", "observations", "exchange_rates", "price_index", "life_cycle")
        for source in shipped.table(name)["source_id"]
    }
    assert set(made.table("sources")["source_id"]) == asked | {"paper-1", "paper-2"}
    assert made.geojson("counties-map")["features"] == [] and made.geojson("provinces-map")["features"]
