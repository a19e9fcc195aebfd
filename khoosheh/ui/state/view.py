"""The view: the choices of a reader, read from the address bar and written to it.

The address is the only place where the view is kept: a link opens the same view, and the back button returns to the
previous one. The address holds stable codes, never labels, and only the values that differ from the default.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypedDict, Unpack

from khoosheh import calendar
from khoosheh.figures.amount_axis import LINEAR, SCALES, Scale
from khoosheh.hidden_characters import escape_hidden_characters
from khoosheh.locale import DEFAULT, LANGUAGES
from khoosheh.measures.scenario import Scenario
from khoosheh.measures.scope import Selection
from khoosheh.measures.value_chains import READINESS
from khoosheh.queries import UNITS, list_selection_codes
from khoosheh.register import Register
from khoosheh.topics.deck import PAGES
from khoosheh.topics.request import Question
from khoosheh.ui.state.address_bar import rename_former_fields

LISTS = ("chain", "county", "sector", "project", "kind", "province", "isic", "knowledge_based", "exporting")
CHOICES = ("unit", "by", "scale", "indicator", "definition", "detail", "trial")
NUMBERS = ("first", "last", "before")
DATES = ("asof", "since")
MOST_IDS = 200
# Of a stage a reader may assume a capacity of at most so many thousand tonnes a year, or, with ``OPERATES``, that it
# operates at an unknown capacity.
MOST_KT = 1_000_000
OPERATES = "on"
KT = 1000
AFTER = "after_register"
LONGEST_TOKEN = 40
# keys of slides contain codes of the register; these are the characters that its descriptor allows in codes
SLIDE_KEY = re.compile("[A-Za-z0-9_.:-]{1,80}")
MOST_SLIDES = 60
CHOOSING = "1"

# a field of the address that was not understood: name, value, code of the fault of a date or an empty string
UnknownField = tuple[str, str, str]


class FilterChanges(TypedDict, total=False):
    """Fields of :class:`View` that filter statements or firms, with new values."""

    chain: tuple[str, ...]
    county: tuple[str, ...]
    sector: tuple[str, ...]
    project: tuple[str, ...]
    kind: tuple[str, ...]
    isic: tuple[str, ...]
    knowledge_based: tuple[str, ...]
    exporting: tuple[str, ...]


class ViewChanges(FilterChanges, total=False):
    """Fields of :class:`View` with new values."""

    lang: str
    province: tuple[str, ...]
    unit: str
    by: str
    scale: Scale
    asof: str
    since: str
    indicator: str
    definition: str
    detail: str
    trial: str
    scenario: tuple[str, ...]
    first: int
    last: int
    before: int
    ids: tuple[str, ...]
    q: str
    page: int
    draft: str
    slide: str
    slides: tuple[str, ...]
    of: str
    choose: str


@dataclass(frozen=True)
class View:
    """One view of the register; ``docs/architecture.md`` lists the fields of the address.

    ``unknown``: fields of the address whose value the register does not have.
    """

    lang: str = DEFAULT
    chain: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    project: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    province: tuple[str, ...] = ()
    isic: tuple[str, ...] = ()
    knowledge_based: tuple[str, ...] = ()
    exporting: tuple[str, ...] = ()
    unit: str = UNITS[0]
    by: str = "project_id"
    scale: Scale = LINEAR
    asof: str = ""
    since: str = ""
    indicator: str = ""
    definition: str = READINESS
    detail: str = ""
    trial: str = ""
    scenario: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    before: int = 0
    ids: tuple[str, ...] = ()
    q: str = ""
    page: int = 1
    draft: str = ""
    slide: str = ""
    slides: tuple[str, ...] = ()
    of: str = ""
    choose: str = ""
    unknown: tuple[UnknownField, ...] = field(default=(), compare=False)

    @property
    def as_of(self) -> date | None:
        """The last day of the chosen month or day; later statements do not count. ``None`` if none was chosen."""
        return calendar.parse_jalali_date(self.asof).last_day if self.asof else None

    @property
    def since_day(self) -> date | None:
        """The last day of the earlier of two compared months or days; ``None`` if none was chosen."""
        return calendar.parse_jalali_date(self.since).last_day if self.since else None

    @property
    def assumed(self) -> Scenario:
        """The assumed stages with tonnes a year: 0 if a stage stands still, ``None`` if its capacity is unknown."""
        pairs = (assumption.partition(":") for assumption in self.scenario)
        return tuple((stage, None if amount == OPERATES else float(amount) * KT) for stage, _, amount in pairs)

    @property
    def selection(self) -> Selection:
        """The selection of statements, as measures take it."""
        return Selection(
            self.chain, self.county, self.sector, self.kind, self.unit, self.by, self.as_of,
            isic=self.isic, knowledge_based=self.knowledge_based, exporting=self.exporting,
            projects=self.project,
        )  # fmt: skip

    @property
    def question(self) -> Question:
        """The selection with the choices of single pages, as slides take it."""
        return Question(self.selection, self.indicator, self.province, self.definition, self.scale)

    def query(self, **changes: Unpack[ViewChanges]) -> dict[str, str]:
        """Return the fields of the address of this view with ``changes``, fields by name; defaults are left out."""
        changed = replace(self, **changes)
        fields = {name: getattr(changed, name) for name in QUERY}
        written = {name: ",".join(v) if isinstance(v, tuple) else str(v) for name, v in fields.items()}
        return {name: value for name, value in written.items() if fields[name] != getattr(PLAIN, name)}

    def filters(self, **changes: Unpack[ViewChanges]) -> dict[str, str]:
        """Return the fields of the address for a link to another page: language and filters, without the search."""
        return self.query(**(NO_SEARCH | changes))


PLAIN = View()
SLIDES = ("slide", "slides", "of", "choose")
# the fields of search and slides, without values
NO_SEARCH: ViewChanges = {"ids": (), "q": "", "page": 1, "slide": "", "slides": (), "of": "", "choose": ""}
QUERY = ("lang", *LISTS, *CHOICES, "asof", "since", *NUMBERS, "scenario", "ids", "q", "page", "draft", *SLIDES)


def read_language(query: Mapping[str, str]) -> str:
    """Return the language of an address, before its other fields are read; the default for an unknown one."""
    lang = query.get("lang", DEFAULT)
    return lang if lang in LANGUAGES else DEFAULT


def read_view(query: Mapping[str, str], register: Register) -> View:
    """Return the view of an address; values that are not understood are left out and listed in ``unknown``.

    Former names of fields are read where the present name is absent.
    """
    query = rename_former_fields(query)
    scales: list[str] = [*SCALES]
    allowed = list_selection_codes(register) | {"scale": scales}
    # Any, since each field has a type of its own: the functions below return each field of ``View`` in its type
    fields: dict[str, Any] = {}
    unknown: list[UnknownField] = []
    if query.get("lang") and query["lang"] not in LANGUAGES:
        unknown.append(("lang", query["lang"], ""))
    for parsed, refused in (
        _parse_codes(query, allowed),
        _parse_dates(query, calendar.parse_jalali_date(register.compiled_on).last_day),
        _parse_assumptions(query.get("scenario", ""), set(allowed["stage"])),
        _parse_slides(query),
    ):
        fields |= parsed
        unknown += refused
    fields |= {name: _parse_whole_number(query.get(name, "")) for name in NUMBERS}
    return View(
        **fields,
        lang=read_language(query),
        ids=tuple(code for code in query.get("ids", "").split(",") if code)[:MOST_IDS],
        q=query.get("q", "")[:200],
        page=max(1, _parse_whole_number(query.get("page", ""))),
        draft=query.get("draft", "")[:LONGEST_TOKEN],
        unknown=tuple((name, escape_hidden_characters(value), fault) for name, value, fault in unknown),
    )


def _parse_codes(
    query: Mapping[str, str], allowed: Mapping[str, list[str]]
) -> tuple[dict[str, str | tuple[str, ...]], list[UnknownField]]:
    """Return the fields of ``LISTS`` and ``CHOICES``, and the codes that are not allowed.

    ``missing``, the name of a page that does not exist, is among the latter: the server writes it on a redirect.
    """
    fields: dict[str, str | tuple[str, ...]] = {}
    unknown: list[UnknownField] = []
    for name in LISTS:
        codes = [code for code in query.get(name, "").split(",") if code]
        fields[name] = tuple(code for code in codes if code in allowed[name])
        unknown += [(name, code, "") for code in codes if code not in allowed[name]]
    for name in CHOICES:
        if query.get(name, "") in allowed[name]:
            fields[name] = query[name]
        elif query.get(name):
            unknown.append((name, query[name], ""))
    if query.get("missing"):
        unknown.append(("missing", query["missing"], ""))
    return fields, unknown


def _parse_dates(query: Mapping[str, str], end: date) -> tuple[dict[str, str], list[UnknownField]]:
    parsed = {name: _parse_date(query.get(name, ""), end) for name in DATES}
    unknown = [(name, query[name], fault) for name, (_, fault) in parsed.items() if fault]
    return {name: day for name, (day, _) in parsed.items()}, unknown


def _parse_assumptions(text: str, stages: set[str]) -> tuple[dict[str, tuple[str, ...]], list[UnknownField]]:
    """Return the field ``scenario`` as 'stage:kt' or 'stage:on', each stage once, and the parts that are neither."""
    written: dict[str, str] = {}
    unknown: list[UnknownField] = []
    for part in (part for part in text.split(",")[: len(stages)] if part):
        stage, _, amount = part.partition(":")
        shown = amount if amount == OPERATES else _normalise_amount(amount)
        if stage in stages and shown:
            written[stage] = f"{stage}:{shown}"
        else:
            unknown.append(("scenario", part, ""))
    return {"scenario": tuple(written.values())}, unknown


def _parse_slides(query: Mapping[str, str]) -> tuple[dict[str, str | tuple[str, ...]], list[UnknownField]]:
    """Return the fields of ``SLIDES``, and the values that are malformed.

    Keys of slides that do not exist are accepted here: only the deck can tell.
    """
    keys = [key for key in query.get("slides", "").split(",") if key][:MOST_SLIDES]
    values = {name: query.get(name, "") for name in ("slide", "of", "choose")}
    valid = {
        "slide": bool(SLIDE_KEY.fullmatch(values["slide"])),
        "of": values["of"] in PAGES,
        "choose": values["choose"] == CHOOSING,
    }
    fields: dict[str, str | tuple[str, ...]] = {name: value if valid[name] else "" for name, value in values.items()}
    fields["slides"] = tuple(dict.fromkeys(key for key in keys if SLIDE_KEY.fullmatch(key)))
    refused = [("slides", key, "") for key in keys if key not in fields["slides"]]
    return fields, [*refused, *((name, value, "") for name, value in values.items() if value and not valid[name])]


def _normalise_amount(text: str) -> str:
    """Return thousand tonnes a year as the address writes them; an empty string for any other text."""
    try:
        value = float(text)
    except ValueError:
        return ""
    return f"{value:.12g}" if 0 <= value <= MOST_KT else ""


def _parse_whole_number(text: str) -> int:
    """Return a whole number of at most five digits; 0 for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _parse_date(text: str, end: date) -> tuple[str, str]:
    """Return a date as the register writes it and an empty string, or an empty string and the code of the fault.

    A date after ``end``, the day on which the register was compiled, is a fault: a reader must not conclude from an
    older register that nothing was stated since.
    """
    if not text:
        return "", ""
    try:
        parsed = calendar.parse_jalali_date(text)
    except calendar.DateError as error:
        return "", error.code
    return ("", AFTER) if parsed.first_day > end else (str(parsed), "")
