"""Running the page again when a lost connection is restored."""

from khoosheh.ui.components import register_component

_mount = register_component(__file__, "resume")


def attach_reconnect() -> None:
    """Run the page again, from its address, each time its connection to a server is restored."""
    _mount(key="resume")
