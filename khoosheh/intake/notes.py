"""Explanations of what to write into a field, for comments on headings and for the guide."""

from collections.abc import Iterator, Mapping

from khoosheh.intake import layout
from khoosheh.locale import format_message
from khoosheh.register import Dictionary
from khoosheh.register.descriptor_types import CodeAttributes, Constraints

MOST_CODES = 8


def format_field_note(dictionary: Dictionary, table: str, field: str, lang: str) -> str:
    """Return the explanation of a field: whether required, kind of value, unit, limits, description and codes."""
    return "\n".join(_format_note_lines(dictionary, table, field, lang))


def _format_note_lines(dictionary: Dictionary, table: str, field: str, lang: str) -> Iterator[str]:
    described = dictionary.field(table, field)
    required = described.get("constraints", {}).get("required")
    yield format_message(lang, "note.required" if required else "note.optional")
    yield format_value_kind(dictionary, table, field, lang)
    unit, unit_field = dictionary.unit(table, field), described.get("refers_to_unit_in")
    if unit:
        yield format_message(lang, "note.unit", unit=unit)
    elif unit_field:
        yield format_message(lang, "note.unit_in", heading=dictionary.field_label(table, unit_field, lang))
    if described.get("calendar") != "jalali":
        yield from _format_value_limits(described.get("constraints", {}), lang)
    description = described.get("description_fa") if lang == "fa" else described.get("description")
    if description:
        yield description
    values = dictionary.values(table, field)
    if values:
        yield _format_code_list(values, lang)


def format_value_kind(dictionary: Dictionary, table: str, field: str, lang: str) -> str:
    """Return the kind of value that a field takes, in words."""
    described = dictionary.field(table, field)
    if described.get("values"):
        return format_message(lang, "note.kind.code")
    if described.get("calendar") == "jalali":
        return format_message(lang, "note.kind.date")
    other = find_linked_field(dictionary, table, field)
    if other:
        return format_message(lang, "note.kind.key", sheet=layout.format_sheet_name(dictionary, other[0], lang))
    if field in dictionary.keys(table):
        return format_message(lang, "note.kind.id")
    kind = described["type"] if described["type"] in ("integer", "number", "year", "boolean") else "string"
    return format_message(lang, f"note.kind.{kind}")


def find_linked_field(dictionary: Dictionary, table: str, field: str) -> tuple[str, str] | None:
    """Return the table and field to whose values a single field refers; ``None`` where it refers to none."""
    links = (link for link in dictionary.links(table) if link[0] == (field,))
    return next(((other, keys[0]) for _, other, keys in links), None)


def _format_value_limits(constraints: Constraints, lang: str) -> Iterator[str]:
    if "minimum" in constraints:
        yield format_message(lang, "note.minimum", value=constraints["minimum"])
    if "maximum" in constraints:
        yield format_message(lang, "note.maximum", value=constraints["maximum"])


def _format_code_list(values: Mapping[str, CodeAttributes], lang: str) -> str:
    shown = [
        format_message(lang, "fault.labelled", value=labels[lang], label=code) for code, labels in values.items()
    ]
    listed = format_message(lang, "list.comma").join(shown[:MOST_CODES])
    return format_message(lang, "note.codes_more" if len(shown) > MOST_CODES else "note.codes", codes=listed)
