"""Which addresses exports may write as links."""

from typing import TypeGuard

WEB = ("http://", "https://")
NOT_IN_ADDRESS = set('<>"{}|\\^` \t\r\n')


def is_web_address(address: object) -> TypeGuard[str]:
    """Return whether a cell is an absolute HTTP(S) address in ASCII without blanks, quotes and brackets."""
    return (
        isinstance(address, str)
        and address.startswith(WEB)
        and address.isascii()
        and not NOT_IN_ADDRESS & set(address)
    )
