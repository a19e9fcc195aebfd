"""Faults of a package: where each is, what is wrong and how to mend it, in the reader's language."""

import dataclasses
import re
from collections.abc import Mapping, Sequence

from khoosheh.locale import format_message, load_messages
from khoosheh.persian import to_persian_digits

GENERAL = "general"
LONGEST = 200
# What changes the text around it or hides within it: control characters, direction overrides and marks of annotation;
# and what is not seen at all, in which other words can be hidden, tag letters above all. ZWNJ, ZWJ, the marks of
# direction, the soft hyphen, the zero-width space and the word joiner stay: texts of both languages have them.
HOSTILE = re.compile(
    "["
    # control characters, ends of lines and paragraphs, halves of characters, non-characters
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    # overrides and isolates, deprecated marks of formatting, invisible signs of mathematics
    "\u202a-\u202e\u2061-\u206f"
    # never seen, and of use in neither language: joiners, fillers and selectors of other scripts
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0d"
    # annotation between lines, and what is set aside around it; shorthand, notes of music
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    # tag letters, selectors of variants
    "\U000e0000-\U000e0fff"
    "]"
)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_UNSEEN = re.compile(f"{HOSTILE.pattern}|[\t\n\r]")
# code of a fault -> beginnings of the codes that say more about the same cell
SHARPER: dict[str, tuple[str, ...]] = {
    "constraint_pattern": ("date_",), "constraint_required": ("missing_cell",), "absurd_number": ("type",),
}  # fmt: skip


def escape_hidden_characters(value: str) -> str:
    """Return a text with its control characters written out (``\\u202e``): it can do no harm where it is shown."""
    return _UNSEEN.sub(lambda found: _escape_character(ord(found.group())), value)


def _escape_character(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


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
        named = {"file": self.file, "field": self.field, "value": self.value, "code": self.code, "note": self.code}
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
        return to_persian_digits(str(value))
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


class PackageError(Exception):
    """A package that cannot be used; ``faults`` names all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults in order of file, row and field."""
        self.faults = tuple(sorted(faults, key=lambda fault: fault.order))
        super().__init__(f"{len(self.faults)} faults")
