"""The slides of a presentation: cover, findings, sources; each with its day, its sources and its notes."""

import io
from collections.abc import Sequence

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from khoosheh import calendar, queries
from khoosheh.exports import cover
from khoosheh.exports.pptx import charts, notes, tables, text_fitting
from khoosheh.exports.pptx.text_runs import INK, MUTED, Line, Look, make_plain_text, write_paragraphs
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.topics.slide import Slide, Table

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


def _compute_text_area(high: int) -> text_fitting.Box:
    """Return the room for letters in a text frame as broad as a slide, in points."""
    return Emu(BROAD).pt - INSET_PT[0], Emu(high).pt - INSET_PT[1]


class Deck:
    """A presentation that is being written."""

    def __init__(self, register: Register, selection: Selection, lang: str) -> None:
        """Begin an empty one."""
        self._register, self._selection, self._lang = register, selection, lang
        self._whole = Presentation()
        self._widen_slides()
        properties = self._whole.core_properties
        properties.title = text_fitting.truncate_text(make_plain_text(register.label(lang)), LONGEST_PROPERTY)
        properties.author, properties.language = self._translate_text("app.name"), lang
        self._sources = {
            row["source_id"]: row for row in queries.read_register_table(register, "sources").iter_rows(named=True)
        }
        self._day = calendar.format_date(calendar.to_jalali(queries.find_as_of_day(register, selection)), lang)

    def bytes(self) -> bytes:
        """Return the presentation."""
        whole = io.BytesIO()
        self._whole.save(whole)
        return whole.getvalue()

    def cover(self) -> None:
        """Add the slide that says of what, as known when, narrowed to what."""
        slide = self._add_blank_slide()
        self._add_top_bar(slide)
        self._add_title(slide, self._register.label(self._lang), (COVER_TOP, COVER_HIGH), COVER)
        told = cover.build_cover_lines(self._register, self._selection, self._lang, amounts=True)[1:]
        lines = [self._translate_text("export.line", name=name, value=value) for name, value in told]
        self._add_text_box(slide, (TOLD_TOP, TOLD_HIGH), lines, TOLD)

    def finding(self, one: Slide) -> None:
        """Add a finding: title, chart or table, what is known, as known when, sources; statements in the notes."""
        slide = self._add_blank_slide()
        self._add_top_bar(slide)
        self._add_title(slide, one.title)
        box = (EDGE, BODY_TOP, BROAD, BODY_HIGH)
        if one.native:
            charts.add_native_chart(slide.shapes, one.native, box, self._lang, alt=self._format_alt_text(one))
        elif one.table:
            tables.add_native_table(slide.shapes, one.table, box, self._lang, alt=one.title)
        known = self._translate_text("slide.known", known=one.known) if one.known else ""
        cut = one.table.cut if one.table and not one.native else ""
        others = " ".join(filter(None, (known, notes.format_screen_difference(one, self._lang), cut)))
        # the speaker's notes have it whole
        note = text_fitting.truncate_text(
            one.note, text_fitting.compute_letter_capacity(_compute_text_area(NOTE_HIGH), NOTE[1]) - len(others) - 2
        )
        told = " ".join(filter(None, (known, note, notes.format_screen_difference(one, self._lang), cut)))
        self._add_text_box(slide, (NOTE_TOP, NOTE_HIGH), [told], NOTE, MUTED)
        self._add_footer(slide, self._list_source_ids(one))
        frame = slide.notes_slide.notes_text_frame
        said = self._list_statements(one)
        write_paragraphs(
            frame, notes.build_speaker_notes(self._register, one, said, self._sources, self._lang), self._lang
        )

    def sources(self, shown: Sequence[Slide]) -> None:
        """Add the sources behind all findings, with their addresses."""
        ids = list(dict.fromkeys(each for one in shown for each in self._list_source_ids(one)))
        for start in range(0, len(ids), ROWS_OF_SOURCES):
            slide = self._add_blank_slide()
            self._add_top_bar(slide)
            self._add_title(slide, self._translate_text("workbook.sheet.sources"))
            rows = [self._sources[each] for each in ids[start : start + ROWS_OF_SOURCES]]
            fields = (f"title_{self._lang}", f"publisher_{self._lang}", "licence", "address")
            cells = tuple(tuple(self._format_source_cell(row, name) for name in fields) for row in rows)
            table = Table(tuple(map(self._find_source_heading, fields)), cells)
            box = (EDGE, BODY_TOP, BROAD, FOOT_TOP - BODY_TOP)
            addresses = tuple(row["address"] for row in rows)
            tables.add_native_table(
                slide.shapes,
                table,
                box,
                self._lang,
                alt=self._translate_text("workbook.sheet.sources"),
                addresses=addresses,
            )
            self._add_footer(slide, [])

    def _find_source_heading(self, field: str) -> str:
        return self._register.dictionary.field_label("sources", field, self._lang)

    def _format_source_cell(self, row: dict, field: str) -> str:
        return self._translate_text("value.not_stated") if is_missing(row[field]) else str(row[field])

    def _list_source_ids(self, one: Slide) -> list[str]:
        """Return the ids of the sources behind a finding, each once."""
        return list(dict.fromkeys([*(row["source_id"] for row in self._list_statements(one)), *one.sources]))

    def _list_statements(self, one: Slide) -> list[dict]:
        found = queries.select_statements_by_id(self._register, one.statement_ids).iter_rows(named=True)
        by_id = {row["statement_id"]: row for row in found}
        return [by_id[each] for each in one.statement_ids]

    def _add_blank_slide(self) -> object:
        return self._whole.slides.add_slide(self._whole.slide_layouts[TITLE_ONLY])

    def _widen_slides(self) -> None:
        """Set the size of slides, and that of masters and layouts, which are narrower, for slides that are added."""
        share = WIDTH / self._whole.slide_width
        self._whole.slide_width, self._whole.slide_height = WIDTH, HEIGHT
        for page in (self._whole.slide_master, *self._whole.slide_layouts):
            for tag, name in (("a:off", "x"), ("a:ext", "cx")):
                for one in page._element.iter(qn(tag)):
                    if name in one.attrib:
                        one.set(name, str(int(int(one.get(name)) * share)))

    def _add_top_bar(self, slide: object) -> None:
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(0), Emu(0), WIDTH, Inches(0.14))
        bar.fill.solid()
        bar.fill.fore_color.rgb = RGBColor.from_string("1F4E5F")
        bar.line.fill.background()

    def _add_title(
        self, slide: object, words: str, place: Place = (TITLE_TOP, TITLE_HIGH), sizes: tuple[float, float] = TITLE
    ) -> None:
        box = slide.shapes.title
        box.left, box.top, box.width, box.height = EDGE, place[0], BROAD, place[1]
        room = _compute_text_area(place[1])
        size, [shown] = text_fitting.fit_texts([make_plain_text(words)], room, *sizes, text_fitting.BOLD)
        size = (
            text_fitting.find_one_line_size(
                shown, room[0], [one for one in ON_ONE_LINE if one > size - 3], text_fitting.BOLD
            )
            or size
        )
        write_paragraphs(box.text_frame, [Line(shown, Look(size, bold=True))], self._lang, anchor=MSO_ANCHOR.MIDDLE)

    def _format_alt_text(self, one: Slide) -> str:
        """Return what a chart shows, for those who do not see it."""
        said = zip(one.native.categories, one.native.labels, strict=False)
        pairs = [self._translate_text("export.line", name=name, value=value) for name, value in said]
        return self._translate_text("list.semicolon").join([one.title, *pairs])

    def _add_footer(self, slide: object, source_ids: Sequence[str]) -> None:
        parts, left = [self._translate_text("slide.as_known", day=self._day)], list(source_ids)
        named: list[str] = []
        while left and sum(map(len, named)) + len(self._find_source_title(left[0])) <= FOOT_LETTERS:
            named.append(self._find_source_title(left.pop(0)))
        if named or left:
            more = [self._translate_text("slide.more_sources", count=len(left))] if left else []
            listed = self._translate_text("list.semicolon").join([*named, *more])
            parts.append(self._translate_text("slide.sources", sources=listed))
        self._add_text_box(slide, (FOOT_TOP, FOOT_HIGH), [" · ".join(parts)], FOOT, MUTED)

    def _find_source_title(self, source_id: str) -> str:
        return self._sources[source_id][f"title_{self._lang}"]

    def _add_text_box(
        self, slide: object, place: Place, told: Sequence[str], sizes: tuple[float, float], colour: str = INK
    ) -> None:
        box = slide.shapes.add_textbox(EDGE, place[0], BROAD, place[1])
        size, shown = text_fitting.fit_texts(
            [make_plain_text(one) for one in told], _compute_text_area(place[1]), *sizes
        )
        write_paragraphs(box.text_frame, [Line(one, Look(size, colour=colour)) for one in shown], self._lang)

    def _translate_text(self, key: str, **places: object) -> str:
        return format_message(self._lang, key, **places)
