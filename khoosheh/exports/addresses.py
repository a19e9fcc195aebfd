"""Addresses that may stand in a link."""

WEB = ("http://", "https://")
NOT_IN_ADDRESS = set('<>"{}|\\^` \t\r\n')


def is_web_address(address: object) -> bool:
    """Tell whether a cell is a whole address of the web, written as one: no other scheme, no blanks or brackets."""
    return (
        isinstance(address, str)
        and address.startswith(WEB)
        and address.isascii()
        and not NOT_IN_ADDRESS & set(address)
    )
