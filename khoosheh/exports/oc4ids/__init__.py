"""OC4IDS 0.9.5: the projects of a register in the open standard for infrastructure projects.

The standard writes numbers, not intervals. An interval is written as two observations, its ends, told apart by the
dimension ``bound``; the budget has an amount only where one exact amount was stated. Which state is which status, and
which measures are forecasts, stands in the descriptor (``oc4ids_status``, ``oc4ids_in``, ``oc4ids_metric``).
"""

import json
import uuid
from urllib.parse import quote

from khoosheh import calendar, queries
from khoosheh.exports import cover
from khoosheh.exports.addresses import is_web_address
from khoosheh.exports.errors import ExportError
from khoosheh.exports.oc4ids import project
from khoosheh.exports.oc4ids.cells import format_datetime
from khoosheh.locale import format_message
from khoosheh.measures import scope
from khoosheh.measures.scope import Selection
from khoosheh.register import Register

VERSION = "0.9"


def build_oc4ids_file(register: Register, selection: Selection, lang: str) -> bytes:
    """Return the projects of a selection as an OC4IDS package; raises ``ExportError`` where there is none."""
    return (json.dumps(build_oc4ids_package(register, selection, lang), ensure_ascii=False, indent=1) + "\n").encode()


def build_oc4ids_package(register: Register, selection: Selection, lang: str) -> dict[str, object]:
    """Return the package as values of JSON; raises ``ExportError`` where the selection has no project.

    ``unit`` and ``by`` of the selection change nothing: amounts stand in their own currency.
    """
    chosen = scope.filter_by_scope(queries.read_register_table(register, "projects"), selection)
    if not len(chosen):
        raise ExportError("nothing")
    licence = next(
        (one["path"] for one in cover.list_licence_terms(register.descriptor) if is_web_address(one.get("path"))),
        None,
    )
    made = {
        "uri": uuid.uuid5(uuid.NAMESPACE_OID, f"{register.version} {selection} {lang}").urn,
        "publishedDate": format_datetime(calendar.parse_jalali_date(register.compiled_on).last_day),
        "version": VERSION,
        "publisher": {"name": register.label(lang)},
        "license": licence,
        "publicationPolicy": build_publication_policy(register, selection, lang),
        "projects": project.build_oc4ids_projects(register, selection, chosen, lang),
    }
    return {name: value for name, value in made.items() if value is not None}


def build_publication_policy(register: Register, selection: Selection, lang: str) -> str:
    """Return the publication policy as an address that holds its own text, so that it cannot be lost."""
    told = [
        format_message(lang, "export.line", name=name, value=value)
        for name, value in cover.build_cover_lines(register, selection, lang)
    ]
    whole = "\n".join([*told, "", format_message(lang, "projects.policy")])
    return f"data:text/plain;charset=utf-8,{quote(whole, safe='')}"
