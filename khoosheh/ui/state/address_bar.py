"""Reading and writing single fields of the address bar, also under the names that fields had in older links."""

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st
from streamlit.errors import StreamlitAPIException

from khoosheh.queries import FORMER_FIELDS
from khoosheh.ui.markup import addresses

# keys of the fragments of a page (see khoosheh/ui/shell.py): control of the day, filters, and all the rest
ASOF, FILTERS, VIEW = "asof", "filters", "view"
# fields of codes that no control above a page shows
UNCONTROLLED = ("project",)


def rename_former_fields(query: Mapping[str, str]) -> dict[str, str]:
    """Return fields of an address under their present names.

    A field under a former name counts only where the present name is absent.
    """
    renamed = {FORMER_FIELDS[name]: value for name, value in query.items() if name in FORMER_FIELDS}
    return renamed | {name: value for name, value in query.items() if name not in FORMER_FIELDS}


def read_field(name: str) -> str:
    """Return the value of a field in the address of the running page; an empty string where it is absent."""
    return rename_former_fields(addresses.read_visit_fields()).get(name, "")


def write_field(name: str, value: str) -> None:
    """Set a field in the address of the running page, or remove it where ``value`` is empty.

    The former name of the field is removed: otherwise the next run would read the old value from it.
    """
    for former, present in FORMER_FIELDS.items():
        if present == name:
            st.query_params.pop(former, None)
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def toggle_code(name: str, code: str) -> None:
    """Add a code to the comma-separated codes of a field in the address, or remove it where it is among them."""
    codes = [other for other in read_field(name).split(",") if other]
    others = [other for other in codes if other != code]
    write_field(name, ",".join(others if code in codes else [*codes, code]))
    rerun_view(*(() if name in UNCONTROLLED else (FILTERS,)))


def rerun_view(*controls: str) -> None:
    """Run the view and the named controls again instead of the whole app.

    For callbacks of widgets, after they have written to the address.
    """
    framed = () if st.context.is_embedded else controls
    # a session that moved to another replica has no fragments yet: Streamlit's own rerun follows
    with suppress(StreamlitAPIException):
        st.rerun([*framed, VIEW])
