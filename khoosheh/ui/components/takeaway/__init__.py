"""Files of the footer, fetched by the page, so that it can say that one is being made, and for how long."""

from khoosheh.ui.components import register_component

_mount = register_component(__file__, "takeaway")


def attach_download_progress(words: str) -> None:
    """Show ``words`` while a file is made; ``{name}`` and ``{seconds}`` in them are filled in by the browser."""
    _mount(key="takeaway", data={"words": words})
