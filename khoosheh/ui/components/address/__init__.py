"""An address to copy."""

from khoosheh.ui.components import register_component

_mount = register_component(__file__, "address")


def render_address_field(link: str, words: dict[str, str]) -> None:
    """Draw a whole address with a button that copies it.

    ``link``: from the page it stands on. ``words``: ``label``, ``copy``, ``copied``.
    """
    _mount(key="address", data={"link": link, "words": words})
