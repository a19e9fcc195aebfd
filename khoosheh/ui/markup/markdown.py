"""Words from data or from an address, where Streamlit reads Markdown: they are shown as they were written.

Streamlit takes most of its texts for Markdown with directives of its own. Marks of Markdown are escaped. Some
things it looks for only afterwards, in text that was escaped: addresses, emoji (``:smile:``), icons
(``:material/home:``) and arrows (``->``). These are parted by a character that is not seen.
"""

import re

MARKS = "\\`*_{}[]<>#|$~:&"
# the word joiner: it has no width, and no line is broken at it
JOINER = "\u2060"
BLANKS = re.compile(r"[ \t\r\n\f\v]+")
PARTED = re.compile(r":(?=[\w+/-])|@(?=[\w-])|www(?=\.)|-(?=[->])|<(?=[-=])|[>~](?==)", re.IGNORECASE)
MARK = re.compile(f"[{re.escape(MARKS)}]")
# what begins a list
BEGINNING = re.compile(r"^(\d*)([-+.)])(?=\s|$)")


def escape_markdown(words: str) -> str:
    """Return words as Markdown of one line that shows them as they are."""
    parted = PARTED.sub(lambda found: found.group() + JOINER, BLANKS.sub(" ", words).strip(" "))
    return BEGINNING.sub(r"\1\\\2", MARK.sub(r"\\\g<0>", parted))
