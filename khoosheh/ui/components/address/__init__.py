"""A field with an address and a button that copies it."""

from khoosheh.ui.components import register_component

_mount = register_component(__file__, "address")


def render_address_field(link: str, words: dict[str, str]) -> None:
    """Render the absolute address of ``link``, which is relative to the page, with a button that copies it.

    ``words``: the texts ``label``, ``copy`` and ``copied``.
    """
    _mount(key="address", data={"link": link, "words": words})
