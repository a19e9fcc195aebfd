"""Generated parts of a page: the text between ``<!-- NAME: begin -->`` and ``<!-- NAME: end -->``."""


def read_section(page: str, name: str) -> str:
    """Return the text between the marks of ``name``; raises ``ValueError`` unless the page has each mark once."""
    begin, end = _find_marks(page, name)
    return page[begin:end].strip("\n")


def replace_section(page: str, name: str, text: str) -> str:
    """Return the page with ``text`` between the marks of ``name``; raises ``ValueError`` as ``read_section`` does."""
    begin, end = _find_marks(page, name)
    return f"{page[:begin]}\n\n{text}\n\n{page[end:]}"


def _find_marks(page: str, name: str) -> tuple[int, int]:
    """Return the position of the end of the first mark and of the beginning of the second."""
    marks = [f"<!-- {name}: {side} -->" for side in ("begin", "end")]
    if [page.count(mark) for mark in marks] != [1, 1]:
        raise ValueError(f"marks of {name} are not there once each")
    begin, end = page.index(marks[0]) + len(marks[0]), page.index(marks[1])
    if begin > end:
        raise ValueError(f"the marks of {name} are the wrong way round")
    return begin, end
