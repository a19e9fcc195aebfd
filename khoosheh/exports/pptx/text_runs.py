"""Texts of a presentation: direction, language and font of each run.

python-pptx has no property for the direction, which PowerPoint does not detect: it is set in the XML of paragraphs.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeGuard

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.text import CT_TextCharacterProperties
from pptx.shapes.graphfrm import GraphicFrame
from pptx.text.text import TextFrame, _Paragraph, _Run
from pptx.util import Pt

from khoosheh.exports.addresses import is_web_address
from khoosheh.locale import DIRECTION

# Office on Windows and macOS has this font, with Persian letters and digits; other programs substitute a similar one.
FONT = "Tahoma"
TAGS = {"fa": "fa-IR", "en": "en-US"}
INK, MUTED = "26323A", "5B6770"
# the longest address that Office accepts
LONGEST_ADDRESS = 2079
# characters that XML does not allow, which a descriptor may contain
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Look:
    """Size in points, weight and colour of a text."""

    size: float
    bold: bool = False
    colour: str = INK


@dataclass(frozen=True)
class Line:
    """A paragraph; it becomes a link if ``address`` is an absolute HTTP(S) address."""

    words: str
    look: Look
    address: object = None


def is_right_to_left(lang: str) -> bool:
    """Return whether a language is read from right to left."""
    return DIRECTION[lang] == "rtl"


def make_plain_text(words: str) -> str:
    """Return a text on one line, without characters that XML does not allow."""
    return " ".join(_NOT_XML.sub("", words).split())


def is_link(address: object) -> TypeGuard[str]:
    """Return whether a cell is an address that Office accepts in a link."""
    return is_web_address(address) and len(address) <= LONGEST_ADDRESS


def write_paragraphs(
    frame: TextFrame, lines: Iterable[Line], lang: str, *, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP
) -> None:
    """Write paragraphs to an empty text frame, in the direction of a language."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = anchor
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = make_plain_text(line.words)
        if is_link(line.address):
            run.hyperlink.address = line.address
        set_paragraph_direction(paragraph, lang)
        _style_run(run, line.look, lang, coloured=not is_link(line.address))


def set_alt_text(frame: GraphicFrame, words: str) -> None:
    """Set the description of a chart or table for screen readers."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", make_plain_text(words))


def set_paragraph_direction(paragraph: _Paragraph, lang: str) -> None:
    """Set direction and alignment of a paragraph to those of a language."""
    paragraph.alignment = PP_ALIGN.RIGHT if is_right_to_left(lang) else PP_ALIGN.LEFT
    paragraph._p.get_or_add_pPr().set("rtl", "1" if is_right_to_left(lang) else "0")


def _style_run(run: _Run, look: Look, lang: str, *, coloured: bool) -> None:
    run.font.size, run.font.bold = Pt(look.size), look.bold
    if coloured:
        run.font.color.rgb = RGBColor.from_string(look.colour)
    set_run_fonts(run._r.get_or_add_rPr(), lang)


def set_run_fonts(properties: CT_TextCharacterProperties, lang: str) -> None:
    """Set language and font of a run, the same font for Latin and Persian letters."""
    properties.set("lang", TAGS[lang])
    for tag in ("a:latin", "a:cs"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        face = properties.makeelement(qn(tag), {"typeface": FONT})
        # the schema requires these elements after the fill and before links
        before = [element for element in properties if element.tag in (qn("a:solidFill"), qn("a:latin"))]
        properties.insert(properties.index(before[-1]) + 1 if before else 0, face)
