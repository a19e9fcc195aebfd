"""The sources of a project as documents of the standard."""

from collections.abc import Iterable

from khoosheh import calendar, formatting, labels
from khoosheh.exports.addresses import is_web_address
from khoosheh.exports.oc4ids import cells
from khoosheh.exports.oc4ids.metrics import ProjectContext
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.register import Register
from khoosheh.topics.request import Row


def build_documents(source_ids: Iterable[str], context: ProjectContext) -> list[cells.JsonObject]:
    """Return the sources as documents, each once, in the order of their ids.

    A document has an address only if that is an absolute HTTP(S) address, and a date only if its day of publication
    is known.
    """
    ids = sorted(set(source_ids))
    return [_build_document(context.register, context.sources[source_id], context.lang) for source_id in ids]


def _build_document(register: Register, row: Row, lang: str) -> cells.JsonObject:
    address = "" if is_missing(row["address"]) else row["address"]
    return cells.drop_empty_fields({
        "id": row["source_id"],
        "title": row[f"title_{lang}"],
        "description": _format_document_description(register, row, lang),
        "url": address if is_web_address(address) else "",
        "datePublished": _format_publication_date(row),
        "accessDetails": row["locator"],
    })  # fmt: skip


def _format_publication_date(row: Row) -> str:
    if is_missing(row["published_from"]) or row["published_from"] != row["published_to"]:
        return ""
    published = calendar.parse_jalali_date(row["published_from"])
    return cells.format_datetime(published.first_day) if published.precision == "day" else ""


def _format_document_description(register: Register, row: Row, lang: str) -> str:
    published = format_message(lang, "value.not_stated")
    if not is_missing(row["published_from"]):
        last = row["published_from"] if is_missing(row["published_to"]) else row["published_to"]
        published = formatting.format_statement_dates(row["published_from"], last, lang)
    licence = format_message(lang, "value.not_stated") if is_missing(row["licence"]) else row["licence"]
    description = format_message(
        lang,
        "projects.document",
        publisher=row[f"publisher_{lang}"],
        published=published,
        quality=labels.find_value_label(register, "sources", "quality", row["quality"], lang),
        licence=licence,
    )
    note = row[f"quality_note_{lang}"]
    return description if is_missing(note) else f"{description} {note}"
