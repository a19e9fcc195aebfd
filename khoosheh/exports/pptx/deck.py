"""The slides of a presentation: cover, findings, sources; each with its day, its sources and its notes."""

import io
from collections.abc import Sequence

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from khoosheh import board, calendar
from khoosheh.exports import cover
from khoosheh.exports.pptx import charts, fitting, notes, tables
from khoosheh.exports.pptx.writing import INK, MUTED, Line, Look, plain, write
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
COVER_TOP, COVER_HIGH = Inches(1.2), Inches(1.5)
TOLD_TOP, TOLD_HIGH = Inches(2.85), Inches(4.2)
# largest and smallest size in points
COVER, TITLE, TOLD, NOTE, FOOT = (36, 20), (26, 18), (14, 9), (13, 9.5), (10, 9)
# a title that stands on one line in one of these, hardly smaller, does not take two
ON_ONE_LINE = (30, 28, 24)
FOOT_LETTERS, ROWS_OF_SOURCES = 190, 9
# what a text frame keeps free on either side, in points
INSET_PT = (14.4, 7.2)
TITLE_ONLY = 5
# what the format of the file allows
LONGEST_PROPERTY = 255
# top and height
Place = tuple[int, int]


def _inner(high: int) -> fitting.Box:
    """Return the room for letters in a text frame as broad as a slide, in points."""
    return Emu(BROAD).pt - INSET_PT[0], Emu(high).pt - INSET_PT[1]


class Deck:
    """A presentation that is being written."""

    def __init__(self, register: Register, selection: Selection, lang: str) -> None:
        """Begin an empty one."""
        self._register, self._selection, self._lang = register, selection, lang
        self._whole = Presentation()
        self._widen()
        properties = self._whole.core_properties
        properties.title = fitting.cut(plain(register.label(lang)), LONGEST_PROPERTY)
        properties.author, properties.language = self._t("app.name"), lang
        self._sources = {row["source_id"]: row for row in board.table(register, "sources").iter_rows(named=True)}
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
        self._title(slide, self._register.label(self._lang), (COVER_TOP, COVER_HIGH), COVER)
        told = cover.lines(self._register, self._selection, self._lang, amounts=True)[1:]
        lines = [self._t("export.line", name=name, value=value) for name, value in told]
        self._text(slide, (TOLD_TOP, TOLD_HIGH), lines, TOLD)

    def finding(self, one: Slide) -> None:
        """Add a finding: title, chart or table, what is known, as known when, sources; statements in the notes."""
        slide = self._blank()
        self._bar(slide)
        self._title(slide, one.title)
        box = (EDGE, BODY_TOP, BROAD, BODY_HIGH)
        if one.native:
            charts.draw(slide.shapes, one.native, box, self._lang, alt=self._alt(one))
        elif one.table:
            tables.draw(slide.shapes, one.table, box, self._lang, alt=one.title)
        known = self._t("slide.known", known=one.known) if one.known else ""
        cut = one.table.cut if one.table and not one.native else ""
        others = " ".join(filter(None, (known, notes.instead(one, self._lang), cut)))
        # the speaker's notes have it whole
        note = fitting.cut(one.note, fitting.room(_inner(NOTE_HIGH), NOTE[1]) - len(others) - 2)
        told = " ".join(filter(None, (known, note, notes.instead(one, self._lang), cut)))
        self._text(slide, (NOTE_TOP, NOTE_HIGH), [told], NOTE, MUTED)
        self._foot(slide, self._behind(one))
        frame = slide.notes_slide.notes_text_frame
        said = self._statements(one)
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
            addresses = tuple(row["address"] for row in rows)
            tables.draw(
                slide.shapes, table, box, self._lang, alt=self._t("workbook.sheet.sources"), addresses=addresses
            )
            self._foot(slide, [])

    def _label(self, field: str) -> str:
        return self._register.dictionary.field_label("sources", field, self._lang)

    def _cell(self, row: dict, field: str) -> str:
        return self._t("value.not_stated") if missing(row[field]) else str(row[field])

    def _behind(self, one: Slide) -> list[str]:
        """Return the ids of the sources behind a finding, each once."""
        return list(dict.fromkeys([*(row["source_id"] for row in self._statements(one)), *one.sources]))

    def _statements(self, one: Slide) -> list[dict]:
        found = board.named(self._register, one.statement_ids).iter_rows(named=True)
        by_id = {row["statement_id"]: row for row in found}
        return [by_id[each] for each in one.statement_ids]

    def _blank(self) -> object:
        return self._whole.slides.add_slide(self._whole.slide_layouts[TITLE_ONLY])

    def _widen(self) -> None:
        """Set the size of slides, and that of masters and layouts, which are narrower, for slides that are added."""
        share = WIDTH / self._whole.slide_width
        self._whole.slide_width, self._whole.slide_height = WIDTH, HEIGHT
        for page in (self._whole.slide_master, *self._whole.slide_layouts):
            for tag, name in (("a:off", "x"), ("a:ext", "cx")):
                for one in page._element.iter(qn(tag)):
                    if name in one.attrib:
                        one.set(name, str(int(int(one.get(name)) * share)))

    def _bar(self, slide: object) -> None:
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(0), Emu(0), WIDTH, Inches(0.14))
        bar.fill.solid()
        bar.fill.fore_color.rgb = RGBColor.from_string("1F4E5F")
        bar.line.fill.background()

    def _title(
        self, slide: object, words: str, place: Place = (TITLE_TOP, TITLE_HIGH), sizes: tuple[float, float] = TITLE
    ) -> None:
        box = slide.shapes.title
        box.left, box.top, box.width, box.height = EDGE, place[0], BROAD, place[1]
        room = _inner(place[1])
        size, [shown] = fitting.fitted([plain(words)], room, *sizes, fitting.BOLD)
        size = (
            fitting.on_one_line(shown, room[0], [one for one in ON_ONE_LINE if one > size - 3], fitting.BOLD) or size
        )
        write(box.text_frame, [Line(shown, Look(size, bold=True))], self._lang, anchor=MSO_ANCHOR.MIDDLE)

    def _alt(self, one: Slide) -> str:
        """Return what a chart shows, for those who do not see it."""
        said = zip(one.native.categories, one.native.labels, strict=False)
        pairs = [self._t("export.line", name=name, value=value) for name, value in said]
        return self._t("list.semicolon").join([one.title, *pairs])

    def _foot(self, slide: object, source_ids: Sequence[str]) -> None:
        parts, left = [self._t("slide.as_known", day=self._day)], list(source_ids)
        named: list[str] = []
        while left and sum(map(len, named)) + len(self._name(left[0])) <= FOOT_LETTERS:
            named.append(self._name(left.pop(0)))
        if named or left:
            more = [self._t("slide.more_sources", count=len(left))] if left else []
            listed = self._t("list.semicolon").join([*named, *more])
            parts.append(self._t("slide.sources", sources=listed))
        self._text(slide, (FOOT_TOP, FOOT_HIGH), [" · ".join(parts)], FOOT, MUTED)

    def _name(self, source_id: str) -> str:
        return self._sources[source_id][f"title_{self._lang}"]

    def _text(
        self, slide: object, place: Place, told: Sequence[str], sizes: tuple[float, float], colour: str = INK
    ) -> None:
        box = slide.shapes.add_textbox(EDGE, place[0], BROAD, place[1])
        size, shown = fitting.fitted([plain(one) for one in told], _inner(place[1]), *sizes)
        write(box.text_frame, [Line(one, Look(size, colour=colour)) for one in shown], self._lang)

    def _t(self, key: str, **places: object) -> str:
        return text(self._lang, key, **places)
