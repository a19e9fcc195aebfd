"""The speaker's notes: every statement behind a finding, who said it, when, and where it can be read."""

from collections.abc import Mapping, Sequence

from khoosheh import formatting
from khoosheh.exports.pptx.text_runs import Line, Look
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.register import Register
from khoosheh.topics.slide import Slide

LOOK = Look(12)
Row = Mapping[str, object]


def build_speaker_notes(
    register: Register, slide: Slide, said: Sequence[Row], sources: Mapping[str, Row], lang: str
) -> list[Line]:
    """Return the notes of a slide: its title, how it differs from the screen, its statements, its sources."""
    told = [slide.title, slide.note, format_screen_difference(slide, lang)]
    found = [Line(one, LOOK) for one in told if one]
    found += [Line(_format_statement_line(register, row, sources[row["source_id"]], lang), LOOK) for row in said]
    ids = dict.fromkeys([*(row["source_id"] for row in said), *slide.sources])
    return [*found, *(_build_source_line(sources[one], lang) for one in ids)]


def format_screen_difference(slide: Slide, lang: str) -> str:
    """Return how a slide differs from what the screen draws; nothing where it does not."""
    if slide.native:
        return slide.native.instead
    return format_message(lang, "slide.instead.table") if slide.figure else ""


def _format_statement_line(register: Register, row: Row, source: Row, lang: str) -> str:
    speaker, flag = row[f"speaker_{lang}"], row["quality_flag"]
    warning = register.dictionary.value_label("statements", "quality_flag", flag, lang)
    whole = format_message(
        lang, "slide.statement", id=row["statement_id"], claim=row[f"claim_{lang}"],
        speaker=format_message(lang, "value.not_stated") if is_missing(speaker) else speaker,
        said=formatting.format_statement_dates(row["said_from"], row["said_to"], lang),
        source=source[f"title_{lang}"],
    )  # fmt: skip
    return f"{whole} ({warning})" if warning else whole


def _build_source_line(row: Row, lang: str) -> Line:
    title, address = row[f"title_{lang}"], row["address"]
    return Line(title if is_missing(address) else f"{title} — {address}", LOOK, address)
