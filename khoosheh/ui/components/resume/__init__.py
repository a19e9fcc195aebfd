"""Running the page again once a lost connection is back."""

from khoosheh.ui.components import component

_mount = component(__file__, "resume")


def attach() -> None:
    """Let the page run again, by its address, whenever it has found a server after it had lost one."""
    _mount(key="resume")
