"""The slides of a presentation: cover, findings, sources; each with its day, its sources and its notes."""

import io
from collections.abc import Sequence

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches

from khoosheh import board, calendar
from khoosheh.exports import cover
from khoosheh.exports.pptx import charts, notes, tables
from khoosheh.exports.pptx.writing import MUTED, Line, Look, write
from khoosheh.locale import text
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.slides import Slide, Table
from khoosheh.words import missing

WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.55)
BROAD = WIDTH - 2 * EDGE
TITLE_TOP, TITLE_HIGH = Inches(0.4), Inches(1.15)
BODY_TOP, BODY_HIGH = Inches(1.65), Inches(4.35)
NOTE_TOP, NOTE_HIGH = Inches(6.05), Inches(0.75)
FOOT_TOP, FOOT_HIGH = Inches(6.82), Inches(0.5)
# most letters: size in points
TITLES = ((55, 30), (95, 26), (150, 22), (1000, 18))
NOTES = ((220, 13), (420, 11), (5000, 9.5))
FOOT_LETTERS, ROWS_OF_SOURCES = 190, 9
BLANK = 6


def fitting(words: str, sizes: Sequence[tuple[int, float]]) -> float:
    """Return the size in points in which so many letters fit; PowerPoint fits a text only once it is edited."""
    return next((size for most, size in sizes if len(words) <= most), sizes[-1][1])


class Deck:
    """A presentation that is being written."""

    def __init__(self, register: Register, selection: Selection, lang: str) -> None:
        """Begin an empty one."""
        self._register, self._selection, self._lang = register, selection, lang
        self._whole = Presentation()
        self._whole.slide_width, self._whole.slide_height = WIDTH, HEIGHT
        properties = self._whole.core_properties
        properties.title, properties.author, properties.language = register.label(lang), self._t("app.name"), lang
        self._sources = {row["source_id"]: row for row in board.table(register, "sources").iter_rows(named=True)}
        self._said = {row["statement_id"]: row for row in board.table(register, "statements").iter_rows(named=True)}
        self._day = calendar.format_date(calendar.to_jalali(board.day_of(register, selection)), lang)

    def bytes(self) -> bytes:
        """Return the presentation."""
        whole = io.BytesIO()
        self._whole.save(whole)
        return whole.getvalue()

    def cover(self) -> None:
        """Add the slide that says of what, as known when, narrowed to what."""
        slide = self._blank()
        self._bar(slide)
        title = self._register.label(self._lang)
        self._text(slide, Inches(1.3), Inches(1.3), [Line(title, Look(fitting(title, TITLES) + 8, bold=True))])
        told = cover.lines(self._register, self._selection, self._lang, amounts=True)[1:]
        lines = [self._t("export.line", name=name, value=value) for name, value in told]
        self._text(slide, Inches(2.8), Inches(4.2), [Line(one, Look(fitting(one, NOTES) + 1)) for one in lines])

    def finding(self, one: Slide) -> None:
        """Add a finding: title, chart or table, what is known, as known when, sources; statements in the notes."""
        slide = self._blank()
        self._bar(slide)
        self._title(slide, one.title)
        box = (EDGE, BODY_TOP, BROAD, BODY_HIGH)
        if one.native:
            charts.draw(slide.shapes, one.native, box, self._lang)
        elif one.table:
            tables.draw(slide.shapes, one.table, box, self._lang)
        known = self._t("slide.known", known=one.known) if one.known else ""
        cut = one.table.cut if one.table and not one.native else ""
        told = " ".join(filter(None, (known, one.note, notes.instead(one, self._lang), cut)))
        self._text(slide, NOTE_TOP, NOTE_HIGH, [Line(told, Look(fitting(told, NOTES), colour=MUTED))])
        self._foot(slide, self._behind(one))
        frame = slide.notes_slide.notes_text_frame
        said = [self._said[each] for each in one.statement_ids]
        write(frame, notes.lines(self._register, one, said, self._sources, self._lang), self._lang)

    def sources(self, shown: Sequence[Slide]) -> None:
        """Add the sources behind all findings, with their addresses."""
        ids = list(dict.fromkeys(each for one in shown for each in self._behind(one)))
        for start in range(0, len(ids), ROWS_OF_SOURCES):
            slide = self._blank()
            self._bar(slide)
            self._title(slide, self._t("workbook.sheet.sources"))
            rows = [self._sources[each] for each in ids[start : start + ROWS_OF_SOURCES]]
            fields = (f"title_{self._lang}", f"publisher_{self._lang}", "licence", "address")
            cells = tuple(tuple(self._cell(row, name) for name in fields) for row in rows)
            table = Table(tuple(map(self._label, fields)), cells)
            box = (EDGE, BODY_TOP, BROAD, FOOT_TOP - BODY_TOP)
            tables.draw(slide.shapes, table, box, self._lang, tuple(row["address"] for row in rows))
            self._foot(slide, [])

    def _label(self, field: str) -> str:
        return self._register.dictionary.field_label("sources", field, self._lang)

    def _cell(self, row: dict, field: str) -> str:
        return self._t("value.not_stated") if missing(row[field]) else str(row[field])

    def _behind(self, one: Slide) -> list[str]:
        """Return the ids of the sources behind a finding, each once."""
        return list(dict.fromkeys([*(self._said[each]["source_id"] for each in one.statement_ids), *one.sources]))

    def _blank(self) -> object:
        return self._whole.slides.add_slide(self._whole.slide_layouts[BLANK])

    def _bar(self, slide: object) -> None:
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(0), Emu(0), WIDTH, Inches(0.14))
        bar.fill.solid()
        bar.fill.fore_color.rgb = RGBColor.from_string("1F4E5F")
        bar.line.fill.background()

    def _title(self, slide: object, words: str) -> None:
        look = Look(fitting(words, TITLES), bold=True)
        self._text(slide, TITLE_TOP, TITLE_HIGH, [Line(words, look)], MSO_ANCHOR.MIDDLE)

    def _foot(self, slide: object, source_ids: Sequence[str]) -> None:
        parts, left = [self._t("slide.as_known", day=self._day)], list(source_ids)
        named: list[str] = []
        while left and sum(map(len, named)) + len(self._name(left[0])) <= FOOT_LETTERS:
            named.append(self._name(left.pop(0)))
        if named or left:
            more = [self._t("slide.more_sources", count=len(left))] if left else []
            listed = self._t("list.semicolon").join([*named, *more])
            parts.append(self._t("slide.sources", sources=listed))
        self._text(slide, FOOT_TOP, FOOT_HIGH, [Line(" · ".join(parts), Look(10, colour=MUTED))])

    def _name(self, source_id: str) -> str:
        return self._sources[source_id][f"title_{self._lang}"]

    def _text(
        self, slide: object, top: int, high: int, lines: Sequence[Line], anchor: MSO_ANCHOR = MSO_ANCHOR.TOP
    ) -> None:
        box = slide.shapes.add_textbox(EDGE, top, BROAD, high)
        write(box.text_frame, lines, self._lang, anchor=anchor)

    def _t(self, key: str, **places: object) -> str:
        return text(self._lang, key, **places)
