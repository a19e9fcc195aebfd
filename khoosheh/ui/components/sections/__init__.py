"""Where the reader is: the current page's link in view, and on wide screens a list of the page's sections."""

from khoosheh.ui.components import register_component

_mount = register_component(__file__, "sections")


def attach_section_list(url_path: str, label: str) -> None:
    """Mark the link of the current page, and list the page's headings beside it.

    ``url_path``: the path of the page, empty for the first one; ``label``: the name of the list.
    """
    _mount(key="sections", data={"page": url_path, "label": label})
