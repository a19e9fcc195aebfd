"""Faults of a package: where, what, why, and how to mend it, in the reader's language."""

import dataclasses
from collections.abc import Mapping, Sequence

from khoosheh.locale import messages, text

GENERAL = "general"


@dataclasses.dataclass(frozen=True)
class Fault:
    """One fault. ``row``: line of the file, the heading being 1; ``code``: the machine's name of the fault."""

    code: str
    file: str = ""
    row: int | None = None
    field: str = ""
    value: str = ""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict, hash=False)

    def why(self, lang: str) -> str:
        """Return what is wrong."""
        return self._words(lang, "why")

    def mend(self, lang: str) -> str:
        """Return what to do about it."""
        return self._words(lang, "mend")

    def _words(self, lang: str, part: str) -> str:
        code = self.code if f"fault.{self.code}.{part}" in messages(lang) else GENERAL
        # Numbers in a fault are names of things (a year, a month), not amounts: no marks of thousands.
        places = {name: str(value) for name, value in self.params.items()}
        named = {"file": self.file, "field": self.field, "value": self.value, "code": self.code}
        return text(lang, f"fault.{code}.{part}", **{"note": "", **named, **places})

    def as_dict(self, lang: str) -> dict[str, object]:
        """Return all of it for a table or JSON."""
        return {
            "file": self.file, "row": self.row, "field": self.field, "value": self.value, "code": self.code,
            "why": self.why(lang), "mend": self.mend(lang),
        }  # fmt: skip

    def line(self, lang: str) -> str:
        """Return it as one line of text."""
        place = ":".join(str(part) for part in (self.file, self.row, self.field) if part)
        shown = f" «{self.value}»" if self.value else ""
        return f"{place}{shown}: {self.why(lang)} {self.mend(lang)}"

    @property
    def order(self) -> tuple:
        """Where it stands among the faults of a package."""
        return self.file, self.row or 0, self.field, self.code


class PackageError(Exception):
    """A package that cannot be used; ``faults`` names all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults in order of file, row and field."""
        self.faults = tuple(sorted(faults, key=lambda fault: fault.order))
        super().__init__(f"{len(self.faults)} faults")
