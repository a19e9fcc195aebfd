"""Tooltips of a figure that name speaker, day and source, and labels that filter the page by what they name.

Both are made from the statement ids that marks carry, for every figure alike; see
:mod:`khoosheh.ui.layout.finding`.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from khoosheh import formatting, labels, queries
from khoosheh.figures.interval_bars import wrap_text
from khoosheh.topics.request import Row
from khoosheh.topics.sources import format_source_title
from khoosheh.ui.context import PageContext

# statements that a tooltip names
MOST_NAMED = 3
# field of the address: field of statements; the narrowest subject first
SUBJECTS = {"project": "project_id", "county": "county_id", "chain": "chain_id"}
MARKUP = re.compile("<[^>]*>")
# characters that set the direction of a text within a figure
MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# the coloured dot before the name of a row, and what follows the name
DOT, NAME_END = "●", re.compile(" · |: ")

# a figure, or a part of one, as Plotly writes it
Part: TypeAlias = dict[str, Any]


def complete_figure(page: PageContext, figure_json: str, fields: Sequence[str]) -> str:
    """Return a figure with tooltips and with labels that filter; ``fields``: those of the address that may be set."""
    figure = json.loads(figure_json)
    statements = _read_statements(page, figure)
    if not statements:
        return figure_json
    wide = (figure["layout"].get("meta") or {}).get("wide")
    theme = page.theme

    # both forms of a figure have the same marks
    @cache
    def build_tooltip(ids: tuple[str, ...]) -> str:
        rows = [statements[one] for one in ids if one in statements]
        return "<br>".join(map(theme.words, _iter_tooltip_lines(page, rows)))

    for form in filter(None, (figure, wide)):
        _link_labels(page, form, statements, fields)
        _name_statements(form, statements, build_tooltip)
    return json.dumps(figure, ensure_ascii=False)


def _read_statements(page: PageContext, figure: Part) -> dict[str, Row]:
    ids = {one for trace in figure["data"] for _, mark_ids in _iter_marks(trace) for one in mark_ids}
    found = queries.select_statements_by_id(page.register, ids)
    return {row["statement_id"]: row for row in found.iter_rows(named=True)}


def _iter_marks(trace: Part) -> Iterator[tuple[int, list[str]]]:
    """Yield the place of each mark of a trace and its ids; those of firms or provinces are no ids of statements."""
    data = trace.get("customdata")
    for place, mark in enumerate(data if isinstance(data, list) else ()):
        yield place, str(mark[0] or "").split() if isinstance(mark, list) and mark else []


def _name_statements(
    form: Part, statements: Mapping[str, Row], build_tooltip: Callable[[tuple[str, ...]], str]
) -> None:
    """Write tooltips; one that only repeats a label is replaced, any other has the statements below it.

    Parts of a mark that had no tooltip, such as the hatched end of a bar, get the same one.
    """
    told = {_read_plain_text(label.get("text", "")) for label in form["layout"].get("annotations", ())}
    for trace in form["data"]:
        marks = dict(_iter_marks(trace))
        if not any(one in statements for ids in marks.values() for one in ids):
            continue
        texts = _list_texts(trace, len(marks))
        for place, ids in marks.items():
            own = "" if _read_plain_text(texts[place]) in told else texts[place]
            texts[place] = "<br>".join(filter(None, (own, build_tooltip(tuple(ids)))))
        trace["hoverinfo"] = "text"
        trace["hovertext"] = texts


def _list_texts(trace: Part, count: int) -> list[str]:
    texts = trace.get("hovertext")
    return [str(text or "") for text in texts] if isinstance(texts, list) else [""] * count


def _iter_tooltip_lines(page: PageContext, rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines that name the speaker, the day and the source of the newest statements."""
    newest = sorted(rows, key=lambda row: (row["said_first_day"], row["statement_id"]), reverse=True)
    for row in newest[:MOST_NAMED]:
        words = [
            row[f"speaker_{page.lang}"],
            formatting.format_statement_dates(row["said_from"], row["said_to"], page.lang),
            format_source_title(page.request, row["source_id"]),
        ]
        yield from wrap_text(" · ".join(str(word) for word in words if not formatting.is_missing(word)))
    if len(newest) > MOST_NAMED:
        yield page.t("tooltip.more", count=len(newest) - MOST_NAMED)


def _link_labels(page: PageContext, form: Part, statements: Mapping[str, Row], fields: Sequence[str]) -> None:
    """Let labels set the filter of the subject that they name.

    The label of a mark names a subject that all its statements have; any other label, such as that of a row, begins
    with the name of a subject of the figure.
    """
    subjects = dict(_iter_subjects_by_name(page, statements.values(), fields))
    ids_by_label = {
        _read_plain_text(text): ids
        for trace in form["data"]
        for text, (_, ids) in zip(_list_texts(trace, 0), _iter_marks(trace), strict=False)
    }
    for label in form["layout"].get("annotations", ()):
        words = _read_plain_text(label.get("text", ""))
        rows = [statements[one] for one in ids_by_label.get(words, ()) if one in statements]
        found = next(_iter_named_subjects(page, rows, words, fields), None) or subjects.get(_read_first_name(words))
        if found:
            field, code, name = found
            subject = page.t("chips.text", field=page.t(f"filter.{field}"), value=name)
            label["captureevents"] = True
            label["name"] = f"{field}={code}"
            label["hovertext"] = page.theme.words(page.t("figure.filter", filter=subject))


def _iter_subjects_by_name(
    page: PageContext, rows: Iterable[Row], fields: Sequence[str]
) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield the plain name of each subject of the statements with its field, code and name, the narrowest last."""
    for field, column in reversed(SUBJECTS.items()):
        if field in fields:
            for code in {row[column] for row in rows if not formatting.is_missing(row[column])}:
                name = labels.find_group_label(page.register, column, str(code), page.lang)
                yield _read_plain_text(name), (field, str(code), name)


def _read_first_name(words: str) -> str:
    """Return the name with which a label begins: without the dot before it, and what follows it."""
    return NAME_END.split(words.removeprefix(DOT).strip(), 1)[0]


def _iter_named_subjects(
    page: PageContext, rows: Sequence[Row], words: str, fields: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield field, code and name of the subjects that all statements have and that the label names."""
    for field, column in SUBJECTS.items():
        codes = {row[column] for row in rows}
        code = codes.pop() if len(codes) == 1 else None
        if field not in fields or formatting.is_missing(code):
            continue
        name = labels.find_group_label(page.register, column, str(code), page.lang)
        if _read_plain_text(name) in words:
            yield field, str(code), name


def _read_plain_text(text: str) -> str:
    """Return a text of a figure as it is read: without markup, line breaks and marks of direction."""
    return " ".join(html.unescape(MARKUP.sub(" ", MARKS.sub("", text))).split())
