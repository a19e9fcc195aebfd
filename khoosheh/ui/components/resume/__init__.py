"""Running the page again once a lost connection is back."""

from khoosheh.ui.components import register_component

_mount = register_component(__file__, "resume")


def attach_reconnect() -> None:
    """Let the page run again, by its address, whenever it has found a server after it had lost one."""
    _mount(key="resume")
