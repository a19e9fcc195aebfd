"""The view: what the reader asked for, read from the address bar and written to it.

The address is the only place where the view is kept: a link opens the same view, and the back button goes back.
It holds stable codes, never words, and only what differs from the default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from khoosheh import calendar
from khoosheh.board import UNITS, codes
from khoosheh.locale import DEFAULT, LANGUAGES
from khoosheh.measures.scope import Selection
from khoosheh.register import Register

LISTS = ("chain", "county", "sector", "kind", "province", "isic", "kb", "exports")
CHOICES = ("unit", "by", "indicator")
NUMBERS = ("first", "last", "before")
DATES = ("asof", "since")
MOST_IDS = 200
AFTER = "after_register"


@dataclass(frozen=True)
class View:
    """One view of the register; see the fields of the address in ``docs/architecture.md``."""

    lang: str = DEFAULT
    chain: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    isic: tuple[str, ...] = ()
    kb: tuple[str, ...] = ()
    exports: tuple[str, ...] = ()
    unit: str = UNITS[0]
    by: str = "project_id"
    asof: str = ""
    since: str = ""
    indicator: str = ""
    first: int = 0
    last: int = 0
    before: int = 0
    ids: tuple[str, ...] = ()
    q: str = ""
    page: int = 1
    # What the address asked for and the register does not have: (name, value, fault of a date or empty).
    unknown: tuple[tuple[str, str, str], ...] = field(default=(), compare=False)

    @property
    def as_of(self) -> date | None:
        """The last day of the month or day up to which statements count."""
        return calendar.parse(self.asof).last_day if self.asof else None

    @property
    def since_day(self) -> date | None:
        """The last day of the earlier of two dates that are compared."""
        return calendar.parse(self.since).last_day if self.since else None

    @property
    def selection(self) -> Selection:
        """The question to the measures."""
        return Selection(
            self.chain, self.county, self.sector, self.kind, self.unit, self.by, self.as_of,
            isic=self.isic, knowledge_based=self.kb, exporting=self.exports,
        )  # fmt: skip

    def query(self, **changes: object) -> dict[str, str]:
        """Return the address' fields of this view with some changed; defaults are left out."""
        changed = replace(self, **changes)
        fields = {name: getattr(changed, name) for name in QUERY}
        written = {name: ",".join(v) if isinstance(v, tuple) else str(v) for name, v in fields.items()}
        return {name: words for name, words in written.items() if fields[name] != getattr(View(), name)}

    def filters(self, **changes: object) -> dict[str, str]:
        """Return the address' fields for a link to another page: language and filters, not what was searched."""
        return self.query(**{"ids": (), "q": "", "page": 1, **changes})


QUERY = ("lang", *LISTS, *CHOICES, "asof", "since", *NUMBERS, "ids", "q", "page")


def language(query: Mapping[str, str]) -> str:
    """Return the language that the address asks for, before anything else is known."""
    asked = query.get("lang", DEFAULT)
    return asked if asked in LANGUAGES else DEFAULT


def read(query: Mapping[str, str], register: Register) -> View:
    """Read a view from the address' fields. What is not understood is left out and named in ``unknown``."""
    allowed, unknown, found = codes(register), [], {}
    for name in LISTS:
        asked = [code for code in query.get(name, "").split(",") if code]
        found[name] = tuple(code for code in asked if code in allowed[name])
        unknown += [(name, code, "") for code in asked if code not in allowed[name]]
    for name in CHOICES:
        if query.get(name, "") in allowed[name]:
            found[name] = query[name]
        elif query.get(name):
            unknown.append((name, query[name], ""))
    if query.get("missing"):
        unknown.append(("missing", query["missing"], ""))
    for name in DATES:
        found[name], fault = _date(query.get(name, ""), calendar.parse(register.compiled_on).last_day)
        if fault:
            unknown.append((name, query[name], fault))
    ids = tuple(one for one in query.get("ids", "").split(",") if one)[:MOST_IDS]
    found |= {name: _whole(query.get(name, "")) for name in NUMBERS}
    return View(
        lang=language(query), **found, ids=ids, q=query.get("q", "")[:200],
        page=max(1, _whole(query.get("page", ""))), unknown=tuple(unknown),
    )  # fmt: skip


def _whole(words: str) -> int:
    """Return a short whole number of the address; 0 for anything else."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 0


def _date(words: str, end: date) -> tuple[str, str]:
    """Return a date of the address as the register writes it, and the code of its fault.

    A date after the register's ``end`` is one: nobody may conclude from the silence of a register that is older.
    """
    if not words:
        return "", ""
    try:
        found = calendar.parse(words)
    except calendar.DateError as error:
        return "", error.code
    return ("", AFTER) if found.first_day > end else (str(found), "")
