"""The app: ``gunicorn benchmarks.rival.app:server``.

Each process loads the register for itself: forked after loading, one was seen to hang.
"""

import gc
from functools import lru_cache

from dash import Dash, Input, Output, dcc, html

from benchmarks.rival import tables
from khoosheh import board, findings, names, register, slides
from khoosheh.figures import library
from khoosheh.figures.theme import Theme
from khoosheh.findings import schedule as of_schedule
from khoosheh.locale import text
from khoosheh.measures.scope import Selection

LANG = "fa"
THEME = Theme(LANG)
# as many figures as either page may have at once
FIGURES = 4
# answers kept: as many as ours
MOST = 256
LISTS = {"chain": "chain_id", "county": "county_id", "sector": "sector", "kind": "kind"}
ONE = ("unit", "by")
PAGES = ("investment", "schedule")
STYLE = "body{direction:rtl;font-family:Vazirmatn,sans-serif}.js-plotly-plot,#js-plotly-tester{direction:ltr}"
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": False}
# as wide as ours are drawn in a window of 1400
WIDTH_PX = 1240

REGISTER = register.load()
app = Dash(
    __name__,
    title="Rival",
    update_title=None,
    suppress_callback_exceptions=True,
    add_log_handler=False,
    # Plotly's basic bundle, as ours: Dash takes it in place of its own whole one
    assets_folder=str(library.SCRIPT.parent),
)
server = app.server
app.index_string = app.index_string.replace("{%css%}", f"{{%css%}}<style>{STYLE}</style>")


def _choices(field: str) -> list[dict[str, str]]:
    def named(code: str) -> str:
        if field == "unit":
            return names.of_unit(REGISTER, code, LANG)
        if field == "kind":
            return names.of_kind(REGISTER, code, LANG)
        if field == "by":
            return text(LANG, f"by.{code}")
        return names.of_group(REGISTER, LISTS[field], code, LANG)

    return [{"label": named(code), "value": code} for code in board.codes(REGISTER)[field]]


def _filters() -> html.Div:
    many = [dcc.Dropdown(id=one, options=_choices(one), multi=True, placeholder=one) for one in LISTS]
    single = [
        dcc.Dropdown(id=one, options=_choices(one), value=_choices(one)[0]["value"], clearable=False) for one in ONE
    ]
    return html.Div([html.Div(one, style={"width": 210}) for one in (*many, *single)], style={"display": "flex"})


def _graph(place: int) -> html.Div:
    return html.Div(dcc.Graph(id=f"figure-{place}", config=CONFIG), id=f"box-{place}", style={"display": "none"})


app.layout = html.Div([
    dcc.Location(id="place"),
    html.Nav([dcc.Link(text(LANG, f"nav.{one}"), href=f"/{one}", id=f"to-{one}") for one in PAGES]),
    _filters(),
    html.H1(id="title"),
    *(_graph(place) for place in range(FIGURES)),
    html.Div(id="tables"),
])  # fmt: skip


@app.callback(
    Output("title", "children"),
    *(Output(f"figure-{place}", "figure") for place in range(FIGURES)),
    *(Output(f"box-{place}", "style") for place in range(FIGURES)),
    Output("tables", "children"),
    Input("place", "pathname"),
    *(Input(field, "value") for field in (*LISTS, *ONE)),
)
def change(path: str, chain: list, county: list, sector: list, kind: list, unit: str, by: str) -> list:
    """Answer a change of page or filter."""
    many = [tuple(one or ()) for one in (chain, county, sector, kind)]
    if path.endswith("schedule"):
        title, figures, below = _schedule(Selection(*many[:3]))
    else:
        title, figures, below = _investment(Selection(*many, unit=unit, by=by))
    left = FIGURES - len(figures)
    shown = [{"display": "block"}] * len(figures) + [{"display": "none"}] * left
    return [title, *figures, *([{}] * left), *shown, below]


def _sized(figure: object) -> dict:
    # a second form for wide screens and ticks for zooming are ours alone: it need not carry them
    return figure.update_layout(width=WIDTH_PX, meta=None).to_plotly_json()


@lru_cache(MOST)
def _investment(asked: Selection) -> tuple[str, list, list]:
    amounts = sorted(board.amounts(REGISTER, asked).iter_rows(named=True), key=lambda row: -row["low"])
    totals = list(board.totals(REGISTER, asked).iter_rows(named=True))
    units = [asked.unit, *sorted({row["unit"] for row in amounts} - {asked.unit})]
    by_unit = [[row for row in amounts if row["unit"] == unit] for unit in units]
    name = text(LANG, "nav.investment")
    figures = [slides.investment.figure(REGISTER, rows, asked.by, LANG, name)(THEME) for rows in by_unit if rows]
    below = [
        _folded(tables.amounts(REGISTER, amounts, asked.by, LANG)),
        _folded(tables.statements(REGISTER, board.money_words(REGISTER, asked), LANG)),
        tables.statements(REGISTER, board.benefits(REGISTER, asked), LANG),
    ]
    return findings.investment(REGISTER, totals, LANG), [_sized(one) for one in figures], below


@lru_cache(MOST)
def _schedule(asked: Selection) -> tuple[str, list, list]:
    rows = list(board.promises(REGISTER, asked).iter_rows(named=True))
    progress = list(board.progress(REGISTER, asked).iter_rows(named=True))
    said, now = slides.promises.statements_by_id(REGISTER), board.day_of(REGISTER, asked)
    drawn = slides.promises.bars(REGISTER, rows, progress, said, LANG)
    curves = slides.promises.curves(progress)[: FIGURES - 1]
    figures = [slides.promises.gantt(drawn, now, LANG)(THEME)]
    figures += [slides.promises.curve(REGISTER, mine, now, LANG)(THEME) for mine in curves]
    below = [
        tables.ledger(REGISTER, rows, said, LANG),
        tables.statements(REGISTER, board.confidence(REGISTER, asked), LANG),
        tables.earned(REGISTER, asked, LANG),
        tables.changes(REGISTER, asked, said, LANG),
    ]
    return of_schedule.title(rows, LANG), [_sized(one) for one in figures], below


def _folded(inner: html.Table) -> html.Details:
    return html.Details([html.Summary("+"), inner])


gc.collect()
gc.freeze()
