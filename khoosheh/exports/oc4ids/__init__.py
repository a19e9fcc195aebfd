"""Export of projects in OC4IDS 0.9.5, the open data standard for infrastructure projects.

The standard has numbers and no intervals: an interval becomes two observations, which the dimension ``bound``
distinguishes, and a budget has an amount only if exactly one amount was stated. The descriptor of the register maps
states to statuses and measures to metrics (``oc4ids_status``, ``oc4ids_in``, ``oc4ids_metric``).
"""

import json
import uuid
from urllib.parse import quote

from khoosheh import calendar, queries
from khoosheh.engines import collect_frame
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
    """Return the projects of a selection as an OC4IDS package; raises ``ExportError`` if there are none."""
    return (json.dumps(build_oc4ids_package(register, selection, lang), ensure_ascii=False, indent=1) + "\n").encode()


def build_oc4ids_package(register: Register, selection: Selection, lang: str) -> dict[str, object]:
    """Return the package as JSON values; raises ``ExportError`` if the selection has no projects.

    ``unit`` and ``by`` of the selection have no effect: amounts are in the currency in which they were stated.
    """
    chosen = collect_frame(scope.filter_by_scope(queries.read_register_table(register, "projects"), selection))
    if not len(chosen):
        raise ExportError("nothing")
    licences = (licence.get("path") for licence in cover.list_licence_terms(register.descriptor))
    content = {
        "uri": uuid.uuid5(uuid.NAMESPACE_OID, f"{register.version} {selection} {lang}").urn,
        "publishedDate": format_datetime(calendar.parse_jalali_date(register.compiled_on).last_day),
        "version": VERSION,
        "publisher": {"name": register.label(lang)},
        "license": next(filter(is_web_address, licences), None),
        "publicationPolicy": build_publication_policy(register, selection, lang),
        "projects": project.build_oc4ids_projects(register, selection, chosen, lang),
    }
    return {name: value for name, value in content.items() if value is not None}


def build_publication_policy(register: Register, selection: Selection, lang: str) -> str:
    """Return the publication policy as a ``data:`` address, which contains the text itself."""
    lines = [
        format_message(lang, "export.line", name=name, value=value)
        for name, value in cover.build_cover_lines(register, selection, lang)
    ]
    text = "\n".join([*lines, "", format_message(lang, "projects.policy")])
    return f"data:text/plain;charset=utf-8,{quote(text, safe='')}"
