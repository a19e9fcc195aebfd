"""Evidence: search statements, sort them, and list the tables that use each."""

from collections.abc import Mapping

import narwhals as nw

from khoosheh import engines
from khoosheh.engines import is_among
from khoosheh.measures.rows import FrameT, Table
from khoosheh.persian import search_key

SEARCHED = ("claim_fa", "claim_en", "speaker_fa", "speaker_en", "value_printed", "statement_id")


def filter_by_query(statements: FrameT, query: str, search_texts: Mapping[str, str] | None = None) -> FrameT:
    """Return the statements that contain every word of ``query``, whatever the spelling of letters and digits.

    ``search_texts``: the result of :func:`build_search_texts`, where the caller keeps it. It is not used for a frame
    of an engine, whose files have a column of search texts.
    """
    words = [search_key(word) for word in query.split() if search_key(word)]
    if not words:
        return statements
    if isinstance(statements, nw.LazyFrame):
        return statements.filter(*(nw.col(engines.SEARCHED).str.contains(word, literal=True) for word in words))
    texts = build_search_texts(statements) if search_texts is None else search_texts
    matches = [all(word in texts[key] for word in words) for key in statements["statement_id"].to_list()]
    return statements.filter(nw.new_series("matches", matches, nw.Boolean, backend=statements.implementation))


def build_search_texts(statements: Table) -> dict[str, str]:
    """Return the searched text of each statement by its id, spelled as :func:`khoosheh.persian.search_key` does."""
    filled = statements.select(*(nw.col(name).fill_null("") for name in SEARCHED))
    texts = map(search_key, map(" ".join, filled.iter_rows()))
    return dict(zip(statements["statement_id"].to_list(), texts, strict=True))


def select_measure_statements(statements: Table, measures: list[str]) -> Table:
    """Return the statements of the given measures, newest first."""
    return sort_newest_first(statements.filter(is_among("measure", measures)))


def count_statements_by_code(statements: Table, column: str) -> dict[str, int]:
    """Return the number of statements of each code in ``column``; codes without statements are left out."""
    named = statements.filter(~nw.col(column).is_null())
    return dict(named.group_by(column).agg(nw.len().alias("count")).iter_rows())


def sort_newest_first(statements: FrameT) -> FrameT:
    """Sort statements by the first day on which they may have been said, the newest first, then by id."""
    return statements.sort("said_first_day", "statement_id", descending=[True, False])


def list_statement_uses(tables: Mapping[str, Table]) -> dict[str, list[str]]:
    """Return, for each statement id, the names of the tables that use the statement.

    ``tables``: tables by name, each with a column ``statement_ids`` or ``statement_id``.
    """
    uses: dict[str, list[str]] = {}
    for name, table in tables.items():
        column = "statement_ids" if "statement_ids" in table.columns else "statement_id"
        for statement_id in sorted({key for text in table[column].to_list() for key in text.split()}):
            uses.setdefault(statement_id, []).append(name)
    return uses
