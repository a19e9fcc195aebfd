"""What every export says of itself: as known on which day, narrowed to what, under which licences."""

from collections.abc import Iterator, Mapping

from khoosheh import calendar, formatting, labels, queries
from khoosheh.locale import format_message
from khoosheh.measures.scope import Selection
from khoosheh.persian import format_number
from khoosheh.register import Register

# part of a selection: (word of the filter, table of its codes)
PLACES = {"chains": ("chain", "chains"), "counties": ("county", "counties")}
LISTED = {"sectors": ("sector", "projects", "sector"), "kinds": ("kind", "statements", "measure")}

Line = tuple[str, str]


def build_cover_lines(register: Register, selection: Selection, lang: str, *, amounts: bool = False) -> list[Line]:
    """Return what an export says of itself: name and value, in order; ``amounts``: also how it shows them."""
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
    """Yield to what a selection is narrowed; 'all' where it is not."""
    chosen = {
        word: [labels.find_row_label(register, table, code, lang) for code in getattr(selection, part)]
        for part, (word, table) in PLACES.items()
    }
    for part, (word, table, field) in LISTED.items():
        chosen[word] = [
            labels.find_value_label(register, table, field, code, lang) for code in getattr(selection, part)
        ]
    # filters of firms are told where they are set: what else is exported does not depend on them
    classes = format_message(lang, "list.comma").join(formatting.format_digits(one, lang) for one in selection.isic)
    answers = {"knowledge_based": selection.knowledge_based, "exporting": selection.exporting}
    for word, found in chosen.items():
        shown = format_message(lang, "list.comma").join(found) or format_message(lang, "filter.all")
        yield format_message(lang, f"filter.{word}"), shown
    if classes:
        yield format_message(lang, "filter.isic"), classes
    for word, codes in answers.items():
        if codes:
            yield (
                format_message(lang, f"filter.{word}"),
                format_message(lang, "list.comma").join(format_message(lang, f"answer.{one}") for one in codes),
            )


def _list_amount_lines(register: Register, selection: Selection, lang: str) -> Iterator[Line]:
    yield format_message(lang, "filter.unit"), labels.find_unit_label(register, selection.unit, lang)
    yield format_message(lang, "filter.by"), format_message(lang, f"by.{selection.by}")


def format_licences(one: Mapping, lang: str) -> str:
    """Return the licences of a descriptor, or of a part of it: name, title and address; 'not stated' without any."""
    told = (" · ".join(filter(None, map(terms.get, ("name", "title", "path")))) for terms in list_licence_terms(one))
    return format_message(lang, "list.semicolon").join(filter(None, told)) or format_message(lang, "value.not_stated")


def list_licence_terms(one: Mapping) -> list[dict[str, str]]:
    """Return the licences of a descriptor as texts; what has not the form of a licence is passed over."""
    given = one.get("licenses")
    found = [terms for terms in given if isinstance(terms, Mapping)] if isinstance(given, tuple | list) else []
    return [{name: value for name, value in terms.items() if isinstance(value, str)} for terms in found]
