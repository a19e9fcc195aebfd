"""The view: what the reader asked for, read from the address bar and written to it.

The address is the only place where the view is kept: a link opens the same view, and the back button goes back.
It holds stable codes, never words, and only what differs from the default.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from khoosheh import calendar
from khoosheh.hidden_characters import escape_hidden_characters
from khoosheh.locale import DEFAULT, LANGUAGES
from khoosheh.measures.scenario import Scenario
from khoosheh.measures.scope import Selection
from khoosheh.measures.value_chains import READINESS
from khoosheh.presenters import PAGES, Question
from khoosheh.queries import UNITS, list_selection_codes
from khoosheh.register import Register

LISTS = ("chain", "county", "sector", "kind", "province", "isic", "kb", "exports")
CHOICES = ("unit", "by", "indicator", "definition", "trial")
NUMBERS = ("first", "last", "before")
DATES = ("asof", "since")
MOST_IDS = 200
# what a reader may assume of a stage: thousand tonnes a year at most, or that it operates at a capacity nobody named
MOST_KT = 1_000_000
OPERATES = "on"
KT = 1000
AFTER = "after_register"
LONGEST_TOKEN = 40
# keys of slides hold codes of the register, whose letters are those of its descriptor
SLIDE_KEY = re.compile("[A-Za-z0-9_.:-]{1,80}")
MOST_SLIDES = 60
CHOOSING = "1"


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
    definition: str = READINESS
    trial: str = ""
    whatif: tuple[str, ...] = ()
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
    # What the address asked for and the register does not have: (name, value, fault of a date or empty).
    unknown: tuple[tuple[str, str, str], ...] = field(default=(), compare=False)

    @property
    def as_of(self) -> date | None:
        """The last day of the month or day up to which statements count."""
        return calendar.parse_jalali_date(self.asof).last_day if self.asof else None

    @property
    def since_day(self) -> date | None:
        """The last day of the earlier of two dates that are compared."""
        return calendar.parse_jalali_date(self.since).last_day if self.since else None

    @property
    def assumed(self) -> Scenario:
        """What the reader assumes: stages with tonnes a year, 0 for standing still, nothing for 'operates'."""
        pairs = (one.partition(":") for one in self.whatif)
        return tuple((stage, None if amount == OPERATES else float(amount) * KT) for stage, _, amount in pairs)

    @property
    def selection(self) -> Selection:
        """The question to the measures."""
        return Selection(
            self.chain, self.county, self.sector, self.kind, self.unit, self.by, self.as_of,
            isic=self.isic, knowledge_based=self.kb, exporting=self.exports,
        )  # fmt: skip

    @property
    def question(self) -> Question:
        """The question to the slides."""
        return Question(self.selection, self.indicator, self.province, self.definition)

    def query(self, **changes: object) -> dict[str, str]:
        """Return the address' fields of this view with some changed; defaults are left out."""
        changed = replace(self, **changes)
        fields = {name: getattr(changed, name) for name in QUERY}
        written = {name: ",".join(v) if isinstance(v, tuple) else str(v) for name, v in fields.items()}
        return {name: words for name, words in written.items() if fields[name] != getattr(PLAIN, name)}

    def filters(self, **changes: object) -> dict[str, str]:
        """Return the address' fields for a link to another page: language and filters, not what was searched."""
        return self.query(**{"ids": (), "q": "", "page": 1, **NO_SLIDES, **changes})


PLAIN = View()
SLIDES = ("slide", "slides", "of", "choose")
NO_SLIDES = {"slide": "", "slides": (), "of": "", "choose": ""}
QUERY = ("lang", *LISTS, *CHOICES, "asof", "since", *NUMBERS, "whatif", "ids", "q", "page", "draft", *SLIDES)


def read_language(query: Mapping[str, str]) -> str:
    """Return the language that the address asks for, before anything else is known."""
    asked = query.get("lang", DEFAULT)
    return asked if asked in LANGUAGES else DEFAULT


def read_view(query: Mapping[str, str], register: Register) -> View:
    """Read a view from the address' fields. What is not understood is left out and named in ``unknown``."""
    allowed, unknown, found = list_selection_codes(register), [], {}
    if query.get("lang") and query["lang"] not in LANGUAGES:
        unknown.append(("lang", query["lang"], ""))
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
        found[name], fault = _parse_date(
            query.get(name, ""), calendar.parse_jalali_date(register.compiled_on).last_day
        )
        if fault:
            unknown.append((name, query[name], fault))
    found["whatif"], refused = _parse_assumptions(query.get("whatif", ""), set(allowed["stage"]))
    unknown += [("whatif", one, "") for one in refused]
    slides, refused = _parse_slides(query)
    found |= slides
    unknown += refused
    ids = tuple(one for one in query.get("ids", "").split(",") if one)[:MOST_IDS]
    found |= {name: _parse_whole_number(query.get(name, "")) for name in NUMBERS}
    return View(
        lang=read_language(query), **found, ids=ids, q=query.get("q", "")[:200],
        page=max(1, _parse_whole_number(query.get("page", ""))), draft=query.get("draft", "")[:LONGEST_TOKEN],
        unknown=tuple((name, escape_hidden_characters(value), fault) for name, value, fault in unknown),
    )  # fmt: skip


def _parse_assumptions(words: str, stages: set[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the assumptions of the address as 'stage:kt' or 'stage:on', each stage once, and what is none."""
    found, refused = {}, []
    for one in (part for part in words.split(",")[: len(stages)] if part):
        stage, _, amount = one.partition(":")
        written = amount if amount == OPERATES else _normalise_amount(amount)
        if stage in stages and written:
            found[stage] = f"{stage}:{written}"
        else:
            refused.append(one)
    return tuple(found.values()), refused


def _parse_slides(query: Mapping[str, str]) -> tuple[dict[str, object], list[tuple[str, str, str]]]:
    """Return what the address says of slides, and what of it is none.

    Whether there is a slide of a key, only the deck can tell.
    """
    asked = [one for one in query.get("slides", "").split(",") if one][:MOST_SLIDES]
    shown, of, choose = (query.get(name, "") for name in ("slide", "of", "choose"))
    found = {
        "slides": tuple(dict.fromkeys(one for one in asked if SLIDE_KEY.fullmatch(one))),
        "slide": shown if SLIDE_KEY.fullmatch(shown) else "",
        "of": of if of in PAGES else "",
        "choose": choose if choose == CHOOSING else "",
    }
    refused = [("slides", one, "") for one in asked if one not in found["slides"]]
    named = {"slide": shown, "of": of, "choose": choose}
    return found, [*refused, *((name, value, "") for name, value in named.items() if value and not found[name])]


def _normalise_amount(words: str) -> str:
    """Return thousand tonnes a year as the address writes them; nothing for what is no such amount."""
    try:
        value = float(words)
    except ValueError:
        return ""
    return f"{value:.12g}" if 0 <= value <= MOST_KT else ""


def _parse_whole_number(words: str) -> int:
    """Return a short whole number of the address; 0 for anything else."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 6 else 0


def _parse_date(words: str, end: date) -> tuple[str, str]:
    """Return a date of the address as the register writes it, and the code of its fault.

    A date after the register's ``end`` is one: nobody may conclude from the silence of a register that is older.
    """
    if not words:
        return "", ""
    try:
        found = calendar.parse_jalali_date(words)
    except calendar.DateError as error:
        return "", error.code
    return ("", AFTER) if found.first_day > end else (str(found), "")
