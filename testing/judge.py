"""Reading randomly changed sources and judging the result."""

import csv
import io
import random
import zipfile
from pathlib import Path

from khoosheh import intake, register
from khoosheh.locale import LANGUAGES
from testing import made_up, workbooks
from testing.losses import find_loss
from testing.mutations import TEXTS, format_cell, spoil_bytes, spoil_cells

REFUSED, SAME, CHANGED, CRASHED, WRONG = OUTCOMES = (
    "refused", "read as before", "accepted, changed", "crashed", "accepted wrongly",
)  # fmt: skip
FAULTLESS_BYTES = ("xlsx", "ods", "zip")
SAMPLE = 20


class Judge:
    """Changes sound sources at random, reads them, and judges the results."""

    def __init__(self, folder: Path) -> None:
        """Write the sound sources into a folder."""
        self.folder = folder
        self.base = register.load_register(made_up.write(folder / "base"))
        self.sound = {
            kind: getattr(workbooks, kind)(folder / f"sound.{kind}", workbooks.sheets()).read_bytes()
            for kind in ("xlsx", "xls", "ods")
        }
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
            for file in sorted((folder / "base").rglob("*.*")):
                zipped.write(file, file.relative_to(folder / "base").as_posix())
        self.sound["zip"] = packed.getvalue()
        self.tables = {one: (folder / "base" / f"{one}.csv").read_bytes() for one in self.base.tables}

    def case(self, seed: int) -> tuple[str, str, str]:
        """Change a source with a seed and read it; return its kind, one of ``OUTCOMES``, and an explanation."""
        rng = random.Random(seed)
        kind = rng.choice(("xlsx",) * 4 + ("xls", "ods", "csv", "csv", "bytes", "package"))
        where = self.folder / str(seed)
        where.mkdir()
        try:
            return (kind, *getattr(self, f"_{kind}")(rng, where, seed))
        except Exception as error:
            return kind, CRASHED, f"{type(error).__name__}: {error}"

    def _xlsx(self, rng: random.Random, where: Path, seed: int) -> tuple[str, str]:
        return self._spoil_workbook(rng, where, seed, "xlsx")

    def _xls(self, rng: random.Random, where: Path, seed: int) -> tuple[str, str]:
        return self._spoil_workbook(rng, where, seed, "xls")

    def _ods(self, rng: random.Random, where: Path, seed: int) -> tuple[str, str]:
        return self._spoil_workbook(rng, where, seed, "ods")

    def _spoil_workbook(self, rng: random.Random, where: Path, seed: int, kind: str) -> tuple[str, str]:
        cells = workbooks.sheets(rng.choice(("fa", "en")))
        spoil_cells(rng, cells, kind == "xlsx")
        if kind == "ods":
            # XML has no control characters
            cells = {
                name: [[_strip_control_characters(one) for one in line] for line in lines]
                for name, lines in cells.items()
            }
        file = getattr(workbooks, kind)(where / f"a.{kind}", cells)
        return self._judge_intake(intake.read_source(file, where / "into", base=self.base), cells, seed)

    def _csv(self, rng: random.Random, where: Path, seed: int) -> tuple[str, str]:
        table = rng.choice(list(self.tables))
        lines = list(csv.reader(io.StringIO(self.tables[table].decode(), newline="")))
        spoil_cells(rng, {table: lines}, False)
        lines = [[format_cell(one) for one in line] for line in lines]
        made = io.StringIO()
        csv.writer(made, delimiter=rng.choice(",;\t")).writerows(lines)
        file = where / f"{table}.csv"
        file.write_bytes(made.getvalue().encode(rng.choice(("utf-8", "utf-8-sig", "utf-16"))))
        return self._judge_intake(intake.read_source(file, where / "into", base=self.base), {file.name: lines}, seed)

    def _bytes(self, rng: random.Random, where: Path, seed: int) -> tuple[str, str]:
        kind = rng.choice((*self.sound, "csv"))
        table = rng.choice(list(self.tables))
        whole = spoil_bytes(rng, self.tables[table] if kind == "csv" else self.sound[kind])
        file = where / f"{table}.{kind}"
        file.write_bytes(whole)
        found = intake.read_source(file, where / "into", base=self.base)
        if found.faults:
            return self._judge_faults(found)
        if self._is_unchanged(found):
            return SAME, ""
        if kind == "csv":
            lines = list(csv.reader(io.StringIO(whole.decode("utf-8-sig"), newline="")))
            return self._judge_intake(found, {file.name: lines}, seed)
        # an .xls has no checksums: a changed byte of a cell cannot be told from a changed cell
        return (WRONG, "bytes") if kind in FAULTLESS_BYTES else (CHANGED, "xls bytes, not judged")

    def _package(self, rng: random.Random, where: Path, seed: int) -> tuple[str, str]:
        rows = made_up.tables()
        table = rng.choice([one for one in rows if rows[one]])
        row = rng.choice(rows[table])
        row[rng.choice(workbooks.DICTIONARY.fields(table))] = rng.choice(TEXTS)
        source = made_up.write(where / "made", rows)
        found = intake.read_source(source, where / "into")
        if found.faults:
            return self._judge_faults(found)
        for file in source.rglob("*.csv"):
            if file.read_bytes() != (found.folder / file.relative_to(source)).read_bytes():
                return WRONG, file.name
        return (SAME if self._is_unchanged(found) else CHANGED), ""

    def _judge_faults(self, found: intake.Intake) -> tuple[str, str]:
        for one in found.faults:
            if not all(one.why(lang) and one.mend(lang) and one.line(lang) for lang in LANGUAGES):
                return CRASHED, f"{one.code} has no words"
        return REFUSED, ""

    def _is_unchanged(self, found: intake.Intake) -> bool:
        return all(
            (found.folder / f"{one}.csv").read_bytes() == _normalise_line_ends(whole)
            for one, whole in self.tables.items()
        )

    def _judge_intake(self, found: intake.Intake, cells: dict[str, list[list]], seed: int) -> tuple[str, str]:
        if found.faults:
            return self._judge_faults(found)
        if said := find_loss(found, cells):
            return WRONG, said
        if seed % SAMPLE == 0:
            register.load_register(found.folder)
        return (SAME if self._is_unchanged(found) else CHANGED), ""


def _strip_control_characters(value: object) -> object:
    return "".join(one for one in value if one >= " " or one in "\t\n") if isinstance(value, str) else value


def _normalise_line_ends(whole: bytes) -> bytes:
    """Return a table of the made-up package as the intake writes tables."""
    return whole.replace(b"\r\n", b"\n")
