"""Speaker's notes: all statements behind a finding, with speaker, day and source."""

from collections.abc import Mapping, Sequence
from typing import Any

from khoosheh import formatting
from khoosheh.exports.pptx.text_runs import Line, Look
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.register import Register
from khoosheh.topics.slide import Slide

LOOK = Look(12)
Row = Mapping[str, Any]


def build_speaker_notes(
    register: Register, slide: Slide, statements: Sequence[Row], sources: Mapping[str, Row], lang: str
) -> list[Line]:
    """Return the notes of a slide: title, note, difference from the screen, statements, sources."""
    texts = [slide.title, slide.note, format_screen_difference(slide, lang)]
    texts += [_format_statement_line(register, row, sources[row["source_id"]], lang) for row in statements]
    ids = dict.fromkeys([*(row["source_id"] for row in statements), *slide.sources])
    lines = [Line(text, LOOK) for text in texts if text]
    return [*lines, *(_build_source_line(sources[source_id], lang) for source_id in ids)]


def format_screen_difference(slide: Slide, lang: str) -> str:
    """Return how a slide differs from the figure on the screen; an empty string if it does not."""
    if slide.native:
        return slide.native.instead
    return format_message(lang, "slide.instead.table") if slide.figure else ""


def _format_statement_line(register: Register, row: Row, source: Row, lang: str) -> str:
    speaker, flag = row[f"speaker_{lang}"], row["quality_flag"]
    warning = register.dictionary.value_label("statements", "quality_flag", flag, lang)
    line = format_message(
        lang, "slide.statement", id=row["statement_id"], claim=row[f"claim_{lang}"],
        speaker=format_message(lang, "value.not_stated") if is_missing(speaker) else speaker,
        said=formatting.format_statement_dates(row["said_from"], row["said_to"], lang),
        source=source[f"title_{lang}"],
    )  # fmt: skip
    return f"{line} ({warning})" if warning else line


def _build_source_line(row: Row, lang: str) -> Line:
    title, address = row[f"title_{lang}"], row["address"]
    return Line(title if is_missing(address) else f"{title} — {address}", LOOK, address)
