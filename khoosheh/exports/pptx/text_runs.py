"""Texts of a presentation: direction, language and font of every run.

python-pptx knows no direction: it is set in the XML, paragraph by paragraph, since PowerPoint guesses none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Pt

from khoosheh.exports.addresses import is_web_address
from khoosheh.locale import DIRECTION

# Every Office on Windows and macOS has it, with Persian letters and digits; elsewhere a like one takes its place.
FONT = "Tahoma"
TAGS = {"fa": "fa-IR", "en": "en-US"}
INK, MUTED = "26323A", "5B6770"
# the longest address that Office takes
LONGEST_ADDRESS = 2079
# what may not stand in XML, of which a descriptor may be made
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Look:
    """Size in points, weight and colour of a text."""

    size: float
    bold: bool = False
    colour: str = INK


@dataclass(frozen=True)
class Line:
    """A paragraph; ``address`` makes it a link where it is a whole one of the web."""

    words: str
    look: Look
    address: object = None


def is_right_to_left(lang: str) -> bool:
    """Return whether a language is read from right to left."""
    return DIRECTION[lang] == "rtl"


def make_plain_text(words: str) -> str:
    """Return a text on one line, without what may not stand in a file of Office."""
    return " ".join(_NOT_XML.sub("", words).split())


def is_link(address: object) -> bool:
    """Tell whether an address may stand in a link."""
    return is_web_address(address) and len(address) <= LONGEST_ADDRESS


def write_paragraphs(
    frame: TextFrame, lines: Iterable[Line], lang: str, *, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP
) -> None:
    """Fill a text frame with paragraphs in the direction of a language."""
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
    """Say what a chart or table shows, for those who hear a presentation."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", make_plain_text(words))


def set_paragraph_direction(paragraph: _Paragraph, lang: str) -> None:
    """Set the direction of a paragraph."""
    paragraph.alignment = PP_ALIGN.RIGHT if is_right_to_left(lang) else PP_ALIGN.LEFT
    paragraph._p.get_or_add_pPr().set("rtl", "1" if is_right_to_left(lang) else "0")


def _style_run(run: object, look: Look, lang: str, *, coloured: bool) -> None:
    run.font.size, run.font.bold = Pt(look.size), look.bold
    if coloured:
        run.font.color.rgb = RGBColor.from_string(look.colour)
    set_run_fonts(run._r.get_or_add_rPr(), lang)


def set_run_fonts(properties: object, lang: str) -> None:
    """Name language and font of a run for Latin and for Persian letters alike."""
    properties.set("lang", TAGS[lang])
    for tag in ("a:latin", "a:cs"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        face = properties.makeelement(qn(tag), {"typeface": FONT})
        # the order of these elements is fixed: after fill, before links
        after = [one for one in properties if one.tag in (qn("a:solidFill"), qn("a:latin"))]
        properties.insert(properties.index(after[-1]) + 1 if after else 0, face)
