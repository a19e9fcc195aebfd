"""The slides of a presentation: cover, findings, sources; findings have a day, sources and speaker's notes."""

import io
from collections.abc import Sequence
from typing import cast

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide as PptxSlide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Length

from khoosheh import calendar, queries
from khoosheh.exports import cover
from khoosheh.exports.pptx import charts, notes, tables, text_fitting
from khoosheh.exports.pptx.text_runs import INK, MUTED, Line, Look, make_plain_text, write_paragraphs
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.topics.request import Row
from khoosheh.topics.slide import NativeChart, Slide, Table

WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.55)
BROAD = Emu(WIDTH - 2 * EDGE)
TITLE_TOP, TITLE_HIGH = Inches(0.4), Inches(1.15)
BODY_TOP, BODY_HIGH = Inches(1.65), Inches(4.35)
NOTE_TOP, NOTE_HIGH = Inches(6.05), Inches(0.75)
FOOT_TOP, FOOT_HIGH = Inches(6.82), Inches(0.5)
COVER_TOP, COVER_HIGH = Inches(1.2), Inches(1.5)
COVER_LINES_TOP, COVER_LINES_HIGH = Inches(2.85), Inches(4.2)
# largest and smallest size in points
COVER, TITLE, COVER_LINES, NOTE, FOOT = (36, 20), (26, 18), (14, 9), (13, 9.5), (10, 9)
# sizes that are tried before a title is broken into two lines, if they are hardly smaller than the largest that fits
ON_ONE_LINE = (30, 28, 24)
# letters of sources in a footer, and rows of the table of sources on a slide
FOOT_LETTERS, ROWS_OF_SOURCES = 190, 9
# margins of a text frame, both sides together: horizontal and vertical, in points
INSET_PT = (14.4, 7.2)
# index of the layout with a title only
TITLE_ONLY = 5
# longest document property that the file format allows
LONGEST_PROPERTY = 255
# top and height
Place = tuple[Length, Length]


def _compute_text_area(high: Length) -> text_fitting.Box:
    """Return the width and height within the margins of a text frame of full width, in points."""
    return Emu(BROAD).pt - INSET_PT[0], Emu(high).pt - INSET_PT[1]


