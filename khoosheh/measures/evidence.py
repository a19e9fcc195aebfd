"""Evidence: finding statements, and what on the screens rests on each."""

from collections.abc import Mapping

import narwhals as nw

from khoosheh import engines
from khoosheh.engines import Frame
from khoosheh.persian import search_key

SEARCHED = ("claim_fa", "claim_en", "speaker_fa", "speaker_en", "value_printed", "statement_id")


def filter_by_query(statements: Frame, query: str, forms: Mapping[str, str] | None = None) -> Frame:
    """Keep the statements in which every word of ``query`` occurs, whatever the spelling of letters and digits.

    ``forms``: of :func:`build_search_texts`, where somebody has kept them; an engine has its own.
    """
    words = [search_key(word) for word in query.split() if search_key(word)]
    if not words:
        return statements
    if isinstance(statements, nw.LazyFrame):
        return statements.filter(*(nw.col(engines.SEARCHED).str.contains(word, literal=True) for word in words))
    forms = build_search_texts(statements) if forms is None else forms
    texts = map(forms.__getitem__, statements["statement_id"].to_list())
    hits = [all(word in text for word in words) for text in texts]
    mask = nw.new_series("hit", hits, nw.Boolean, backend=statements.implementation)
    return statements.filter(mask)


def build_search_texts(statements: nw.DataFrame) -> dict[str, str]:
    """Return the words of each statement by its id, in the one form in which they are looked for."""
    filled = statements.select(*(nw.col(name).fill_null("") for name in SEARCHED))
    texts = map(search_key, map(" ".join, filled.iter_rows()))
    return dict(zip(statements["statement_id"].to_list(), texts, strict=True))


def select_measure_statements(statements: nw.DataFrame, measures: list[str]) -> nw.DataFrame:
    """Keep the statements of the given measures, newest first."""
    return sort_newest_first(statements.filter(nw.col("measure").is_in(measures)))


def sort_newest_first(statements: Frame) -> Frame:
    """Sort the newest first; one said in an interval stands where its interval starts."""
    return statements.sort("said_first_day", "statement_id", descending=[True, False])


def list_statement_uses(tables: Mapping[str, nw.DataFrame]) -> dict[str, list[str]]:
    """Return, for each statement id, the names of the tables that rest on it.

    ``tables``: what the pages show, by name, each with ``statement_ids`` or ``statement_id``.
    """
    found: dict[str, list[str]] = {}
    for name, table in tables.items():
        column = "statement_ids" if "statement_ids" in table.columns else "statement_id"
        for one in sorted({one for text in table[column].to_list() for one in text.split()}):
            found.setdefault(one, []).append(name)
    return found
