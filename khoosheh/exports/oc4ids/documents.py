"""The sources of a project as documents."""

from collections.abc import Iterable, Mapping

from khoosheh import calendar, names, words
from khoosheh.exports.addresses import is_web
from khoosheh.exports.oc4ids import cells
from khoosheh.exports.oc4ids.metrics import Told
from khoosheh.locale import text
from khoosheh.register import Register
from khoosheh.words import missing


def documents(source_ids: Iterable[str], told: Told) -> list[dict]:
    """Return the sources as documents, each once, in the order of their ids.

    A document has an address only where that is a whole one of the web, and a date only where it was published on one
    known day.
    """
    return [_document(told.register, told.sources[one], told.lang) for one in sorted(set(source_ids))]


def _document(register: Register, row: Mapping, lang: str) -> dict:
    address = "" if missing(row["address"]) else row["address"]
    return cells.filled({
        "id": row["source_id"],
        "title": row[f"title_{lang}"],
        "description": _description(register, row, lang),
        "url": address if is_web(address) else "",
        "datePublished": _published(row),
        "accessDetails": row["locator"],
    })  # fmt: skip


def _published(row: Mapping) -> str:
    if missing(row["published_from"]) or row["published_from"] != row["published_to"]:
        return ""
    found = calendar.parse(row["published_from"])
    return cells.moment(found.first_day) if found.precision == "day" else ""


def _description(register: Register, row: Mapping, lang: str) -> str:
    published = text(lang, "value.not_stated")
    if not missing(row["published_from"]):
        last = row["published_from"] if missing(row["published_to"]) else row["published_to"]
        published = words.said(row["published_from"], last, lang)
    licence = text(lang, "value.not_stated") if missing(row["licence"]) else row["licence"]
    whole = text(
        lang,
        "projects.document",
        publisher=row[f"publisher_{lang}"],
        published=published,
        quality=names.of_value(register, "sources", "quality", row["quality"], lang),
        licence=licence,
    )
    note = row[f"quality_note_{lang}"]
    return whole if missing(note) else f"{whole} {note}"
