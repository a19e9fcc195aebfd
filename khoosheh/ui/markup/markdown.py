"""Escaping texts from data or addresses, since Streamlit reads most texts as Markdown with directives of its own.

Marks of Markdown are escaped with a backslash. Streamlit looks for addresses, emoji (``:smile:``), icons
(``:material/home:``) and arrows (``->``) only afterwards, in the escaped text: an invisible character splits them.
"""

import re

MARKS = "\\`*_{}[]<>#|$~:&"
# the word joiner: it has no width and allows no line break
JOINER = "\u2060"
BLANKS = re.compile(r"[ \t\r\n\f\v]+")
SPLIT = re.compile(r":(?=[\w+/-])|@(?=[\w-])|www(?=\.)|-(?=[->])|<(?=[-=])|[>~](?==)", re.IGNORECASE)
MARK = re.compile(f"[{re.escape(MARKS)}]")
# marks at the beginning of a text that would make it a list
LIST_MARK = re.compile(r"^(\d*)([-+.)])(?=\s|$)")


def escape_markdown(text: str) -> str:
    """Return Markdown of one line that shows ``text`` unchanged, except that blanks are collapsed."""
    split = SPLIT.sub(lambda match: match.group() + JOINER, BLANKS.sub(" ", text).strip(" "))
    return LIST_MARK.sub(r"\1\\\2", MARK.sub(r"\\\g<0>", split))
