"""What every export says of itself: as known on which day, narrowed to what, under which licences."""

from collections.abc import Iterator, Mapping

from khoosheh import board, calendar, names, words
from khoosheh.locale import text
from khoosheh.measures.scope import Selection
from khoosheh.persian import format_number
from khoosheh.register import Register

# part of a selection: (word of the filter, table of its codes)
PLACES = {"chains": ("chain", "chains"), "counties": ("county", "counties")}
LISTED = {"sectors": ("sector", "projects", "sector"), "kinds": ("kind", "statements", "measure")}

Line = tuple[str, str]


def lines(register: Register, selection: Selection, lang: str, *, amounts: bool = False) -> list[Line]:
    """Return what an export says of itself: name and value, in order; ``amounts``: also how it shows them."""
    count = format_number(len(board.statements(register, selection)), lang)
    day = calendar.to_jalali(board.day_of(register, selection))
    return [
        (text(lang, "export.register"), register.label(lang)),
        (text(lang, "export.as_known_on"), calendar.format_date(day, lang)),
        (text(lang, "export.compiled_on"), calendar.format_date(calendar.parse(register.compiled_on), lang)),
        *filters(register, selection, lang),
        *(_amounts(register, selection, lang) if amounts else ()),
        (text(lang, "export.statements"), count),
        (text(lang, "export.licences"), licences(register.descriptor, lang)),
        (text(lang, "export.version"), register.version),
    ]


def filters(register: Register, selection: Selection, lang: str) -> Iterator[Line]:
    """Yield to what a selection is narrowed; 'all' where it is not."""
    chosen = {
        word: [names.of_row(register, table, code, lang) for code in getattr(selection, part)]
        for part, (word, table) in PLACES.items()
    }
    for part, (word, table, field) in LISTED.items():
        chosen[word] = [names.of_value(register, table, field, code, lang) for code in getattr(selection, part)]
    # filters of firms are told where they are set: what else is exported does not depend on them
    classes = text(lang, "list.comma").join(words.digits(one, lang) for one in selection.isic)
    answers = {"kb": selection.knowledge_based, "exports": selection.exporting}
    for word, found in chosen.items():
        shown = text(lang, "list.comma").join(found) or text(lang, "filter.all")
        yield text(lang, f"filter.{word}"), shown
    if classes:
        yield text(lang, "filter.isic"), classes
    for word, codes in answers.items():
        if codes:
            yield (
                text(lang, f"filter.{word}"),
                text(lang, "list.comma").join(text(lang, f"answer.{one}") for one in codes),
            )


def _amounts(register: Register, selection: Selection, lang: str) -> Iterator[Line]:
    yield text(lang, "filter.unit"), names.of_unit(register, selection.unit, lang)
    yield text(lang, "filter.by"), text(lang, f"by.{selection.by}")


def licences(one: Mapping, lang: str) -> str:
    """Return the licences of a descriptor, or of a part of it: name, title and address; 'not stated' without any."""
    told = (" · ".join(filter(None, map(terms.get, ("name", "title", "path")))) for terms in terms_of(one))
    return text(lang, "list.semicolon").join(filter(None, told)) or text(lang, "value.not_stated")


def terms_of(one: Mapping) -> list[dict[str, str]]:
    """Return the licences of a descriptor as texts; what has not the form of a licence is passed over."""
    given = one.get("licenses")
    found = [terms for terms in given if isinstance(terms, Mapping)] if isinstance(given, tuple | list) else []
    return [{name: value for name, value in terms.items() if isinstance(value, str)} for terms in found]
