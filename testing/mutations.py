"""Random changes to the content of a sound source."""

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

TEXTS = [
    "", " ", "x", "۱۲۳", "١٢٣", "1,234", "1,5", "1/2", "۳/۵", "12/5", "NaN", "inf", "-1", "1e5", "0",
    "1402/6/1", "1402-12-30", "۱ شهریور ۱۴۰۲", "2023-08-23", "بله", "خير", "true", "25%", "۲۵٪", "میلیارد ریال",
    "Operating", "در حال ساخت", "garden", "Garden", "نمونستان", "M01", "paper-1", "paper-9",
    "<script>alert(1)</script>", "=1+1", "[a](javascript:x)", "**x**", "\u202egpj", "a\u200cb", "آ" * 300,
    "12345678901234567890", "0.1234567890123456789", "007", "A\tB", "a\nb", "a\rb", '"', "'", ";", "TRUE",
]  # fmt: skip
NUMBERS = [0, -1, 1, 7, 100, 1402, 2020, 0.1, 1e15, 1e16, 1e30, -2.5, 14020601, 123456789012345]
DAYS = [datetime.date(2023, 8, 23), datetime.date(1999, 12, 31)]


# most changes are changes of cells, as most mistakes are
KINDS = (
    *("cell",) * 8, "row out", "row twice", "row blank", "column out", "columns swapped", "heading", "sheet out",
    "sheet named", "sheet more", "cells swapped",
)  # fmt: skip


@dataclass(frozen=True)
class Special:
    """A cell that is neither text nor number: ``shown`` as the intake should report it; ``kind``: how to write it."""

    kind: str
    shown: str

    def __call__(self, sheet: object, row: int, column: int, book: object = None) -> None:
        """Write it into an .xlsx."""
        if self.kind == "date":
            day = datetime.datetime.fromisoformat(self.shown)
            sheet.write_datetime(row, column, day, book.add_format({"num_format": "yyyy-mm-dd"}))
        elif self.kind == "percent":
            share = float(Decimal(self.shown[:-1]) / 100)
            sheet.write_number(row, column, share, book.add_format({"num_format": "0.0%"}))
        elif self.kind == "boolean":
            sheet.write_boolean(row, column, self.shown == "TRUE")
        elif self.kind == "error":
            sheet.write_formula(row, column, "=1/0", None, self.shown)
        else:
            sheet.write_formula(row, column, self.shown, None, 3)


SPECIALS = [
    *(Special("date", day.isoformat()) for day in DAYS), Special("percent", "12.5%"), Special("percent", "100%"),
    Special("boolean", "TRUE"), Special("boolean", "FALSE"), Special("error", "#N/A"), Special("formula", "=1+2"),
]  # fmt: skip


def format_cell(value: object) -> str:
    """Return the expected text of a cell, without the code of the intake."""
    if isinstance(value, Special):
        return value.shown
    if isinstance(value, int | float):
        text = format(Decimal(repr(value)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "" if value is None else value


def spoil_cells(rng: random.Random, cells: dict[str, list[list]], specials: bool) -> None:
    """Change a workbook's cells in place: one to three changes of one kind."""
    kind = rng.choice(KINDS)
    for _ in range(rng.randrange(1, 4)):
        name = rng.choice([one for one in cells if cells[one]] or [""])
        if not name:
            return
        lines = cells[name]
        row = rng.randrange(len(lines))
        column = rng.randrange(max(1, *map(len, lines)))
        if kind == "cell":
            _spoil_cell(rng, lines, row, column, specials)
        elif kind == "cells swapped":
            other = rng.randrange(len(lines))
            if column < min(len(lines[row]), len(lines[other])):
                lines[row][column], lines[other][column] = lines[other][column], lines[row][column]
        elif kind == "heading":
            _spoil_cell(rng, lines, 0, column, False)
        else:
            _spoil_structure(rng, cells, name, kind, (row, column))


def _spoil_cell(rng: random.Random, lines: list[list], row: int, column: int, specials: bool) -> None:
    line = lines[row]
    line += [None] * (column + 1 - len(line))
    old = line[column]
    pool: list[Callable] = [
        lambda: rng.choice(TEXTS),
        lambda: rng.choice(NUMBERS),
        lambda: None,
        lambda: rng.choice(rng.choice(lines) or [None]),
    ]
    if specials:
        pool.append(lambda: rng.choice(SPECIALS))
    if isinstance(old, str) and old:
        place = rng.randrange(len(old))
        pool += [
            lambda: old[:place] + rng.choice("ایيكک0۵٣ -/.x\u200c\u064b") + old[place + rng.randrange(2) :],
            lambda: old.translate(str.maketrans("0123456789یک", "۰۱۲۳۴۵۶۷۸۹يك")),
            lambda: f" {old} ",
        ]
    line[column] = rng.choice(pool)()


def _spoil_structure(rng: random.Random, cells: dict, name: str, kind: str, place: tuple[int, int]) -> None:
    lines, (row, column) = cells[name], place
    if kind == "row out":
        del lines[row]
    elif kind == "row twice":
        lines.insert(rng.randrange(len(lines) + 1), list(lines[row]))
    elif kind == "row blank":
        lines.insert(row, [])
    elif kind in ("column out", "columns swapped"):
        other = rng.randrange(column + 1)
        for line in lines:
            if column < len(line):
                line[column], line[other] = line[other], line[column]
                if kind == "column out":
                    del line[column]
    elif kind == "sheet out" and len(cells) > 1:
        del cells[name]
    elif kind == "sheet named":
        new = rng.choice(("Sheet1", name.replace("\u200c", " "), name + "2", "projects", "راهنما"))
        if new.casefold() not in {one.casefold() for one in cells}:
            cells[new] = cells.pop(name)
    elif kind == "sheet more":
        cells.setdefault(f"برگ {rng.randrange(9)}", [["a", "b"], [1, 2]])


def spoil_bytes(rng: random.Random, whole: bytes) -> bytes:
    """Change or insert some bytes, or remove the end."""
    spoilt = bytearray(whole)
    kind = rng.choice(("flip", "flip", "cut", "insert", "zeros"))
    for _ in range(rng.choice((1, 1, 2, 20))):
        place = rng.randrange(len(spoilt))
        if kind == "flip":
            spoilt[place] ^= 1 << rng.randrange(8)
        elif kind == "insert":
            spoilt[place:place] = rng.randbytes(rng.randrange(1, 9))
        elif kind == "zeros":
            spoilt[place : place + 8] = bytes(len(spoilt[place : place + 8]))
    return bytes(spoilt[: rng.randrange(len(spoilt))] if kind == "cut" else spoilt)
