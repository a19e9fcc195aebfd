"""An address to copy."""

from khoosheh.ui.components import component

_mount = component(__file__, "address")


def draw(link: str, words: dict[str, str]) -> None:
    """Draw a whole address with a button that copies it.

    ``link``: from the page it stands on. ``words``: ``label``, ``copy``, ``copied``.
    """
    _mount(key="address", data={"link": link, "words": words})