class Deck:
    """Builds a presentation slide by slide."""

    def __init__(self, register: Register, selection: Selection, lang: str) -> None:
        """Begin a presentation without slides."""
        self._register, self._selection, self._lang = register, selection, lang
        self._presentation = Presentation()
        self._widen_slides()
        properties = self._presentation.core_properties
        properties.title = text_fitting.truncate_text(make_plain_text(register.label(lang)), LONGEST_PROPERTY)
        properties.author, properties.language = self._translate_text("app.name"), lang
        self._sources = {
            row["source_id"]: row for row in queries.read_register_table(register, "sources").iter_rows(named=True)
        }
        self._day = calendar.format_date(calendar.to_jalali(queries.find_as_of_day(register, selection)), lang)

    def bytes(self) -> bytes:
        """Return the presentation as a file."""
        output = io.BytesIO()
        self._presentation.save(output)
        return output.getvalue()

    def cover(self) -> None:
        """Add a slide with the register, the day of 'as known on', the filters and the licences."""
        slide = self._add_blank_slide()
        self._add_top_bar(slide)
        self._add_title(slide, self._register.label(self._lang), (COVER_TOP, COVER_HIGH), COVER)
        metadata = cover.build_cover_lines(self._register, self._selection, self._lang, amounts=True)[1:]
        lines = [self._translate_text("export.line", name=name, value=value) for name, value in metadata]
        self._add_text_box(slide, (COVER_LINES_TOP, COVER_LINES_HIGH), lines, COVER_LINES)

    def finding(self, finding: Slide) -> None:
        """Add a slide with title, chart or table, note, and footer; its speaker's notes contain the statements."""
        slide = self._add_blank_slide()
        self._add_top_bar(slide)
        self._add_title(slide, finding.title)
        box = (EDGE, BODY_TOP, BROAD, BODY_HIGH)
        if finding.native:
            alt = self._format_alt_text(finding.title, finding.native)
            charts.add_native_chart(slide.shapes, finding.native, box, self._lang, alt=alt)
        elif finding.table:
            tables.add_native_table(slide.shapes, finding.table, box, self._lang, alt=finding.title)
        self._add_text_box(slide, (NOTE_TOP, NOTE_HIGH), [self._format_note(finding)], NOTE, MUTED)
        self._add_footer(slide, self._list_source_ids(finding))
        statements = self._list_statements(finding)
        lines = notes.build_speaker_notes(self._register, finding, statements, self._sources, self._lang)
        # python-pptx creates notes from a template that has a text frame
        write_paragraphs(cast(TextFrame, slide.notes_slide.notes_text_frame), lines, self._lang)

    def _format_note(self, finding: Slide) -> str:
        """Return the text below a chart; the note may be truncated, since the speaker's notes contain it in full."""
        known = self._translate_text("slide.known", known=finding.known) if finding.known else ""
        difference = notes.format_screen_difference(finding, self._lang)
        cut = finding.table.cut if finding.table and not finding.native else ""
        others = " ".join(filter(None, (known, difference, cut)))
        capacity = text_fitting.compute_letter_capacity(_compute_text_area(NOTE_HIGH), NOTE[1])
        note = text_fitting.truncate_text(finding.note, capacity - len(others) - 2)
        return " ".join(filter(None, (known, note, difference, cut)))

    def sources(self, findings: Sequence[Slide]) -> None:
        """Add slides with a table of the sources of all findings, with their addresses."""
        ids = list(dict.fromkeys(code for finding in findings for code in self._list_source_ids(finding)))
        for start in range(0, len(ids), ROWS_OF_SOURCES):
            slide = self._add_blank_slide()
            self._add_top_bar(slide)
            self._add_title(slide, self._translate_text("workbook.sheet.sources"))
            rows = [self._sources[code] for code in ids[start : start + ROWS_OF_SOURCES]]
            fields = (f"title_{self._lang}", f"publisher_{self._lang}", "licence", "address")
            cells = tuple(tuple(self._format_source_cell(row, name) for name in fields) for row in rows)
            table = Table(tuple(map(self._find_source_heading, fields)), cells)
            box = (EDGE, BODY_TOP, BROAD, Emu(FOOT_TOP - BODY_TOP))
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

    def _format_source_cell(self, row: Row, field: str) -> str:
        return self._translate_text("value.not_stated") if is_missing(row[field]) else str(row[field])

    def _list_source_ids(self, finding: Slide) -> list[str]:
        """Return the ids of the sources of a finding, each once."""
        of_statements = (row["source_id"] for row in self._list_statements(finding))
        return list(dict.fromkeys([*of_statements, *finding.sources]))

    def _list_statements(self, finding: Slide) -> list[Row]:
        rows = queries.select_statements_by_id(self._register, finding.statement_ids).iter_rows(named=True)
        by_id = {row["statement_id"]: row for row in rows}
        return [by_id[code] for code in finding.statement_ids]

    def _add_blank_slide(self) -> PptxSlide:
        return self._presentation.slides.add_slide(self._presentation.slide_layouts[TITLE_ONLY])

    def _widen_slides(self) -> None:
        """Set the size of slides, and scale master and layouts, which are narrower, to the new width."""
        share = WIDTH / self._presentation.slide_width
        self._presentation.slide_width, self._presentation.slide_height = WIDTH, HEIGHT
        for page in (self._presentation.slide_master, *self._presentation.slide_layouts):
            for tag, name in (("a:off", "x"), ("a:ext", "cx")):
                for element in page._element.iter(qn(tag)):
                    if name in element.attrib:
                        element.set(name, str(int(int(element.get(name)) * share)))

    def _add_top_bar(self, slide: PptxSlide) -> None:
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(0), Emu(0), WIDTH, Inches(0.14))
        bar.fill.solid()
        bar.fill.fore_color.rgb = RGBColor.from_string("1F4E5F")
        bar.line.fill.background()

    def _add_title(
        self, slide: PptxSlide, title: str, place: Place = (TITLE_TOP, TITLE_HIGH), sizes: tuple[float, float] = TITLE
    ) -> None:
        # the layout of all slides has a title
        box = cast(Shape, slide.shapes.title)
        box.left, box.top, box.width, box.height = EDGE, place[0], BROAD, place[1]
        area = _compute_text_area(place[1])
        size, [shown] = text_fitting.fit_texts([make_plain_text(title)], area, *sizes, text_fitting.BOLD)
        candidates = [smaller for smaller in ON_ONE_LINE if smaller > size - 3]
        size = text_fitting.find_one_line_size(shown, area[0], candidates, text_fitting.BOLD) or size
        write_paragraphs(box.text_frame, [Line(shown, Look(size, bold=True))], self._lang, anchor=MSO_ANCHOR.MIDDLE)

    def _format_alt_text(self, title: str, native: NativeChart) -> str:
        """Return the description of a chart for screen readers: the title and all labelled values."""
        labelled = zip(native.categories, native.labels, strict=False)
        pairs = [self._translate_text("export.line", name=name, value=value) for name, value in labelled]
        return self._translate_text("list.semicolon").join([title, *pairs])

    def _add_footer(self, slide: PptxSlide, source_ids: Sequence[str]) -> None:
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
        self, slide: PptxSlide, place: Place, texts: Sequence[str], sizes: tuple[float, float], colour: str = INK
    ) -> None:
        box = slide.shapes.add_textbox(EDGE, place[0], BROAD, place[1])
        size, shown = text_fitting.fit_texts(
            [make_plain_text(text) for text in texts], _compute_text_area(place[1]), *sizes
        )
        write_paragraphs(box.text_frame, [Line(text, Look(size, colour=colour)) for text in shown], self._lang)

    def _translate_text(self, key: str, **places: object) -> str:
        return format_message(self._lang, key, **places)
