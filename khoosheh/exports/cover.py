"""The metadata that every export contains: day of 'as known on', filters, licences, version of the register."""

from collections.abc import Iterator, Mapping

from khoosheh import calendar, formatting, labels, queries
from khoosheh.locale import format_message
from khoosheh.measures.scope import Selection
from khoosheh.persian import format_number
from khoosheh.register import Register

# part of a selection: name of the filter, table and, for coded values, field of its codes
PLACES = {"chains": ("chain", "chains"), "counties": ("county", "counties"), "projects": ("project", "projects")}
LISTED = {"sectors": ("sector", "projects", "sector"), "kinds": ("kind", "statements", "measure")}

Line = tuple[str, str]


def build_cover_lines(register: Register, selection: Selection, lang: str, *, amounts: bool = False) -> list[Line]:
    """Return the metadata of an export as names and values; ``amounts``: also the unit and dimension of amounts."""
    count = format_number(len(queries.select_statements(register, selection)), lang)
    day = calendar.to_jalali(queries.find_as_of_day(register, selection))
    return [
        (format_message(lang, "export.register"), register.label(lang)),
        (format_message(lang, "export.as_known_on"), calendar.format_date(day, lang)),
        (
            format_message(lang, "export.compiled_on"),
            calendar.format_date(calendar.parse_jalali_date(register.compiled_on), lang),
        ),
        *list_filter_lines(register, selection, lang),
        *(_list_amount_lines(register, selection, lang) if amounts else ()),
        (format_message(lang, "export.statements"), count),
        (format_message(lang, "export.licences"), format_licences(register.descriptor, lang)),
        (format_message(lang, "export.version"), register.version),
    ]


def list_filter_lines(register: Register, selection: Selection, lang: str) -> Iterator[Line]:
    """Yield the filters of a selection as names and values, 'all' for a filter without a choice.

    Filters of projects, which no control shows, and of firms are left out where they have no choice.
    """
    chosen = {
        word: [labels.find_row_label(register, table, code, lang) for code in getattr(selection, part)]
        for part, (word, table) in PLACES.items()
    }
    for part, (word, table, field) in LISTED.items():
        chosen[word] = [
            labels.find_value_label(register, table, field, code, lang) for code in getattr(selection, part)
        ]
    classes = format_message(lang, "list.comma").join(formatting.format_digits(code, lang) for code in selection.isic)
    answers = {"knowledge_based": selection.knowledge_based, "exporting": selection.exporting}
    for word, names in chosen.items():
        if word == "project" and not names:
            continue
        shown = format_message(lang, "list.comma").join(names) or format_message(lang, "filter.all")
        yield format_message(lang, f"filter.{word}"), shown
    if classes:
        yield format_message(lang, "filter.isic"), classes
    for word, codes in answers.items():
        if codes:
            yield (
                format_message(lang, f"filter.{word}"),
                format_message(lang, "list.comma").join(format_message(lang, f"answer.{code}") for code in codes),
            )


def _list_amount_lines(register: Register, selection: Selection, lang: str) -> Iterator[Line]:
    yield format_message(lang, "filter.unit"), labels.find_unit_label(register, selection.unit, lang)
    yield format_message(lang, "filter.by"), format_message(lang, f"by.{selection.by}")


def format_licences(descriptor: Mapping[str, object], lang: str) -> str:
    """Return the licences of a descriptor or resource with name, title and address; 'not stated' without any."""
    lines = (
        " · ".join(licence[part] for part in ("name", "title", "path") if licence.get(part))
        for licence in list_licence_terms(descriptor)
    )
    return format_message(lang, "list.semicolon").join(filter(None, lines)) or format_message(
        lang, "value.not_stated"
    )


def list_licence_terms(descriptor: Mapping[str, object]) -> list[dict[str, str]]:
    """Return the properties of the licences of a descriptor that are texts; malformed licences are left out."""
    licences = descriptor.get("licenses")
    if not isinstance(licences, tuple | list):
        return []
    mappings = [licence for licence in licences if isinstance(licence, Mapping)]
    return [{name: value for name, value in licence.items() if isinstance(value, str)} for licence in mappings]
