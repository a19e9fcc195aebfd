"""Faults of a package: where each is, what is wrong and how to mend it, in the reader's language."""

import dataclasses
import re
from collections.abc import Mapping, Sequence

from khoosheh.digits import to_persian_digits
from khoosheh.errors import KhooshehError
from khoosheh.hidden_characters import escape_hidden_characters
from khoosheh.locale import format_message, load_messages

GENERAL = "general"
LONGEST = 200
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# code of a fault -> beginnings of the codes that say more about the same cell
SHARPER: dict[str, tuple[str, ...]] = {
    "constraint_pattern": ("date_",), "constraint_required": ("missing_cell",), "absurd_number": ("type",),
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Fault:
    """One fault.

    ``code``: its kind, the key of its texts in the catalogue; ``row``: row of the file as a spreadsheet counts, the
    heading being 1, a cell of several lines being in one row; ``value``: the faulty text, hidden characters escaped;
    ``params``: what its texts name beside these, such as bounds.
    """

    code: str
    file: str = ""
    row: int | None = None
    field: str = ""
    value: str = ""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Escape and shorten the texts that come from the file, so that they are safe to show."""
        for name in ("file", "field", "value"):
            object.__setattr__(self, name, escape_hidden_characters(str(getattr(self, name))[:LONGEST]))

    def why(self, lang: str) -> str:
        """Return what is wrong."""
        return self._format_message(lang, "why")

    def mend(self, lang: str) -> str:
        """Return what to do about it."""
        return self._format_message(lang, "mend")

    def _format_message(self, lang: str, part: str) -> str:
        code = self.code if f"fault.{self.code}.{part}" in load_messages(lang) else GENERAL
        named = {"field": self.field, "value": self.value, "note": self.code}
        places = {name: _format_param(value, lang) for name, value in self.params.items()}
        return format_message(lang, f"fault.{code}.{part}", **{**named, **places})

    def as_dict(self, lang: str) -> dict[str, object]:
        """Return place, value and texts by name, for a table or JSON."""
        return {
            "file": self.file, "row": self.row, "field": self.field, "value": self.value, "code": self.code,
            "why": self.why(lang), "mend": self.mend(lang),
        }  # fmt: skip

    def line(self, lang: str) -> str:
        """Return place, value and texts as one line."""
        place = ":".join(str(part) for part in (self.file, self.row, self.field) if part)
        shown = f" {format_message(lang, 'fault.quoted', value=self.value)}" if self.value else ""
        return f"{place}{shown}: {self.why(lang)} {self.mend(lang)}"

    @property
    def order(self) -> tuple[str, int, str, str]:
        """The key by which the faults of a package are sorted: file, row, field, code."""
        return self.file, self.row or 0, self.field, self.code


def _format_param(value: object, lang: str) -> str:
    """Return a parameter as text: numbers without marks of thousands, since they may be years; codes with labels."""
    if isinstance(value, Mapping):
        listed = [
            format_message(lang, "fault.labelled", value=code, label=labels[lang]) for code, labels in value.items()
        ]
        return format_message(lang, "list.comma").join(listed)
    if lang == "fa" and _NUMBER.fullmatch(str(value)):
        return to_persian_digits(str(value)).replace(".", "٫")
    return escape_hidden_characters(str(value))


def select_sharpest_faults(faults: Sequence[Fault]) -> list[Fault]:
    """Return each fault once, without those that a more exact one of the same cell, or a blank row, explains."""
    codes: dict[tuple[str, int | None, str], list[str]] = {}
    for fault in faults:
        codes.setdefault((fault.file, fault.row, fault.field), []).append(fault.code)
    blank = {(fault.file, fault.row) for fault in faults if fault.code == "blank_row"}
    kept: dict[tuple[str, int | None, str, str, str], Fault] = {}
    for fault in faults:
        place = (fault.file, fault.row, fault.field)
        sharper = SHARPER.get(fault.code, ())
        explained = bool(sharper) and any(code.startswith(sharper) for code in codes[place])
        explained |= (fault.file, fault.row) in blank and fault.code != "blank_row"
        if not explained:
            kept.setdefault((*place, fault.code, fault.value), fault)
    return list(kept.values())


class PackageError(KhooshehError):
    """A package that cannot be used; ``faults`` names all that is wrong with it."""

    texts = ("load.faulty",)

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults in order of file, row and field."""
        self.faults = tuple(sorted(faults, key=lambda fault: fault.order))
        super().__init__("faulty", count=len(self.faults))
