"""What to write into a field, in words: for notes on headings and for the guide."""

from collections.abc import Iterator, Mapping

from khoosheh.intake import layout
from khoosheh.locale import text
from khoosheh.register import Dictionary

MOST_CODES = 8


def note(dictionary: Dictionary, table: str, field: str, lang: str) -> str:
    """Return all that is to be known of a field, a line each."""
    return "\n".join(_lines(dictionary, table, field, lang))


def _lines(dictionary: Dictionary, table: str, field: str, lang: str) -> Iterator[str]:
    described = dictionary.field(table, field)
    required = described.get("constraints", {}).get("required")
    yield text(lang, "note.required" if required else "note.optional")
    yield kind(dictionary, table, field, lang)
    unit, unit_field = dictionary.unit(table, field), described.get("refers_to_unit_in")
    if unit:
        yield text(lang, "note.unit", unit=unit)
    elif unit_field:
        yield text(lang, "note.unit_in", heading=dictionary.field_label(table, unit_field, lang))
    if described.get("calendar") != "jalali":
        yield from _limits(described.get("constraints", {}), lang)
    more = described.get("description_fa" if lang == "fa" else "description")
    if more:
        yield more
    values = dictionary.values(table, field)
    if values:
        yield _codes(values, lang)


def kind(dictionary: Dictionary, table: str, field: str, lang: str) -> str:
    """Return what kind of value a field takes."""
    described = dictionary.field(table, field)
    if described.get("values"):
        return text(lang, "note.kind.code")
    if described.get("calendar") == "jalali":
        return text(lang, "note.kind.date")
    other = linked(dictionary, table, field)
    if other:
        return text(lang, "note.kind.key", sheet=layout.sheet_name(dictionary, other[0], lang))
    if field in dictionary.keys(table):
        return text(lang, "note.kind.id")
    known = described["type"] if described["type"] in ("integer", "number", "year", "boolean") else "string"
    return text(lang, f"note.kind.{known}")


def linked(dictionary: Dictionary, table: str, field: str) -> tuple[str, str] | None:
    """Return the table and field that a field's values must stand in, where that is one."""
    links = (link for link in dictionary.links(table) if link[0] == (field,))
    return next(((other, there[0]) for _, other, there in links), None)


def _limits(rules: Mapping, lang: str) -> Iterator[str]:
    for name in ("minimum", "maximum"):
        if name in rules:
            yield text(lang, f"note.{name}", value=rules[name])


def _codes(values: Mapping[str, Mapping], lang: str) -> str:
    shown = [text(lang, "fault.labelled", value=one[lang], label=code) for code, one in values.items()]
    listed = text(lang, "list.comma").join(shown[:MOST_CODES])
    return text(lang, "note.codes_more" if len(shown) > MOST_CODES else "note.codes", codes=listed)
