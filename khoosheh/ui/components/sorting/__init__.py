"""Sorting tables of a page by their headings, in the browser."""

from khoosheh.ui.components import register_component

_mount = register_component(__file__, "sorting")


def attach_table_sorting(lang: str) -> None:
    """Make all tables of the page sortable, in the alphabetical order of ``lang``."""
    _mount(key="sorting", data={"lang": lang})
