"""The speaker's notes: every statement behind a finding, who said it, when, and where it can be read."""

from collections.abc import Mapping, Sequence

from khoosheh import words
from khoosheh.exports.pptx.writing import Line, Look
from khoosheh.locale import text
from khoosheh.register import Register
from khoosheh.slides import Slide
from khoosheh.words import missing

LOOK = Look(12)
Row = Mapping[str, object]


def lines(register: Register, slide: Slide, said: Sequence[Row], sources: Mapping[str, Row], lang: str) -> list[Line]:
    """Return the notes of a slide: its title, how it differs from the screen, its statements, its sources."""
    told = [slide.title, slide.note, instead(slide, lang)]
    found = [Line(one, LOOK) for one in told if one]
    found += [Line(_statement(register, row, sources[row["source_id"]], lang), LOOK) for row in said]
    ids = dict.fromkeys([*(row["source_id"] for row in said), *slide.sources])
    return [*found, *(_source(sources[one], lang) for one in ids)]


def instead(slide: Slide, lang: str) -> str:
    """Return how a slide differs from what the screen draws; nothing where it does not."""
    if slide.native:
        return slide.native.instead
    return text(lang, "slide.instead.table") if slide.figure else ""


def _statement(register: Register, row: Row, source: Row, lang: str) -> str:
    speaker, flag = row[f"speaker_{lang}"], row["quality_flag"]
    warning = register.dictionary.value_label("statements", "quality_flag", flag, lang)
    whole = text(
        lang, "slide.statement", id=row["statement_id"], claim=row[f"claim_{lang}"],
        speaker=text(lang, "value.not_stated") if missing(speaker) else speaker,
        said=words.said(row["said_from"], row["said_to"], lang), source=source[f"title_{lang}"],
    )  # fmt: skip
    return f"{whole} ({warning})" if warning else whole


def _source(row: Row, lang: str) -> Line:
    title, address = row[f"title_{lang}"], row["address"]
    return Line(title if missing(address) else f"{title} — {address}", LOOK, address)
