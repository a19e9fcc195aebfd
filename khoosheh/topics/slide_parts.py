"""Parts that slides share: short tables, ids of statements, joined sentences."""

from collections.abc import Iterable, Sequence

from khoosheh.measures.common import join_ids
from khoosheh.topics.columns import Column
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.slide import Table

# rows that can be read from the back of a meeting room
MOST_ROWS = 8
# rows of a figure, whose words stand above their bars
MOST_DRAWN = 6
SENTENCE_ENDS = (".", "!", "\u061f", "?")


def build_slide_table(
    request: FindingRequest, columns: Sequence[Column], rows: Sequence[Row], most: int = MOST_ROWS
) -> Table:
    """Return a table of the first ``most`` rows.

    ``most`` is ``MOST_DRAWN`` where a figure draws the same rows.
    """
    headings = tuple(column.format_heading(request) for column in columns)
    cells = tuple(tuple(column.format_cell(request, row) for column in columns) for row in rows[:most])
    cut = request.t("slide.first_rows", shown=most, count=len(rows)) if len(rows) > most else ""
    return Table(headings, cells, cut)


def collect_statement_ids(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the ids of the statements of rows, each once."""
    return tuple(join_ids([row["statement_ids"] for row in rows]).split())


def join_sentences(*sentences: str) -> str:
    """Join sentences, without empty ones; a sentence without a full stop, such as a heading, gets one."""
    return " ".join(
        sentence if sentence.endswith(SENTENCE_ENDS) else f"{sentence}." for sentence in sentences if sentence
    )
