"""Characters that hide text or change the text around them, and how they are written so that they do no harm."""

import re

# What changes the text around it or hides within it: control characters, direction overrides and marks of annotation;
# and what is not seen at all, in which other words can be hidden, tag letters above all. ZWNJ, ZWJ, the marks of
# direction, the soft hyphen, the zero-width space and the word joiner stay: texts of both languages have them.
HOSTILE = re.compile(
    "["
    # control characters, ends of lines and paragraphs, halves of characters, non-characters
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    # overrides and isolates, deprecated marks of formatting, invisible signs of mathematics
    "\u202a-\u202e\u2061-\u206f"
    # never seen, and of use in neither language: joiners, fillers and selectors of other scripts
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0d"
    # annotation between lines, and what is set aside around it; shorthand, notes of music
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    # tag letters, selectors of variants
    "\U000e0000-\U000e0fff"
    "]"
)
_UNSEEN = re.compile(f"{HOSTILE.pattern}|[\t\n\r]")


def escape_hidden_characters(value: str) -> str:
    """Return a text with its control characters written out (``\\u202e``): it can do no harm where it is shown."""
    return _UNSEEN.sub(lambda found: _escape_character(ord(found.group())), value)


def _escape_character(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
